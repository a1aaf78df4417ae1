"""What is known when a line is said: the facts, lists and values that came with it, the business, and the time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from frontdesk.business import Business
from fsm.facts import Fact
from spoken.wishes import settled

__all__ = ["Piece", "Scene", "Style", "as_date", "as_moment"]

Style = Literal["spoken", "written"]

Piece = Callable[..., str | None]
"""Fills a line that is part of another one: piece(name, start=…) -> words, or None when there is no such line."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One line's surroundings. `now` is aware; wall times are those of the business."""

    line: str
    language: str
    business: Business
    now: dt.datetime
    piece: Piece
    facts: Mapping[str, Fact] = field(default_factory=dict)
    lists: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    style: Style = "spoken"

    @property
    def today(self) -> dt.datetime:
        """The present moment as wall time of the business, without zone, as all stored times are."""
        return self.now.astimezone(self.business.zone).replace(tzinfo=None)

    @property
    def is_answer(self) -> bool:
        """Whether a question is answered: what it is about then outranks what the booking is about."""
        return self.line.startswith("answers.")

    def fact(self, name: str) -> Any:
        """The value of a fact, or None."""
        known = self.facts.get(name)
        if known is not None and name == "when":
            return settled(known.value, as_moment(self.detail("appointment").get("start")))
        return None if known is None else known.value

    def detail(self, name: str) -> Mapping[str, Any]:
        """What was on offer when a fact was picked; empty when it was not."""
        known = self.facts.get(name)
        return {} if known is None or known.detail is None else known.detail

    def value(self, name: str) -> Any:
        """A value that came with the line, or None. An answer sees what was asked, and nothing left over from before."""
        question = self.values.get("question") if self.is_answer else None
        return question.get(name) if isinstance(question, Mapping) else self.values.get(name)

    @property
    def service(self) -> str | None:
        """The id of the service spoken of; None when there is none, or when business.yaml has it no longer."""
        told = self.value("service")
        known = self.fact("service") or self.detail("appointment").get("service")
        wanted = (told or known) if self.is_answer else (known or told)
        return wanted if isinstance(wanted, str) and wanted in self.business.services else None

    @property
    def day(self) -> dt.date | None:
        """The day spoken of."""
        return as_date(self.value("day"))


def as_moment(value: Any) -> dt.datetime | None:
    """A stored wall time ("2026-06-16T15:00"), or None for anything else."""
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None)
    try:
        return dt.datetime.fromisoformat(value).replace(tzinfo=None) if isinstance(value, str) else None
    except ValueError:
        return None


def as_date(value: Any) -> dt.date | None:
    """The day of a stored date, wall time or window, or of the first of several; None for anything else."""
    if isinstance(value, Mapping):
        return as_date(value.get("start"))
    if isinstance(value, (list, tuple)):
        return as_date(value[0]) if value else None
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    moment = as_moment(value)
    return moment.date() if moment else None
