"""What was understood of an utterance, piece by piece: days, times, and the words that connect, correct or negate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from spoken.when.grammar import Parser

__all__ = ["BOUNDS", "HANGING_MARKS", "REASON_MARKS", "Piece", "Scan", "either_side", "side_by_side"]

BOUNDS: Final = frozenset({"from", "until"})
"""Kinds of days and times that are open to one side."""
REASON_MARKS: Final = frozenset({"reason", "why"})
"""Marks behind which somebody says why."""
HANGING_MARKS: Final = frozenset({"after_it", "before_it", "from_it"})
"""Marks that bound by what was said last: "before that", "after that", and "from then on", which includes it."""


@dataclass(slots=True)
class Piece:
    """Something understood, by token: `kind` is day, time or mark."""

    kind: str
    value: Any
    start: int
    end: int


@dataclass(slots=True)
class Scan:
    """The pieces in order, and where one begins (or `None`) that the end of the text cuts off or that was not understood."""

    pieces: list[Piece]
    unfinished: int | None
    parser: Parser
    skipped: list[tuple[int, int]]
    """Ranges of tokens that are known to say nothing about when."""
    apart: frozenset[int] = frozenset()
    """Where words for "or" stand whose two sides share no time: "Sunday, otherwise Saturday morning"."""
    other_time_filled: bool = False
    """Whether what somebody does is told of another time than the one that is wished for."""


def side_by_side(used: Sequence[Piece]) -> bool:
    """Whether two pieces are times with nothing between them."""
    return len(used) > 1 and used[0].kind == used[1].kind == "time" and used[0].end == used[1].start


def either_side(before: Sequence[Piece]) -> bool:
    """Whether a bound is the second of two sides: "he naps from one till three, so before | or after that"."""
    last = next((piece for piece in reversed(before) if piece.value != "or"), None)
    return last is not None and (last.value in HANGING_MARKS if last.kind == "mark" else last.value.get("k") == "hung")
