"""What is told beside an hour, or a bound, that is wished for: when somebody has to leave, until when he is away, what he does before.

"Thursday at three, *I have to leave at four*", "from the eleventh on, *I'm away until the tenth*", "Friday, *I have to drop the kids
first*, not before ten": it explains the wish and does not change it. A bound is firm when it is negated or says "at the latest";
another may be what somebody fills ("until four I work").
"""

from __future__ import annotations

from typing import Final

from spoken.when.contrary_sides import without_contrary_sides
from spoken.when.deciding import mark_of
from spoken.when.hours_before_bounds import without_hours_before_bounds
from spoken.when.hours_behind_parts import without_hours_behind_parts
from spoken.when.language import Language
from spoken.when.pieces import BOUNDS, HANGING_MARKS, REASON_MARKS, Piece, Scan
from spoken.when.tokens import Tokens

__all__ = ["is_firm", "without_told_beside_bounds"]

_TELLING: Final = frozenset({"busy", "filled", "does", "cannot"})
_NEAR: Final = 1
"""So many words may stand between a bound and what is told."""
_OBJECT: Final = 3
"""So many words may name what is before or after a bound: "I've | physio | before"."""
_PART: Final = "part"
_INSTANT: Final = 2
"""A day and its hour."""
_ABSENCE: Final = 3
"""A day from which somebody can, what he does until then, and until when."""
_NEGATED: Final = 2
"""Among its first so many words a negated bound is negated: "pero | no | antes de las diez"."""
_SHORTLY: Final = 180
"""Minutes before a bound within which an hour tells what keeps somebody until then."""


def without_told_beside_bounds(scan: Scan, tokens: Tokens, language: Language) -> list[Piece]:
    """The pieces without those of what is told so, whose words are then known to say nothing about when."""
    pieces = _without_sides(_without_ends(scan, tokens, language), scan, language)
    pieces = without_hours_behind_parts(without_hours_before_bounds(pieces, scan, tokens, language), scan, tokens, language)
    pieces = _without_absences(_before_bounds(pieces, scan, tokens, language), scan, language)
    return without_contrary_sides(pieces, scan, tokens, language)


def _without_sides(pieces: list[Piece], scan: Scan, language: Language) -> list[Piece]:
    """The pieces without "before" or "after" at the end that says when something told is: "not before ten, *I've physio before that*"."""
    if len(pieces) < _ABSENCE:
        return pieces
    bound, mark, side = pieces[-3:]
    named = bound if bound.kind == "time" else pieces[-4] if len(pieces) > _ABSENCE else bound
    if named.kind != "time" or named.value.get("k") not in BOUNDS or mark_of(mark) not in _TELLING or side.end != scan.parser.count:
        return pieces
    gap = scan.parser.words[mark.end : side.start]
    if mark_of(side) not in HANGING_MARKS or not 0 < len(gap) <= _OBJECT or any(word in language.doubt.contrast for word in gap):
        return pieces
    scan.skipped.append((mark.start, side.end))
    return pieces[:-2]


def _without_ends(scan: Scan, tokens: Tokens, language: Language) -> list[Piece]:
    """The pieces without when somebody finishes or leaves, told behind an hour of a day: "Thursday at three, *I have to leave at four*".

    Behind a bound the same side of it says nothing more ("not before ten, *I finish at nine*"), nor does an hour outside it
    ("*the bus gets in at nine*").
    """
    pieces = list(scan.pieces)
    said = [piece for piece in pieces if piece.kind != "mark"]
    kinds = [piece.kind for piece in said]
    if len(said) != _INSTANT + 1 or sorted(kinds) != ["day", "time", "time"] or kinds[2] != "time" or tokens.turns:
        return pieces
    hour, end = next(piece for piece in said if piece.kind == "time"), said[2]
    if said[1].start - said[0].end > _NEAR:
        return pieces
    between = [piece for piece in pieces if said[1].end <= piece.start < end.start]
    if any(mark_of(piece) not in _TELLING for piece in between):
        return pieces
    telling = _tells_end(end, scan, language) and not between and said[1].end == end.start
    same_side = hour.value.get("k") == end.value.get("k") and hour.value.get("k") in BOUNDS
    outside = _outside(hour, end) and end.start - said[1].end > _NEAR
    if not (telling and (hour.value.get("k") == "clock" or same_side)) and not outside:
        return pieces
    scan.skipped.append((said[1].end, scan.parser.count if outside else end.end))
    return [piece for piece in pieces if piece.start < said[1].end]


def _tells_end(time: Piece, scan: Scan, language: Language) -> bool:
    """Whether a time says when somebody finishes or has to leave."""
    if time.value.get("leaves") or time.value.get("works"):
        return True
    words, lists = scan.parser.words[time.start : time.end], language.activities
    speaks = any(word in lists.speakers for word in words) or bool(lists.shape.fullmatch(words[0]))  # "Salgo a las dos"
    return time.value.get("k") in BOUNDS and speaks


def _outside(bound: Piece, time: Piece) -> bool:
    """Whether an hour is before the one from which somebody can, as both are said: "from ten on" and "at nine"."""
    inner = bound.value.get("a", {}) if bound.value.get("k") == "from" else {}
    if inner.get("k") != "clock" or time.value.get("k") != "clock" or "mer" in time.value or "mer" in inner:
        return False
    hours = [
        int(one.get("hour", 0)) * 60 + int(one.get("minute", 0)) + int(one.get("plus", 0)) - int(one.get("minus", 0))
        for one in (inner, time.value)
    ]
    return hours[1] < hours[0] <= hours[1] + _SHORTLY


def _without_absences(pieces: list[Piece], scan: Scan, language: Language) -> list[Piece]:
    """The pieces without until when somebody is away, behind the day from which he can: "from the tenth on, *I'm away until the ninth*"."""
    if len(pieces) > 1 and all(piece.kind == "day" and piece.value.get("k") == "from" for piece in pieces[-2:]):
        told = pieces[-1]  # "Ab dem elften, | ich bin bis zum zehnten weg"
        if any(word in language.activities.speakers for word in scan.parser.words[told.start : told.end]):
            scan.skipped.append((told.start, told.end))
            return pieces[:-1]
    whole = pieces[:-1] if "verb_final" in language.conventions and pieces and mark_of(pieces[-1]) == "cannot" else pieces
    last = whole[-3:]
    if len(last) < _ABSENCE or [piece.kind for piece in last] != ["day", "mark", "day"]:
        return pieces
    first, mark, end = last
    if first.value.get("k") != "from" or end.value.get("k") != "until" or mark.value not in _TELLING or mark.start - first.end > _NEAR:
        return pieces
    scan.skipped.append((first.end, scan.parser.count))
    return whole[:-2]


def _before_bounds(pieces: list[Piece], scan: Scan, tokens: Tokens, language: Language) -> list[Piece]:
    """The pieces without what is told between a day and its firm bound: "Friday, *I have to drop the kids first*, not before ten"."""
    days = [at for at, piece in enumerate(pieces) if piece.kind == "day"]
    bounds = [at for at, piece in enumerate(pieces) if is_firm(piece, scan, language)]
    if len(days) != 1 or len(bounds) != 1 or bounds[0] - days[0] < 2:
        return pieces
    day, bound = pieces[days[0]], pieces[bounds[0]]
    between = pieces[days[0] + 1 : bounds[0]]
    words = scan.parser.words
    denied = any(word in language.activities.denying for word in words[day.end : bound.start])
    told = all(
        mark_of(piece) in _TELLING | REASON_MARKS or (piece.value.get("k") == _PART if piece.kind == "time" else False) for piece in between
    )
    if denied or not told or between[0].kind != "mark" or any(day.end <= turn <= bound.start for turn in tokens.turns):
        return pieces  # "Friday I can't before ten"
    scan.skipped.append((day.end, bound.start))
    return [*pieces[: days[0] + 1], *pieces[bounds[0] :]]


def is_firm(piece: Piece, scan: Scan, language: Language) -> bool:
    """Whether a time is a bound that nothing fills: "not before ten", "by four at the latest"; but "until four" may be of what one does."""
    if piece.kind != "time" or piece.value.get("k") not in BOUNDS:
        return False
    words = scan.parser.words[piece.start : piece.end]
    return any(word in language.activities.denying for word in words[:_NEGATED]) or any(word in language.doubt.firm for word in words)
