"""Days: which dates a description means, seen from today."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from spoken.when.day_range import ONE_DAY, ONE_WEEK, DayRange, Option, dates_in, month_start, single
from spoken.when.feasts import ALIKE, feast
from spoken.when.long_spans import counted_span, last_day, month_shift, next_workday, nth_workday, several_months
from spoken.when.moment import Moment
from spoken.when.stretches import clipped, running
from spoken.when.weeks import PORTIONS, calendar_week, week, weekend, workdays

__all__ = ["days_of"]


_ONE: Final = ONE_DAY
_WEEK: Final = ONE_WEEK
_SATURDAY: Final = 5
_TWO_DAYS: Final = frozenset({"easter", "pentecost"})
"""Feasts whose Monday is one too."""
_SOON: Final = 120
"""Within so many days a feast can fix the month of a bare day of the month."""
_FAR: Final = 5
"""A short year ("le 16 juin 45") further ahead than so many years is no year of an appointment, but some other number."""


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _weekday(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    today = moment.today
    ahead = (int(spec["wd"]) - today.weekday()) % 7
    if "week" in spec:
        day = today - dt.timedelta(days=today.weekday()) + _WEEK * int(spec["week"]) + dt.timedelta(days=int(spec["wd"]))
        return [single(day)] if day >= today else []
    coming = today + dt.timedelta(days=ahead or 7)
    if "count" in spec:  # "in two Fridays"
        return [single(coming + _WEEK * (int(spec["count"]) - 1))]
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
            return [single(coming), single(coming + _WEEK)]
        return [single(coming)]
    if not ahead:
        return [single(today, perhaps_today=True), single(coming)]
    return [single(coming)]


def _day_of_month(number: int, moment: Moment, weekday: int | None, *, soon: bool = False) -> list[Option]:
    today = moment.today
    found: list[dt.date] = []
    for months in range(4):
        first = month_start(today, months)
        day = _date(first.year, first.month, number)
        if day is not None and day >= today:
            found.append(day)
    if not found:
        return []
    if weekday is None:
        if found[0] == today:
            return [single(today, perhaps_today=True), *([single(found[1])] if len(found) > 1 else [])]
        return [single(found[0])]
    for day in found:
        if day.weekday() == weekday and not (soon and day - today >= _WEEK * 3):
            return [single(day)]
    return [single(found[0]), *_weekday({"wd": weekday, "which": "coming"}, moment)]


def _calendar_date(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    today = moment.today
    weekday = spec.get("wd")
    if "near" in spec:  # of the month of a feast named before it, or of the month after
        for option in days_of(spec["near"], moment)[:1]:
            first = option[0].start
            if (first - today).days > _SOON:
                break  # this year's has been
            for months in range(2):
                begin = month_start(first, months)
                beside = _date(begin.year, begin.month, int(spec["d"]))
                if beside is not None and beside >= today and beside >= first - _WEEK * 2:
                    return [single(beside)]
    if "m" not in spec:
        if "month_offset" in spec:
            first = month_start(today, int(spec["month_offset"]))
            day = _date(first.year, first.month, int(spec["d"]))
            return [single(day)] if day is not None and day >= today else []
        return _day_of_month(int(spec["d"]), moment, weekday, soon=bool(spec.get("soon")))
    month, number = int(spec["m"]), int(spec["d"])
    if spec.get("figures") and moment.conventions.get("american") and number <= 12:
        month, number = number, month  # 6/12 is the twelfth of June to an American
    year = int(spec.get("y", 0)) or (today.year + int(spec["next_year"]) if spec.get("next_year") else 0)
    if year and (year >= 100 or moment.past or spec.get("written") or 2000 + year <= today.year + _FAR):
        if year < 100:  # "31/10/74", as a date is written, is no day to come
            year += 2000 if 2000 + year <= today.year + (1 if moment.past else _FAR) else 1900
        day = _date(year, month, number)
        if day is None or (day < today and not moment.past):
            return []
    else:
        day = _date(today.year, month, number)
        if day is None or day < today:
            later = [_date(today.year + n, month, number) for n in range(0 if day is None else 1, 9)]
            usable = [d for d in later if d is not None and d >= today]
            if not usable:
                return []
            day = usable[0]
    if weekday is not None and day.weekday() != weekday:
        if "y" in spec:
            return [single(day)] if moment.past else [single(day), *_weekday({"wd": weekday, "which": "coming"}, moment)]
        return [single(day), *_weekday({"wd": weekday, "which": "coming"}, moment)]
    return [single(day)]


def _earlier(spec: Mapping[str, Any], days: int, moment: Moment) -> Moment:
    """The moment from which a feast counts that has just been: "a week after Easter", said in that week."""
    return replace(moment, now=moment.now - _ONE * days) if spec["k"] == "holiday" and days > 0 else moment


def _week_of(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """The week or weekend of a day, or `n` on from it. What ends a week has that week before it: "the week before Easter"."""
    weeks = int(spec.get("n", 0))
    found: list[Option] = []
    for option in days_of(spec["a"], _earlier(spec["a"], 7 * weeks - 1, moment))[:1]:
        last = option[-1].end
        day = option[0].start if weeks <= 0 or last is None or spec["a"]["k"] == "holiday" else last - _ONE
        ends_week = day.weekday() >= _SATURDAY
        if spec["k"] == "weekend_of":
            shift = weeks - 1 if weeks > 0 and not ends_week else weeks  # the weekend after a Tuesday is that of its week
        else:
            shift = weeks + 1 if weeks < 0 and ends_week and option[0].grain == "day" else weeks
        monday = day - dt.timedelta(days=day.weekday()) + _WEEK * shift
        if monday + _WEEK <= moment.today:
            continue
        begin, end = PORTIONS[spec.get("part")]
        portion = DayRange(monday + _ONE * begin, monday + _ONE * end, "week" if "part" not in spec else "day")
        found.append((DayRange(monday + _ONE * 5, monday + _WEEK) if spec["k"] == "weekend_of" else portion,))
    return found


def _bridge(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """The days off around a feast, as far as they join a weekend: "Easter weekend", "le pont de l'Ascension"."""
    found: list[Option] = []
    feast_day = {**spec["a"], "y": spec["y"]} if "y" in spec else spec["a"]
    for option in days_of(feast_day, moment)[:1]:
        day, end = option[0].start, option[0].end or option[0].start + _ONE
        if spec["a"].get("holiday") in _TWO_DAYS and end - day == _ONE:
            end += _ONE
        if day.weekday() in (0, 1):
            found.append((DayRange(day - _ONE * (day.weekday() + 2), end),))
        elif day.weekday() in (3, 4):
            found.append((DayRange(day, day + _ONE * (7 - day.weekday())),))
        elif day.weekday() in (5, 6):
            found.append((DayRange(day - _ONE * (day.weekday() - 5), max(end, day + _ONE * (7 - day.weekday()))),))
    return found


def _month(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
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
        start, end = (first, first + _ONE * int(counted)) if "first" in spec else (after - _ONE * int(counted), after)
        return [(DayRange(start, end),)] if end > today else []
    part = spec.get("part")
    if part is None:
        return [(DayRange(first, after, "month"),)] if after > today else []
    portions = {
        "early": (first, first + _ONE * 10),
        "mid": (first + _ONE * 10, first + _ONE * 20),
        "late": (first + _ONE * 20, after),
        "first half": (first, first + _ONE * 15),
        "second half": (first + _ONE * 15, after),
        "first two thirds": (first, first + _ONE * 20),
        "last two thirds": (first + _ONE * 10, after),
        "first week": (first, first + _WEEK),
        "second week": (first + _WEEK, first + _WEEK * 2),
        "third week": (first + _WEEK * 2, first + _WEEK * 3),
        "fourth week": (first + _WEEK * 3, first + _WEEK * 4),
        "last week": (after - _WEEK, after),
    }
    start, end = portions[part]
    if end <= today and "m" not in spec and not spec.get("n"):
        return _month({**spec, "n": 1}, moment)  # "The first week of the month", said on the tenth
    if end <= today and "m" in spec and not spec.keys() & {"y", "next_year"}:
        return _month({**spec, "years": 1}, moment)
    return [(DayRange(start, end),)] if end > today else []


def _ahead(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    count, unit = int(spec.get("n", 1)), spec["unit"]
    if spec.get("working"):
        return [single(nth_workday(moment.today, count))]
    beyond = _ONE * _shift(spec)  # "In two weeks and three days"
    if unit == "month":
        return [single(month_shift(moment.today, count) + beyond)]
    days = count * (7 if unit == "week" else 1) + beyond.days
    idiom = spec.get("idiom")
    if idiom == "both":  # "in acht Tagen" is a week to most speakers and eight days to the others
        return [single(moment.today + _ONE * (days - 1)), single(moment.today + _ONE * days)]
    return [single(moment.today + _ONE * days)]


def _nth_weekday(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """ "Last Friday of the month", "le premier lundi de juillet"; with `days` 2 from a Saturday, its first weekend."""
    weekday, nth = int(spec["wd"]), int(spec["nth"])
    length = _ONE * int(spec.get("days", 1))
    inside = _month({key: spec[key] for key in ("m", "n", "y", "next_year") if key in spec} or {"n": 0}, moment)
    if not inside:
        return []
    first = inside[0][0].start
    for _ in range(1 if spec.keys() & {"y", "next_year", "only"} else 2):
        after = month_start(first, 1)
        if nth < 0:
            last = after - _ONE
            day = last - _ONE * ((last.weekday() - weekday) % 7) + _WEEK * (nth + 1)  # -2: the last but one
        else:
            day = first + _ONE * ((weekday - first.weekday()) % 7) + _WEEK * (nth - 1)
        if day + length > moment.today and day < after:
            return [(DayRange(day, day + length),)]
        first = month_start(first, 12 if "m" in spec else 1)
    return []


def _holiday(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    length = _ONE * int(spec.get("days", 1))
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
            first += length + _ONE * (shift - 1)
        elif shift < 0:
            first += _ONE * shift
        span = _ONE if shift else length
        if first + span > moment.today:
            return [(DayRange(first, first + span),)]
    return []


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
        return _weekday({"wd": spec["wd"]} if spec.get("incl") else {"wd": spec["wd"], "plus": 7}, moment)
    for option in around:
        if spec.get("or_coming"):
            days = (int(spec["wd"]) - option[0].start.weekday()) % 7 - 7
            if days >= -_CLOSE and option[0].start + _ONE * days > moment.today:
                found.append(single(option[0].start + _ONE * days))  # "Sunday's St Nicholas, so Saturday"
                if option[0].start <= moment.today + _WEEK:
                    continue  # further ahead it may be the one after it as well
        if spec["side"] == "until":
            day = option[0].start - _ONE
            day -= _ONE * ((day.weekday() - int(spec["wd"])) % 7)
        else:
            day = option[0].start if spec.get("incl") else option[-1].end or option[-1].start + _ONE
            day += _ONE * ((int(spec["wd"]) - day.weekday()) % 7) + _WEEK * (int(spec.get("nth", 1)) - 1)
        if day >= moment.today:
            found.append(single(day))
    return found


def _shift(spec: Mapping[str, Any]) -> int:
    """So many days on, or back when `earlier`."""
    days = int(spec.get("days", 0)) + 7 * int(spec.get("weeks", 0))
    return -days if spec.get("earlier") else days


def _moved(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """So many days or weeks on from the appointment being moved: "push it back two days"."""
    if moment.same is None:
        return []
    day = moment.same.date() + _ONE * _shift(spec)
    return [single(day)] if day >= moment.today else []


def _around(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """Relative to the day under discussion: "le lendemain", "the same day", "zwei Wochen später"."""
    same = moment.same
    day = moment.context.day
    if spec["k"] == "same_day":
        day = same.date() if same is not None else day
    elif day is None and same is not None:
        day = same.date()
    return [] if day is None else [single(day + _ONE * _shift(spec))]


def _beside(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """Relative to another day of the same sentence: "tomorrow or the day after", "three weeks before Christmas"."""
    shift = _shift(spec)
    found: list[Option] = []
    for option in days_of(spec["a"], _earlier(spec["a"], shift, moment)):
        end = option[-1].end
        first = end - _ONE if shift > 0 and end is not None and option[-1].grain == "day" else option[0].start
        found.append(single(month_shift(first, int(spec.get("months", 0))) + _ONE * shift))
    return found


def _relative(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    return [single(moment.today + _ONE * int(spec["days"]))]


def _open(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    return [(DayRange(moment.today, None, spec.get("grain", "minute"), opens=True, at="now"),)]


def _next_days(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    if spec.get("unit") == "month":
        return [(DayRange(moment.today, month_shift(moment.today, int(spec["n"])) + _ONE, closes=True, at="now"),)]
    count = int(spec.get("n", 7)) * (7 if spec.get("unit") == "week" else 1)
    if spec.get("working"):
        count = (nth_workday(moment.today, count) - moment.today).days
    return [(DayRange(moment.today, moment.today + _ONE * (count + int(spec.get("n") is not None)), closes=True, at="now"),)]


def _either(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """A name that two days have: "May bank holiday"."""
    return [option for one in spec["of"] for option in days_of(one, moment)]


def _same_in_week(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """ "Next week, the same day": the weekday of the appointment being moved."""
    told = days_of(spec["a"], moment) if "a" in spec else []
    same = told[0][0].start if told else moment.same.date() if moment.same is not None else moment.context.day
    if same is None:
        return []
    monday = moment.today - _ONE * moment.today.weekday() + _WEEK * int(spec.get("n", 0))
    day = monday + _ONE * same.weekday()
    return [single(day + _WEEK if day == same else day)]


def _within(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    """A weekday of several days, or so many days from it on: "Tuesday of that week", "un week-end en juillet"."""
    length = _ONE * int(spec.get("days", 1))
    found: list[Option] = []
    for option in days_of(spec["in"], moment):
        dates = [day for part in option for day in dates_in(part, part.start if moment.past else moment.today)]
        found.append(tuple(DayRange(day, day + length) for day in dates if day.weekday() == spec["wd"]))
    return [option for option in found if option]


def _several(spec: Mapping[str, Any], moment: Moment) -> list[Option]:
    return [tuple(r for one in spec["all"] for r in days_of({"k": "wd", "wd": one, "which": "coming"}, moment)[0])]


_KINDS: Final[Mapping[str, Callable[[Mapping[str, Any], Moment], list[Option]]]] = {
    "wd": _weekday,
    "date": _calendar_date,
    "week": week,
    "week_of": _week_of,
    "weekend_of": _week_of,
    "weekend": weekend,
    "bridge": _bridge,
    "months": several_months,
    "last_day": last_day,
    "workday": next_workday,
    "in_span": counted_span,
    "month": _month,
    "in": _ahead,
    "nth": _nth_weekday,
    "holiday": _holiday,
    "span": _from_to,
    "clip": lambda spec, moment: clipped(spec, moment, days_of),
    "until": _bounded,
    "from": _bounded,
    "same_day": _around,
    "around": _around,
    "near": _near,
    "moved": _moved,
    "cw": calendar_week,
    "beside": _beside,
    "workdays": workdays,
    "rel": _relative,
    "asap": _open,
    "any": _open,
    "next_days": _next_days,
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
