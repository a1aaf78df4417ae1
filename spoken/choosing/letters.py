"""Choosing a person or thing by a letter of its name: "the one with a K", "der mit a i", "celui qui commence par ch"."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from spoken.choosing.cues import Said, one_of
from spoken.content_words import content_words
from spoken.lexicon import load
from spoken.normalise import PhraseBook, fold
from spoken.reading import Reading
from spoken.spelling_remarks import Remark, letters_at, remarks_at

__all__ = ["by_letters"]

MIN_WORD: Final = 3
"""Letters of a word of an offer that may be meant."""


@lru_cache(maxsize=16)
def _begins(language: str) -> PhraseBook[bool]:
    data: Any = load(language, "letters")
    return PhraseBook(dict.fromkeys(map(str, data["begins"]), True))


def by_letters(said: Said) -> Reading | None:
    """The only offer whose name has the letters that are told; None when nothing is told, or all or none have them."""
    for at in range(len(said.words)):
        fits, end = _beginning(said, at)
        if not fits and said.data.noes.at(said.words, at) is None and (remarks := remarks_at(said.tokens, at, said.language)):
            fits, end = _with_all(said, remarks), remarks[-1].end
        if fits and len(fits) < len(said.choices):
            span = said.span(at, end)
            return one_of(fits, said.choices, span)
    return None


def _names(said: Said, index: int) -> list[str]:
    return [fold(word) for word in content_words(said.choices[index].say, said.language) if len(word) >= MIN_WORD]


def _beginning(said: Said, at: int) -> tuple[list[int], int]:
    """The offers with a word that begins with the letters behind "starts with" at a place."""
    found = _begins(said.language).at(said.words, at)
    letters, end = letters_at(said.words, found[1], said.language) if found else ("", at)
    if not letters:
        return [], at
    return [index for index in range(len(said.choices)) if any(name.startswith(letters) for name in _names(said, index))], end


def _with_all(said: Said, remarks: list[Remark]) -> list[int]:
    return [
        index for index in range(len(said.choices)) if any(all(_holds(name, remark) for remark in remarks) for name in _names(said, index))
    ]


def _holds(name: str, remark: Remark) -> bool:
    """Whether what is told about the spelling of a word is true of it."""
    letters = remark.letters * 2 if remark.twice else remark.letters
    if remark.without or (remark.single and letters * 2 in name):
        return remark.without and letters not in name
    return name.endswith(letters) if remark.final else letters in name
