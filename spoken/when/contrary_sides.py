"""What is told of the other side of a bound: "after five, *before that I work*", "until eleven, *after that I've the kids*".

Nobody who says from when on he can wishes in the same breath for a time before that: "before that", "any earlier" tell when he
does something else, or cannot. But "I work until five, after that I can" has its bound in what is told, and "after five, or
before that" is a choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spoken.when.deciding import mark_of
from spoken.when.language import Language
from spoken.when.pieces import BOUNDS, REASON_MARKS, Piece, Scan
from spoken.when.tokens import Tokens

__all__ = ["without_contrary_sides"]

_CONTRARY: Final = {"from": ("before_it", "earlier"), "until": ("after_it", "later")}
"""Of either kind of bound the mark of its other side, and the comparison that lies there."""
_TELLING: Final = frozenset({"busy", "filled", "does", "cannot"})
_NOT: Final = frozenset({"not", "not_it", "not_either"})
"""In front of the other side: "*not* before that"."""
_DENYING: Final = frozenset({*_NOT, "no"})
"""Behind the other side: "before that | no"."""
_BETWEEN: Final = frozenset({"wish", "suits"}) | REASON_MARKS
"""Marks that may stand between a bound and what is told: "from five | would be good, | because before that …"."""
_NEAR: Final = 1
"""So many words may stand between what is told and its side."""
_OBJECT: Final = 3
"""So many words may say what is done then: "I've | physio | before"."""


def without_contrary_sides(pieces: list[Piece], scan: Scan, tokens: Tokens, language: Language) -> list[Piece]:
    """The pieces without those of what is told so, whose words are then known to say nothing about when."""
    bounds = [at for at, piece in enumerate(pieces) if piece.kind != "mark" and piece.value.get("k") in BOUNDS]
    if not bounds or any(mark_of(piece) in _TELLING for piece in pieces[: bounds[-1]]):
        return pieces  # "I work until five, after that …"
    at = bounds[-1]
    behind = pieces[at + 1 :]
    if any(piece.kind != "mark" for piece in behind) or any(turn >= pieces[at].end for turn in tokens.turns):
        return pieces
    first = next((place for place, piece in enumerate(behind) if mark_of(piece) not in _BETWEEN), len(behind))
    reason = next((place for place, piece in enumerate(behind[:first]) if mark_of(piece) in REASON_MARKS), first)
    if not _tells_of_it(behind[first:], pieces[at], scan, tokens, language, reasoned=reason < first):
        return pieces
    begin = behind[reason].start if reason < len(behind) else pieces[at].end
    scan.skipped.append((begin - 1, scan.parser.count))  # with a word before it: a comparison that begins here compares nothing
    return [*pieces[: at + 1], *behind[:reason]]


def _tells_of_it(told: Sequence[Piece], bound: Piece, scan: Scan, tokens: Tokens, language: Language, *, reasoned: bool) -> bool:
    """Whether the marks behind a bound are those of its other side and of what is done then, in either order."""
    if not told:
        return False
    side, _ = _CONTRARY[bound.value["k"]]
    if mark_of(told[0]) == side:
        return (reasoned and len(told) == 1) or (
            len(told) > 1 and mark_of(told[1]) in _TELLING | _DENYING and told[1].start - told[0].end <= _NEAR
        )
    opening = _TELLING | _NOT | ({"no"} if "comma_no" in language.conventions and told[0].end not in tokens.commas else frozenset())
    if mark_of(told[0]) not in opening or not _is_of_the_wish(bound, scan, language):
        return False
    if len(told) == 1:
        return _ends_on_that_side(told[0].end, bound, scan, language)
    last = told[-1]
    ends = len(told) == 2 and mark_of(last) == side and last.end == scan.parser.count
    return ends and last.start - told[0].end <= _OBJECT and last.start not in tokens.commas


def _is_of_the_wish(bound: Piece, scan: Scan, language: Language) -> bool:
    """Whether a bound in front of what is told is no part of that: "until five I work" is one, "before five I'm busy after" none."""
    words = scan.parser.words[bound.start : bound.end]
    return bound.value["k"] == "from" or any(word in language.doubt.before for word in words)


def _ends_on_that_side(begin: int, bound: Piece, scan: Scan, language: Language) -> bool:
    """Whether the text ends, soon, on a word for the other side: "I'm busy | before", "I can't make it | any earlier"."""
    _, comparison = _CONTRARY[bound.value["k"]]
    count = scan.parser.count
    side = language.doubt.before if bound.value["k"] == "from" else language.doubt.after
    if count - 1 - begin in range(_OBJECT) and scan.parser.words[count - 1] in side:
        return True
    found = [one for at in range(begin, min(begin + _OBJECT, count)) for one in scan.parser.read("shift", at)[0]]
    return any(end == count and value == comparison for end, value, *_ in found)
