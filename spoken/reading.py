"""What understanding an utterance can come to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

__all__ = ["NOTHING", "Alternative", "Reading", "Status"]


class Status(StrEnum):
    """The four answers; there is no fifth, and never a guess."""

    COMPLETE = "complete"
    """A value, and the words it came from."""
    PREFIX = "prefix"
    """A valid beginning: six digits of ten, "le vingt…", "b r e n". Wait, or ask for the rest."""
    AMBIGUOUS = "ambiguous"
    """Several values are possible; each alternative can be said."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of the values an ambiguous utterance may mean."""

    value: Any
    say: str
    """The words for the ear, in the language of the reading."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The answer of :func:`spoken.understand`.

    `value` has the JSON-ready form that `frontdesk understand` prints for its kind, `None` unless complete
    (for a prefix: what is known so far, e.g. the digits). `span` is the half-open range of characters of the
    text as given that the value was read from. `mentions` says what the caller put in words, for a
    date or a time: "day", "part", "time"; a merger of an old wish with a new one needs it. *Nothing* with mentions
    was heard, but the rest of the sentence leaves it in doubt.
    """

    status: Status
    value: Any = None
    span: tuple[int, int] | None = None
    alternatives: tuple[Alternative, ...] = ()
    mentions: frozenset[str] = frozenset()

    @property
    def complete(self) -> bool:
        return self.status is Status.COMPLETE


NOTHING: Final = Reading(Status.NOTHING)
