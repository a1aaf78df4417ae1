"""From a composed wish to windows of wall time, in every way that it can be meant."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from spoken.when.calendar_days import days_of
from spoken.when.clock import PARTS, Stretch, join_times, times_of
from spoken.when.day_range import DayRange, dates_in, month_start
from spoken.when.joined_days import said_as_one
from spoken.when.moment import Moment
from spoken.when.window import DAY, Window, subtract
from spoken.when.wish import Group, Wish

__all__ = ["MAX_WAYS", "readings_of"]

MAX_WAYS: Final = 4
"""More ways than these to understand one wish are of no use to anybody."""
_MAX_DAYS: Final = 31
_MAX_WEEKS: Final = 60
_EARLIEST: Final = 480
"""From this opening on (minutes) the early morning is the first hour that is open."""

_ONE_DAY: Final = frozenset({"wd", "date", "rel", "holiday", "in", "near", "moved", "beside", "around", "nth", "last_day", "workday"})
"""Kinds of days that are one day."""

_NOON: Final = 12

Spec = Mapping[str, Any]

_TODAY: Final[Spec] = {"k": "rel", "days": 0}


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time())


def _minutes(count: int) -> dt.timedelta:
    return dt.timedelta(minutes=count)


def _day_window(day: DayRange, moment: Moment) -> Window:
    start = moment.now if day.at == "now" else _midnight(day.start)
    return Window(start, None if day.end is None else _midnight(day.end), day.grain, day.opens, day.closes)


def _on(day: dt.date, stretch: Stretch, moment: Moment) -> Window:
    start = _midnight(day) + _minutes(stretch.start)
    end = None if stretch.end is None else _midnight(day) + _minutes(stretch.end)
    if stretch.closes and stretch.start == 0 and day == moment.today and end is not None and end > moment.now:
        start = moment.now
    return Window(start, end, stretch.grain, stretch.opens, stretch.closes)


def _still_to_come(window: Window, moment: Moment) -> bool:
    if window.opens and window.end is None:
        closes = moment.open_until(window.start.date())
        return closes is not None and closes > moment.now
    return (window.end or window.start) > moment.now


def _days(spec: Spec, moment: Moment) -> list[tuple[DayRange, ...]]:
    if spec["k"] == "agree":
        first, second = days_of(spec["a"], moment), days_of(spec["b"], moment)
        same = [o for o in first if any(o[0].start == p[0].start for p in second)]
        return [(replace(o[0], perhaps_today=False),) for o in same] if same else [*first, *second][:2]
    return days_of(spec, moment)


def _dates(day: DayRange, moment: Moment) -> list[dt.date]:
    return dates_in(day, day.start if moment.past else moment.today)


def _with_hint(spec: Spec, hint: str | None, moment: Moment, day: dt.date | None) -> list[Stretch]:
    """A clock time that borrows the half of the day from its neighbour ("at two or three in the afternoon")."""
    if hint is not None and spec["k"] == "clock" and not ("mer" in spec or spec.get("exact")):
        borrowed = times_of({**spec, "mer": hint}, moment, day)
        opening = moment.opening(day)
        if opening is not None and all(opening[0] <= s.start < opening[1] for s in borrowed):
            return borrowed
    if spec["k"] == "part" and spec["part"] == "early morning" and moment.context.hours is not None and day is not None:
        opening = moment.opening(day)
        if opening is not None and _EARLIEST <= opening[0] < 720:
            # "First thing" is when the doors open, not the hours before.
            return [replace(s, start=opening[0], end=opening[0] + 60) for s in times_of(spec, moment, day)]
    return times_of(spec, moment, day)


def _hints(times: list[Spec]) -> list[str | None]:
    said = [spec.get("mer") or (spec["part"] if spec["k"] == "part" else None) for spec in times]
    hints: list[str | None] = []
    for index in range(len(times)):
        following = next((m for m in said[index:] if m), None)
        earlier = next((m for m in reversed(said[:index]) if m), None)
        hints.append(following or earlier)
    return hints


def _bound_of(day: DayRange, spec: Spec) -> Spec:
    """A time beside "until Thursday" or "from Thursday" bounds that day: "by Thursday noon at the latest"."""
    if spec.get("each"):
        return spec
    if day.closes and not day.opens and day.end is not None:
        if spec["k"] == "until" and spec["a"]["k"] == "clock":
            return dict(spec["a"])
        if spec["k"] == "part":
            minutes = 720 if spec["part"] == "noon" else PARTS[spec["part"]][1]
            return {"k": "clock", "hour": minutes // 60, "minute": minutes % 60, "exact": True}
    elif day.opens and day.at != "now" and spec["k"] == "part":
        minutes = PARTS[spec["part"]][0]
        return {"k": "clock", "hour": minutes // 60, "minute": minutes % 60, "exact": True}
    return spec


def _combine(day: DayRange, spec: Spec, hint: str | None, moment: Moment) -> list[list[Window]]:
    """A time on a day or in a range of days, in every way it can be meant."""
    spec = _bound_of(day, spec)
    bounds = spec["k"] == "clock" and not spec.get("each")
    if day.closes and day.end is not None and bounds:
        last = day.end - DAY
        ways = _with_hint(spec, hint, moment, last)
        return [[Window(moment.now, _midnight(last) + _minutes(s.start), "minute", closes=True)] for s in ways]
    if day.opens and day.at != "now" and bounds:
        ways = _with_hint(spec, hint, moment, day.start)
        return [[Window(_midnight(day.start) + _minutes(s.start), None, "minute", opens=True)] for s in ways]
    if day.single:
        return [[_on(day.start, stretch, moment)] for stretch in _with_hint(spec, hint, moment, day.start)]
    dates = _dates(day, moment)
    ways = _with_hint(spec, hint, moment, dates[0] if dates else None)
    hours = moment.context.hours
    if hours is not None:
        dates = [d for d in dates if hours(d)] or dates
    each = [[w for d in dates if _still_to_come(w := _on(d, stretch, moment), moment)] for stretch in ways]
    return [windows for windows in each if windows]


def _later(spec: Spec, moment: Moment) -> Window:
    """So long from now: an instant, with `b` a stretch ("in two or three hours"), with `within` all the time until then.

    With `opens` it is all the time from then on: "not in the next two hours".
    """

    def after(count: int) -> dt.datetime:
        at = moment.aware + _minutes(count * int(spec["unit"]) + int(spec.get("plus", 0)))
        return at.replace(tzinfo=None, second=0, microsecond=0)

    first = after(int(spec.get("n", 1)))
    if spec.get("within"):
        return Window(moment.now, first, "minute", closes=True)
    last = after(int(spec["b"])) if "b" in spec else None
    return Window(first, last if last is not None and last > first else None, "minute", opens=bool(spec.get("opens")))


def _without_day(spec: Spec, hint: str | None, moment: Moment) -> list[list[Window]]:
    """A time alone: on the day under discussion, else on the next day on which it is still to come."""
    if spec["k"] == "later":
        return [[_later(spec, moment)]]
    day = moment.context.day
    if day is None and spec["k"] in ("same", "shift") and moment.same is not None:
        day = moment.same.date()
    found = []
    for stretch in _with_hint(spec, hint, moment, day or moment.today):
        on = day or moment.today
        window = _on(on, stretch, moment)
        if day is None and not _still_to_come(window, moment):
            window = _on(on + DAY, stretch, moment)
        found.append([window])
    return found


def _member(day: Spec | None, time: Spec | None, hint: str | None, moment: Moment) -> list[list[Window]]:
    """Every way to understand one day with one time."""
    if time is not None and time["k"] == "later":
        return _without_day(time, hint, moment)
    if day is None:
        return _without_day(time, hint, moment) if time is not None else []
    if day.get("after_same") and time is not None and time["k"] == "same" and moment.same is not None:
        day = {"k": "moved", "days": 7}  # "The week after, same time"
    ways: list[list[Window]] = []
    spare: list[list[Window]] = []
    for option in _days(day, moment):
        if time is None:
            windows = _from_part_to_part(day, [_day_window(r, moment) for r in option], moment)
        else:
            each = [_combine(r, time, hint, moment) for r in option]
            windows = [list(itertools.chain(*choice)) for choice in itertools.islice(itertools.product(*each), MAX_WAYS)]
        if option and option[0].perhaps_today:
            closes = moment.open_until(option[0].start)
            for way in windows:
                ahead = closes is not None and closes > moment.now and all(_still_to_come(w, moment) for w in way)
                (ways if ahead else spare).append(way)
            continue
        ways += windows
    return ways or spare


def _edges(inner: Spec | None, moment: Moment, *, last: bool) -> list[int]:
    """Where the first day of a stretch begins and its last one ends, in minutes from midnight, in every way that it can be meant."""
    if inner is None:
        return [24 * 60 if last else 0]
    if inner["k"] == "part":
        return [PARTS[inner["part"]][last]]
    return [stretch.start for stretch in times_of(inner, moment, None)]


def _from_part_to_part(spec: Spec, windows: list[Window], moment: Moment) -> list[list[Window]]:
    """Several days that begin and end with a part of the day or an hour: "from Monday afternoon to Wednesday at ten".

    That is said with the day (`with`) or beside it (`begins`, `ends`).
    """
    begins, ends = (
        spec[end].get("with", spec.get(name)) if spec["k"] == "span" else None for end, name in (("a", "begins"), ("b", "ends"))
    )
    if begins is None and ends is None:
        return [windows]
    edges = itertools.product(_edges(begins, moment, last=False), _edges(ends, moment, last=True))
    return [
        [
            replace(w, start=w.start + _minutes(begin), end=None if w.end is None else w.end - DAY + _minutes(end), grain="minute")
            for w in windows
        ]
        for begin, end in edges
    ]


def _unique(windows: Iterable[Window]) -> list[Window]:
    return list(dict.fromkeys(windows))


def _group_ways(group: Group, moment: Moment) -> list[list[Window]]:
    members: list[list[list[Window]]] = []
    if moment.same is None and any(t["k"] not in ("same", "shift") for t in group.times):
        # "The same time as usual, ten o'clock"
        group = Group(group.days, [t for t in group.times if t["k"] not in ("same", "shift")])
    hints = _hints(group.times)
    days: list[Spec | None] = [*group.days] or [None]
    times: list[tuple[Spec | None, str | None]] = [*zip(group.times, hints, strict=True)] or [(None, None)]
    for day in days:
        of_day: list[list[list[Window]]] = []
        for time, hint in times:
            ways = _member(day, time, hint, moment)
            if day is not None and time is not None and ways and all(w.instant and w.start <= moment.now for way in ways for w in way):
                # "Heute noch, sonst morgen um elf", said after eleven
                ways = _member(day, None, None, moment) if len(days) > 1 else _later_today(day, time, moment) or ways
            if not ways:
                return []
            of_day.append(ways[:MAX_WAYS])
        members.append(_on_one_day(of_day) if day is not None and len(of_day) > 1 else of_day[0])
        if day is None:
            members += of_day[1:]
    return [_unique(itertools.chain(*choice)) for choice in itertools.islice(itertools.product(*members), MAX_WAYS)]


def _later_today(day: Spec, time: Spec, moment: Moment) -> list[list[Window]]:
    """An hour of today in its other half, when that is still to come: "today at half past eight", said at ten in the morning."""
    if day != _TODAY or time["k"] != "clock" or "mer" in time or time.get("exact") or not 0 < int(time.get("hour", 0)) < _NOON:
        return []
    ways = _member(day, {**time, "mer": "pm"}, None, moment)
    return [way for way in ways if all(_still_to_come(window, moment) for window in way)]


def _on_one_day(times: list[list[list[Window]]]) -> list[list[Window]]:
    """The ways of several times of a day together: whichever day it is, it is the same for all of them."""
    choices = list(itertools.islice(itertools.product(*times), MAX_WAYS * MAX_WAYS))
    alike = [choice for choice in choices if len({tuple(window.start.date() for window in way) for way in choice}) == 1]
    return [list(itertools.chain(*choice)) for choice in alike or choices]


def _forbidden(group: Group, moment: Moment, weeks: int) -> list[Window]:
    """The windows that a "not" takes out, so long that nothing of it remains by accident."""
    found: list[Window] = []
    days: list[DayRange] = []
    for spec in (one for day in group.days for one in said_as_one(day)):
        for option in _days(spec, moment):
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
            found.append(_day_window(replace(day, at=""), moment))
        for spec in group.times:
            for date in _dates(day, moment):
                found += [_on(date, _widened(stretch, spec), moment) for stretch in times_of(spec, moment, date)]
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


def _turned(wish: Wish) -> None:
    """ "Not before ten" asks for ten or later; "not after five" for five at the latest."""
    kept: list[Group] = []
    for group in wish.ruled_out:
        soon = [t for t in group.times if t["k"] == "later" and t.get("within")]
        if soon and not group.days and not wish.groups:
            wish.groups.append(Group([], [{**soon[0], "within": False, "opens": True}]))  # "Not in the next two hours"
            continue
        bounds = [t for t in group.times if t["k"] in ("from", "until") and not t.get("within")]
        answered = any(t.get("soft") for t in bounds) and any(g.times for g in wish.groups)  # "Four is too late, so three"
        if not bounds or len(bounds) != len(group.times) or group.days or answered:
            kept.append(group)
            continue
        turned: list[Spec] = [{**t, "k": "until" if t["k"] == "from" else "from"} for t in bounds]
        last = wish.groups[-1].times if wish.groups else []
        joined = join_times(last[0], turned[0]) if len(last) == len(turned) == 1 and last[0]["k"] in ("part", "from", "until") else None
        if joined is not None:
            last[0] = joined  # "Tuesday afternoon, but not after four"
        elif wish.groups and not wish.groups[-1].times:
            wish.groups[-1].times += turned
        else:
            wish.groups.append(Group([], turned))
    wish.ruled_out = kept


def _weeks_to(last: dt.datetime, moment: Moment) -> int:
    """So many weeks of a weekday that is refused may lie before the end of a wish: "the first week of June, but not the Monday"."""
    return min(_MAX_WEEKS, max(8, (last.date() - moment.today).days // 7 + 1))


def _begins_after(wish: Wish, ways: list[list[Window]]) -> dt.datetime | None:
    """When a wish begins that is open at its end and was said after all that cannot be; None for any other."""
    spec = wish.groups[-1].days[-1] if wish.groups and wish.groups[-1].days else None
    if spec is None or spec["k"] != "from" or len(ways) != 1 or len(ways[0]) != 1 or not wish.refused:
        return None
    said = max((piece.start for piece in wish.used if piece.value == spec), default=-1)
    return ways[0][0].start if said > max(wish.refused) else None


def _taken_out(wish: Wish, ways: list[list[Window]], moment: Moment, weeks: int) -> list[Window]:
    """All that what cannot be takes out of the `ways` to understand a wish."""
    ruled_out = wish.ruled_out
    if ways and all(w.end is None and w.opens and w.start > moment.now and w.grain == "minute" for way in ways for w in way):
        # "I can't do mornings so Thursday after one" is about the Thursday.
        ruled_out = [group for group in ruled_out if group.days]
    begun = _begins_after(wish, ways)
    if begun is not None:
        # "Tuesday and Wednesday I can't, but from Thursday on": neither those of the week after, nor what ends when it begins.
        return [w for group in ruled_out for w in _forbidden(group, moment, 1) if w.start > begun]
    return [w for group in ruled_out for w in _forbidden(group, moment, weeks)]


def readings_of(wish: Wish, moment: Moment) -> list[list[Window]]:
    """The ways to understand `wish`, each a list of windows; empty when nothing of it lies ahead."""
    _turned(wish)
    groups = [g for g in wish.groups if g.days or g.times]
    if groups and not groups[0].days and len(groups) > 1:
        days = next((g.days for g in groups if g.days), [])
        groups[0].days = list(days)
    refused = next((g for g in wish.ruled_out if g.days and g.times), None)
    if groups and refused is not None and not any(g.days for g in groups):
        # "Tuesday morning I can't, but the afternoon is fine" is still about the Tuesday.
        for group in groups:
            group.days = list(refused.days)
    if refused is None and wish.ruled_out and moment.context.day is None and not any(g.days for g in wish.groups):
        for group in groups:
            # "Not on Monday, after six": after six on any of the other days.
            group.days = [{"k": "any", "grain": "day"}] if any(g.days for g in wish.ruled_out) else group.days
    for one, following in itertools.pairwise(groups):
        if not following.days:
            following.days = list(one.days)
    ways: list[list[Window]] = []
    if groups:
        each = [_group_ways(group, moment) for group in groups]
        if not all(each):
            return []
        ways = [_unique(itertools.chain(*choice)) for choice in itertools.islice(itertools.product(*each), MAX_WAYS)]
    if not wish.ruled_out:
        return [list(way) for way in dict.fromkeys(tuple(w) for w in ways)]
    bounded = bool(ways) and all(w.end is not None or w.instant for way in ways for w in way)
    weeks = _weeks_to(max(w.end or w.start for way in ways for w in way), moment) if bounded else 2
    if not ways:
        if all(not g.days for g in wish.ruled_out):
            day = moment.context.day or moment.today
            ways = [[Window(_midnight(day), _midnight(day) + DAY, "part_of_day")]]
        else:
            ways = [[Window(moment.now, None, "day", opens=True)]]
    forbidden = _taken_out(wish, ways, moment, weeks)
    if groups and all(day["k"] in _ONE_DAY for group in groups for day in group.days) and all(group.days for group in groups):
        # "I can't do Tuesday, but Friday from three" is about that Friday alone.
        dates = {w.start.date() for way in ways for w in way}
        forbidden = [w for w in forbidden if w.start.date() in dates]
    left = [subtract(way, forbidden) for way in ways]
    if ways and not any(left) and weeks > 1:
        # "This Friday not, the next one": only the first is out when nothing else would remain.
        nearest = [w for group in wish.ruled_out for w in _forbidden(group, moment, 1)]
        left = [subtract(way, nearest) for way in ways]
    return [way for way in left if way]
