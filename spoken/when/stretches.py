"""Stretches of days that a bound cuts short, or that are running already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from spoken.when.day_range import ONE_DAY, DayRange, Option
from spoken.when.moment import Moment

__all__ = ["clipped", "running"]

Resolve = Callable[[Mapping[str, Any], Moment], list[Option]]
"""Every way to understand a description of days."""

_LONGEST_FEAST: Final = 30
"""No stretch from feast to feast lasts longer than so many days."""


def clipped(spec: Mapping[str, Any], moment: Moment, days_of: Resolve) -> list[Option]:
    """What a bound leaves of a stretch: "next week, but before the Thursday", of that Thursday where it has one."""
    found: list[Option] = []
    for option in days_of(spec["a"], moment):
        first, last = option[0].start, option[-1].end
        if last is None:
            continue
        eve = dt.datetime.combine(max(first, moment.today) - ONE_DAY, dt.time())
        inside = Moment(eve, moment.aware, moment.context, moment.conventions)
        for bound in days_of(spec["by"], inside)[:1]:
            opens, closes = bound[0].start, bound[-1].end
            start, end = (opens, last) if spec["by"]["k"] == "from" else (max(first, moment.today), closes)
            if end is not None and first <= start < end <= last:
                found.append((DayRange(start, end),))
    return found


def running(first: Mapping[str, Any], last: Mapping[str, Any], moment: Moment, days_of: Resolve) -> list[Option]:
    """The beginning of a stretch from feast to feast in which today lies: Holy Week, said on its Wednesday."""
    if not first["k"] == last["k"] == "holiday":
        return []
    begins, ends = days_of(first, moment), days_of(last, moment)
    if not begins or not ends or ends[0][-1].end is None or begins[0][0].start < ends[0][-1].end:
        return []
    before = dt.datetime.combine(ends[0][-1].end - ONE_DAY * _LONGEST_FEAST, dt.time())
    return days_of(first, Moment(before, moment.aware, moment.context, moment.conventions))
