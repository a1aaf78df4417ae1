"""Days counted from today, from the day under discussion or from the appointment that is moved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spoken.when.day_range import ONE_DAY, DayRange, Option, single
from spoken.when.long_spans import month_shift, nth_workday
from spoken.when.moment import Moment

__all__ = ["around_discussed", "counted_ahead", "days_from_today", "days_shifted", "from_now_on", "moved_from_booked", "next_days"]


def counted_ahead(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """So many days, working days, weeks or months from today."""
    count, unit = int(spec.get("n", 1)), spec["unit"]
    if spec.get("working"):
        return [single(nth_workday(moment.today, count))]
    beyond = ONE_DAY * days_shifted(spec)  # "In two weeks and three days"
    if unit == "month":
        return [single(month_shift(moment.today, count) + beyond)]
    days = count * (7 if unit == "week" else 1) + beyond.days
    idiom = spec.get("idiom")
    if idiom == "both":  # "in acht Tagen" is a week to most speakers and eight days to the others
        return [single(moment.today + ONE_DAY * (days - 1)), single(moment.today + ONE_DAY * days)]
    return [single(moment.today + ONE_DAY * days)]


def days_shifted(spec: Mapping[str, Any]) -> int:
    """So many days on, or back when `earlier`."""
    days = int(spec.get("days", 0)) + 7 * int(spec.get("weeks", 0))
    return -days if spec.get("earlier") else days


def moved_from_booked(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """So many days or weeks on from the appointment being moved: "push it back two days"."""
    if moment.same is None:
        return []
    day = moment.same.date() + ONE_DAY * days_shifted(spec)
    return [single(day)] if day >= moment.today else []


def around_discussed(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """Relative to the day under discussion: "le lendemain", "the same day", "zwei Wochen später"."""
    same = moment.same
    day = moment.context.day
    if spec["k"] == "same_day":
        day = same.date() if same is not None else day
    elif day is None and same is not None:
        day = same.date()
    return [] if day is None else [single(day + ONE_DAY * days_shifted(spec))]


def days_from_today(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """Today, tomorrow and the like."""
    return [single(moment.today + ONE_DAY * int(spec["days"]))]


def from_now_on(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """Any time from now on."""
    return [(DayRange(moment.today, None, spec.get("grain", "minute"), opens=True, at="now"),)]


def next_days(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """The days, working days, weeks or months to come, so many of them."""
    if spec.get("unit") == "month":
        return [(DayRange(moment.today, month_shift(moment.today, int(spec["n"])) + ONE_DAY, closes=True, at="now"),)]
    count = int(spec.get("n", 7)) * (7 if spec.get("unit") == "week" else 1)
    if spec.get("working"):
        count = (nth_workday(moment.today, count) - moment.today).days
    return [(DayRange(moment.today, moment.today + ONE_DAY * (count + int(spec.get("n") is not None)), closes=True, at="now"),)]
