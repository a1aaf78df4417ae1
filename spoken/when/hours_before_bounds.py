"""An hour that tells why somebody can only from another one on: "not before one, *my train doesn't get in till twelve*".

Nobody wishes for an hour that is earlier than the one from which he can. Such an hour is told, when words of its own stand
with it: behind the bound, or before "so" ("*my train gets in at twelve*, so Friday, but not before one").
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from spoken.when.deciding import mark_of
from spoken.when.language import Language
from spoken.when.pieces import BOUNDS, REASON_MARKS, Piece, Scan
from spoken.when.tokens import Tokens

__all__ = ["without_hours_before_bounds"]

_TELLING: Final = frozenset({"busy", "filled", "does", "cannot", "no", "not"}) | REASON_MARKS
"""Marks of what somebody does, or does not do until then: "mi tren | no | llega hasta las doce"."""
_DENYING: Final = frozenset({"except", "not"})
_SUBJECT: Final = 2
"""At least so many words say who does what then."""
_SHORTLY: Final = 180
"""Minutes before a bound within which an hour tells what keeps somebody until then."""
_HALF_DAY: Final = 12 * 60


def without_hours_before_bounds(pieces: list[Piece], scan: Scan, tokens: Tokens, language: Language) -> list[Piece]:
    """The pieces without such an hour, whose words are then known to say nothing about when."""
    times = [at for at, piece in enumerate(pieces) if piece.kind == "time"]
    days = [at for at, piece in enumerate(pieces) if piece.kind == "day"]
    if len(times) != 2 or len(days) != 1:
        return pieces
    first, last = times
    if days[0] < last and _from(pieces, first) is not None and _told_behind(pieces, first, last, scan, language):
        scan.skipped.append((pieces[first].end, scan.parser.count))
        return pieces[: first + 1]
    if first < days[0] and _told_before(pieces, first, last, tokens):
        scan.skipped.append((0, pieces[first].end))
        return [piece for at, piece in enumerate(pieces) if at > first]
    return pieces


def _from(pieces: Sequence[Piece], at: int) -> Any:
    """The hour from which somebody can: "from one", "not | before one"."""
    value = pieces[at].value
    denied = at > 0 and mark_of(pieces[at - 1]) in _DENYING and pieces[at - 1].end == pieces[at].start
    kind = "until" if denied else "from"
    return value["a"] if value.get("k") == kind and value["a"].get("k") == "clock" else None


def _told_behind(pieces: Sequence[Piece], bound: int, told: int, scan: Scan, language: Language) -> bool:
    """Whether the hour behind a bound is told: by words of its own, and by nothing that wishes, corrects or offers a choice."""
    between = pieces[bound + 1 : told]
    comes = "verb_final" in language.conventions and pieces[told].end < scan.parser.count  # "Ich komme | erst um zwölf | an"
    allowed = _TELLING | {"wish"} if comes else _TELLING
    joined = any(mark_of(piece) not in allowed or (piece.end == pieces[told].start and mark_of(piece) == "no") for piece in between)
    words = pieces[told].start - pieces[bound].end
    if joined or words < _SUBJECT or any(mark_of(piece) not in _TELLING for piece in pieces[told + 1 :]):
        return False
    return _earlier(pieces[told], _from(pieces, bound))


def _told_before(pieces: Sequence[Piece], told: int, bound: int, tokens: Tokens) -> bool:
    """Whether the hour before a decision is told: "my train gets in at twelve, | so Friday, but not before one"."""
    day = next(piece for piece in pieces if piece.kind == "day")
    so = any(mark_of(piece) == "so" and pieces[told].end <= piece.start < day.start for piece in pieces)
    decides = so or any(pieces[told].end <= turn <= day.start for turn in tokens.turns)
    inner = _from(pieces, bound) if decides else None
    opened = pieces[told].start >= _SUBJECT or pieces[told].end - pieces[told].start > _SUBJECT
    alone = all(mark_of(piece) in _TELLING for piece in pieces[:told])
    return inner is not None and opened and alone and _earlier(pieces[told], inner)


def _earlier(time: Piece, bound: Any) -> bool:
    """Whether an hour is shortly before the one from which somebody can, as both are said or half a day apart: "one" and "twelve"."""
    hour = time.value["a"] if time.value.get("k") in BOUNDS else time.value
    if hour.get("k") != "clock" or "mer" in hour or "mer" in bound:
        return False
    before, after = _minutes(hour), _minutes(bound)
    return any(0 <= late - before <= _SHORTLY for late in (after, after + _HALF_DAY if bound.get("bare") else after))


def _minutes(clock: Any) -> int:
    return int(clock.get("hour", 0)) * 60 + int(clock.get("minute", 0)) + int(clock.get("plus", 0)) - int(clock.get("minus", 0))
