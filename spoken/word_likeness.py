"""How sure it is that a word that was said is a certain word: inflected, misheard, or a part of it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from spoken.content_words import first_names, service_rules
from spoken.lexicon import phrases
from spoken.normalise import fold_words
from spoken.sounds import sound_key

__all__ = ["EXACT", "NEAR", "PART", "SOUND", "STEM", "likeness_of", "stem"]

EXACT: Final = 1.0
STEM: Final = 0.95
SOUND: Final = 0.85
NEAR: Final = 0.75
PART: Final = 0.6
"""A word inside a longer one: "haarschnitt" in "damenhaarschnitt"; it points, and never covers a phrase."""
MIN_LIKENESS: Final = 84.0
"""Percent of likeness (rapidfuzz ratio) that a misheard word must keep."""
MIN_FUZZY_LENGTH: Final = 5


@lru_cache(maxsize=16)
def _ordinary(language: str) -> frozenset[str]:
    """Words that are what they are, and no mishearing of something else: "Marie" is not "mariée", "Menschen" are not "mèches"."""
    listed = [*phrases(language, "names", "not_names"), *phrases(language, "names", "first_names")]
    return frozenset(word for phrase in listed for word in fold_words(phrase))


@lru_cache(maxsize=16384)
def _stem(word: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=16384)
def likeness_of(said: str, word: str, language: str) -> float:
    """How sure we are that `said` is `word`: 1 exact, 0 not at all."""
    if said == word:
        return EXACT
    endings = service_rules(language).endings
    if said not in first_names(language) and _stem(said, endings) == _stem(word, endings) and len(_stem(word, endings)) >= 3:
        return STEM  # "Marine" is no "mari"
    if min(len(said), len(word)) < MIN_FUZZY_LENGTH or len(said) > 40:
        return 0.0
    if len(word) > len(said) and said not in first_names(language) and (word.endswith(said) or word.startswith(said)):
        return NEAR if len(word) == len(said) + 1 and word.startswith(said) and said not in _ordinary(language) else PART
    if said in _ordinary(language):
        return 0.0
    from rapidfuzz.fuzz import ratio

    score = ratio(said, word)
    if score >= MIN_LIKENESS and abs(len(said) - len(word)) <= 2 and (said[0] == word[0] or sound_key(said)[:1] == sound_key(word)[:1]):
        return NEAR
    if sound_key(said) == sound_key(word) and len(sound_key(word)) >= 3 and score >= 60:
        return SOUND
    return 0.0


def stem(word: str, language: str) -> str:
    """A folded word without its ending."""
    return _stem(word, service_rules(language).endings)
