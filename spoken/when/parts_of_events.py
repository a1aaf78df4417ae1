"""The part of the day of what somebody goes to, which is no wish: "Saturday at ten, I've a wedding in the afternoon"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from spoken.lexicon import phrases
from spoken.normalise import PhraseBook
from spoken.when.deciding import mark_of
from spoken.when.hindrances import FILLING, REFUSALS
from spoken.when.language import Language
from spoken.when.pieces import HANGING_MARKS, REASON_MARKS, Piece, Scan
from spoken.when.tokens import Tokens

__all__ = ["events_of", "without_parts_of_events"]

_NEAR: Final = 4
"""So many words may stand between an event and the part of the day that it is in."""
_TOLD: Final = REFUSALS | FILLING | REASON_MARKS
"""Marks of what somebody has on; any other one between decides something."""
_NO_PART_HAS: Final = range(9, 12)
"""Hours of the morning: "ten | in the afternoon, the wedding is" is no hour of an afternoon."""


@lru_cache(maxsize=16)
def events_of(code: str) -> PhraseBook[bool]:
    """What people go to; `part_events` are called by the part of the day itself: "une soirée"."""
    named = [*phrases(code, "choice", "events"), *phrases(code, "when-doubt", "part_events")]
    return PhraseBook(dict.fromkeys(named, True))


def without_parts_of_events(found: Scan, tokens: Tokens, language: Language) -> list[Piece]:
    """The pieces without the part of the day of an event that is told of behind a time that is wished for."""
    pieces = found.pieces
    wish = next((piece for piece in pieces if piece.kind == "time"), None)
    if wish is None or wish.value["k"] not in ("clock", "part"):
        return pieces
    places = [(start, end) for _, start, end in events_of(language.code).find(tokens.words) if end > wish.end]
    if not places:
        return pieces
    event = places[0]
    if _is_of_the_event(wish, event):
        return _told_from(wish.end, event[1], _with_the_hour_alone(wish, pieces), found) if _only_tells(pieces, wish, event[1]) else pieces
    part = next((piece for piece in pieces if piece.kind == "time" and piece.start > wish.end and piece.value["k"] == "part"), None)
    if part is None or not _beside(part, event):
        return pieces
    last = max(part.end, event[1])
    if sum(piece.kind == "time" for piece in pieces) > 2 or not _only_tells(pieces, wish, last):
        return pieces
    return _told_from(wish.end, last, [piece for piece in pieces if piece is not part], found)


def _beside(part: Piece, event: tuple[int, int]) -> bool:
    """Whether a part of the day and an event go together; of "une soirée" they are the same words."""
    return -_NEAR <= part.start - event[1] <= _NEAR or 0 <= event[0] - part.end <= _NEAR


def _is_of_the_event(wish: Piece, event: tuple[int, int]) -> bool:
    """ "Saturday at ten, in the afternoon I've a wedding": a part of the day behind an hour that cannot be in it."""
    hour = wish.value.get("hour")
    return (
        wish.value["k"] == "clock"
        and wish.value.get("mer") in ("afternoon", "evening")
        and hour in _NO_PART_HAS
        and (0 <= event[0] - wish.end <= _NEAR)
    )


def _with_the_hour_alone(wish: Piece, pieces: Sequence[Piece]) -> list[Piece]:
    value = {key: item for key, item in wish.value.items() if key != "mer"} | {"bare": True}
    return [Piece(piece.kind, value, piece.start, piece.end) if piece is wish else piece for piece in pieces]


def _only_tells(pieces: Sequence[Piece], wish: Piece, last: int) -> bool:
    """Whether nothing between the wish and the end of what is told decides anything, and no other day is named there or behind it."""
    behind = [piece for piece in pieces if piece.start >= wish.end]
    marks = [piece for piece in behind if piece.kind == "mark" and piece.start < last]
    return all(mark_of(mark) in _TOLD for mark in marks) and not any(piece.kind == "day" for piece in behind)


def _told_from(first: int, last: int, pieces: Sequence[Piece], found: Scan) -> list[Piece]:
    """The pieces without the marks of what is told between two places, whose words say nothing about when; "a ball | after" is told too."""
    last = next((piece.end for piece in pieces if piece.start == last and piece.kind == "mark" and piece.value in HANGING_MARKS), last)
    found.skipped.append((first, last))
    found.other_time_filled = True
    return [piece for piece in pieces if not (piece.kind == "mark" and first <= piece.start < last)]
