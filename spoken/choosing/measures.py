"""Choosing among amounts by what is too little and what is too much: "twenty's not enough but an hour's too much"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from spoken.choosing.amount_words import Amount, amount_words, amounts_in, amounts_on_offer
from spoken.choosing.cues import Said, chosen, find_cues
from spoken.lexicon import phrases
from spoken.normalise import PhraseBook
from spoken.reading import Reading

__all__ = ["by_measure"]


@lru_cache(maxsize=16)
def _judged(language: str) -> PhraseBook[bool]:
    """What is told of an amount, and whether it is too much; else it is too little."""
    return PhraseBook({phrase: key == "too_much" for key in ("too_little", "too_much") for phrase in phrases(language, "choice", key)})


def by_measure(said: Said) -> Reading | None:
    """The only offer that is left beside amounts that are too little and too much, or the one of these that is named; else None."""
    judged = [(much, start) for much, start, _ in _judged(said.language).find(said.words)]
    if any(last <= start <= last + 1 for _, start in judged for _, last in said.negations()):
        return None  # "An hour's not too long"
    if len(said.choices) < 2 or not judged or said.timed() or (sizes := _sizes(said)) is None:
        return None
    told = [(amount, _index_of(amount, sizes)) for amount in amounts_in(said.words, said.language)]
    named = sorted([(amount.end, index) for amount, index in told if index is not None] + _by_extremes(said, sizes))
    left = set(range(len(sizes)))
    free = {index for _, index in named}
    for much, start in judged:
        before = [index for end, index in named if end <= start]
        if not before:
            return None
        free.discard(before[-1])
        size = sizes[before[-1]][1]
        left &= {index for index, (_, other) in enumerate(sizes) if (other < size if much else other > size)}
    turned_down = {start for _, start, _ in said.data.noes.find(said.words)} | {start for start, _ in said.negations()}
    turned_down -= {start for _, start in judged}
    refused = {index for end, index in named if end in turned_down}  # "the dearest no, and the cheapest is useless"
    left, free = left - refused, free - refused
    if len(left) == 1:
        return chosen(left.pop(), said.span(0, len(said.words)))
    return chosen(free.pop(), said.span(0, len(said.words))) if len(free) == 1 and free <= left else None


def _sizes(said: Said) -> list[tuple[str, float]] | None:
    """The unit and size of each offer, as all of them have it and none like another; None where they have none."""
    amounts = amounts_on_offer(tuple(choice.say for choice in said.choices), said.language)
    unit = next((unit for unit in amounts[0] if all(unit in amount for amount in amounts)), None)
    if unit is None:
        return None
    values = [amount[unit] for amount in amounts]
    return [(unit, value) for value in values] if all(values) and len(set(values)) == len(values) else None


def _by_extremes(said: Said, sizes: Sequence[tuple[str, float]]) -> list[tuple[int, int]]:
    """Where "the cheapest one" and "the middle one" end, and the offer of the least, the most, or between, that it is."""
    values = [value for _, value in sizes]
    extremes = {True: values.index(min(values)), False: values.index(max(values))}
    found = amount_words(said.language).superlatives.find(said.words)
    named = [(end, extremes[meanings[0][1]]) for meanings, _, end in found if meanings]
    if len(values) % 2:  # "the middle one"
        named += [(cue.end, values.index(sorted(values)[len(values) // 2])) for cue in find_cues(said) if cue.kind == "middle"]
    return named


def _index_of(amount: Amount, sizes: Sequence[tuple[str, float]]) -> int | None:
    """The offer of an amount."""
    return next((index for index, (unit, size) in enumerate(sizes) if size == amount.value and amount.unit in ("", unit)), None)
