"""The words that a language builds its numbers and quantities of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from spoken.lexicon import load, phrases
from spoken.normalise import PhraseBook, fold

__all__ = ["NumberWords", "number_words"]


@dataclass(frozen=True, slots=True)
class NumberWords:
    """What a language says in and around numbers."""

    begins: frozenset[str]
    """Every word that a number begins with, those written together cut apart."""
    small: PhraseBook[int]
    """Words of 0–99."""
    hundreds: PhraseBook[int]
    """Words that are a number of hundreds by themselves ("doscientos")."""
    hundred: frozenset[str]
    thousand: frozenset[str]
    joiners: frozenset[str]
    bare_hundred: bool
    glued: frozenset[str]
    """Words that are written together with others in one number; empty where numbers are written apart."""
    two_numbers: frozenset[int]
    quantities: PhraseBook[float]
    decimal: PhraseBook[bool]
    half: PhraseBook[bool]
    minus: frozenset[str]
    corrections: PhraseBook[bool]
    instead: PhraseBook[bool]
    """Words that may follow a correction: "(no) make it"."""
    plus: PhraseBook[bool]
    """Between two numbers that are added up ("two adults and a child")."""
    sums: PhraseBook[bool]
    """Before the sum of what was said ("so three")."""
    vague: PhraseBook[bool]
    """Amounts that are no number: "a few", "ein paar"."""


@lru_cache(maxsize=16)
def number_words(language: str) -> NumberWords:
    """The words of a language."""
    data: Any = load(language, "numbers")
    small: list[tuple[str, int]] = [
        (word, row * 10 + column) for row, words in enumerate(data["under_hundred"]) for column, word in enumerate(words)
    ]
    small += [(word, int(value)) for word, value in data["variants"].items()]
    glued: frozenset[str] = frozenset()
    if data["glued"]:
        glued = frozenset(fold(word) for word, _ in small if " " not in word)
        glued |= {fold(word) for key in ("hundred", "thousand", "joiners") for word in data[key]}
    below_hundred, hundreds = PhraseBook(small), PhraseBook({word: int(value) for word, value in data["hundreds"].items()})
    hundred, thousand = (frozenset(fold(word) for word in data[key]) for key in ("hundred", "thousand"))
    return NumberWords(
        begins=below_hundred.begins | hundreds.begins | hundred | thousand,
        small=below_hundred,
        hundreds=hundreds,
        hundred=hundred,
        thousand=thousand,
        joiners=frozenset(fold(word) for word in data["joiners"]),
        bare_hundred=bool(data["bare_hundred"]),
        glued=glued,
        two_numbers=frozenset(int(value) for value in data["two_numbers"]),
        quantities=PhraseBook({str(phrase): float(value) for phrase, value in data["quantities"].items()}),
        decimal=PhraseBook(dict.fromkeys(data["decimal"], True)),
        half=PhraseBook(dict.fromkeys(data["half"], True)),
        minus=frozenset(fold(word) for word in data["minus"]),
        corrections=PhraseBook(dict.fromkeys(phrases(language, "digits", "corrections"), True)),
        instead=PhraseBook(dict.fromkeys(phrases(language, "choice", "instead"), True)),
        plus=PhraseBook(dict.fromkeys(phrases(language, "numbers", "plus"), True)),
        sums=PhraseBook(dict.fromkeys(phrases(language, "numbers", "sums"), True)),
        vague=PhraseBook(dict.fromkeys(phrases(language, "numbers", "vague"), True)),
    )
