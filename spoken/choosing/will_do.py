"""What will do in the place of a thing that cannot be had: "video I haven't got, the phone will do", "lenses itch, the glasses then"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from spoken.choosing.cues import Said, chosen, find_cues
from spoken.choosing.hearing import Mentioned
from spoken.choosing.names import own_words
from spoken.choosing.phrases import choice_book
from spoken.choosing.rest import is_if
from spoken.choosing.sets import named_in_set
from spoken.reading import Reading

__all__ = ["by_what_will_do"]

MAX_THING: Final = 4
"""Words of the thing that will do."""
DECIDE: Final = frozenset({"asks", "wishes", "any", "both", "other", "others"})
"""Cues about all of them, or of questions: other readers know them."""


def by_what_will_do(said: Said, mentioned: Mentioned) -> Reading | None:
    """The thing that is called good enough, or gone to, behind another that is refused or told of; None where it is not so."""
    if len(said.choices) < 2 or said.timed():
        return None
    suffices = [(start, end) for _, start, end in choice_book(said.language, "suffices").find(said.words) if start and said.idle(end)]
    goes = [(start, end) for _, start, end in choice_book(said.language, "goes_to").find(said.words) if start]
    if (not suffices and not goes) or _is_weighed(said) or any(cue.kind in DECIDE for cue in find_cues(said)):
        return None

    def named(first: int, last: int) -> frozenset[int]:
        text = said.text[slice(*said.span(first, last))] if first < last else ""
        return (mentioned(text) or named_in_set(said.part(text))) if text else frozenset()

    for start, _ in suffices[:1]:
        for first in range(start - 1, max(0, start - MAX_THING - 1), -1):
            if len(thing := named(first, start)) == 1:
                return _instead(said, thing, _with_its_article(said, first), start, named)
    for start, end in goes[-1:]:
        if len(thing := named(end, len(said.words))) == 1 and _refused(said, 0, start) and len(named(0, start) - thing) == 1:
            return None if _refused(said, end, len(said.words)) else chosen(next(iter(thing)), said.span(end, len(said.words)))
    return None


def _instead(said: Said, thing: frozenset[int], first: int, last: int, named: Callable[[int, int], frozenset[int]]) -> Reading | None:
    """The thing from `first` to `last`, where another is named before it and something is told of that one."""
    data = said.data
    if _refused(said, first, last) or not (data.ands | data.joiners).isdisjoint(said.words[:last]):
        return None
    begin = next((end for start, end in said.negations() if said.idle_between(0, start)), 0)  # "not | video, I've no camera"
    end = next((end for end in range(begin + 1, first + 1) if len(named(begin, end)) == 1), 0)
    if not end or named(begin, end) == thing:
        return None
    own = own_words(said)
    told = any(not said.little(at) and not said.data.idle.at(said.words, at) and said.words[at] not in own for at in range(end, first))
    without = any(start < first for _, start, _ in data.nothings.find(said.words))  # "I've no card, cash will do"
    return chosen(next(iter(thing)), said.span(first, last)) if told or without or _refused(said, 0, first) else None


def _is_weighed(said: Said) -> bool:
    """ "If Karim's not in, Sophie will do", "I'd rather Karim, but Sophie's fine": other readers know which of the two is meant."""
    books = (said.data.buts, said.data.prefer, said.data.otherwise)
    return any(is_if(said, at) for at in range(len(said.words))) or any(True for book in books for _ in book.find(said.words))


def _with_its_article(said: Said, first: int) -> int:
    while first and said.little(first - 1):
        first -= 1
    return first


def _refused(said: Said, first: int, last: int) -> bool:
    return any(first <= start < last for start, _ in said.negations())
