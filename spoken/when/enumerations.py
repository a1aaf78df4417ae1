"""Whether several windows were named one by one, or come of two things that only stand side by side.

Callers name two or three times and join them: "Tuesday or Thursday". A list that comes about otherwise is mostly a sign that
what stands between its members was not understood, or that one of them is told, or that two halves of one day were not
put together: "durante la semana | del catorce", "Dienstag um fünf | vor halb drei", "February | at half three".
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Final

from spoken.when.deciding import names_of
from spoken.when.joined_days import SPANS
from spoken.when.language import Language
from spoken.when.pieces import Piece, Scan
from spoken.when.residue import CONTENT, Leftover
from spoken.when.wish import Group, Spec, Wish

__all__ = ["halves", "side_by_side", "told_hour", "two_hours"]

_LINKS: Final = frozenset({"or", "perhaps", "so_is", "too", "between"})
_TURNING: Final = frozenset({"or", "so", "wish", "suits", "fix", "no"})
_BEARING: Final = frozenset({"not", "not_either", "before_it", "after_it", "from_it"})
"""Marks between two days that bear on one of them, so that the two are no list."""
_BEHIND: Final = 5
"""So many words behind a day may tell what is on then."""
_LONG: Final = frozenset({"month", "months", "next_days", "span", "workdays", "in_span"})
"""Days at whose every one nobody wishes for the same instant."""
_MONTHS: Final = frozenset({"month", "months"})
_APPROXIMATE: Final = 120
"""Minutes between two hours said one after the other that are about one time: "three, half past three"."""
_HALF_DAY: Final = 720
_NOON: Final = 12


def side_by_side(left: Sequence[Leftover], used: Sequence[Piece], scan: Scan, wish: Wish, language: Language) -> bool:
    """Whether a day stands beside another without an "or", and words that nobody understood tell of one of them."""
    named = {name for group in wish.groups for day in group.days for name in names_of(Piece("day", day, 0, 0))}
    days = [piece for piece in used if piece.kind == "day" and piece.start not in wish.refused and named.issuperset(names_of(piece))]
    if sum(len(group.days) for group in wish.groups) < 2:
        return False
    for one, other in itertools.pairwise(days):
        links = _links(one, other, scan)
        if any(scan.parser.words[link.start] not in language.doubt.joining for link in links):
            continue
        if links and any(word.risk in CONTENT for word in left):
            return True  # "I'll drop Thursday and Friday …"
        end = max(piece.end for piece in used if piece is other or (piece.kind == "time" and 0 <= piece.start - other.end <= 1))
        if any(piece.kind == "mark" and piece.value in _BEARING and one.end <= piece.start < other.start for piece in scan.pieces):
            return True  # "Monday isn't the best, Tuesday would be better", "Monday … before that, say Saturday"
        words = scan.parser.words[one.end : other.start]
        again = any(names_of(piece) == names_of(other) for piece in days if piece.start < one.start)  # "…, but Wednesday only after three"
        again = again or set(names_of(other)) < set(names_of(one))  # "The ninth or the tenth, but the tenth only …"
        if not again and names_of(one) != names_of(other) and any(word in language.doubt.contrast for word in words):
            return True  # "I told her Saturday, but it turns out it's Friday"
        if any(word.risk in CONTENT and (one.end <= word.at < other.start or 0 <= word.at - end < _BEHIND) for word in left):
            return True
    return False


def told_hour(left: Sequence[Leftover], used: Sequence[Piece], scan: Scan) -> bool:
    """Whether the hour behind a day is that of something told: "I can come Thursday, I | head off | at four"."""
    for day, time in itertools.pairwise(used):
        if day.kind != "day" or time.kind != "time" or time.value["k"] != "clock":
            continue
        between = [piece for piece in scan.pieces if piece.kind == "mark" and day.end <= piece.start < time.start]
        told = next((piece for piece in reversed(between) if piece.value in ("does", "busy")), None)
        if told is None or any(piece.value in _TURNING for piece in between):
            continue
        if any(word.risk in CONTENT and told.end <= word.at < time.start for word in left):
            return True
    return False


def two_hours(used: Sequence[Piece], wish: Wish) -> bool:
    """Whether two times of a day stand side by side, and are too far apart to be about the same."""
    for one, other in itertools.pairwise(used):
        if one.kind == other.kind == "time" and one.end == other.start and any(_both(group, one, other) for group in wish.groups):
            first, last = _minutes(one.value), _minutes(other.value)
            if first is None or last is None or not 0 < (last - first) % _HALF_DAY <= _APPROXIMATE:
                return True
    return False


def halves(left: Sequence[Leftover], used: Sequence[Piece], scan: Scan, wish: Wish) -> bool:
    """Whether a day and the days that it is of were not put together, or a time is said of all the days of a month."""
    days = [piece for piece in used if piece.kind == "day" and piece.start not in wish.refused]
    free = any(piece.value["k"] == "any" for piece in days)
    for group in wish.groups:
        kinds = {day["k"] for day in group.days}
        if kinds & _LONG and not free and any(time["k"] == "clock" for time in group.times):
            return True
        if kinds & _MONTHS and group.times and (len(days) > 1 or left or any(map(_days_perhaps, group.times))):
            return True
    kinds = {day["k"] for group in wish.groups for day in group.days}
    apart = any(not _links(one, other, scan) for one, other in itertools.pairwise(days))
    return apart and bool(kinds & SPANS) and bool(kinds - SPANS)


def _days_perhaps(time: Spec) -> bool:
    """Whether the hours of a stretch may be days of the month that it is said with: "in November between 14 and 16"."""
    ends = [time["a"], time["b"]] if time["k"] == "range" and "mer" not in time else []
    return bool(ends) and all(end.get("bare") for end in ends) and any(int(end.get("hour", 0)) > _NOON for end in ends)


def _links(one: Piece, other: Piece, scan: Scan) -> list[Piece]:
    """The words that join a day to the one before."""
    return [piece for piece in scan.pieces if piece.kind == "mark" and piece.value in _LINKS and one.end <= piece.start < other.start]


def _both(group: Group, one: Piece, other: Piece) -> bool:
    """Whether a group has both times."""
    said = [_bare(time) for time in group.times]
    return _bare(one.value) in said and _bare(other.value) in said


def _bare(time: Spec) -> Spec:
    return {key: value for key, value in time.items() if key not in ("bare", "each")}


def _minutes(time: Spec) -> int | None:
    if time["k"] != "clock":
        return None
    return int(time.get("hour", 0)) * 60 + int(time.get("minute", 0)) + int(time.get("plus", 0)) - int(time.get("minus", 0))
