"""The offer that is all the others together, or any of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from spoken.choosing.families import families_of
from spoken.choosing.phrases import choice_words
from spoken.content_words import content_words, stopwords
from spoken.lexicon import phrases
from spoken.normalise import fold_words, stand_in_a_row

__all__ = ["holds_the_others", "means"]

FULL: Final = "full"
"""The family of what is done altogether."""


def holds_the_others(says: Sequence[str], language: str) -> int | None:
    """The offer that is all the others together ("cut", "colour", "cut and colour"); None when there is none."""
    words = [frozenset(content_words(say, language)) for say in says]
    for index, whole in enumerate(words):
        others = [part for at, part in enumerate(words) if at != index]
        if len(others) > 1 and all(part < whole for part in others):
            return index
    both = [index for index, say in enumerate(says) if any(True for _ in choice_words(language).together.find(fold_words(say)))]
    meant = both or [index for index, say in enumerate(says) if FULL in families_of(say, language)]
    return meant[0] if len(meant) == 1 else None  # "Anna", "Ben", "the two children"


@lru_cache(maxsize=256)
def means(kind: str, say: str, language: str) -> bool:
    """Whether an offer is itself "anyone" ("any") or "both"."""
    words = fold_words(say)
    idle = stopwords(language)
    listed = [*phrases(language, "choice", kind), *(phrases(language, "service", "anyone") if kind == "any" else ())]
    for phrase in listed:
        said = fold_words(phrase)
        at = next((at for at in range(len(words) - len(said) + 1) if words[at : at + len(said)] == said), None)
        if at is not None and idle.issuperset((*words[:at], *words[at + len(said) :])):
            return True  # "with whoever is free"
    free = phrases(language, "choice", "whoever") if kind == "any" else ()
    return any(stand_in_a_row(words, fold_words(phrase)) for phrase in free)  # "the next free member of staff"
