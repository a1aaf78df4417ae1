"""Words of an offer that are misheard, cut short, or sound like another: "Sofi", "Jel", "Inma"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from spoken.choosing.families import MIN_COMPOUND
from spoken.content_words import first_names, stopwords
from spoken.lexicon import phrases
from spoken.normalise import fold_words
from spoken.sounds import sound_key

__all__ = ["common_words", "idle_words", "is_misheard_name", "is_one_sound_apart", "is_short_for", "sounds_like"]

ALIKE: Final = frozenset(map(frozenset, ("jg", "ck", "cq", "kq", "bp", "dt", "gk", "fv", "vw", "mn", "sz", "cs", "bv", "iy")))
"""Letters whose sounds are taken for one another."""
MIN_NAME: Final = 3
"""Letters of a first name that may be misheard."""
LIKE_HEARD: Final = 55.0
"""Percent of likeness of a first name and a word of the same consonants."""
LIKE_WRITTEN: Final = 74.0
"""Percent of likeness of a first name and a word of the same first and last letter."""
LIKE_NAMES: Final = 70.0
"""Percent of likeness of two names that sound alike."""


@lru_cache(maxsize=16)
def common_words(language: str) -> frozenset[str]:
    """Words that are no name."""
    return idle_words(language) | {word for phrase in phrases(language, "names", "not_names") for word in fold_words(phrase)}


@lru_cache(maxsize=16)
def idle_words(language: str) -> frozenset[str]:
    """Words that point at nothing though they may stand in the name of an offer."""
    return frozenset(word for phrase in phrases(language, "yes_no", "fillers") for word in fold_words(phrase))


def is_short_for(word: str, offer: Sequence[str], own: frozenset[str], language: str) -> bool:
    """ "Inma" is the Inmaculada on offer: the beginning of one long word only, and no word of the language."""
    if len(word) < MIN_COMPOUND or word in common_words(language):
        return False
    begun = [other for other in own if other.startswith(word) and len(other) - len(word) >= 2]
    return len(begun) == 1 and begun[0] in offer


def is_one_sound_apart(word: str, offer: Sequence[str], language: str) -> bool:
    """ "Jel" is the gel on offer: one sound is another that is easily taken for it, and the word is none that we know."""
    if len(word) < MIN_NAME or word in common_words(language) or word in stopwords(language) or word in first_names(language):
        return False
    for other in offer:
        apart = [pair for pair in zip(word, other, strict=True) if pair[0] != pair[1]] if len(word) == len(other) else []
        if len(apart) == 1 and frozenset(apart[0]) in ALIKE:
            return True
    return False


def sounds_like(word: str, other: str) -> bool:
    """ "Sophia" is the Sofia on offer: short names that sound alike though their letters differ much."""
    if min(len(word), len(other)) < MIN_COMPOUND or word.lstrip("h")[:1] != other.lstrip("h")[:1] or sound_key(word) != sound_key(other):
        return False
    from rapidfuzz.fuzz import ratio

    return ratio(word, other) >= LIKE_NAMES


@lru_cache(maxsize=4096)
def is_misheard_name(word: str, other: str, language: str) -> bool:
    """ "Ema", "Enma" and "Sofi" are the Emma and the Sophie on offer: a frequent first name, and no other word that we know."""
    names = first_names(language)
    if other not in names or word in names or word in common_words(language) or min(len(word), len(other)) < MIN_NAME:
        return False
    from rapidfuzz.fuzz import ratio

    alike = ratio(word, other)
    same_sound = sound_key(word) == sound_key(other)
    return (same_sound and alike >= LIKE_HEARD) or (alike >= LIKE_WRITTEN and word[0] == other[0] and word[-1] == other[-1])
