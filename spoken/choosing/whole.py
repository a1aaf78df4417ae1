"""The offer that is all the others together, or any of them."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Final

from spoken.choosing.families import families_of
from spoken.choosing.phrases import choice_words
from spoken.content_words import content_words, service_rules, stopwords
from spoken.lexicon import phrases
from spoken.normalise import PhraseBook, fold_words, stand_in_a_row
from spoken.word_likeness import stem

__all__ = ["bare", "called_as_a_whole", "holds_the_others", "less_their_head", "means", "plain_words"]

FULL: Final = "full"
"""The family of what is done altogether."""


def holds_the_others(says: Sequence[str], language: str) -> int | None:
    """The offer that is all the others together ("cut", "colour", "cut and colour"); None when there is none."""
    if (whole := _parts_and_whole(tuple(says), language)) is not None:
        return whole
    both = [index for index, say in enumerate(says) if any(True for _ in choice_words(language).together.find(fold_words(say)))]
    meant = both or [index for index, say in enumerate(says) if FULL in families_of(say, language)]
    return meant[0] if len(meant) == 1 else None  # "Anna", "Ben", "the two children"


@lru_cache(maxsize=256)
def less_their_head(says: tuple[str, ...], language: str) -> tuple[frozenset[str], ...]:
    """The words of each offer, without their endings; where one is all the others together, less what these share: "leg wax"."""
    words = _without_endings(says, language)
    whole = _parts_and_whole(says, language)
    if whole is None:
        return words
    parts = [part for at, part in enumerate(words) if at != whole]
    shared = frozenset.intersection(*parts)
    if shared in parts:
        return words  # "cut", of "cut" and "cut and blow-dry", is no head
    return tuple((part - shared) or part for part in words)


@lru_cache(maxsize=256)
def _without_endings(says: tuple[str, ...], language: str) -> tuple[frozenset[str], ...]:
    """The words of each offer, bent alike: "leg wax", and "legs and bikini"."""
    words = [[stem(word, language) for word in plain_words(say, language)] for say in says]
    all_of_them = {word for offer in words for word in offer}
    return tuple(frozenset(bare(word, all_of_them, language) for word in offer) for offer in words)


def called_as_a_whole(says: tuple[str, ...], language: str) -> tuple[tuple[str, ...], ...]:
    """What each offer is called, without the words that only say that it is nothing more: "a service on its own".

    With them where they tell offers apart: "a cut", and "only a cut".
    """
    words = _telling(says, language)
    without = (
        tuple(word for word in of_offer if word not in _alone_words(say, language)) for say, of_offer in zip(says, words, strict=True)
    )
    plain = tuple(of_offer or words[at] for at, of_offer in enumerate(without))
    return plain if len(set(map(frozenset, plain))) == len(says) else words


def _telling(says: tuple[str, ...], language: str) -> tuple[tuple[str, ...], ...]:
    """The words of each offer that say something; none that all have, where it says nothing for one: "book | an appointment"."""
    words = tuple(content_words(say, language) for say in says)
    shared = frozenset.intersection(*(frozenset(fold_words(say)) for say in says))
    idle = {word for word in shared if any(word not in of_offer for of_offer in words)}
    return tuple(tuple(word for word in of_offer if word not in idle) or of_offer for of_offer in words)


@lru_cache(maxsize=256)
def _alone_words(say: str, language: str) -> frozenset[str]:
    """The words of an offer that only say that it is nothing more: "on its own"."""
    words = fold_words(say)
    book = choice_words(language).alone
    return frozenset(words[at] for _, start, end in book.find(words) for at in range(start, end))


@lru_cache(maxsize=1024)
def plain_words(say: str, language: str) -> tuple[str, ...]:
    """What an offer is called, without "and", and without words for "only": "coupe seule"."""
    said = fold_words(say)
    only = {word for _, start, end in choice_words(language).only.find(said) for word in said[start:end]}
    words = content_words(say, language)
    nothing_more = choice_words(language).ands | only | _alone_words(say, language)
    return tuple(word for word in words if word not in nothing_more) or words


def bare(word: str, others: AbstractSet[str], language: str) -> str:
    """A word without its ending, where that is one of some others."""
    return next((word[: -len(end)] for end in service_rules(language).endings if word.endswith(end) and word[: -len(end)] in others), word)


@lru_cache(maxsize=256)
def _parts_and_whole(says: tuple[str, ...], language: str) -> int | None:
    """The offer in whose words all those of the others are, but for a head that these share ("leg wax", "legs and bikini")."""
    words = _without_endings(says, language)
    for index, whole in enumerate(words):
        others = [part for at, part in enumerate(words) if at != index]
        if len(others) < 2:
            return None
        shared = frozenset.intersection(*others)
        joined = not choice_words(language).ands.isdisjoint(fold_words(says[index]))
        if all(part < whole for part in others) or (joined and all((part - shared or part) < whole for part in others)):
            return index
    return None


@lru_cache(maxsize=16)
def _meaning(kind: str, language: str) -> PhraseBook[bool]:
    """The phrases that are "anyone" ("any") or "both"; there are hundreds, of which an offer can hold a few."""
    anyone = phrases(language, "service", "anyone") if kind == "any" else ()
    return PhraseBook(dict.fromkeys((*phrases(language, "choice", kind), *anyone), True))


@lru_cache(maxsize=256)
def means(kind: str, say: str, language: str) -> bool:
    """Whether an offer is itself "anyone" ("any") or "both"."""
    words = fold_words(say)
    idle, book = stopwords(language), _meaning(kind, language)
    if any(idle.issuperset((*words[:at], *words[end:])) for at in range(len(words)) for _, end in book.all_at(words, at)):
        return True  # "with whoever is free"
    free = phrases(language, "choice", "whoever") if kind == "any" else ()
    return any(stand_in_a_row(words, fold_words(phrase)) for phrase in free)  # "the next free member of staff"
