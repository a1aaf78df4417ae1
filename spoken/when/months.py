"""A month or a portion of one, and the weekdays that are counted in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from spoken.when.day_range import ONE_DAY, ONE_WEEK, DayRange, Option, month_start
from spoken.when.moment import Moment

__all__ = ["month_portion", "nth_weekday"]


def month_portion(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """A month by its name or its distance `n` from this one, or the `part` of it that was said."""
    today = moment.today
    if "m" in spec:
        ahead = (int(spec["m"]) - today.month) % 12 or (12 if spec.get("next") else 0)  # "Next June", said in June
        first = month_start(today, ahead + 12 * int(spec.get("years", 0)))
        if "y" in spec or spec.get("next_year"):
            first = dt.date(int(spec.get("y", today.year + 1)), int(spec["m"]), 1)
    else:
        first = month_start(today, int(spec.get("n", 0)))
    after = month_start(first, 1)
    if counted := spec.get("first") or spec.get("last"):  # "The first three days of July"
        start, end = (first, first + ONE_DAY * int(counted)) if "first" in spec else (after - ONE_DAY * int(counted), after)
        return [(DayRange(start, end),)] if end > today else []
    part = spec.get("part")
    if part is None:
        return [(DayRange(first, after, "month"),)] if after > today else []
    portions = {
        "early": (first, first + ONE_DAY * 10),
        "mid": (first + ONE_DAY * 10, first + ONE_DAY * 20),
        "late": (first + ONE_DAY * 20, after),
        "first half": (first, first + ONE_DAY * 15),
        "second half": (first + ONE_DAY * 15, after),
        "first two thirds": (first, first + ONE_DAY * 20),
        "last two thirds": (first + ONE_DAY * 10, after),
        "first week": (first, first + ONE_WEEK),
        "second week": (first + ONE_WEEK, first + ONE_WEEK * 2),
        "third week": (first + ONE_WEEK * 2, first + ONE_WEEK * 3),
        "fourth week": (first + ONE_WEEK * 3, first + ONE_WEEK * 4),
        "last week": (after - ONE_WEEK, after),
    }
    start, end = portions[part]
    if end <= today and "m" not in spec and not spec.get("n"):
        return month_portion({**spec, "n": 1}, moment)  # "The first week of the month", said on the tenth
    if end <= today and "m" in spec and not spec.keys() & {"y", "next_year"}:
        return month_portion({**spec, "years": 1}, moment)
    return [(DayRange(start, end),)] if end > today else []


def nth_weekday(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """ "Last Friday of the month", "le premier lundi de juillet"; with `days` 2 from a Saturday, its first weekend."""
    weekday, nth = int(spec["wd"]), int(spec["nth"])
    length = ONE_DAY * int(spec.get("days", 1))
    inside = month_portion({key: spec[key] for key in ("m", "n", "y", "next_year") if key in spec} or {"n": 0}, moment)
    if not inside:
        return []
    first = inside[0][0].start
    for _ in range(1 if spec.keys() & {"y", "next_year", "only"} else 2):
        after = month_start(first, 1)
        if nth < 0:
            last = after - ONE_DAY
            day = last - ONE_DAY * ((last.weekday() - weekday) % 7) + ONE_WEEK * (nth + 1)  # -2: the last but one
        else:
            day = first + ONE_DAY * ((weekday - first.weekday()) % 7) + ONE_WEEK * (nth - 1)
        if day + length > moment.today and day < after:
            return [(DayRange(day, day + length),)]
        first = month_start(first, 12 if "m" in spec else 1)
    return []
