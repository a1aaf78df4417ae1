"""Families of words: "my son" and "the child's cut", "dye" and "colour"; and whether a first name is a woman's or a man's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from spoken.content_words import content_words, first_names
from spoken.lexicon import load
from spoken.normalise import PhraseBook, fold, fold_words
from spoken.word_likeness import stem

__all__ = [
    "MIN_COMPOUND",
    "acts",
    "called",
    "called_as",
    "families_at",
    "families_of",
    "families_on_offer",
    "is_nickname",
    "reasons",
    "tells_why",
    "whom",
]

MIN_COMPOUND: Final = 4
"""Letters of a word that is looked for inside longer ones."""
MAX_COMPOUND: Final = 60
"""A longer word is no compound of anything that is offered."""


@dataclass(frozen=True, slots=True)
class _Families:
    book: PhraseBook[frozenset[str]]
    stems: Mapping[str, frozenset[str]]
    inside: Mapping[str, frozenset[str]]
    """Words of families that are looked for in longer ones; empty where the language does not write them together."""
    acts: frozenset[str]
    reasons: frozenset[str]
    whom: frozenset[str]
    nicknames: frozenset[str]
    called: Mapping[str, frozenset[str]]
    """First names, with whether a woman or a man is called so."""
    told: frozenset[str]
    """What tells why something is done, though it may be a word for that too: "my roots"."""


def _called(data: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    """First names with whose they are; not those that both women and men go by."""
    owners: dict[str, set[str]] = {}
    for family, names in data.items():
        for name in names:
            owners.setdefault(fold(str(name)), set()).add(family)
    return {name: frozenset(families) for name, families in owners.items() if len(families) == 1}


def _reason(family: str) -> str:
    """The family of why something is done: with it, its words point at that, and are no word for the deed ("my roots show")."""
    return f"why {family}"


@lru_cache(maxsize=16)
def _families(language: str) -> _Families:
    data: Any = load(language, "families")
    members: dict[str, set[str]] = {}
    stems: dict[str, set[str]] = {}
    inside: dict[str, set[str]] = {}
    reasons: Mapping[str, Sequence[str]] = data.get("reasons", {})
    why = {_reason(family): [*words, *data["acts"][family]] for family, words in reasons.items()}
    for kind in (data.get("who", {}), data.get("names", {}), data["acts"], data.get("about", {}), why):
        for family, words in kind.items():
            for word in map(str, words):
                members.setdefault(" ".join(fold_words(word)), set()).add(family)  # "Tabby" is a cat as well
                if len(fold_words(word)) == 1:
                    stems.setdefault(stem(fold(word), language), set()).add(family)
                    if data["compounds"] and len(word) >= MIN_COMPOUND:
                        inside.setdefault(fold(word), set()).add(family)
    return _Families(
        PhraseBook({word: frozenset(found) for word, found in members.items()}),
        {word: frozenset(found) for word, found in stems.items()},
        {part: frozenset(found) for part, found in inside.items()},
        frozenset(data["acts"]),
        frozenset(map(_reason, data.get("reasons", ()))),
        frozenset(data.get("who", ())),
        frozenset(data.get("names", ())),
        _called(data["called"]),
        frozenset(" ".join(fold_words(str(word))) for words in reasons.values() for word in words),
    )


def families_at(words: Sequence[str], at: int, language: str) -> tuple[frozenset[str], int]:
    """The families of the word or phrase at a place, and where it ends; as it is written before bent before compound."""
    families = _families(language)
    if found := families.book.at(words, at):
        return found
    return _families_of_word(words[at], language), at + 1


def families_on_offer(words: Sequence[str], at: int, on_offer: frozenset[str], language: str) -> tuple[frozenset[str], int]:
    """As `families_at`; of a phrase for nothing on offer the first word alone: "tooth broken off", where there is no crown."""
    families, end = families_at(words, at, language)
    return (families, end) if end == at + 1 or families & on_offer else (_families_of_word(words[at], language), at + 1)


@lru_cache(maxsize=4096)
def _families_of_word(word: str, language: str) -> frozenset[str]:
    families = _families(language)
    if word in first_names(language):
        return frozenset()  # "Marie" is no husband ("mari")
    if bent := families.stems.get(stem(word, language)):
        return bent
    if not families.inside or len(word) > MAX_COMPOUND:
        return frozenset()
    ends = range(MIN_COMPOUND, len(word) + 1)
    parts = (word[start:end] for end in ends for start in range(end - MIN_COMPOUND + 1))
    return frozenset[str]().union(*(families.inside.get(part, ()) for part in parts))


def is_nickname(word: str, name: str, language: str) -> bool:
    """Whether two words are forms of one first name."""
    return bool(families_at([word], 0, language)[0] & families_at([name], 0, language)[0] & _families(language).nicknames)


def acts(language: str) -> frozenset[str]:
    """The families of what is done, not of for whom or by whom."""
    return _families(language).acts


def reasons(language: str) -> frozenset[str]:
    """The families of why something is done; what is done is of them too."""
    return _families(language).reasons


def tells_why(words: Sequence[str], language: str) -> bool:
    """Whether some words tell why something is done, so that they alone need be no wish for it."""
    return " ".join(words) in _families(language).told


def whom(language: str) -> frozenset[str]:
    """The families of for whom something is done: a woman, a man, a child."""
    return _families(language).whom


def called(name: str, language: str) -> frozenset[str]:
    """Whether a woman or a man is called by a folded first name; empty where it is not known."""
    return _families(language).called.get(name, frozenset())


@lru_cache(maxsize=256)
def families_of(say: str, language: str) -> frozenset[str]:
    """All the families that the words of an offer belong to."""
    words = fold_words(say)
    return frozenset(family for at in range(len(words)) for family in families_at(words, at, language)[0])


@lru_cache(maxsize=256)
def called_as(says: tuple[str, ...], language: str) -> tuple[frozenset[str], ...]:
    """Whether each offer is a woman's or a man's first name; empty sets when that is not known of all of them."""
    found = [called(words[0], language) if (words := content_words(say, language)) else frozenset() for say in says]
    if not all(kind or families_of(say, language) for kind, say in zip(found, says, strict=True)):
        return tuple(frozenset() for _ in says)
    return tuple(found)
