"""What the listener knows already, which decides what an ambiguous utterance means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

__all__ = ["Choice", "Context", "Vocabulary"]

Hours = tuple[tuple[dt.time, dt.time], ...]
"""Opening intervals of one day, in order, each half-open; empty when closed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several things on offer, heard by position or by content.

    `say` is how it was said; `start` is set for a time on offer (aware), so that "the later one", "celui de
    quinze heures" and "the one on Friday" work on the time and not on the wording.
    """

    say: str
    start: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names and synonyms of things of the business, by id: services, or staff. One language."""

    names: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Context:
    """All of it optional. Times are aware, in the zone of the business (that of `now`)."""

    country: str | None = None
    """ISO country that numbers without prefix are read in first (the caller's own plan)."""
    business_country: str | None = None
    """ISO country of the business: the last resort for numbers without prefix."""
    hours: Callable[[dt.date], Hours] | None = None
    """Opening hours of a day; decides a bare hour ("at three") and what a bare weekday of today means."""
    holidays: Callable[[int], Mapping[dt.date, str]] | None = None
    """Public holidays of a year in the country of the business, with a stable English name."""
    day: dt.date | None = None
    """The day under discussion: a bare time is read on it."""
    same_as: dt.datetime | None = None
    """The appointment being moved: "the same time", "le même jour", "une heure plus tard" refer to it."""
    trusting: bool = False
    """Believe the days and times in a sentence whatever else it says: it asks about them, or chooses among some."""
    choices: tuple[Choice, ...] = ()
    """What `choice` chooses from."""
    vocabulary: Vocabulary = field(default_factory=lambda: Vocabulary({}))
    """What `service` (or staff) is looked up in."""
    digits: str = ""
    """Digits heard in earlier utterances, when a number is dictated in several."""
