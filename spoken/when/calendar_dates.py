"""Days called by their name in the calendar: a weekday, a day of the month, a date, a feast."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping
from typing import Any, Final

from spoken.when.day_range import ONE_DAY, ONE_WEEK, DayRange, Option, month_start, single
from spoken.when.feasts import ALIKE, feast
from spoken.when.moment import Moment

__all__ = ["calendar_date", "existing_date", "feast_ahead", "weekday_ahead"]

_FAR: Final = 5
"""A short year ("le 16 juin 45") further ahead than so many years is no year of an appointment, but some other number."""


def existing_date(year: int, month: int, day: int) -> dt.date | None:
    """That date, or `None` when the calendar has none: the thirtieth of February."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def weekday_ahead(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """A weekday: the coming one, or the one that `which`, `week`, `count`, `plus` or `weeks` tell; two where callers mean either."""
    today = moment.today
    ahead = (int(spec["wd"]) - today.weekday()) % 7
    if "week" in spec:
        day = today - dt.timedelta(days=today.weekday()) + ONE_WEEK * int(spec["week"]) + dt.timedelta(days=int(spec["wd"]))
        return [single(day)] if day >= today else []
    coming = today + dt.timedelta(days=ahead or 7)
    if "count" in spec:  # "in two Fridays"
        return [single(coming + ONE_WEEK * (int(spec["count"]) - 1))]
    if "plus" in spec or "weeks" in spec:
        plus = dt.timedelta(days=int(spec.get("plus", 0)) + 7 * int(spec.get("weeks", 0)))
        if ahead or spec.get("which") == "coming":
            return [single(coming + plus)]
        return [single(today + plus), *([] if spec.get("sure") else [single(coming + plus)])]
    which = spec.get("which")
    if which == "coming":
        return [single(coming)]
    if which == "next":
        this_week = ahead > 0 and today.weekday() + ahead <= 6
        if this_week and (moment.conventions.get("next_weekday") == "either" or ahead == 1):
            return [single(coming), single(coming + ONE_WEEK)]
        return [single(coming)]
    if not ahead:
        return [single(today, perhaps_today=True), single(coming)]
    return [single(coming)]


def _day_of_month(number: int, moment: Moment, weekday: int | None, *, soon: bool = False) -> list[Option]:
    today = moment.today
    found: list[dt.date] = []
    for months in range(4):
        first = month_start(today, months)
        day = existing_date(first.year, first.month, number)
        if day is not None and day >= today:
            found.append(day)
    if not found:
        return []
    if weekday is None:
        if found[0] == today:
            return [single(today, perhaps_today=True), *([single(found[1])] if len(found) > 1 else [])]
        return [single(found[0])]
    for day in found:
        if day.weekday() == weekday and not (soon and day - today >= ONE_WEEK * 3):
            return [single(day)]
    return [single(found[0]), *weekday_ahead({"wd": weekday, "which": "coming"}, moment)]


def calendar_date(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """A day of the month, with or without its month and year; with a weekday that does not agree, both."""
    today = moment.today
    weekday = spec.get("wd")
    if "m" not in spec:
        if "month_offset" in spec:
            first = month_start(today, int(spec["month_offset"]))
            day = existing_date(first.year, first.month, int(spec["d"]))
            return [single(day)] if day is not None and day >= today else []
        return _day_of_month(int(spec["d"]), moment, weekday, soon=bool(spec.get("soon")))
    month, number = int(spec["m"]), int(spec["d"])
    if spec.get("figures") and moment.conventions.get("american") and number <= 12:
        month, number = number, month  # 6/12 is the twelfth of June to an American
    year = int(spec.get("y", 0)) or (today.year + int(spec["next_year"]) if spec.get("next_year") else 0)
    if year and (year >= 100 or moment.past or spec.get("written") or 2000 + year <= today.year + _FAR):
        if year < 100:  # "31/10/74", as a date is written, is no day to come
            year += 2000 if 2000 + year <= today.year + (1 if moment.past else _FAR) else 1900
        day = existing_date(year, month, number)
        if day is None or (day < today and not moment.past):
            return []
    else:
        day = existing_date(today.year, month, number)
        if day is None or day < today:
            later = [existing_date(today.year + n, month, number) for n in range(0 if day is None else 1, 9)]
            usable = [d for d in later if d is not None and d >= today]
            if not usable:
                return []
            day = usable[0]
    if weekday is not None and day.weekday() != weekday:
        if "y" in spec:
            return [single(day)] if moment.past else [single(day), *weekday_ahead({"wd": weekday, "which": "coming"}, moment)]
        return [single(day), *weekday_ahead({"wd": weekday, "which": "coming"}, moment)]
    return [single(day)]


def feast_ahead(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """The next such feast, `shift` days from it; or the one of a year that was said."""
    length = ONE_DAY * int(spec.get("days", 1))
    shift = int(spec.get("shift", 0))
    year = moment.today.year
    years = [year] if spec.get("years") == 0 else [year, year + 1]
    if "y" in spec or spec.get("next_year"):
        years = [int(spec.get("y", year + 1))]
    name = spec["holiday"]
    if name == "mothering_sunday" and moment.conventions.get("american"):
        name = "mothers_day"
    for year, one in itertools.product(years, ALIKE.get(name, (name,))):
        first = feast(one, year)
        if first is None:
            return []
        if shift > 0:
            first += length + ONE_DAY * (shift - 1)
        elif shift < 0:
            first += ONE_DAY * shift
        span = ONE_DAY if shift else length
        if first + span > moment.today:
            return [(DayRange(first, first + span),)]
    return []
