"""An appointment there is, told with its day and hour, and another that hangs on it: "I had Tuesday at three, is Thursday free, same time".

What is told first is no wish then, by whatever verb it is told: the other day takes its hour ("the same time on Friday"), or
the other hour its day ("I've Thursday at three, could we make it an hour later"). With "or" between them both would be wished for.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any, Final

from spoken.when.clock import carried, shifted
from spoken.when.deciding import mark_of, names_of
from spoken.when.language import Language
from spoken.when.pieces import Piece, Scan

__all__ = ["without_old_instants"]

_DAYS: Final = frozenset({"wd", "date", "rel", "holiday", "nth", "in"})
_DENYING: Final = frozenset({"or", "else", "perhaps", "not", "not_either", "except", "no", "but_no"})
"""Marks between the two that make something else of them."""
_HAVING: Final = frozenset({"busy", "old"})
_ASKING: Final = frozenset({"wish", "fix", "old"})
_NEAR: Final = 1
_PAIR: Final = 2
"""The day and hour of the appointment there is; the wish that hangs on it is one more."""


def without_old_instants(scan: Scan, language: Language) -> list[Piece]:
    """The pieces, with the wish that hangs on such an appointment in place of both."""
    if sum(piece.kind != "mark" for piece in scan.pieces) < _PAIR + 1:
        return scan.pieces  # as in most sentences
    pieces = _without_that_day(scan)
    for index, (day, time) in enumerate(itertools.pairwise(pieces)):
        if day.kind != "day" or time.kind != "time" or day.end != time.start or day.value.get("k") not in _DAYS:
            continue
        if time.value.get("k") != "clock" or any(piece.kind != "mark" for piece in pieces[:index]):
            return pieces
        wish = _same_time(pieces, index) or _same_day(pieces, index, scan, language)
        if wish is None:
            return pieces
        piece, behind = wish
        scan.skipped += [(0, piece.start), (piece.end, max(piece.end, pieces[behind - 1].end))]
        return [piece, *pieces[behind:]]
    return pieces


def _without_that_day(scan: Scan) -> list[Piece]:
    """The pieces without a "that day" that tells of the first of two days: "I'd have said the 21st, but *that day* …, the 22nd"."""
    named = [piece for piece in scan.pieces if piece.kind == "day"]
    told = {
        id(one)
        for before, one, after in zip(named, named[1:], named[2:], strict=False)
        if one.value == {"k": "same_day"} and before.value.get("k") in _DAYS and after.value.get("k") in _DAYS
    }
    joined = any(mark_of(piece) in _DENYING for piece in scan.pieces)
    kept = [piece for piece in scan.pieces if joined or id(piece) not in told]
    scan.skipped += [(piece.start, piece.end) for piece in scan.pieces if piece not in kept]
    return kept


def _hour(time: Piece) -> dict[str, Any]:
    return {key: value for key, value in time.value.items() if key != "bare"}


def _same_time(pieces: Sequence[Piece], index: int) -> tuple[Piece, int] | None:
    """The other day at the hour of the pair at `index`, and where the pieces behind it begin: "could I have Friday, same time"."""
    rest = [at for at in range(index + 2, len(pieces)) if pieces[at].kind != "mark"][:2]
    if len(rest) < 2 or rest[1] != rest[0] + 1:
        return None
    first, second = pieces[rest[0]], pieces[rest[1]]
    day, time = (first, second) if first.kind == "day" else (second, first)
    between = pieces[index + 2 : rest[0]]
    if day.kind != "day" or time.kind != "time" or time.value.get("k") != "same" or day.value.get("k") not in _DAYS:
        return None
    if second.start - first.end > _NEAR or any(mark_of(piece) in _DENYING for piece in between):
        return None
    return Piece("day", {**day.value, "with": _hour(pieces[index + 1])}, first.start, second.end), rest[1] + 1


def _same_day(pieces: Sequence[Piece], index: int, scan: Scan, language: Language) -> tuple[Piece, int] | None:
    """The day of the pair at `index` at another hour, and where the pieces behind it begin: "… could we push it to half past"."""
    day, told = pieces[index], pieces[index + 1]
    words, before = scan.parser.words, pieces[index - 1] if index else None
    if before is None or before.end != day.start:
        return None
    if mark_of(before) not in _HAVING and not any(word in language.doubt.past for word in words[before.start : before.end]):
        return None  # "Ich hatte Donnerstag um drei"
    at = next((at for at in range(index + 2, len(pieces)) if pieces[at].kind != "mark"), None)
    if at is None or pieces[at].kind != "time":
        return None
    time, between = pieces[at], pieces[index + 2 : at]
    named = [piece for piece in pieces[at + 1 :] if piece.kind == "day"]
    if any(piece.value.get("k") != "same_day" and names_of(piece) != names_of(day) for piece in named):
        return None
    if any(mark_of(piece) not in _ASKING for piece in between) or any(piece.kind == "time" for piece in pieces[at + 1 :]):
        return None
    hour = _moved(time, told)
    said = words[told.end : time.start]
    asked = bool(between) or time.value.get("k") == "shift" or any(word in language.prefer for word in words[told.end : time.start + 1])
    if hour is None or not asked or _tells(said, language):
        return None
    behind = next((later for later in range(at + 1, len(pieces)) if pieces[later].kind == "day"), at) + 1
    return Piece("day", {**day.value, "with": hour}, time.start, time.end), behind


def _moved(time: Piece, told: Piece) -> dict[str, Any] | None:
    """The hour that is wished for instead of the one that was told."""
    kind = time.value.get("k")
    if kind == "carry":
        return carried(time.value, _hour(told))
    if kind == "shift":
        return shifted(_hour(told), time.value)
    return _hour(time) if kind == "clock" else None


def _tells(words: Sequence[str], language: Language) -> bool:
    """Whether words may say what it is that somebody has then: "I've Thursday at three | the dentist"."""
    lists = language.doubt
    return any(word in lists.hindrance or (word.isalpha() and word not in lists.harmless and word not in lists.relation) for word in words)
