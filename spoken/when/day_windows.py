"""A day, or a stretch of the clock on it, as a window of wall time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from spoken.when.calendar_days import days_of
from spoken.when.clock import Stretch
from spoken.when.day_range import DayRange, dates_in
from spoken.when.moment import Moment
from spoken.when.window import Window
from spoken.when.wish import Spec

__all__ = ["dates_ahead", "day_window", "days_meant", "in_minutes", "midnight", "on_day", "still_to_come"]


def midnight(day: dt.date) -> dt.datetime:
    """Where a day begins, as wall time."""
    return dt.datetime.combine(day, dt.time())


def in_minutes(count: int) -> dt.timedelta:
    """So many minutes."""
    return dt.timedelta(minutes=count)


def day_window(day: DayRange, moment: Moment) -> Window:
    """The window of whole days, or from this minute on."""
    start = moment.now if day.at == "now" else midnight(day.start)
    return Window(start, None if day.end is None else midnight(day.end), day.grain, day.opens, day.closes)


def on_day(day: dt.date, stretch: Stretch, moment: Moment) -> Window:
    """A stretch of the clock on a day; what began at midnight begins now when that day is today."""
    start = midnight(day) + in_minutes(stretch.start)
    end = None if stretch.end is None else midnight(day) + in_minutes(stretch.end)
    if stretch.closes and stretch.start == 0 and day == moment.today and end is not None and end > moment.now:
        start = moment.now
    return Window(start, end, stretch.grain, stretch.opens, stretch.closes)


def still_to_come(window: Window, moment: Moment) -> bool:
    """Whether a window has not gone by: what is open at its end, while the business is open that day."""
    if window.opens and window.end is None:
        closes = moment.open_until(window.start.date())
        return closes is not None and closes > moment.now
    return (window.end or window.start) > moment.now


def days_meant(spec: Spec, moment: Moment) -> list[tuple[DayRange, ...]]:
    """The days that a description means; of two that should agree those that do, or both."""
    if spec["k"] == "agree":
        first, second = days_of(spec["a"], moment), days_of(spec["b"], moment)
        same = [o for o in first if any(o[0].start == p[0].start for p in second)]
        return [(replace(o[0], perhaps_today=False),) for o in same] if same else [*first, *second][:2]
    return days_of(spec, moment)


def dates_ahead(day: DayRange, moment: Moment) -> list[dt.date]:
    """The dates of several days, from today on unless the past is wanted."""
    return dates_in(day, day.start if moment.past else moment.today)
