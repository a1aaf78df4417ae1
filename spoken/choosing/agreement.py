"""A plain yes or no to things on offer."""

from __future__ import annotations

from typing import Final

from spoken.choosing.cues import Said, chosen, several
from spoken.content_words import titles
from spoken.reading import NOTHING, Reading, Status
from spoken.yes_no import read_yes_no

__all__ = ["by_agreement"]

MAX_BESIDE_NO: Final = 4
"""Other words that may stand beside a "no" that refuses everything."""


def _is_short(said: Said, answer: Reading) -> bool:
    first, last = answer.span or (0, len(said.text))
    return sum(1 for token in said.tokens if not first <= token.start < last) <= MAX_BESIDE_NO


def by_agreement(said: Said) -> Reading:
    """A plain yes takes the only choice; a plain no refuses them all."""
    answer = read_yes_no(said.text, said.language, said.context)
    if not answer.complete:
        return NOTHING if not answer.mentions else Reading(Status.NOTHING, mentions=answer.mentions)
    if not answer.value:
        refuses = (said.timed() or _is_short(said, answer)) and not _denies(said)
        return chosen(None, answer.span) if refuses else NOTHING  # "it doesn't start" is no refusal
    if len(said.choices) == 1:
        return chosen(0, answer.span)
    return several(range(len(said.choices)), said.choices, answer.span)


def _denies(said: Said) -> bool:
    """ "No tengo los números": the only "no" is one that belongs to what follows it, and answers nothing."""
    places = [(start, end) for _, start, end in said.data.negators.find(said.words)]
    if len(places) != 1 or not said.replies(*places[0]):
        return False
    [(start, end)] = places
    if end >= len(said.words) or said.words[end] in titles(said.language) or said.data.hindrances.at(said.words, start) is not None:
        return False
    return said.data.idle.at(said.words, end) is None and said.data.noes.at(said.words, start) == (True, end)
