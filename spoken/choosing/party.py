"""How many people are to come: "my wife and I", "zu dritt", "two adults and two children"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from spoken.choosing.phrases import choice_words
from spoken.lexicon import load
from spoken.normalise import PhraseBook, fold
from spoken.number_words import number_words
from spoken.numerals import cardinal_at

__all__ = ["People", "party_of", "people_words"]

ALL_OF_TWO: Final = 3
"""Numbers told, at least, where one of them is of all the others together."""
MAX_BESIDE: Final = 2
"""Words from what counts somebody to the next "and": "my (youngest daughter) and me"."""


@dataclass(frozen=True, slots=True)
class People:
    """Words for people, of a language."""

    me: frozenset[str]
    mine: PhraseBook[int]
    """People of the caller's, one or more of them: "my parents", "a friend"."""
    uncounted: frozenset[str]
    """Words for people whose number is not told: "kids"."""
    alone: PhraseBook[bool]
    withs: frozenset[str]
    couples: frozenset[str]


@lru_cache(maxsize=16)
def people_words(language: str) -> People:
    """The data of `amounts.yaml` on people."""
    data: Any = load(language, "amounts")
    mine = PhraseBook({str(phrase): int(count) for count, said in data["mine"].items() for phrase in said})
    me, uncounted, withs, couples = (frozenset(fold(str(word)) for word in data[key]) for key in ("me", "uncounted", "withs", "couples"))
    return People(me, mine, uncounted, PhraseBook(dict.fromkeys(map(str, data["alone"]), True)), withs, couples)


def party_of(words: Sequence[str], language: str) -> int | None:
    """The number of people that is told by a quantity of them, or by who they are; None where it is neither, or not certain."""
    people, data = people_words(language), choice_words(language)
    quantities = [value for value, _, _ in number_words(language).quantities.find(words)]
    joins = not data.ands.isdisjoint(words)
    if len(quantities) == 1 and not joins:
        return int(quantities[0])
    told = _counted(words, language)
    if told is None:
        return None
    counts, me = told
    if len(counts) == 1 + me and not joins and _comes_with(words, language):
        return counts[-1] + 1  # "with my mother", "I'm coming with my mother"
    if (whole := _told_first(words, counts, language)) is not None:
        return whole
    if (joins and len(counts) > 1) or (len(counts) == 1 and not people.couples.isdisjoint(words)):
        return sum(counts)
    return 1 if not counts and any(True for _ in people.alone.find(words)) else None


def _comes_with(words: Sequence[str], language: str) -> bool:
    """Whether a "with" stands right before somebody: "I'm coming with | my sister"."""
    return any(word in people_words(language).withs and _count_at(words, at + 1, language)[0] for at, word in enumerate(words[:-1]))


def _told_first(words: Sequence[str], counts: Sequence[int], language: str) -> int | None:
    """The number of all of them, where they are named behind it: "there are two of us, | my husband and I"."""
    if len(counts) < ALL_OF_TWO or 2 * counts[0] != sum(counts):
        return None
    for at in range(len(words)):
        if (number := cardinal_at(words, at, language)) is not None and number[0] == counts[0]:
            behind = words[number[1] : number[1] + 1]
            told = not people_words(language).me.isdisjoint(behind) or not choice_words(language).possessives.isdisjoint(behind)
            return counts[0] if told else None
    return None


def _counted(words: Sequence[str], language: str) -> tuple[list[int], bool] | None:
    """How many each word or phrase for people means, and whether the caller is one; None where a number is not told."""
    people, data = people_words(language), choice_words(language)
    counts: list[int] = []
    me = False
    at, last = 0, -1
    while at < len(words):
        count, end = _count_at(words, at, language)
        if count:
            if counts and at - last > MAX_BESIDE + 1:
                return None
            counts.append(count)
            me = me or (end == at + 1 and words[at] in people.me)
            at = last = end
        elif words[at] in people.uncounted and not (at and words[at - 1] in data.possessives) and at - last > 1:
            return None
        else:
            at += 1
    return counts, me


def _count_at(words: Sequence[str], at: int, language: str) -> tuple[int, int]:
    """How many people are told at a place, and where that ends; 0 where none are."""
    people, data = people_words(language), choice_words(language)
    if (mine := people.mine.at(words, at)) is not None:
        return mine
    owns = words[at] in data.possessives and at + 1 < len(words) and words[at + 1] not in data.ands  # "mi" is both
    if words[at] in people.me and not owns:
        return 1, at + 1
    number = cardinal_at(words, at, language)
    if number is not None and words[at] not in data.pronouns:
        return (2 * number[0], number[1] + 1) if not people.couples.isdisjoint(words[number[1] : number[1] + 1]) else number
    if owns:
        of_mine = cardinal_at(words, at + 1, language)  # "my two daughters"
        return of_mine or (0 if words[at + 1] in people.uncounted else 1, at + 2)
    return 0, at
