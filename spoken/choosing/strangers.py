"""Somebody who is not on offer, named with a title: "Mr Hill", of Mr Clarke and Mrs Begum."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from spoken.choosing.families import called, families_at
from spoken.choosing.phrases import choice_words
from spoken.choosing.sound_alikes import common_words, sounds_like
from spoken.content_words import stopwords, titles
from spoken.lexicon import load
from spoken.normalise import fold_words
from spoken.word_likeness import likeness_of

__all__ = ["stranger_at", "stranger_behind"]


@lru_cache(maxsize=16)
def _before_a_surname(language: str) -> frozenset[str]:
    """Titles that a surname stands behind: "Mr", "señora"."""
    data: Any = load(language, "families")
    titled = {word for said in data["titled"].values() for phrase in said for word in fold_words(str(phrase))}
    return frozenset((titled & titles(language)) - stopwords(language))


def stranger_behind(words: Sequence[str], at: int, offers: Sequence[Sequence[str]], language: str) -> bool:
    """Whether somebody who is not on offer is named behind a title; "den Herrn nehm ich" names nobody."""
    if at + 1 >= len(words) or words[at] not in titles(language) - stopwords(language) or words[at + 1] in titles(language):
        return False
    if not _is_stranger(words[at + 1], offers, language):
        return False
    if at + 2 == len(words):
        return True
    data = choice_words(language)
    said_of = (data.takes, data.prefer, data.praise, data.copulas, data.idle, data.for_me, data.because)
    names_one = words[at] in _before_a_surname(language) and words[at + 1] not in data.ifs | data.fors
    return names_one and all(book.at(words, at + 1) is None for book in said_of)


def stranger_at(words: Sequence[str], at: int, offers: Sequence[Sequence[str]], language: str) -> bool:
    """Whether somebody who is not on offer is named there by a first name, or behind a title."""
    by_name = bool(called(words[at], language)) and _is_stranger(words[at], offers, language)
    return by_name or stranger_behind(words, at, offers, language)


def _is_stranger(word: str, offers: Sequence[Sequence[str]], language: str) -> bool:
    """A word behind a title that is in no offer and is no ordinary one: a surname."""
    if word in common_words(language) or word in stopwords(language) or families_at([word], 0, language)[0]:
        return False
    return not any(likeness_of(word, other, language) or sounds_like(word, other) for offer in offers for other in offer)
