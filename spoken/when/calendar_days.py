"""Which dates a description of days means, seen from today; also of days that are told by other days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from spoken.when.calendar_dates import calendar_date, existing_date, feast_ahead, weekday_ahead
from spoken.when.counted_days import (
    around_discussed,
    counted_ahead,
    days_from_today,
    days_shifted,
    from_now_on,
    moved_from_booked,
    next_days,
)
from spoken.when.day_range import ONE_DAY, ONE_WEEK, DayRange, Option, dates_in, month_start, single
from spoken.when.long_spans import counted_span, last_day, month_shift, next_workday, several_months
from spoken.when.moment import Moment
from spoken.when.months import month_portion, nth_weekday
from spoken.when.stretches import clipped, running
from spoken.when.weeks import PORTIONS, calendar_week, week, weekend, workdays

__all__ = ["days_of"]

_SATURDAY: Final = 5
_TWO_DAYS: Final = frozenset({"easter", "pentecost"})
"""Feasts whose Monday is one too."""
_SOON: Final = 120
"""Within so many days a feast can fix the month of a bare day of the month."""


def _dated(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """A date; with `near` one of the month of a feast that was named before it, or of the month after."""
    today = moment.today
    if "near" in spec:
        for option in days_of(spec["near"], moment)[:1]:
            first = option[0].start
            if (first - today).days > _SOON:
                break  # this year's has been
            for months in range(2):
                begin = month_start(first, months)
                beside = existing_date(begin.year, begin.month, int(spec["d"]))
                if beside is not None and beside >= today and beside >= first - ONE_WEEK * 2:
                    return [single(beside)]
    return calendar_date(spec, moment)


def _earlier(spec: Mapping[str, Any], days: int, moment: Moment) -> Moment:
    """The moment from which a feast counts that has just been: "a week after Easter", said in that week."""
    return replace(moment, now=moment.now - ONE_DAY * days) if spec["k"] == "holiday" and days > 0 else moment


def _week_of(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """The week or weekend of a day, or `n` on from it. What ends a week has that week before it: "the week before Easter"."""
    weeks = int(spec.get("n", 0))
    found: list[Option] = []
    for option in days_of(spec["a"], _earlier(spec["a"], 7 * weeks - 1, moment))[:1]:
        last = option[-1].end
        day = option[0].start if weeks <= 0 or last is None or spec["a"]["k"] == "holiday" else last - ONE_DAY
        ends_week = day.weekday() >= _SATURDAY
        if spec["k"] == "weekend_of":
            shift = weeks - 1 if weeks > 0 and not ends_week else weeks  # the weekend after a Tuesday is that of its week
        else:
            shift = weeks + 1 if weeks < 0 and ends_week and option[0].grain == "day" else weeks
        monday = day - dt.timedelta(days=day.weekday()) + ONE_WEEK * shift
        if monday + ONE_WEEK <= moment.today:
            continue
        begin, end = PORTIONS[spec.get("part")]
        portion = DayRange(monday + ONE_DAY * begin, monday + ONE_DAY * end, "week" if "part" not in spec else "day")
        found.append((DayRange(monday + ONE_DAY * 5, monday + ONE_WEEK) if spec["k"] == "weekend_of" else portion,))
    return found


def _bridge(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """The days off around a feast, as far as they join a weekend: "Easter weekend", "le pont de l'Ascension"."""
    found: list[Option] = []
    feast_day = {**spec["a"], "y": spec["y"]} if "y" in spec else spec["a"]
    for option in days_of(feast_day, moment)[:1]:
        day, end = option[0].start, option[0].end or option[0].start + ONE_DAY
        if spec["a"].get("holiday") in _TWO_DAYS and end - day == ONE_DAY:
            end += ONE_DAY
        if day.weekday() in (0, 1):
            found.append((DayRange(day - ONE_DAY * (day.weekday() + 2), end),))
        elif day.weekday() in (3, 4):
            found.append((DayRange(day, day + ONE_DAY * (7 - day.weekday())),))
        elif day.weekday() in (5, 6):
            found.append((DayRange(day - ONE_DAY * (day.weekday() - 5), max(end, day + ONE_DAY * (7 - day.weekday()))),))
    return found


def _month_before(first: dict[str, Any], last: Mapping[str, Any]) -> None:
    """ "From the twenty-seventh to the third of July": the twenty-seventh is that of June."""
    if first["d"] <= last["d"]:
        return
    if "month_offset" in first:
        first["month_offset"] -= 1
    elif "m" in first:
        first["m"] = (first["m"] - 2) % 12 + 1
        if "y" in first and first["m"] == 12:
            first["y"] -= 1


def _from_to(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    first, last = ({key: value for key, value in spec[end].items() if key != "with"} for end in ("a", "b"))
    if first["k"] == "date" and last["k"] == "date" and "m" not in first:
        for key in ("m", "y", "month_offset"):
            if key in last:
                first[key] = last[key]
        _month_before(first, last)
    if first["k"] == "date" and last["k"] == "date" and "m" in first and "m" not in last and last["d"] > first["d"]:
        last["m"] = first["m"]
    if first["k"] == last["k"] == "date" and "y" in last and "y" not in first and (first["m"], first["d"]) <= (last["m"], last["d"]):
        first["y"] = last["y"]
    if first["k"] == last["k"] == "wd" and first.keys() == {"k", "wd"} and "week" in last and first["wd"] <= last["wd"]:
        first["week"] = last["week"]  # "Monday to Wednesday next week"
    if first["k"] == last["k"] == "month" and "y" in last and "m" in first and "y" not in first:
        first["y"] = last["y"] - (first["m"] > last["m"])  # "November to February 2027"
    found: list[Option] = []
    for option in running(first, last, moment, days_of) or days_of(first, moment):
        start = option[0].start
        later = Moment(dt.datetime.combine(start, dt.time()), moment.aware, moment.context, moment.conventions)
        if last.keys() & {"week", "month_offset", "in"}:
            later = moment
        ends = (way[-1].end for way in days_of(last, later))
        end = next((day for day in ends if day is not None and day > start), None)
        if end is not None:
            found.append((DayRange(start, end, perhaps_today=option[0].perhaps_today),))
    return found


def _bounded(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    found: list[Option] = []
    for option in days_of(spec["a"], moment):
        inner = option[-1]
        if spec["k"] == "until":
            # "Before the end of June" leaves the end of June in.
            end = inner.start if spec.get("excl") and spec["a"].get("part") != "late" else inner.end
            if end is not None and end > moment.today:
                found.append((DayRange(moment.today, end, closes=True, at="now", perhaps_today=inner.perhaps_today),))
        else:
            start = inner.end if spec.get("excl") else inner.start
            if start is not None:
                found.append((replace(inner, start=start, end=None, grain="day", opens=True, closes=False),))
    return found


_CLOSE: Final = 2
"""So many days before a feast of this week a weekday is that one, and not the one after it."""


def _near(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """The last such weekday before a day (the one under discussion without `a`), or the first after it: "the Wednesday before Easter"."""
    found: list[Option] = []
    around = days_of(spec.get("a", {"k": "same_day"}), moment)
    if not around and "a" not in spec and spec["side"] == "from":
        return weekday_ahead({"wd": spec["wd"]} if spec.get("incl") else {"wd": spec["wd"], "plus": 7}, moment)
    for option in around:
        if spec.get("or_coming"):
            days = (int(spec["wd"]) - option[0].start.weekday()) % 7 - 7
            if days >= -_CLOSE and option[0].start + ONE_DAY * days > moment.today:
                found.append(single(option[0].start + ONE_DAY * days))  # "Sunday's St Nicholas, so Saturday"
                if option[0].start <= moment.today + ONE_WEEK:
                    continue  # further ahead it may be the one after it as well
        if spec["side"] == "until":
            day = option[0].start - ONE_DAY
            day -= ONE_DAY * ((day.weekday() - int(spec["wd"])) % 7)
        else:
            day = option[0].start if spec.get("incl") else option[-1].end or option[-1].start + ONE_DAY
            day += ONE_DAY * ((int(spec["wd"]) - day.weekday()) % 7) + ONE_WEEK * (int(spec.get("nth", 1)) - 1)
        if day >= moment.today:
            found.append(single(day))
    return found


def _beside(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """Relative to another day of the same sentence: "tomorrow or the day after", "three weeks before Christmas"."""
    shift = days_shifted(spec)
    found: list[Option] = []
    for option in days_of(spec["a"], _earlier(spec["a"], shift, moment)):
        end = option[-1].end
        first = end - ONE_DAY if shift > 0 and end is not None and option[-1].grain == "day" else option[0].start
        found.append(single(month_shift(first, int(spec.get("months", 0))) + ONE_DAY * shift))
    return found


def _either(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """A name that two days have: "May bank holiday"."""
    return [option for one in spec["of"] for option in days_of(one, moment)]


def _same_in_week(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """ "Next week, the same day": the weekday of the appointment being moved."""
    told = days_of(spec["a"], moment) if "a" in spec else []
    same = told[0][0].start if told else moment.same.date() if moment.same is not None else moment.context.day
    if same is None:
        return []
    monday = moment.today - ONE_DAY * moment.today.weekday() + ONE_WEEK * int(spec.get("n", 0))
    day = monday + ONE_DAY * same.weekday()
    return [single(day + ONE_WEEK if day == same else day)]


def _within(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """A weekday of several days, or so many days from it on: "Tuesday of that week", "un week-end en juillet"."""
    length = ONE_DAY * int(spec.get("days", 1))
    found: list[Option] = []
    for option in days_of(spec["in"], moment):
        dates = [day for part in option for day in dates_in(part, part.start if moment.past else moment.today)]
        found.append(tuple(DayRange(day, day + length) for day in dates if day.weekday() == spec["wd"]))
    return [option for option in found if option]


def _several(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    return [tuple(r for one in spec["all"] for r in days_of({"k": "wd", "wd": one, "which": "coming"}, moment)[0])]


_KINDS: Final[Mapping[str, Callable[[Mapping[str, Any], Moment], list[Option]]]] = {
    "wd": weekday_ahead,
    "date": _dated,
    "week": week,
    "week_of": _week_of,
    "weekend_of": _week_of,
    "weekend": weekend,
    "bridge": _bridge,
    "months": several_months,
    "last_day": last_day,
    "workday": next_workday,
    "in_span": counted_span,
    "month": month_portion,
    "in": counted_ahead,
    "nth": nth_weekday,
    "holiday": feast_ahead,
    "span": _from_to,
    "clip": lambda spec, moment: clipped(spec, moment, days_of),
    "until": _bounded,
    "from": _bounded,
    "same_day": around_discussed,
    "around": around_discussed,
    "near": _near,
    "moved": moved_from_booked,
    "cw": calendar_week,
    "beside": _beside,
    "workdays": workdays,
    "rel": days_from_today,
    "asap": from_now_on,
    "any": from_now_on,
    "next_days": next_days,
    "several": _several,
    "within": _within,
    "either": _either,
    "same_in_week": _same_in_week,
}


def days_of(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """Every way to understand a description of days; none when no such day lies ahead."""
    resolve = _KINDS.get(spec["k"])
    if resolve is None:
        return []
    try:
        return resolve(spec, moment)
    except (OverflowError, ValueError):
        return []  # beyond the calendar: "in nine thousand weeks" near its end
