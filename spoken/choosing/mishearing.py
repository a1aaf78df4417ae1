"""Words that speech-to-text made of words of an offer: "neuve heure trente", "le kan goût", "le disneuf".

Tried only where an answer was not understood as it stands. A word is one misheard when no data of the language know it, and
it sounds or looks like a word of the offers, or like two that stand side by side there; two such words may be one.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from spoken.choosing.cues import Said
from spoken.normalise import fold_words
from spoken.numerals import cardinal_at
from spoken.sounds import sound_key
from spoken.word_lists import listed_words

__all__ = ["as_offered"]

ALIKE: Final = 79.0
"""Percent of likeness (rapidfuzz ratio) of a word and the one that was said."""
ALIKE_HOUR: Final = 74.0
"""The same right before a word for hours, where only a number can stand."""
MIN_LETTERS: Final = 4
MIN_SOUNDS: Final = 2
"""Consonants of a word that is known by its sound."""
SILENT: Final = "tsdxp"
"""Consonants that are often not heard at the end of a word."""


@lru_cache(maxsize=256)
def _offered(say: str) -> Mapping[str, str]:
    """Words of an offer, and two of them side by side, folded, with how they are said."""
    words = fold_words(say)
    found = {word: word for word in words}
    return found | {left + right: f"{left} {right}" for left, right in itertools.pairwise(words)}


@lru_cache(maxsize=4096)
def _sound(word: str) -> str:
    """As `sound_key`, with an x at the end as it is heard, and without consonants that are not."""
    return sound_key(word[:-1] + "s" if word.endswith("x") else word)


def _like(word: str, other: str, at_hour: bool) -> float:
    """How much a word is like one of an offer; 0.0 where it is no mishearing of it."""
    from rapidfuzz.fuzz import ratio

    alike = ratio(word, other)
    sound = _sound(word)
    heard = len(sound) >= MIN_SOUNDS and sound == _sound(other) and word[0] == other[0]
    if heard or alike >= (ALIKE_HOUR if at_hour else ALIKE):
        return max(alike, ALIKE if heard else 0.0)
    return 0.0


def _mended(word: str, offered: Mapping[str, str], at_hour: bool) -> str | None:
    """The words of the offers that one was misheard for; None where it is like none of them, or like two."""
    likes = {said: like for other, said in offered.items() if len(other) >= MIN_LETTERS - at_hour and (like := _like(word, other, at_hour))}
    best = max(likes.values(), default=0.0)
    found = [said for said, like in likes.items() if like == best]
    return found[0] if len(found) == 1 else None


def as_offered(said: Said) -> str | None:
    """The words with what was misheard put right; None when nothing was."""
    known, words = listed_words(said.language), said.words
    offered: dict[str, str] = {}
    for choice in said.choices:
        offered |= _offered(choice.say)
    strange = [
        word not in known and word not in offered and word.isalpha() and cardinal_at(words, at, said.language) is None
        for at, word in enumerate(words)
    ]
    if not any(strange):
        return None
    out: list[str] = []
    at = kept = 0
    while at < len(words):
        behind = words[at + 1] if at + 1 < len(words) else ""
        at_hour = behind in said.data.hour_words or behind.rstrip("s") in said.data.hour_words
        one = _mended(words[at], offered, at_hour) if strange[at] and (at_hour or len(words[at]) >= MIN_LETTERS) else None
        two = None
        if one is None and behind and (strange[at] or strange[at + 1]) and not offered.keys() & {words[at], behind}:
            two = _as_one(words[at], behind, offered)
        last = at + 2 if two else at + 1
        if one or two:
            start, end = said.span(at, last)
            out += [said.text[kept:start], one or two or ""]
            kept = end
        at = last
    return "".join([*out, said.text[kept:]]) if out else None


def _as_one(left: str, right: str, offered: Mapping[str, str]) -> str | None:
    """ "Kan goût" for "Kangoo": two words that are one of an offer, with what is not heard at their ends or with it."""
    whole = {word: said for word, said in offered.items() if " " not in said}
    for first in dict.fromkeys((left, left.rstrip(SILENT))):
        for second in dict.fromkeys((right, right.rstrip(SILENT))):
            if len(first + second) > MIN_LETTERS and (found := _mended(first + second, whole, False)) is not None:
                return found
    return None
