"""A refusal that is said more exactly at once, which then is none of the whole day.

"Thursday's no good, well, the morning's no good, the afternoon's perfect", "le vendredi ça va pas, enfin si, mais pas avant dix-sept
heures": behind a word of putting right only a part of the day, or the hours on one side of a bound, cannot be.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spoken.when.composer import SINGLE_DAYS
from spoken.when.deciding import mark_of
from spoken.when.hindrances import REFUSALS
from spoken.when.language import Language
from spoken.when.pieces import BOUNDS, Piece, Scan
from spoken.when.tokens import Tokens, words_of

__all__ = ["narrowed"]

_BETWEEN: Final = REFUSALS | {"fix", "wish", "suits", "so", "no", "except", "not"}
"""Marks that may stand between the day that is refused and the time that is."""
_RIGHTING: Final = ("fix", "no")
_REFUSING: Final = REFUSALS | {"except", "not"}


def narrowed(scan: Scan, tokens: Tokens, text: str, language: Language) -> list[Piece]:
    """The pieces without the refusal of the only day, when one of its times is refused behind a word of putting right."""
    pieces = scan.pieces
    days = [index for index, piece in enumerate(pieces) if piece.kind == "day"]
    if len(days) != 1 or not language.narrowing or pieces[days[0]].value["k"] not in SINGLE_DAYS:
        return pieces
    day = days[0]
    refusal = next((at for at in (day - 1, day + 1) if 0 <= at < len(pieces) and _refuses(pieces[at], pieces[day])), None)
    time = next((at for at in range(day + 1, len(pieces)) if pieces[at].kind == "time"), None)
    if refusal is None or time is None:
        return pieces
    between = pieces[max(day, refusal) + 1 : time]
    if any(piece.value not in _BETWEEN for piece in between) or not _only_a_part(pieces, time, between, tokens, language):
        return pieces
    begin = max(pieces[day].end, pieces[refusal].end)
    said = words_of(text[tokens.ends[begin - 1] : tokens.starts[pieces[time].start]])
    if not any(word in language.narrowing for word in said):
        return pieces
    out = [pieces[refusal], *(piece for piece in between if piece.value in _RIGHTING)]
    scan.skipped += [(piece.start, piece.end) for piece in out]
    return [piece for piece in pieces if piece not in out]


def _refuses(mark: Piece, day: Piece) -> bool:
    """Whether a mark right beside a day refuses it."""
    near = day.start - mark.end if mark.end <= day.start else mark.start - day.end
    return mark_of(mark) in REFUSALS and near <= 1


def _only_a_part(pieces: Sequence[Piece], time: int, between: Sequence[Piece], tokens: Tokens, language: Language) -> bool:
    """Whether a time is refused, or bounds what is left behind a "but": "the morning's no good", "but only from six"."""
    spec, after = pieces[time].value, pieces[time + 1] if time + 1 < len(pieces) else None
    behind = after is not None and mark_of(after) in REFUSALS and after.start - pieces[time].end <= 1
    before = any(piece.value in _REFUSING for piece in between)
    since = between[-1].end if between else pieces[time].start - 1
    contrast = any(word in language.doubt.contrast for word in tokens.words[since : pieces[time].end])
    return (spec["k"] == "from" and contrast) or ((spec["k"] == "part" or spec["k"] in BOUNDS) and (before or behind))
