"""An hour that tells why a part of the day is wished for: "Tuesday morning would be good, *I'm working from three*".

What begins when that part is over does not change it. Without a wish between them, "Tuesday morning I work from three" is either
that or a morning refused: then nothing is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spoken.when.clock import PARTS
from spoken.when.deciding import mark_of
from spoken.when.language import Language
from spoken.when.pieces import BOUNDS, REASON_MARKS, Piece, Scan
from spoken.when.tokens import Tokens

__all__ = ["without_hours_behind_parts"]

_DOING: Final = frozenset({"busy", "filled", "does", "cannot"})
_WISHING: Final = frozenset({"wish", "suits"}) | REASON_MARKS
"""Marks behind which what somebody does only tells why."""
_HALF_DAY: Final = 12 * 60


def without_hours_behind_parts(pieces: list[Piece], scan: Scan, tokens: Tokens, language: Language) -> list[Piece]:
    """The pieces without such an hour, whose words are then known to say nothing about when."""
    said = [at for at, piece in enumerate(pieces) if piece.kind != "mark"]
    if len(said) != 3 or sorted(pieces[at].kind for at in said[:2]) != ["day", "time"] or pieces[said[2]].kind != "time":
        return pieces
    part, hour = max(said[:2]), said[2]
    named = next(pieces[at] for at in said[:2] if pieces[at].kind == "time")
    marks, behind = [mark_of(piece) for piece in pieces[part + 1 : hour]], [mark_of(piece) for piece in pieces[hour + 1 :]]
    if not _over(named, pieces[hour]) or not {*marks, *behind} <= _DOING | _WISHING or tokens.turns:
        return pieces
    told = _tells(pieces[hour], scan, language) or (bool(behind) and behind[0] in _DOING and not set(marks) & _DOING)
    does = next((piece for piece in pieces[part + 1 : hour] if mark_of(piece) in _DOING), None)
    if does is not None and does.end in tokens.commas:
        return pieces  # "Tuesday morning I work, from three on"
    if does is not None and not told:
        told = bool(set(marks) & _WISHING) or does.start in tokens.commas
        if not told and pieces[hour].value.get("k") in BOUNDS:
            return [piece for piece in pieces if piece.kind == "mark"]
    if not told:
        return pieces
    scan.skipped.append((pieces[part].end, scan.parser.count))
    return pieces[: part + 1]


def _over(part: Piece, time: Piece) -> bool:
    """Whether an hour is one at which a part of the day is over, or half a day after what was said: "morning" and "three"."""
    name = str(part.value.get("part")) if part.value.get("k") == "part" else ""
    hour = time.value["a"] if time.value.get("k") in BOUNDS else time.value
    if name not in PARTS or hour.get("k") != "clock" or "mer" in hour:
        return False
    minutes = int(hour.get("hour", 0)) * 60 + int(hour.get("minute", 0))
    late = minutes + _HALF_DAY if hour.get("bare") and minutes < PARTS[name][0] else minutes
    return late >= PARTS[name][1]


def _tells(time: Piece, scan: Scan, language: Language) -> bool:
    """Whether a bound says by its own words what somebody does then: "I start at three", "entro a las tres"."""
    words: Sequence[str] = scan.parser.words[time.start : time.end]
    speaks = any(word in language.activities.speakers for word in words) or bool(language.activities.shape.fullmatch(words[0]))
    return time.value.get("k") in BOUNDS and (bool(time.value.get("works")) or speaks)
