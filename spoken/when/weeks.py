"""Weeks of the calendar and their parts: this week, the next weekend, "midweek", "week 40", weekdays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from spoken.when.day_range import ONE_DAY, ONE_WEEK, DayRange, Option
from spoken.when.moment import Moment

__all__ = ["PORTIONS", "calendar_week", "week", "weekend", "workdays"]

PORTIONS: Final[Mapping[str | None, tuple[int, int]]] = {None: (0, 7), "early": (0, 2), "mid": (1, 4), "late": (3, 6)}
"""Days of a week from its Monday, the end exclusive."""


def _open_before(end: dt.date, moment: Moment) -> bool:
    """Whether the business opens, or is still open, on a day from today to before `end`."""
    days = range((end - moment.today).days)
    closings = [moment.open_until(moment.today + ONE_DAY * n) for n in days]
    return any(closes is not None and closes > moment.now for closes in closings)


def week(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """A week by its distance from this one, or a part of it."""
    base = moment.same.date() if spec.get("after_same") and moment.same is not None else moment.today
    monday = base - dt.timedelta(days=base.weekday()) + ONE_WEEK * int(spec.get("n", 0))
    part = spec.get("part")
    if part is None:
        if spec.get("ahead") and not _open_before(monday + ONE_WEEK, moment):
            monday += ONE_WEEK  # "In the week", said when it is over
        return [(DayRange(monday, monday + ONE_WEEK, "week"),)]
    first, last = PORTIONS[part]
    if monday + ONE_DAY * last <= moment.today:
        monday += ONE_WEEK  # "Midweek", said on a Friday
    return [(DayRange(monday + ONE_DAY * first, monday + ONE_DAY * last),)]


def weekend(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """Saturday and Sunday of this week or a later one."""
    today = moment.today
    saturday = today - dt.timedelta(days=today.weekday()) + ONE_DAY * 5
    this, following = (DayRange(saturday, saturday + ONE_DAY * 2),), (DayRange(saturday + ONE_WEEK, saturday + ONE_WEEK + ONE_DAY * 2),)
    if "n" in spec:
        shift = ONE_WEEK * int(spec["n"])
        return [(DayRange(saturday + shift, saturday + shift + ONE_DAY * 2),)]
    if spec.get("which") == "next":
        if today.weekday() >= 5:
            return [following]
        return [this, following] if moment.conventions.get("next_weekday") == "either" else [this]
    return [this]


def calendar_week(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """A week by its number in the year (ISO 8601), which may be said, or a part of it."""
    for year in (int(spec["y"]),) if "y" in spec else (moment.today.year, moment.today.year + 1):
        try:
            monday = dt.date.fromisocalendar(year, int(spec["n"]), 1)
        except ValueError:
            continue
        if monday + ONE_WEEK > moment.today:
            first, last = PORTIONS[spec.get("part")]
            return [(DayRange(monday + ONE_DAY * first, monday + ONE_DAY * last, "week" if "part" not in spec else "day"),)]
    return []


def workdays(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """Monday to Friday of this and the next week, or of the week that is `n` weeks from this one."""
    monday = moment.today - dt.timedelta(days=moment.today.weekday())
    if "n" in spec:
        monday += ONE_WEEK * int(spec["n"])
        ahead = DayRange(max(monday, moment.today), monday + ONE_DAY * 5)
        return [(ahead,)] if ahead.start < monday + ONE_DAY * 5 else []
    ranges = [DayRange(max(monday, moment.today), monday + ONE_DAY * 5), DayRange(monday + ONE_WEEK, monday + ONE_WEEK + ONE_DAY * 5)]
    return [tuple(r for r in ranges if r.end is not None and r.start < r.end)]
