"""Bounds that an answer tells: "I don't finish before eleven", "I have to be home by noon", "after the fifteenth"."""

from __future__ import annotations

import datetime as dt
from typing import Final

from spoken.choosing.cues import Said, one_of
from spoken.choosing.times import is_bound, windows_of
from spoken.choosing.windows import TIME_WORDS, fitting, heard
from spoken.context import Context
from spoken.reading import Reading

__all__ = ["bounded", "by_dated_bound"]

DAY: Final = dt.timedelta(days=1)


def bounded(said: Said) -> bool:
    """Whether an hour or part of the day with no day is told as a bound: "before eleven", "till three"."""
    if said.data.until.isdisjoint(said.words) or not said.timed():
        return False
    reading = heard(said.text, said)
    windows = list(windows_of(reading))
    return reading.mentions & TIME_WORDS == {"time"} and bool(windows) and all(is_bound(window) for window in windows)


def by_dated_bound(said: Said) -> Reading | None:
    """ "After the fifteenth", of days some months ahead: the fifteenth of their month; None where it tells them apart as it stands."""
    if said.data.until.isdisjoint(said.words) or not said.data.day_words.isdisjoint(said.words) or not said.timed():
        return None
    reading = heard(said.text, said)
    windows = list(windows_of(reading))
    if reading.mentions & TIME_WORDS != {"day"} or not windows or not all(map(is_bound, windows)):
        return None
    starts = [start for start in said.starts() if start]
    if len(starts) < len(said.choices):
        return None
    if 0 < len(fitting(windows, starts, frozenset({"day"}), said.text, said)) < len(starts):
        return None
    from spoken.when.reader import read_when

    then = min(starts).replace(hour=0, minute=0) - DAY
    again = read_when(said.text, "datetime", said.language, then, Context(trusting=True), aloud=False)
    fits = fitting(list(windows_of(again)), starts, frozenset({"day"}), said.text, said)
    return one_of(fits, said.choices, reading.span) if 0 < len(fits) < len(starts) else None
