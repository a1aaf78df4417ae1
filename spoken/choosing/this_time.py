"""What is meant now, of things that were had before: "the cat was last time, now it's the dog"."""

from __future__ import annotations

from typing import Final

from spoken.choosing.cues import Said, chosen
from spoken.choosing.hearing import Mentioned
from spoken.choosing.phrases import choice_book
from spoken.reading import Reading

__all__ = ["by_this_time"]

MAX_PICK: Final = 8
"""Words of the thing of now."""


def by_this_time(said: Said, mentioned: Mentioned) -> Reading | None:
    """The only thing told of now, beside another that is told of before; None where one of the two is not told, or something is refused."""
    formerly = next(iter(choice_book(said.language, "formerly").find(said.words)), None)
    if formerly is None:
        return _for_once(said, mentioned)
    if said.timed() or said.negations():
        return None
    now = next((place for place in choice_book(said.language, "this_time").find(said.words) if not _overlap(place, formerly)), None)
    if now is None:
        return None
    (_, start, end), (_, before, behind) = now, formerly
    if before < start:
        return _between(said, behind, start, end, len(said.words), mentioned)
    return _picked(said, 0, before, mentioned) if mentioned(said.after(behind)) != mentioned(said.before(before)) else None


def _for_once(said: Said, mentioned: Mentioned) -> Reading | None:
    """ "The dog was here in May, this time it's the cat": words for now that are only said where it was otherwise before."""
    once = next(iter(choice_book(said.language, "for_once").find(said.words)), None)
    if once is None or said.timed() or said.negations():
        return None
    (_, start, end), last = once, len(said.words)
    before = mentioned(said.before(start)) if start else frozenset[int]()
    found = _picked(said, end, last, mentioned) if end < last else None
    return found if found is not None and before and found.value not in before else None


def _overlap(one: tuple[bool, int, int], other: tuple[bool, int, int]) -> bool:
    return one[1] < other[2] and other[1] < one[2]


def _between(said: Said, told: int, start: int, end: int, last: int, mentioned: Mentioned) -> Reading | None:
    """What stands behind the word for now; before it, where nothing is named there: "last time the dog, it's the cat now"."""
    if (found := _picked(said, end, last, mentioned)) is not None or (end < last and not said.idle(end)):
        return found
    for cut in range(start - 1, max(told, start - MAX_PICK), -1):
        named = mentioned(said.text[slice(*said.span(cut, start))])
        if len(named) == 1:
            earlier = mentioned(said.text[slice(*said.span(0, cut))])
            return _picked(said, cut, start, mentioned) if earlier and earlier.isdisjoint(named) else None
    return None


def _picked(said: Said, first: int, last: int, mentioned: Mentioned) -> Reading | None:
    if first >= last:
        return None
    named = mentioned(said.text[slice(*said.span(first, last))])
    return chosen(next(iter(named)), said.span(first, last)) if len(named) == 1 else None
