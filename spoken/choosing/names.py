"""Which offer a caller names by the words that it was called by, and which of those named are refused."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from spoken.choosing.cues import Said, chosen, one_of, several
from spoken.choosing.families import is_nickname
from spoken.choosing.nothing_more import alone_of, done_as_well, joined_with
from spoken.choosing.phrases import choice_words
from spoken.choosing.whole import holds_the_others
from spoken.choosing.words import Pointing, point_at
from spoken.content_words import content_words, stopwords, titles
from spoken.normalise import fold_words
from spoken.numerals import cardinal_at
from spoken.reading import NOTHING, Reading
from spoken.word_likeness import NEAR as NEAR_WORD
from spoken.word_likeness import likeness_of

__all__ = ["by_little_words", "by_own_words", "by_words", "own_words"]

NEAR: Final = 3
"""Words behind a negation among which the thing is that it refuses."""


def by_own_words(named: Reading, said: Said) -> bool:
    """Whether words of the offers themselves were said, and not only words of their kind ("my wife says the first")."""
    first, last = named.span or (0, 0)
    heard = [token.text for token in said.tokens if first <= token.start < last and token.text not in titles(said.language)]
    own = own_words(said)
    if any(likeness_of(word, other, said.language) >= NEAR_WORD for word in heard for other in own):
        return True
    return any(is_nickname(word, other, said.language) for word in heard for other in own)  # "Keeva" is the Caoimhe on offer


def own_words(said: Said) -> frozenset[str]:
    """The words that the offers are called by."""
    return frozenset(word for choice in said.choices for word in content_words(choice.say, said.language))


def by_words(said: Said) -> Reading | None:
    """What the choice was called, or a word of the same family; a thing or person said of times on offer is a new wish."""
    if any(choice.start for choice in said.choices):
        return None
    cues = list(said.data.cues.find(said.words))
    aside = {at for (kind, _), start, end in cues if kind == "asides" for at in range(start, end)}
    indifferent = {at for (kind, _), start, end in cues if kind == "any" for at in range(start, end)}
    # What is wrong with a thing is no refusal of it: "no enfría el aire acondicionado".
    turned = {at for _, start, end in said.data.instead.find(said.words) if end - start > 1 for at in range(start, end)}
    negators = [
        (start, end)
        for _, start, end in said.data.negators.find(said.words)
        if start not in aside | turned | indifferent
        and not (end < len(said.words) and said.data.for_me.at(said.words, end))  # "not for me, for my son"
    ]
    kept = [at for at in range(len(said.words)) if at not in aside]
    found = point_at([said.tokens[at] for at in kept], [choice.say for choice in said.choices], said.language)
    if found is None and aside:  # "for the first time", where one offer is for those who are new
        kept = list(range(len(said.words)))
        found = point_at(said.tokens, [choice.say for choice in said.choices], said.language)
        found = found if found is not None and len(found.indexes) == 1 else None
    if found is None:
        return None
    first, last = kept[found.first], kept[found.last - 1] + 1
    span = said.span(first, last)
    if (alone := alone_of(said)) is not None:
        return chosen(alone, span)
    if len(found.indexes) > 1 and found.own and (mended := _named_again(said, first, last)) is not None:
        return chosen(mended, span) if mended in found.indexes else several(found.indexes, said.choices, span)
    if found.own and not negators and (whole := _all_of_it(found, said)) is not None:
        return chosen(whole, span)
    if len(found.indexes) == 1 and not negators and (joined := joined_with(found, kept, said)) is not None:
        return chosen(joined, span)
    if len(found.indexes) == 1 and not negators and (more := done_as_well(found.indexes[0], said)) is not None:
        return chosen(more, span)
    if negators and found.own and (left := _not_these(found, negators, kept, said)) is not None:
        return left
    if (apart := _named_before_not(said, first, last)) is not None:
        return one_of(apart, said.choices, span)
    before = [place for place in negators if place[1] <= first]
    if negators and not found.own and len(found.indexes) == 1:
        if negators[0][0] == 0 and len(negators) == 1 and said.replies(*negators[0]):
            return NOTHING  # "no Carmen" may mean "no: Carmen"
        if not before and negators[0][0] >= last and not said.replies(*negators[0]):
            return chosen(found.indexes[0], span)  # "Karim, if not too late"
        others = [index for index in range(len(said.choices)) if index not in found.indexes]
        return several(others, said.choices, span) if others else NOTHING
    if negators and len(found.indexes) == len(said.choices) and not found.own:
        return NOTHING  # "I don't need tyres at all"
    return one_of(found.indexes, said.choices, span)


def by_little_words(said: Said) -> Reading | None:
    """ "With", of "with a blow-dry" and "without": where offers differ by little words alone, these tell which is meant."""
    apart = _little_words(tuple(choice.say for choice in said.choices), said.language)
    fits = [index for index, word in enumerate(apart) if word in said.words]
    return chosen(fits[0], said.span(0, len(said.words))) if len(fits) == 1 else None


@lru_cache(maxsize=256)
def _little_words(says: tuple[str, ...], language: str) -> tuple[str, ...]:
    """The only word that each of some offers has for itself, where some of these are little ones; empty where it is not so."""
    offers = [frozenset(fold_words(say)) for say in says]
    shared = frozenset.intersection(*offers)
    ands = choice_words(language).ands  # "a hundred and twenty"
    apart = [{word for word in words - shared - ands if cardinal_at([word], 0, language) is None} for words in offers]
    if not shared or any(len(words) != 1 for words in apart):
        return ()
    told = tuple(next(iter(words)) for words in apart)
    return () if stopwords(language).isdisjoint(told) or len(set(told)) < len(told) else told


def _all_of_it(found: Pointing, said: Said) -> int | None:
    """ "Inside and outside", where the whole of it is on offer too."""
    if said.timed():
        return None
    whole = holds_the_others([choice.say for choice in said.choices], said.language)
    others = set(range(len(said.choices))) - {whole}
    return whole if set(found.indexes) == others and len(others) > 1 and not said.data.ands.isdisjoint(said.words) else None


def _pointed(said: Said, first: int, last: int) -> tuple[int, ...]:
    """The offers that some of the words point at, in order."""
    found = point_at(said.tokens[first:last], [choice.say for choice in said.choices], said.language)
    return found.indexes if found else ()


def _named_again(said: Said, first: int, last: int) -> int | None:
    """ "With Sandra, I mean Rocío": the one named behind a correction takes the place of the one before."""
    for _, start, end in said.data.corrections.find(said.words):
        if first < start and end < last and not said.data.negators.at(said.words, start):
            behind = _pointed(said, end, last)
            return behind[0] if len(behind) == 1 else None
    return None


def _named_before_not(said: Said, first: int, last: int) -> tuple[int, ...] | None:
    """ "Emily, not Emma"; "a lady, and not the one with Singh": what "not" refuses is taken out of what was named before it."""
    idle = said.data.articles | stopwords(said.language)
    for at in range(first + 1, last - 1):
        if said.words[at] not in said.data.nots:
            continue
        before, behind = _pointed(said, first, at), _pointed(said, at + 1, last)
        rest = tuple(index for index in before if index not in behind)
        if not rest and set(before) < set(behind):
            rest = before  # "the full colour, not the roots": what is refused is another one
        first_told = next((word for word in range(at + 1, last) if said.words[word] not in idle), at + 1)
        direct = bool(_pointed(said, first_told, first_told + 1)) or len(before) > 1
        if rest and behind and direct and len(behind) < len(said.choices):
            return rest
    return None


def _not_these(found: Pointing, negators: Sequence[tuple[int, int]], kept: Sequence[int], said: Said) -> Reading | None:
    """ "Neither colour nor perm, the highlights"; "Elodie, not Melodie": each negation refuses the next thing that is named."""
    refused: set[int] = set()
    span = said.span(kept[found.first], kept[found.last - 1] + 1)
    if len(negators) == 1 and said.replies(*negators[0]) and _between_two(found, negators[0], kept, said):
        return several(found.indexes, said.choices, span)  # "Pilar no Rosario": which of them is refused?
    for at, (_, end) in enumerate(negators):
        until = negators[at + 1][0] if at + 1 < len(negators) else len(said.words)
        refused |= set([index for place, index in found.singles if end <= kept[place] < min(until, end + NEAR)][:1])
    if not refused:
        return None
    wanted = [index for index in found.indexes if index not in refused]
    if len(wanted) == 1:
        return chosen(wanted[0], span)
    left = wanted or [index for index in range(len(said.choices)) if index not in refused]
    return several(left, said.choices, span) if left else NOTHING


def _between_two(found: Pointing, negator: tuple[int, int], kept: Sequence[int], said: Said) -> bool:
    """A "no" that may answer as well as refuse, between two things and no comma."""
    start, end = negator
    before = [place for place, _ in found.singles if kept[place] < start]
    behind = [place for place, _ in found.singles if kept[place] >= end]
    return bool(before) and bool(behind) and "," not in said.text[said.tokens[start - 1].end : said.tokens[end].start]
