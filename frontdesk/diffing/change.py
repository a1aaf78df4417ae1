"""One change, and how much it matters to callers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum

__all__ = ["Change", "Grade", "in_order"]


class Grade(IntEnum):
    """How carefully a change must be looked at.

    `DANGEROUS` is what can write something without the caller's yes, lose a message, end a call, or leave callers without a person.
    `HARMLESS` is what only adds understanding or wording; everything else is to be looked at.
    """

    HARMLESS = 0
    LOOK = 1
    DANGEROUS = 2

    @property
    def word(self) -> str:
        """As it is printed."""
        return self.name.lower()


@dataclass(frozen=True)
class Change:
    """A sentence for the owner, its grade, and the file that was edited."""

    grade: Grade
    sentence: str
    file: str


def in_order(changes: Iterable[Change]) -> list[Change]:
    """The dangerous ones first, else as they were found; each once."""
    once = dict.fromkeys(replace(change, sentence=_ended_once(change.sentence)) for change in changes)
    return sorted(once, key=lambda change: -change.grade)


def _ended_once(sentence: str) -> str:
    """A quoted sentence at the end has a full stop of its own."""
    return re.sub(r"([.!?…]”)\.$", r"\1", sentence)
