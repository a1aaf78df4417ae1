"""Choosing by what stands beside an offer that is named: "not the eleven, the one after that", "Wednesday I work, the day before then"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from spoken.choosing.cues import Said, chosen, one_of
from spoken.choosing.hearing import Mentioned
from spoken.choosing.times import minutes_of, moment_of, windows_of
from spoken.choosing.windows import heard
from spoken.lexicon import phrases
from spoken.normalise import PhraseBook, fold_words, stand_in_a_row
from spoken.reading import Reading

__all__ = ["by_the_neighbour"]

MAX_NAME: Final = 5
"""Words that may name the offer whose neighbour is meant: "the one after (Tuesday the third of March)"."""
DAYS: Final[Mapping[str, int]] = {"day_before": -1, "day_after": 1, "week_before": -7, "week_after": 7}
"""Lists of `choice.yaml`, and how many days from the named one each of them is."""
WEEK: Final = 7

Last = Callable[[Said], frozenset[int]]
"""The offers that some words name last; empty where they name none."""


def by_the_neighbour(said: Said, mentioned: Mentioned, last: Last) -> Reading | None:
    """The offer beside the only one that is named before or behind; None where no neighbour is told, or there is none."""
    return _of_the_next(said, mentioned) or _days_away(said, last) or _after_the_last(said, last)


def _of_the_next(said: Said, mentioned: Mentioned) -> Reading | None:
    """ "The one after the seventeenth": the neighbour of what is named right behind."""
    for step, start, end in said.data.neighbours.find(said.words):
        content = next((at for at in range(end, len(said.words)) if not said.little(at)), None)
        until = said.paused_at(end) if end < len(said.words) else end
        if content is None or not 0 < until - end <= MAX_NAME or said.negated(start):
            continue
        behind = said.text[slice(*said.span(end, until))]
        if heard(behind, said).mentions & {"time", "part"} and not said.offers.whole_days():
            continue  # "the one just before twelve", "the one after lunch"
        named = mentioned(behind)
        if len(named) != 1 or not mentioned(said.text[slice(*said.span(content, content + 1))]):
            continue  # "the one after work on Thursday"
        if 0 <= (at := next(iter(named)) + step) < len(said.choices):
            return chosen(at, said.span(start, until))
    return None


@lru_cache(maxsize=16)
def _days_book(language: str) -> PhraseBook[int]:
    return PhraseBook({phrase: days for key, days in DAYS.items() for phrase in phrases(language, "choice", key)})


def _days_away(said: Said, last: Last) -> Reading | None:
    """ "The seventeenth is a holiday, so the week after": the offer that day, or in that week, counted from what was named last."""
    for days, start, end in _days_book(said.language).find(said.words):
        row = tuple(said.words[start:end])
        if not start or not _ends(said, end) or any(stand_in_a_row(fold_words(choice.say), row) for choice in said.choices):
            continue
        starts, named = said.starts(), last(said.part(said.before(start)))
        base = starts[next(iter(named))] if len(named) == 1 else None
        if base is None:
            continue
        day = base.date() + dt.timedelta(days=days)
        fits = [index for index, other in enumerate(starts) if other and other.date() == day]
        if not fits and abs(days) == WEEK:
            fits = [index for index, other in enumerate(starts) if other and other.isocalendar()[:2] == day.isocalendar()[:2]]
        if _names_its_hour(said, start):  # "at four the day before", of that offer's own day
            fits = [index for index in fits if (other := starts[index]) and minutes_of(other) == minutes_of(base)]
        if fits:
            return one_of(fits, said.choices, said.span(start, end))
    return None


def _names_its_hour(said: Said, at: int) -> bool:
    """Whether an hour, and no day, stands right before a word."""
    before = said.before(at)
    hour = heard(before, said)
    return hour.span is not None and hour.mentions & {"time", "day"} == {"time"} and not before[hour.span[1] :].strip(" ,")


def _after_the_last(said: Said, last: Last) -> Reading | None:
    """ "I've got the physio at ten so the one after": the neighbour of the only offer that was named last."""
    for step, start, end in said.data.beside.find(said.words):
        if not start or not _ends(said, end):
            continue
        named = last(said.part(said.before(start)))
        if not named and len(said.choices) == 2:
            return chosen(1 if step > 0 else 0, said.span(start, end))  # "not this one, the next"
        if not named and (beside := _beside_a_time(said, start, step)) is not None:
            return chosen(beside, said.span(start, end))
        if len(named) == 1 and 0 <= (at := next(iter(named)) + step) < len(said.choices):
            return chosen(at, said.span(start, end))
    return None


def _ends(said: Said, at: int) -> bool:
    """Whether nothing follows but a yes."""
    return said.idle(at) or said.data.cues.at(said.words, at) == (("yes", 0), len(said.words)) or _is_then(said, at)


def _is_then(said: Said, at: int) -> bool:
    """Whether a word of deciding ends the answer: "(the one before) then"."""
    found = said.data.then.at(said.words, at)
    return found is not None and said.idle(found[1])


def _beside_a_time(said: Said, at: int, step: int) -> int | None:
    """ "I drop the kids off at twenty past eight, so the next one": the first offer behind a time that is none of them."""
    windows = list(windows_of(heard(said.before(at), said))) if said.timed() else []
    moment = moment_of(windows[0]) if len(windows) == 1 else None
    starts = said.starts()
    if moment is None or not all(starts):
        return None
    clock = [minutes_of(start) for start in starts if start]
    away = [(minutes - minutes_of(moment)) * step for minutes in clock]
    ahead = [minutes for minutes in away if minutes > 0]
    return away.index(min(ahead)) if ahead and len(set(clock)) == len(clock) else None
