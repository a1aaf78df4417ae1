"""What a caller tells behind a wish that is complete, and why: it explains the wish and does not change it.

"Could it be the week after next, I've exams till the nineteenth", "ce serait possible jeudi matin, je suis en stage mardi": a
clause about what the speaker does or has to do, without a "but" before it. Who has just asked for a day does not refuse it in
the same breath, so neither that day nor the wish is touched; a day that is told there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spoken.when.deciding import mark_of, wished
from spoken.when.joined_days import SPANS
from spoken.when.language import Language
from spoken.when.pieces import Piece, Scan

__all__ = ["reasons_told"]

_TELLING: Final = frozenset({"busy", "does"})
_REFUSING: Final = frozenset({"cannot"})
_OBJECT: Final = 2
"""So many words may stand between a word of refusing and the day that it refuses."""
_BOUNDS: Final = frozenset({"until", "from"})
_HANGING: Final = frozenset({"after_it", "before_it"})


def reasons_told(scan: Scan, language: Language) -> list[Piece]:
    """The pieces of a sentence with the marks of such clauses turned into those of a reason, or of an exception."""
    pieces = list(scan.pieces)
    for index, piece in enumerate(scan.pieces):
        mark = mark_of(piece)
        if mark not in _TELLING | _REFUSING:
            continue
        day = _day_before(scan.pieces, index)
        if day is None or _contrasted(scan, day, index, language):
            continue
        rest = _rest(scan.pieces, index)
        if not wished(scan, day, language):
            continue
        told_day = next((one for one in rest if one.kind == "day"), None)
        if mark in _REFUSING:
            if told_day is not None and rest[0] is told_day and told_day.start - piece.end <= _OBJECT:
                pieces[index] = Piece("mark", "except", piece.start, piece.end)
        elif told_day is not None or (_complete(scan.pieces, day, index) and rest):
            pieces[index] = Piece("mark", "reason", piece.start, piece.end)
    return pieces


def _day_before(pieces: Sequence[Piece], index: int) -> int | None:
    """The day that was said last before a mark, with nothing but its time and its wish between."""
    for at in range(index - 1, -1, -1):
        piece = pieces[at]
        if piece.kind == "day":
            return at
        if piece.kind == "mark" and piece.value not in ("wish", "suits"):
            return None
    return None


def _contrasted(scan: Scan, day: int, index: int, language: Language) -> bool:
    return any(word in language.doubt.contrast for word in scan.parser.words[scan.pieces[day].end : scan.pieces[index].end])


def _rest(pieces: Sequence[Piece], index: int) -> list[Piece]:
    """What is told: the pieces up to the next word that joins, decides or wishes."""
    found: list[Piece] = []
    for piece in pieces[index + 1 :]:
        if piece.kind == "mark" and piece.value not in _TELLING | _HANGING:
            break
        found.append(piece)
    return found


def _complete(pieces: Sequence[Piece], day: int, index: int) -> bool:
    """Whether a wish says enough: a day with its time, or several days."""
    return any(piece.kind == "time" for piece in pieces[day + 1 : index]) or pieces[day].value.get("k") in SPANS
