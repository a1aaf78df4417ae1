"""Words that are heard among dictated digits: noughts, repeats, fillers, corrections, units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from spoken.lexicon import load
from spoken.normalise import PhraseBook, fold

__all__ = ["digit_words", "units_at"]


@dataclass(frozen=True, slots=True)
class DigitWords:
    """What a language says among digits."""

    zero: frozenset[str]
    repeat: PhraseBook[int]
    links: frozenset[str]
    plus: frozenset[str]
    homophones: PhraseBook[int]
    fillers: PhraseBook[bool]
    corrections: PhraseBook[str]
    hesitations: PhraseBook[bool]
    units: PhraseBook[bool]
    asides: PhraseBook[bool]
    """Words for a number that are no digits: "I left one off"."""
    glued_repeat: dict[str, int]
    pairs_repeat: PhraseBook[bool]
    """Words that say that a pair of digits comes more than once ("deux fois"); "double" is said of one digit."""
    others: PhraseBook[bool]
    """Behind these another number begins: "o si no"."""


@lru_cache(maxsize=16)
def digit_words(language: str) -> DigitWords:
    """The words of a language."""
    data: Any = load(language, "digits")
    restarts = dict.fromkeys(data["restarts"], "!!")
    return DigitWords(
        zero=frozenset(fold(word) for word in data["zero"]),
        repeat=PhraseBook({phrase: int(times) for phrase, times in data["repeat"].items()}),
        links=frozenset(fold(word) for word in data["repeat_links"]),
        plus=frozenset(fold(word) for word in data["plus"]) | {"+"},
        homophones=PhraseBook({str(phrase): int(value) for phrase, value in data["homophones"].items()}),
        fillers=PhraseBook(dict.fromkeys(data["fillers"], True)),
        corrections=PhraseBook(dict.fromkeys(data["corrections"], "!") | dict.fromkeys(data["at_end"], "!-") | restarts),
        hesitations=PhraseBook(dict.fromkeys(data["hesitations"], True)),
        units=PhraseBook(dict.fromkeys(data["units"], True)),
        asides=PhraseBook(dict.fromkeys(data["asides"], True)),
        pairs_repeat=PhraseBook(dict.fromkeys((phrase for phrase in data["repeat"] if " " in str(phrase)), True)),
        others=PhraseBook(dict.fromkeys(data["others"], True)),
        glued_repeat={fold(word): int(times) for word, times in data["repeat"].items() if " " not in word},
    )


def units_at(words: Sequence[str], at: int, language: str) -> bool:
    """Whether a word stands at a place that makes the number before it a quantity, a time or a date. `words` are folded."""
    return at < len(words) and digit_words(language).units.at(words, at) is not None
