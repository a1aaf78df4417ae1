"""A day in a condition, with another one for when nothing is free then: "if you've nothing on Friday then Monday at four"."""

from __future__ import annotations

from typing import Final

from spoken.when.deciding import mark_of
from spoken.when.language import Language
from spoken.when.pieces import Piece, Scan

__all__ = ["or_else"]

_BEFORE: Final = "if_none"
"""The mark of a condition before its day: "if you've nothing | on Friday"."""
_BEHIND: Final = "none_then"
"""One that is a condition only when a word of it stands before its day: "wenn Sie | Freitag | nichts haben"."""
_NEAR: Final = 2
"""So many words may stand between the word of a condition and its day: "wenn | Sie | Freitag"."""


def or_else(scan: Scan, language: Language) -> list[Piece]:
    """The pieces, with a mark behind each day of such a condition that leaves it and the day to come in doubt.

    A condition that names the only day says nothing of when.
    """
    marks = {index for index, piece in enumerate(scan.pieces) if mark_of(piece) in (_BEFORE, _BEHIND)}
    if not marks:
        return scan.pieces
    conditional = [index for index in range(len(scan.pieces)) if _conditional(scan, index, language)]
    days = [index for index, piece in enumerate(scan.pieces) if piece.kind == "day"]
    found: list[Piece] = []
    for index, piece in enumerate(scan.pieces):
        if index in marks:
            scan.skipped.append((piece.start, piece.end))
        elif index not in conditional:
            found.append(piece)
        elif len(days) == 1:
            found.append(Piece("day", {"k": "past"}, piece.start, piece.end))
        else:
            found.append(piece)
            after = next((one for one in scan.pieces[index + 1 :] if one.value != _BEHIND), None)
            if index < days[-1] and (after is None or after.value != "or"):
                found.append(Piece("mark", "but_no", piece.end, piece.end))  # either of them, and no list
    return found


def _conditional(scan: Scan, index: int, language: Language) -> bool:
    """Whether the day at `index` is that of a condition."""
    pieces, day = scan.pieces, scan.pieces[index]
    if day.kind != "day":
        return False
    before, after = pieces[index - 1] if index else None, pieces[index + 1] if index + 1 < len(pieces) else None
    if before is not None and mark_of(before) == _BEFORE and day.start - before.end <= 1:
        return True
    opened = scan.parser.words[max(0, day.start - _NEAR) : day.start]
    behind = after is not None and mark_of(after) == _BEHIND and after.start - day.end <= _NEAR
    return behind and any(word in language.doubt.conditions for word in opened)
