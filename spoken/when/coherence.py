"""Whether what a wish comes to makes sense as a whole: a list says no time twice, and days of one sentence lie together."""

from __future__ import annotations

import calendar
import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from typing import Any, Final

from spoken.when.calendar_days import days_of
from spoken.when.joined_days import SPANS
from spoken.when.moment import Moment
from spoken.when.pieces import Piece
from spoken.when.window import Window
from spoken.when.wish import Group, Wish

__all__ = ["at_night", "in_other_weeks", "overlap", "pierced", "refused_alone"]

Spec = Mapping[str, Any]

_FLOATING: Final = frozenset({"k", "wd", "which"})
_ANCHORS: Final = frozenset(
    {"date", "holiday", "nth", "near", "within", "week", "week_of", "weekend", "weekend_of", "in", "cw", "beside", "bridge"}
)
"""Kinds of days that say which week or month they lie in."""
_NAMELESS: Final = frozenset({"any", "asap", "past", "workdays", "other", "neither"})
"""Kinds of days that stand for whatever is left."""
_JOINING: Final = frozenset({"or", "wish", "so", "suits"})
_BESIDE: Final = frozenset({"with", "bare", "which"})
_WEEKS: Final = 6
"""No month has so many of one weekday."""
_MINUTE: Final = dt.timedelta(minutes=1)
_EARLIEST: Final = 5
_LATEST: Final = 23
_SOON: Final = dt.timedelta(days=35)
"""A weekday with a day of the month is hardly further off than this."""
_FAR: Final = dt.timedelta(days=120)
"""A date further off than this has been, and is told: "Whit Monday you were closed"."""


def overlap(windows: Sequence[Window]) -> bool:
    """Whether one of several windows lies in another: nobody offers Thursday, or the week that it is in."""
    for one, other in itertools.combinations(windows, 2):
        first, last = (one, other) if one.start <= other.start else (other, one)
        end = _end(first)
        if end is None or last.start < end:
            parts = one.grain == other.grain == "part_of_day" and first.start < last.start and first.end != last.end
            if not parts or end is None or (last.end is not None and last.end <= end):
                return True  # "In the afternoon or in the evening": two parts of a day share an hour.
    return False


def pierced(windows: Sequence[Window]) -> bool:
    """Whether a single minute is missing from a stretch: "Tuesday at two doesn't work" leaves all others, which are no wish."""
    ordered = sorted(windows, key=lambda window: window.start)
    return any(one.end is not None and other.start - one.end == _MINUTE for one, other in itertools.pairwise(ordered))


def at_night(windows: Sequence[Window]) -> bool:
    """Whether an instant lies between eleven at night and five in the morning; midnight is said on purpose.

    Of a time that was put together of two, that is a sign that they do not belong together.
    """
    return any(
        window.instant
        and (window.start.hour < _EARLIEST or window.start.hour >= _LATEST)
        and (window.start.hour, window.start.minute) != (0, 0)
        for window in windows
    )


def _end(window: Window) -> dt.datetime | None:
    """Where a window ends; "from five on" is about that day, "from Monday on" has no end."""
    if window.end is not None or not window.opens:
        return window.end or window.start
    midnight = dt.datetime.combine(window.start.date(), dt.time())
    return None if window.start == midnight else midnight + dt.timedelta(days=1)


def _floats(spec: Spec) -> bool:
    """Whether nothing says in which week a weekday lies, or in which month a day: "the Tuesday", "on the fifth"."""
    if spec["k"] == "wd":
        return (spec.keys() <= _FLOATING and spec.get("which") != "this") or spec.keys() == {"k", "wd", "plus"}
    return spec["k"] == "date" and not spec.keys() & {"m", "month_offset", "near", "wd"}


def _fixed(spec: Spec) -> Spec | None:
    """The day in a description that says where it lies, or `None`."""
    if spec["k"] in ("until", "from", "span"):
        return _fixed(spec["a"])
    return spec if spec["k"] in _ANCHORS or (spec["k"] == "wd" and "week" in spec) else None


def _start(spec: Spec, moment: Moment) -> dt.date | None:
    options = days_of(spec, moment)
    return options[0][0].start if options and options[0] else None


def _named_alike(day: Spec, other: Spec) -> bool:
    """Whether two days have the same weekday and number."""
    return all(day.get(key) == other.get(key) for key in ("wd", "d"))


def _said_before(wish: Wish, at: tuple[int, int], pieces: Sequence[Piece]) -> list[Spec]:
    """The days that lie somewhere and were said before a day of the `wish`, the last one first."""
    group, index = at
    spec = wish.groups[group].days[index]
    alike = sorted(p.start for p in wish.used if p.kind == "day" and _named_alike(p.value, spec))
    days = [(one, nth) for one, said in enumerate(wish.groups) for nth, day in enumerate(said.days) if _named_alike(day, spec)]
    # Of "Friday or the week after on Friday" each is a day of its own; else it was said again, and the last time counts.
    place = alike[days.index(at)] if len(alike) == len(days) else max(alike, default=None)
    told = [piece.value for piece in pieces if piece.kind == "day" and (place is None or piece.start < place)]
    wished = [day for one in wish.groups[:group] for day in one.days] + wish.groups[group].days[:index]
    return [fixed for day in reversed([*told, *wished]) if (fixed := _fixed(day)) is not None]


def _instead(wish: Wish, spec: Spec, other: Spec) -> Wish:
    """The wish with another day in the place of one."""
    groups = [Group([other if day is spec else day for day in group.days], list(group.times)) for group in wish.groups]
    return Wish(groups, [Group(list(group.days), list(group.times)) for group in wish.ruled_out], wish.used)


_LEAP: Final = 2024
"""A year that has every day of the calendar."""
_MONTHS: Final = range(1, 13)


def _never(day: Spec) -> bool:
    """Whether there is no such day: whoever says "I can't do 31 April" means another one, and was misheard or misspoke."""
    if day["k"] != "date" or "m" not in day or "d" not in day:
        return False
    last = calendar.monthrange(max(day.get("y", _LEAP), 1), day["m"])[1] if day["m"] in _MONTHS else 0
    return bool(day["d"] > last)


def refused_alone(wish: Wish, pieces: Sequence[Piece]) -> bool:
    """Whether a wish that says only what cannot be leaves a day or time of the sentence unaccounted for.

    "Monday is no good, I've the children … Tuesday morning": whoever names a day beside the ones that are refused
    wishes for something, and all days but the refused ones are not it.
    """
    if not wish.ruled_out or any(group.days or group.times for group in wish.groups):
        return False
    days = [day for group in wish.ruled_out for day in group.days]
    if any(_never(day) for day in days):
        return True
    refused = [_bare(day) for day in days]
    for piece in pieces:
        named = piece.kind == "day" and not piece.value.get("old") and piece.value.get("k") not in _NAMELESS
        if named and _bare(piece.value) not in refused:
            return True
    if any(group.days and group.times for group in wish.ruled_out) and not _refused_outright(wish, pieces):
        return True  # "Tomorrow evening, if you don't close too early": that is no refusal of the evening.
    bounds = len(days) > 1 and any(day["k"] in ("until", "from") for day in days)
    return bounds or any(group.times and (len(group.days) > 1 or any(day["k"] in SPANS for day in group.days)) for group in wish.ruled_out)


def _refused_outright(wish: Wish, pieces: Sequence[Piece]) -> bool:
    """Whether a word of refusing stands right beside what is refused."""
    marks = [piece for piece in pieces if piece.kind == "mark" and piece.value not in _JOINING]
    return any(mark.start == piece.end or mark.end == piece.start for piece in wish.used if piece.start in wish.refused for mark in marks)


def _bare(day: Spec) -> Spec:
    """A day without what was only said beside it."""
    return {key: value for key, value in day.items() if key not in _BESIDE}


def in_other_weeks(wish: Wish, pieces: Sequence[Piece], moment: Moment) -> list[Wish]:
    """The wish with a day that floats put beside a later date that was said before it; empty when there is none.

    "Good Friday you're closed, so the Tuesday at two", said in March: the coming Tuesday, or the one after Easter?
    """
    for at, group in enumerate(wish.groups):
        for index, spec in enumerate(group.days):
            if (
                index
                and group.days[index - 1]["k"] == "nth"
                and spec["k"] == "date"
                and spec.keys() <= {"k", "d"}
                and int(spec["d"]) < _WEEKS
            ):
                # "The second Tuesday in March or the third": the third Tuesday?
                return [_instead(wish, spec, {**group.days[index - 1], "nth": spec["d"]})]
            if spec["k"] == "date" and "wd" in spec and not spec.keys() & {"m", "month_offset", "near"}:
                found = _start(spec, moment)
                if found is not None and found > moment.today + _SOON:
                    # "Tuesday … the eighteenth" may be two days that were not meant to agree.
                    apart: list[Spec] = [{key: value for key, value in spec.items() if key != "wd"}, {"k": "wd", "wd": spec["wd"]}]
                    return [_instead(wish, spec, other) for other in apart]
            day = _start(spec, moment) if _floats(spec) else None
            if day is None:
                continue
            for anchor in _said_before(wish, (at, index), pieces):
                fixed = _start(anchor, moment)
                if fixed is None or not day < fixed <= moment.today + _FAR:
                    continue
                if spec["k"] == "date":
                    return [_instead(wish, spec, {**spec, "near": anchor})]
                return [_instead(wish, spec, {"k": "near", "wd": spec["wd"], "side": side, "a": anchor}) for side in ("from", "until")]
    return []
