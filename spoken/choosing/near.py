"""Which of several times on offer is next to an hour, or holds it: "just before noon", "closest to five", "around four"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from spoken.choosing.cues import Said, chosen, one_of
from spoken.choosing.times import HALF_DAY, minutes_of, moment_of, part_of, windows_of
from spoken.choosing.windows import TIME_WORDS, fitting, heard
from spoken.reading import Reading

__all__ = ["about_the_hour", "in_a_part", "next_to", "past_the_hour"]

ABOUT: Final = 20
"""Minutes from an hour that somebody is not exact about."""
HOUR: Final = 60
"""Minutes behind an hour that is told with "and something"."""


def next_to(said: Said) -> Reading | None:
    """The one next to what is named: the last before it, the first after it, or the closest; None when nothing is told so."""
    for _, first, last in said.data.nearest.find(said.words):
        text = said.without([(0, last)])
        reading = heard(text, said)
        windows = list(windows_of(reading))
        told = reading.mentions & TIME_WORDS
        if len(windows) != 1 or "time" not in told or not (windows[0].get("from") or windows[0].get("until")):
            continue
        starts = said.starts()
        fits = fitting(windows, starts, told, text, said)
        if fits:
            order = sorted(fits, key=lambda index: starts[index] or said.now)
            return chosen(order[-1] if windows[0].get("until") else order[0], said.span(first, len(said.words)))
    for _, first, last in said.data.closest.find(said.words):
        windows = list(windows_of(heard(said.without([(0, last)]), said)))
        moment = moment_of(windows[0]) if len(windows) == 1 else None
        if moment is None or not all(said.starts()):
            continue
        far = [abs(minutes_of(start) - minutes_of(moment)) for start in said.starts() if start]
        return one_of([index for index, minutes in enumerate(far) if minutes == min(far)], said.choices, said.span(first, len(said.words)))
    return None


def about_the_hour(said: Said) -> Reading | None:
    """The only one that begins within minutes of an hour that is not meant exactly; None when there is none."""
    if not any(True for _ in said.data.about.find(said.words)) or (wanted := _hour_told(said)) is None:
        return None
    minutes, span = wanted
    fits = [index for index, start in enumerate(said.starts()) if start and (minutes_of(start) - minutes + ABOUT) % HALF_DAY <= 2 * ABOUT]
    return chosen(fits[0], span) if len(fits) == 1 else None


def past_the_hour(said: Said) -> Reading | None:
    """ "Nine something": those that begin in the hour from then on; None when none does."""
    if not any(True for _ in said.data.past.find(said.words)) or (wanted := _hour_told(said)) is None:
        return None
    minutes, span = wanted
    fits = [index for index, start in enumerate(said.starts()) if start and 0 < (minutes_of(start) - minutes) % HALF_DAY < HOUR]
    return one_of(fits, said.choices, span) if fits else None


def in_a_part(said: Said) -> Reading | None:
    """ "Around five", of the morning and the afternoon: the part of the day that the hour is in; None where others are on offer."""
    parts = [part_of(choice.say, said.language, said.now) for choice in said.choices]
    if not all(parts) or not said.timed():
        return None
    reading = heard(said.text, said)
    windows = list(windows_of(reading))
    if reading.mentions & TIME_WORDS != {"time"} or not windows or not all(map(_is_moment, windows)):
        return None
    told = {minutes_of(dt.datetime.fromisoformat(window["start"])) for window in windows}
    whole = [part for part in parts if part]
    for hours in (told, {(minutes + HALF_DAY) % (2 * HALF_DAY) for minutes in told}):
        for margin in (0, 1):
            fits = [at for at, (start, end) in enumerate(whole) if any(start <= minutes < end + margin for minutes in hours)]
            inner = [at for at in fits if all(whole[other][0] <= whole[at][0] and whole[at][1] <= whole[other][1] for other in fits)]
            if fits:
                return one_of(inner if len(inner) == 1 else fits, said.choices, reading.span)
    return None


def _hour_told(said: Said) -> tuple[int, tuple[int, int] | None] | None:
    """The only hour that is told, in minutes of the day, and where."""
    if not said.timed():
        return None
    reading = heard(said.text, said)
    windows = list(windows_of(reading))
    if reading.mentions & TIME_WORDS != {"time"} or len(windows) != 1 or not _is_moment(windows[0]):
        return None
    return minutes_of(dt.datetime.fromisoformat(windows[0]["start"])), reading.span


def _is_moment(window: Mapping[str, Any]) -> bool:
    return bool(window.get("start")) and not (window.get("end") or window.get("from") or window.get("until"))
