"""Spans longer than a month, and days that are counted from the ends of a month: seasons, quarters, years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from spoken.when.day_range import ONE_DAY, DayRange, Option, month_start, single
from spoken.when.moment import Moment

__all__ = ["counted_span", "last_day", "month_shift", "next_workday", "nth_workday", "several_months"]


def several_months(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """`count` months from month `m` on: a season, a quarter, a half-year or a year; one that is running counts as this one.

    `part` is the early, middle or late sixth of it, one month at least; `next` leaves out the one that is running,
    `n` counts such spans from the running one (this quarter, the next), `years` from this year.
    """
    today, count = moment.today, int(spec["count"])
    if "n" in spec:
        first = month_start(dt.date(today.year, (today.month - 1) // count * count + 1, 1), count * int(spec["n"]))
    elif "years" in spec or "y" in spec:
        year = int(spec["y"]) if "y" in spec else today.year + int(spec["years"])
        first = dt.date(year, int(spec.get("m", 1)), 1)
    else:
        # The winter that began last December may still be running.
        starts = [dt.date(today.year + years, int(spec["m"]), 1) for years in (-1, 0, 1, 2)]
        starts = [day for day in starts if month_start(day, count) > today and not (spec.get("next") and day <= today)]
        first = starts[0]
    after = month_start(first, count)
    part = spec.get("part")
    if part is not None:
        width = max(1, count // 6)
        skipped = {"early": 0, "mid": (count - width) // 2, "late": count - width}[part]
        first = month_start(first, skipped)
        after = month_start(first, width)
        if after <= today and not spec.keys() & {"n", "years", "y"}:
            first, after = month_start(first, 12), month_start(after, 12)
    return [(DayRange(first, after, "month"),)] if after > today else []


def month_shift(today: dt.date, months: int) -> dt.date:
    """The same day of the month `months` later, or the last of that month when it is shorter."""
    first = month_start(today, months)
    last = month_start(first, 1) - ONE_DAY
    return min(last, dt.date(first.year, first.month, min(today.day, last.day)))


def _first_of(spec: Mapping[str, Any], today: dt.date) -> dt.date:
    """The first of the month that is meant by its name `m` or its distance `n` from this one."""
    if "m" not in spec:
        return month_start(today, int(spec.get("n", 0)))
    year = int(spec["y"]) if "y" in spec else today.year + (bool(spec.get("next_year")) or int(spec["m"]) < today.month)
    return dt.date(year, int(spec["m"]), 1)


def last_day(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """The last day of a month: "le dernier jour du mois", "am letzten Juni"."""
    day = month_start(_first_of(spec, moment.today), 1) - ONE_DAY
    return [single(day)] if day >= moment.today else []


def next_workday(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """The next of Monday to Friday after today, or the first of a month, or the `last`: "le premier jour ouvrable de juillet"."""
    if spec.get("last"):
        day = month_start(_first_of(spec, moment.today), 1) - ONE_DAY
        day -= ONE_DAY * max(0, day.weekday() - 4)
    else:
        first = _first_of(spec, moment.today) if spec.keys() & {"m", "n"} else moment.today + ONE_DAY
        day = nth_workday(first - ONE_DAY, 1)
    return [single(day)] if day >= moment.today else []


def nth_workday(today: dt.date, count: int) -> dt.date:
    """The `count`-th of Monday to Friday after `today`: "in three working days"."""
    day = today
    while count > 0:
        day += ONE_DAY
        count -= day.weekday() < 5
    return day


def counted_span(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """ "In two or three weeks": from the earlier of the two days to the later."""
    low, high, unit = int(spec["n"]), int(spec["b"]), spec["unit"]
    if low >= high:
        return []
    if unit == "month":
        start, last = month_shift(moment.today, low), month_shift(moment.today, high)
    else:
        days = 7 if unit == "week" else 1
        start, last = moment.today + ONE_DAY * days * low, moment.today + ONE_DAY * days * high
    return [(DayRange(start, last + ONE_DAY),)]
