"""Views by name, so that a table can say in one word where in a call something is said; and proposals in a few signs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from frontdesk.brain.rules import Rules
from frontdesk.brain.utterance.phrases import load_phrases
from frontdesk.business import load_business
from fsm.facts import Fact, Origin
from fsm.proposals import Option, Proposal
from fsm.view import View

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("fr", "de", "en", "es")
NOW = dt.datetime(2026, 6, 12, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
"""A Friday morning, the salon is open."""

TYPES: dict[str, Any] = {
    "intent": "choice",
    "service": "service",
    "staff": "staff",
    "when": "time_window",
    "which": "time_window",
    "slot": "offered_slot",
    "name": "name",
    "phone": "phone",
    "email": "email",
    "appointment": "appointment",
    "agreed": "yes_no",
    "message": "text",
    "anything_else": "yes_no",
}

AFTERNOON = [{"start": "2026-06-16T12:00", "end": "2026-06-16T18:00", "grain": "part_of_day", "from": False, "until": False}]
OFFERS = (
    {"start": "2026-06-16T14:00", "end": "2026-06-16T14:45", "staff": "lea"},
    {"start": "2026-06-16T15:00", "end": "2026-06-16T15:45", "staff": "karim"},
)
TWO_DAYS = (
    {"start": "2026-06-17T10:00", "end": "2026-06-17T10:45", "staff": "lea"},
    {"start": "2026-06-18T17:30", "end": "2026-06-18T18:15", "staff": "sofia"},
)
APPOINTMENTS = (
    {"id": "a1", "service": "womens_cut", "start": "2026-06-16T11:00", "name": "Jane Smith"},
    {"id": "a2", "service": "blow_dry", "start": "2026-06-19T15:30", "name": "Jane Smith"},
)
WISH: dict[str, Any] = {"intent": "book", "service": "womens_cut", "when": AFTERNOON}
CHOSEN: dict[str, Any] = {**WISH, "slot": "2026-06-16T15:00"}
NUMBER = "+33612345678"

SKETCHES: dict[str, dict[str, Any]] = {
    "intent": {"turn": 1},
    "intent.price": {"turn": 2, "topic": "price", "about": "mens_cut"},
    "intent.hours": {"turn": 2, "topic": "hours"},
    "intent.gift_cards": {"turn": 2, "topic": "gift_cards"},
    "service": {"facts": {"intent": "book"}},
    "service.options": {
        "facts": {"intent": "book"},
        "mode": "options",
        "options": (Option("womens_cut", "women's cut"), Option("mens_cut", "men's cut"), Option("childs_cut", "child's cut")),
    },
    "staff": {"facts": {"intent": "book", "service": "womens_cut"}},
    "when": {"facts": {"intent": "book", "service": "womens_cut"}},
    "slot": {"facts": WISH, "offers": OFFERS},
    "slot.one": {"facts": WISH, "offers": OFFERS[:1]},
    "slot.days": {"facts": {"intent": "book", "service": "womens_cut"}, "offers": TWO_DAYS},
    "name": {"facts": CHOSEN},
    "phone": {"facts": CHOSEN},
    "phone.0612": {"facts": CHOSEN, "so_far": "0612"},
    "phone.suggest": {"facts": CHOSEN, "mode": "suggest", "read_back": NUMBER, "caller": NUMBER},
    "phone.back": {"facts": CHOSEN, "mode": "read_back", "read_back": NUMBER},
    "email": {"facts": CHOSEN},
    "agreed": {"facts": {**CHOSEN, "name": "Marie Dupont", "phone": NUMBER}},
    "agreed.cancel": {"facts": {"intent": "cancel", "appointment": Fact("a2", Origin.RECORD, 1, "", APPOINTMENTS[1])}},
    "agreed.move": {
        "facts": {"intent": "reschedule", "slot": "2026-06-18T12:00", "appointment": Fact("a1", Origin.RECORD, 1, "", APPOINTMENTS[0])}
    },
    "appointment": {"facts": {"intent": "cancel"}, "appointments": APPOINTMENTS},
    "appointment.move": {"facts": {"intent": "reschedule"}, "appointments": APPOINTMENTS},
    "message": {"facts": {"intent": "message"}},
    "anything_else": {"facts": {"name": "Marie Dupont"}},
    "anything_else.booked": {"facts": {"name": "Marie Dupont"}, "achieved": ("booked",)},
}


def sketch(name: str, language: str, **more: Any) -> View:
    """The view of that name in a language."""
    asks = name.split(".", maxsplit=1)[0]
    given = {**SKETCHES[name], **more}
    facts = {key: value if isinstance(value, Fact) else Fact(value, Origin.SPEECH, 1) for key, value in given.get("facts", {}).items()}
    return View(
        generation=7,
        state=asks,
        language=language,
        asks=asks,
        asks_type=TYPES[asks],
        mode=given.get("mode", "ask"),
        read_back=given.get("read_back"),
        options=given.get("options", ()),
        offers=given.get("offers", ()),
        appointments=given.get("appointments", ()),
        facts=facts,
        so_far=given.get("so_far", ""),
        keypad=given.get("keypad", ""),
        caller=given.get("caller"),
        acts=frozenset({"wants_call_back"}),
        keys={"0": "wants_human", "*": "asks_repeat"},
        tools=(),
        fact_types=TYPES,
        achieved=given.get("achieved", ()),
        turn=given.get("turn", 4),
        about=given.get("about"),
        topic=given.get("topic"),
    )


def salon_rules() -> Rules:
    """The rules with the salon's own business and phrases."""
    phrases, problems = load_phrases(ROOT / "prompts" / "phrases", LANGUAGES)
    assert not problems
    return Rules(load_business(ROOT / "business.yaml"), phrases)


def _window(window: dict[str, Any]) -> str:
    start, end = window["start"][5:], window["end"]
    if start.endswith("T00:00") and end is not None and window["grain"] == "day" and not window["from"]:
        return start[:5]
    if end is None:
        return start + (".." if window["from"] else "")
    return f"{start}..{end[11:] if end[5:10] == start[:5] else end[5:]}"


def _value(value: Any) -> str:
    if isinstance(value, list):
        return " + ".join(_window(window) for window in value[:3]) + (" …" if len(value) > 3 else "")
    return str(value)


def _arg(value: Any) -> str:
    return "+".join(value) if isinstance(value, list) else str(value)


def in_signs(proposal: Proposal) -> list[str]:
    """`fact=value`, `!act topic`, `?doubt value | value`, `>language`: what a proposal says, in an order that does not matter."""
    said = [f"{fact.name}={_value(fact.value)}" for fact in proposal.facts if fact.name != "message"]
    said += ["message" for fact in proposal.facts if fact.name == "message"]
    said += [" ".join([f"!{act.name}", *map(_arg, act.args.values())]) for act in proposal.acts]
    for doubt in proposal.doubts:
        options = " | ".join(_value(option.value) for option in doubt.options)
        said.append(f"?{doubt.fact} {options or doubt.so_far}".strip())
    if proposal.language:
        said.append(f">{proposal.language}")
    return sorted(said)
