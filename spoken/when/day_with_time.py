"""One day with one time, as windows of wall time, in every way that they can be meant."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from typing import Final

from spoken.when.clock import PARTS, Stretch, times_of
from spoken.when.day_range import DayRange
from spoken.when.day_windows import dates_ahead, day_window, days_meant, in_minutes, midnight, on_day, still_to_come
from spoken.when.moment import Moment
from spoken.when.window import DAY, Window
from spoken.when.wish import MAX_WAYS, Spec

__all__ = ["borrowed_halves", "ways_of_one"]

_EARLIEST: Final = 480
"""From this opening on (minutes) the early morning is the first hour that is open."""


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


def borrowed_halves(times: list[Spec]) -> list[str | None]:
    """For each of several times the half or part of the day that it may borrow from the next one, or the one before."""
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
        return [[Window(moment.now, midnight(last) + in_minutes(s.start), "minute", closes=True)] for s in ways]
    if day.opens and day.at != "now" and bounds:
        ways = _with_hint(spec, hint, moment, day.start)
        return [[Window(midnight(day.start) + in_minutes(s.start), None, "minute", opens=True)] for s in ways]
    if day.single:
        return [[on_day(day.start, stretch, moment)] for stretch in _with_hint(spec, hint, moment, day.start)]
    dates = dates_ahead(day, moment)
    ways = _with_hint(spec, hint, moment, dates[0] if dates else None)
    hours = moment.context.hours
    if hours is not None:
        dates = [d for d in dates if hours(d)] or dates
    each = [[w for d in dates if still_to_come(w := on_day(d, stretch, moment), moment)] for stretch in ways]
    return [windows for windows in each if windows]


def _later(spec: Spec, moment: Moment) -> Window:
    """So long from now: an instant, with `b` a stretch ("in two or three hours"), with `within` all the time until then.

    With `opens` it is all the time from then on: "not in the next two hours".
    """

    def after(count: int) -> dt.datetime:
        at = moment.aware + in_minutes(count * int(spec["unit"]) + int(spec.get("plus", 0)))
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
        window = on_day(on, stretch, moment)
        if day is None and not still_to_come(window, moment):
            window = on_day(on + DAY, stretch, moment)
        found.append([window])
    return found


def ways_of_one(day: Spec | None, time: Spec | None, hint: str | None, moment: Moment) -> list[list[Window]]:
    """Every way to understand one day with one time."""
    if time is not None and time["k"] == "later":
        return _without_day(time, hint, moment)
    if day is None:
        return _without_day(time, hint, moment) if time is not None else []
    if day.get("after_same") and time is not None and time["k"] == "same" and moment.same is not None:
        day = {"k": "moved", "days": 7}  # "The week after, same time"
    ways: list[list[Window]] = []
    spare: list[list[Window]] = []
    for option in days_meant(day, moment):
        if time is None:
            windows = _from_part_to_part(day, [day_window(r, moment) for r in option], moment)
        else:
            each = [_combine(r, time, hint, moment) for r in option]
            windows = [list(itertools.chain(*choice)) for choice in itertools.islice(itertools.product(*each), MAX_WAYS)]
        if option and option[0].perhaps_today:
            closes = moment.open_until(option[0].start)
            for way in windows:
                ahead = closes is not None and closes > moment.now and all(still_to_come(w, moment) for w in way)
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
            replace(w, start=w.start + in_minutes(begin), end=None if w.end is None else w.end - DAY + in_minutes(end), grain="minute")
            for w in windows
        ]
        for begin, end in edges
    ]
