"""Which of several times on offer an hour or minutes without a word for hours name: "seize trente", "the quarter past"."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

from spoken.choosing.cues import Said, chosen, one_of
from spoken.choosing.times import minutes_of
from spoken.choosing.windows import narrowed
from spoken.lexicon import load
from spoken.normalise import PhraseBook
from spoken.numerals import cardinal_at
from spoken.reading import Reading

__all__ = ["at_the_hour", "by_clock", "by_minutes"]

MAX_BESIDE: Final = 5
"""Other words that may stand beside an hour and its minutes."""


@lru_cache(maxsize=16)
def _minutes(language: str) -> PhraseBook[int]:
    data: Any = load(language, "choice")
    return PhraseBook({phrase: int(minutes) for minutes, said in data["minutes"].items() for phrase in said})


def by_minutes(said: Said) -> Reading | None:
    """ "The quarter past": the minutes of an offer without its hour."""
    for minutes, first, last in _minutes(said.language).find(said.words):
        hour_before = first and cardinal_at(said.words[:first], first - 1, said.language)
        if hour_before or said.words[max(0, first - 1)] in said.data.hour_words or (last < len(said.words) and _an_hour(said, last)):
            continue
        starts = said.starts()
        fits = [index for index, start in enumerate(starts) if start and start.minute == minutes]
        if fits:
            return one_of(narrowed(fits, first, last, said), said.choices, said.span(first, last))
    return None


def _an_hour(said: Said, at: int) -> bool:
    """An hour, or a word for noon, behind "quarter past"."""
    return cardinal_at(said.words, at, said.language) is not None and said.words[at] not in said.data.pronouns | said.data.articles


def _numbers(said: Said) -> Iterator[tuple[int, int, int]]:
    """Every number in words or figures, with the words it stands in."""
    at = 0
    while at < len(said.words):
        found = cardinal_at(said.words, at, said.language)
        if found:
            yield int(found[0]), at, found[1]
        at = found[1] if found else at + 1


def by_clock(said: Said) -> Reading | None:
    """An hour and its minutes with no word for hours ("seize trente"), where an offer begins then."""
    pairs = [(left, right) for left, right in itertools.pairwise(_numbers(said)) if left[2] == right[1]]
    if len(pairs) != 1 or len(said.words) - (pairs[0][1][2] - pairs[0][0][1]) > MAX_BESIDE:
        return None
    (hour, first, _), (minute, _, last) = pairs[0]
    fits = [
        index
        for index, start in enumerate(said.starts())
        if start and start.minute == minute and (minutes_of(start) - minute) // 60 in {hour % 24, (hour + 12) % 24 if hour <= 12 else hour}
    ]
    return one_of(fits, said.choices, said.span(first, last)) if fits else None


def at_the_hour(timed: Reading, among: Sequence[int], said: Said) -> Reading:
    """ "Nine on the Thursday": of the offers that a day leaves, the one at the bare hour that is said beside it."""
    first, last = timed.span or (0, 0)
    asides = said.data.pronouns | said.data.articles
    hours = {
        number
        for number, at, _ in _numbers(said)
        if said.words[at] not in asides and not first <= said.tokens[at].start < last and not said.negated(at)
    }
    starts = said.starts()
    fits = [index for index in among if (start := starts[index]) and not start.minute and hours & {start.hour, start.hour % 12 or 12}]
    return chosen(fits[0], timed.span) if len(hours) == len(fits) == 1 else timed
