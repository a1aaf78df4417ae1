"""What a caller cannot do, as the windows that it takes out of a wish."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

from spoken.when.clock import PARTS, Stretch, times_of
from spoken.when.day_range import DayRange, month_start
from spoken.when.day_windows import dates_ahead, day_window, days_meant, on_day
from spoken.when.joined_days import said_as_one
from spoken.when.moment import Moment
from spoken.when.window import DAY, Window
from spoken.when.wish import Group, Spec, Wish

__all__ = ["forbidden_windows", "taken_out", "weeks_to"]

_MAX_DAYS: Final = 31
_MAX_WEEKS: Final = 60


def forbidden_windows(group: Group, moment: Moment, weeks: int) -> list[Window]:
    """The windows that a "not" takes out, so long that nothing of it remains by accident."""
    found: list[Window] = []
    days: list[DayRange] = []
    for spec in (one for day in group.days for one in said_as_one(day)):
        for option in days_meant(spec, moment):
            days += option
        if spec["k"] in ("wd", "weekend") and not spec.keys() & {"week", "which", "n"} and days:
            length = DAY * (2 if spec["k"] == "weekend" else 1)
            days += [DayRange(days[-1].start + DAY * 7 * n, days[-1].start + DAY * 7 * n + length) for n in range(1, weeks)]
        if spec["k"] == "date" and not spec.keys() & {"m", "month_offset", "near", "wd"} and days:
            days += _same_of_later_months(days[-1].start, weeks)
    if not group.days:
        first = moment.context.day or moment.today
        days = [DayRange(first + DAY * n, first + DAY * (n + 1)) for n in range(_MAX_DAYS)]
    for day in days:
        if not group.times:
            found.append(day_window(replace(day, at=""), moment))
        for spec in group.times:
            for date in dates_ahead(day, moment):
                found += [on_day(date, _widened(stretch, spec), moment) for stretch in times_of(spec, moment, date)]
    return [w for w in found if w.end is not None]


def _same_of_later_months(day: dt.date, weeks: int) -> list[DayRange]:
    """The same day of the months after: "in September, but not the eighth", said in June."""
    firsts = [month_start(day, months) for months in range(1, weeks // 4 + 1)]
    return [DayRange(same, same + DAY) for first in firsts if (same := first + DAY * (day.day - 1)).month == first.month]


def _widened(stretch: Stretch, spec: Spec) -> Stretch:
    if spec["k"] == "part":
        start, end = PARTS[spec["part"]]
        return replace(stretch, start=0 if start < 600 else start, end=1440 if end > 1200 else end)
    if stretch.opens:
        return replace(stretch, end=1440)
    if stretch.end is None:
        return replace(stretch, end=stretch.start + 1)
    return stretch


def weeks_to(last: dt.datetime, moment: Moment) -> int:
    """So many weeks of a weekday that is refused may lie before the end of a wish: "the first week of June, but not the Monday"."""
    return min(_MAX_WEEKS, max(8, (last.date() - moment.today).days // 7 + 1))


def _begins_after(wish: Wish, ways: list[list[Window]]) -> dt.datetime | None:
    """When a wish begins that is open at its end and was said after all that cannot be; None for any other."""
    spec = wish.groups[-1].days[-1] if wish.groups and wish.groups[-1].days else None
    if spec is None or spec["k"] != "from" or len(ways) != 1 or len(ways[0]) != 1 or not wish.refused:
        return None
    said = max((piece.start for piece in wish.used if piece.value == spec), default=-1)
    return ways[0][0].start if said > max(wish.refused) else None


def _before(group: Group, begins: Spec) -> bool:
    """Whether a stretch of days of the month lies before the one said next: "from the first to the fifteenth I'm away, from the 16th"."""
    days = [day[end] for day in group.days if day["k"] == "span" for end in ("a", "b")]
    bare = all(day.keys() == {"k", "d"} and day["k"] == "date" for day in (*days, begins))
    return bool(days) and len(days) == 2 * len(group.days) and bare and days[0]["d"] < days[-1]["d"] <= begins["d"]


def taken_out(wish: Wish, ways: list[list[Window]], moment: Moment, weeks: int) -> list[Window]:
    """All that what cannot be takes out of the `ways` to understand a wish."""
    ruled_out = wish.ruled_out
    if ways and all(w.end is None and w.opens and w.start > moment.now and w.grain == "minute" for way in ways for w in way):
        # "I can't do mornings so Thursday after one" is about the Thursday.
        ruled_out = [group for group in ruled_out if group.days]
    begun = _begins_after(wish, ways)
    if begun is not None:
        # "Tuesday and Wednesday I can't, but from Thursday on": neither those of the week after, nor what ends when it begins.
        later = [group for group in ruled_out if not _before(group, wish.groups[-1].days[-1]["a"])]
        return [w for group in later for w in forbidden_windows(group, moment, 1) if w.start > begun]
    return [w for group in ruled_out for w in forbidden_windows(group, moment, weeks)]
