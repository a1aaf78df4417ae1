"""What a language knows of single words, and words without what transcripts lose: case and accents."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

__all__ = ["NO_WORDING", "Wording", "fold"]

_SPLIT_LETTERS: Final = str.maketrans({"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l"})


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """Lower case without accents: transcripts lose both at random."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.lower().translate(_SPLIT_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c))


@dataclass(frozen=True, slots=True)
class Wording:
    """What a language knows of single words before any phrase is looked for; all of them folded."""

    fillers: Collection[str] = frozenset()
    """Words that say nothing: "euh"."""
    repeatable: Collection[str] = frozenset()
    """Words that may follow themselves and are no stutter then: numbers."""
    turning: Collection[str] = frozenset()
    """Words that announce the decision ("donc", "also").

    Those that are fillers leave their place in :attr:`spoken.when.tokens.Tokens.turns`.
    """
    softeners: Collection[str] = frozenset()
    """Words at the end that add nothing: "environ"."""
    known: Collection[str] | None = None
    """Every word of the phrases; another is a false start when the next one begins with it ("tre tres"). None: not looked at."""
    spellings: Mapping[str, str] = field(default_factory=dict)
    """Words as they are spoken, in lower case, and as the phrases write them: "is", "ist"."""
    telling: Mapping[str, Collection[str]] = field(default_factory=dict)
    """For some fillers the words after which they are none: "c'est bon"."""
    ranging: Mapping[str, str] = field(default_factory=dict)
    """The names of days, of months and of numbers, which of them they are: a dash between two of a kind is "to".

    And words for "about", before which a dash behind an hour is.
    """
    dotted: bool = False
    """Whether a full stop behind a figure makes it an ordinal ("am 16."), also where the text ends."""
    shortened: Mapping[str, str] = field(default_factory=dict)
    """Names of days and what they are short for, where something tells them from words.

    For those of two letters that is a point, stroke or dash, "Do.", "Di/Do", "Mo-Fr" (with a dash behind the name only a stroke
    or dash: "so-"). For all of them it is a figure or one of `before_hours` behind it, where the text begins or after one of
    `before_short`: "di 14 uhr", "mar 10h30 ou ven 9h".
    """
    before_hours: Collection[str] = frozenset()
    before_short: Collection[str] = frozenset()
    answers: Collection[str] = frozenset()
    """Words of agreeing, as they are written, that add nothing where a text begins: "sí, no puedo el lunes" is no "si no"."""
    denials: Collection[str] = frozenset()
    """Words that are no stutter when a comma stands between them: "Friday no, no rush"."""
    homonyms: Collection[str] = frozenset()
    """Words that are two when they are said twice, the second written in capitals: "morgen Morgen"."""


NO_WORDING: Final = Wording()
