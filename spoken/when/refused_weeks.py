"""The week after one that was refused, with its weekday: "next week's no good, Thursday the week after"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spoken.when.deciding import mark_of
from spoken.when.hindrances import REFUSALS
from spoken.when.pieces import Piece

__all__ = ["weeks_after_refused"]

_REFUSING: Final = REFUSALS | {"not", "no", "except"}
_AFTER: Final = {"k": "week", "n": 1, "after_same": True}
_WEEK: Final = 7


def weeks_after_refused(pieces: list[Piece]) -> list[Piece]:
    """The pieces, with a weekday in "the week after" one that was refused put behind that week, which it is counted from."""
    if not any(_is_week(piece) for piece in pieces):
        return pieces
    found: list[Piece] = []
    for index in range(len(pieces)):
        piece = pieces[index]
        if not _behind_refused_week(pieces, index):
            found.append(piece)
            continue
        value, after = piece.value, pieces[index + 1] if index + 1 < len(pieces) else None
        weekday = value["a"] if value.get("k") == "week_of" else value
        plain = {"k": "wd", "wd": weekday["wd"]} if weekday.keys() >= {"k", "wd"} else None
        joined = plain is not None and (
            (value.get("k") == "wd" and value.get("plus") == _WEEK) or (value.get("k") == "week_of" and value.get("n") == 1)
        )
        if joined and plain is not None:  # "Thursday the week after", "the week after Thursday"
            middle = piece.start + 1
            found += [Piece("day", _AFTER, piece.start, middle), Piece("day", plain, middle, piece.end)]
        elif value.keys() == {"k", "wd"} and after is not None and after.value == _AFTER and after.start == piece.end:
            found.append(Piece("day", after.value, piece.start, piece.end))  # "Le jeudi de la semaine d'après"
            pieces = [*pieces[: index + 1], Piece("day", value, after.start, after.end), *pieces[index + 2 :]]
        else:
            found.append(piece)
    return found


def _is_week(piece: Piece) -> bool:
    return piece.kind == "day" and piece.value.get("k") == "week"


def _behind_refused_week(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a day stands behind a week, the last day before it, that words of refusing stand beside."""
    before = next((at for at in range(index - 1, -1, -1) if pieces[at].kind == "day"), None)
    if pieces[index].kind != "day" or before is None or not _is_week(pieces[before]):
        return False
    week, last = pieces[before], pieces[before - 1] if before else None
    refused = mark_of(last) in _REFUSING and last is not None and last.end == week.start
    return refused or any(mark_of(piece) in _REFUSING for piece in pieces[before + 1 : index])
