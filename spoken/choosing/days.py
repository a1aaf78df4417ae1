"""Choosing by a day that is told from the other offers, or from the week: "the day after", "the midweek one"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from spoken.choosing.cues import Cue, Said, chosen, one_of
from spoken.choosing.windows import heard, narrowed
from spoken.lexicon import phrases
from spoken.normalise import PhraseBook, fold_words, stand_in_a_row
from spoken.reading import NOTHING, Reading

__all__ = ["by_told_day", "none_that_day"]

DAY: Final = dt.timedelta(days=1)
WEEK: Final = dt.timedelta(days=7)
WEDNESDAY: Final = 2
FRIDAY: Final = 4

_Days = Sequence[dt.date]


def _next_days(days: _Days) -> set[dt.date]:
    """Those with an offer the day before."""
    return {day for day in days if day - DAY in days}


def _next_weeks(days: _Days) -> set[dt.date]:
    """Those with an offer in the week before."""
    mondays = {day - DAY * day.weekday() for day in days}
    return {day for day in days if day - DAY * day.weekday() - WEEK in mondays}


def _midweek(days: _Days) -> set[dt.date]:
    """The Wednesdays, else the days beside them."""
    for reach in (0, 1):
        if found := {day for day in days if abs(day.weekday() - WEDNESDAY) <= reach}:
            return found
    return set()


def _before_the_weekend(days: _Days) -> set[dt.date]:
    """Those from Monday to Friday in the week of the first, where that leaves others, else the last of them."""
    sunday = min(days) - DAY * min(days).weekday() + WEEK - DAY
    week = {day for day in days if day.weekday() <= FRIDAY and day < sunday}
    return week if week < set(days) else {max(week)}


def _early_in_the_week(days: _Days) -> set[dt.date]:
    """Monday and Tuesday of the first week, where that leaves others."""
    return _of_the_first_week(days, range(WEDNESDAY))


def _late_in_the_week(days: _Days) -> set[dt.date]:
    """From Thursday on, of the first week, where that leaves others."""
    return _of_the_first_week(days, range(WEDNESDAY + 1, WEEK.days))


def _of_the_first_week(days: _Days, weekdays: range) -> set[dt.date]:
    sunday = min(days) + DAY * (WEEK.days - 1 - min(days).weekday())
    found = {day for day in days if day <= sunday and day.weekday() in weekdays}
    return found if found < set(days) else set()


def _after_the_weekend(days: _Days) -> set[dt.date]:
    """The first ones from Monday on, in a week behind that of the first."""
    monday = min(days) - DAY * min(days).weekday() + WEEK
    later = [day for day in days if day >= monday]
    return {min(later)} if later else set()


_TOLD: Final[Mapping[str, Callable[[_Days], set[dt.date]]]] = {
    "day_after": _next_days,
    "week_after": _next_weeks,
    "midweek": _midweek,
    "before_weekend": _before_the_weekend,
    "week_start": _early_in_the_week,
    "week_end": _late_in_the_week,
    "after_weekend": _after_the_weekend,
}
"""The lists of `choice.yaml`, and the days on offer that each of them means."""


@lru_cache(maxsize=16)
def _book(language: str) -> PhraseBook[str]:
    return PhraseBook({phrase: key for key in _TOLD for phrase in phrases(language, "choice", key)})


def by_told_day(said: Said) -> Reading | None:
    """The offers on the day that is told so, narrowed by the time that is said with it; None when none is, or none fits.

    Where an offer was itself called so, its own words are left to other readers.
    """
    for key, first, last in _book(said.language).find(said.words):
        phrase = tuple(said.words[first:last])
        if any(stand_in_a_row(fold_words(choice.say), phrase) for choice in said.choices):
            continue
        starts = said.starts()
        days = [start.date() for start in starts if start]
        if len(set(days)) < 2:
            return None
        meant = _TOLD[key](days)
        fits = [index for index, start in enumerate(starts) if start and start.date() in meant]
        if fits:
            return one_of(narrowed(fits, first, last, said), said.choices, said.span(first, last))
        if key == "week_after":
            return NOTHING  # "have you anything the week after": all of them are in one week
    return None


def none_that_day(said: Said, cues: Sequence[Cue]) -> Reading | None:
    """ "We're at a wedding on Saturday", where all of them are on that Saturday: none of them, unless something else is said."""
    refused = [(cue.start, cue.end) for cue in cues if cue.kind == "refused"]
    if not refused or len(refused) != len(cues) or len(said.choices) < 2 or len({start and start.date() for start in said.starts()}) > 1:
        return None
    shared = frozenset.intersection(*(frozenset(fold_words(choice.say)) for choice in said.choices)) & said.data.day_words
    wishes = (said.data.takes, said.data.prefer, said.data.buts, said.data.then, said.data.praise)
    inside = {at for start, end in refused for at in range(start, end)}
    if shared.isdisjoint(said.words) or any(start not in inside for book in wishes for _, start, _ in book.find(said.words)):
        return None
    told = heard(said.without(refused), said).mentions
    return chosen(None, said.span(0, len(said.words))) if "part" not in told and "time" not in told else None
