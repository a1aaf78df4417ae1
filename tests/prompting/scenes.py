"""A scene in which everything is known, and lines that are due in it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fsm.effects import Say
from fsm.facts import Fact, Origin

LANGUAGES = ("fr", "de", "en", "es")
ZONE = dt.timezone(dt.timedelta(hours=2))
NOW = dt.datetime(2026, 6, 12, 9, 0, tzinfo=ZONE)  # a Friday, nine o'clock in Paris


def said(value: Any, detail: dict[str, Any] | None = None) -> Fact:
    """A fact as the caller gave it."""
    return Fact(value, Origin.SPEECH, 1, "", detail)


def known() -> dict[str, Fact]:
    """The facts of a call in which everything has been said."""
    afternoon = {"start": "2026-06-16T12:00", "end": "2026-06-16T18:00", "grain": "part_of_day", "from": False, "until": False}
    appointment = {"id": "a1", "service": "colour", "start": "2026-06-20T10:00", "staff": "lea", "name": "Marie Dupont"}
    return {
        "intent": said("book"),
        "service": said("womens_cut"),
        "staff": said("lea"),
        "when": said([afternoon]),
        "slot": said("2026-06-16T15:00", {"start": "2026-06-16T15:00", "end": "2026-06-16T15:45", "staff": "lea"}),
        "name": said("Marie Dupont"),
        "phone": said("+33612345678"),
        "email": said("marie.dupont@example.com"),
        "message": said("rappelez-moi"),
        "appointment": said("a1", appointment),
    }


def lists() -> dict[str, tuple[dict[str, Any], ...]]:
    """Everything to pick from, several of each."""
    starts = ("2026-06-16T15:00", "2026-06-16T16:30", "2026-06-17T10:00")
    return {
        "offers": tuple({"start": start, "end": start, "staff": "lea"} for start in starts),
        "appointments": (
            {"id": "a1", "service": "colour", "start": "2026-06-20T10:00"},
            {"id": "a2", "service": "perm", "start": "2026-06-23T11:15"},
        ),
        "options": ({"value": "a", "say": "Dupond"}, {"value": "b", "say": "Dupont"}),
    }


def values(**more: Any) -> dict[str, Any]:
    """What actions and acts add."""
    return {"caller": "+33612345678", "so_far": "0612", "thing": "manicure", "day": "2026-06-21", "closed": "weekday", **more}


def effect(line: str, language: str = "fr", variant: int = 0, **changed: Any) -> Say:
    """A line that is due; `facts`, `lists` and `values` replace the full ones."""
    return Say("1", line, language, changed.get("facts", known()), changed.get("lists", lists()), changed.get("values", values()), variant)
