"""The offer that is one thing and no more, or one thing with another: "just a cut", "without the blow-dry", "hair and beard"."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Final

from spoken.choosing.cues import Said, chosen
from spoken.choosing.families import acts, families_at, families_of
from spoken.choosing.phrases import choice_words
from spoken.choosing.whole import bare, less_their_head, plain_words
from spoken.choosing.words import Pointing
from spoken.content_words import content_words, stopwords
from spoken.normalise import fold_words
from spoken.reading import Reading
from spoken.word_likeness import stem

__all__ = ["alone_of", "by_only", "by_what_is_left_out", "done_as_well", "joined_with"]

MAX_TOGETHER: Final = 6
"""Words that name one thing with another."""


def by_what_is_left_out(said: Said) -> Reading | None:
    """ "Without the blow-dry", of a cut, and a cut and blow-dry: the offer that is another one less that."""
    places = list(said.data.without.find(said.words))
    if not places:
        return None
    offers = [set(plain_words(choice.say, said.language)) for choice in said.choices]
    if any(said.words[start] in fold_words(choice.say) for _, start, _ in places for choice in said.choices):
        return None  # "with", "without": the word itself is on offer
    done = [_all_deeds(choice.say, said.language) for choice in said.choices]
    turned = [at for book in (said.data.buts, said.data.then) for _, at, _ in book.find(said.words) if at > places[0][1]]
    if any(word in offer for offer in offers for word in said.words[min(turned, default=len(said.words)) :]):
        return None  # "no colour, but cut and blow-dry": the clauses say what is wished for
    for _, start, end in places:
        told = {word for word in said.words[end:] if any(word in offer for offer in offers)}
        less = {
            index
            for index, offer in enumerate(offers)
            for other in offers
            if told and told < other and (offer == other - told or _is_longer(other - told, offer))
        }
        if len(less) == 1:
            return chosen(less.pop(), said.span(start, len(said.words)))
        out = _deeds(said.words[end:], stopwords(said.language) | said.data.articles, said.language)
        undone = {index for index, deeds in enumerate(done) for other in done if out and out < other and deeds == other - out}
        if len(undone) == 1:
            return chosen(undone.pop(), said.span(start, len(said.words)))
    return None


def by_only(said: Said) -> Reading | None:
    """ "Just the cut, not the beard": of a cut, a beard trim, and both, what is refused is a part of the last as well."""
    places = [(start, end) for _, start, end in said.data.only.find(said.words)]
    if not places or said.timed():
        return None
    refused = [start for start, _ in said.negations() if all(not first <= start < end for first, end in places)]
    left_out = [start for _, start, _ in said.data.without.find(said.words)]
    nothing_more = any(start and said.idle(end) for start, end in places)  # "the cut, nothing else"
    if min(refused, default=len(said.words)) < places[0][0] or not (refused or left_out or nothing_more):
        return None
    if (alone := alone_of(said)) is None:
        return None
    return chosen(alone, said.span(0, len(said.words)))


def alone_of(said: Said) -> int | None:
    """ "Only the cut, the beard I do myself", of a cut, a beard, and both: the offer that is called as what follows "only", and no more."""
    denied = {at for first, last in said.negations() for at in range(first + 1, last)}  # "no solo"
    found = [(start, end) for _, start, end in said.data.only.find(said.words) if start not in denied]
    places = [(start, end) for start, end in found if not said.negated(start)]
    if not places:
        return None
    offers = less_their_head(tuple(choice.say for choice in said.choices), said.language)
    own = set[str]().union(*offers)
    idle = stopwords(said.language) | said.data.articles
    done = [_all_deeds(choice.say, said.language) for choice in said.choices]
    for start, end in places:
        told: set[str] = set()
        open_to_more = True
        behind = said.words[end : said.paused_at(end)]
        for word in behind if not said.idle(end) else said.words[:start]:  # "the beard only"
            if (plain := bare(stem(word, said.language), own, said.language)) in own:
                told.add(plain)
                open_to_more = False
            elif word in said.data.ands:
                open_to_more = True
            elif not open_to_more or word not in idle:
                break
        if told and offers.count(told) == 1:
            return offers.index(told)
        if len(longer := [index for index, offer in enumerate(offers) if _is_longer(told, offer)]) == 1:
            return longer[0]  # "just a cut", of a haircut
        least = _least(told, offers)
        deeds = _deeds(behind if not said.idle(end) else said.words[:start], idle | said.data.ands, said.language)
        if deeds and done.count(deeds) == 1 and (told <= offers[done.index(deeds)] or (least is not None and deeds < done[least])):
            return done.index(deeds)  # "just a cut", of "a haircut" and "a cut and blow-dry"
        if least is not None:
            return least
    return None


def joined_with(found: Pointing, kept: Sequence[int], said: Said) -> int | None:
    """ "Hair and beard", of "a cut", "a cut and beard" and "only the beard": the offer that joins what is named with something else."""
    [index] = found.indexes
    say = fold_words(said.choices[index].say)
    first, last = kept[found.first], kept[found.last - 1] + 1
    beside = {said.words[at] for at in (first - 1, last) if 0 <= at < len(said.words)} | set(said.words[first + 1 : last - 1])
    if not any(True for _ in said.data.alone.find(say)) or said.data.ands.isdisjoint(beside):
        return None
    named = said.words[first:last]
    joins = [
        at
        for at, choice in enumerate(said.choices)
        if not said.data.ands.isdisjoint(words := fold_words(choice.say)) and set(named) & set(words)
    ]
    return joins[0] if len(joins) == 1 else None


def done_as_well(index: int, said: Said) -> int | None:
    """ "The cut with styling", of "cut" and "cut and style": the offer in which just what is told is done, more than in the one named."""
    if len(said.words) > MAX_TOGETHER or any(said.paused_before(at) for at in range(1, len(said.words))):
        return None
    done = [_all_deeds(choice.say, said.language) for choice in said.choices]
    told = frozenset[str]().union(*(families_at(said.words, at, said.language)[0] for at in range(len(said.words)))) & acts(said.language)
    return done.index(told) if done[index] and done[index] < told and done.count(told) == 1 else None


def _is_longer(told: AbstractSet[str], offer: AbstractSet[str]) -> bool:
    """Whether an offer is called by as many words, each of which ends in another one of those told."""
    return 0 < len(told) == len(offer) and all(any(word.endswith(end) for word in offer) for end in told)


def _least(told: AbstractSet[str], offers: Sequence[AbstractSet[str]]) -> int | None:
    """ "Only the face", of a facial, legs, and both: the offer with these words that all others with them go beyond."""
    with_them = [index for index, offer in enumerate(offers) if told and told <= offer]
    least = [index for index in with_them if all(offers[index] < offers[other] for other in with_them if other != index)]
    return least[0] if len(least) == 1 else None


@lru_cache(maxsize=256)
def _all_deeds(say: str, language: str) -> frozenset[str]:
    """What is done in an offer; empty where something is added to it that is of no family, and may be more."""
    known = choice_words(language).ands.isdisjoint(fold_words(say)) or all(
        families_at([word], 0, language)[0] for word in content_words(say, language)
    )
    return families_of(say, language) & acts(language) if known else frozenset()


def _deeds(words: Sequence[str], idle: AbstractSet[str], language: str) -> frozenset[str]:
    """What is to be done, by the words at the beginning of some others: "(just) cut it", "(only) the cut"."""
    found: set[str] = set()
    at = 0
    while at < len(words):
        families, end = families_at(words, at, language)
        if families & acts(language):
            found |= families & acts(language)
        elif words[at] not in idle:
            break
        at = end
    return frozenset(found)
