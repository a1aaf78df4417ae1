"""Whether an answer tells an hour that bounds the wish: "I don't finish before eleven", "I have to be home by noon"."""

from __future__ import annotations

from spoken.choosing.cues import Said
from spoken.choosing.times import is_bound, windows_of
from spoken.choosing.windows import TIME_WORDS, heard

__all__ = ["bounded"]


def bounded(said: Said) -> bool:
    """Whether an hour or part of the day with no day is told as a bound: "before eleven", "till three"."""
    if said.data.until.isdisjoint(said.words) or not said.timed():
        return False
    reading = heard(said.text, said)
    windows = list(windows_of(reading))
    return reading.mentions & TIME_WORDS == {"time"} and bool(windows) and all(is_bound(window) for window in windows)
