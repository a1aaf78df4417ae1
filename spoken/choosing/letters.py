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
def _begins(language: str, key: str) -> PhraseBook[bool]:
    """What is said before the first letters of a name, or behind them."""
    data: Any = load(language, "letters")
    return PhraseBook(dict.fromkeys(map(str, data[key]), True))


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
    """The offers with a word that begins with the letters behind "starts with" at a place, or before "at the start"."""
    for _, end in _begins(said.language, "begins").all_at(said.words, at):  # "starts with | an a", "it starts with | a"
        letters, last = letters_at(said.words, end, said.language)
        for count in range(len(letters), 0, -1):  # "with an a, | I can never say it"
            if fits := [
                index for index in range(len(said.choices)) if any(name.startswith(letters[:count]) for name in _names(said, index))
            ]:
                return fits, last
    behind = _begins(said.language, "begins_behind").at(said.words, at + 1) if at + 1 < len(said.words) else None
    letter, end = letters_at(said.words, at, said.language) if behind and said.words[at] not in said.data.joiners else ("", at)
    if behind is None or not letter or end != at + 1:
        return [], at
    return [index for index in range(len(said.choices)) if any(name.startswith(letter) for name in _names(said, index))], behind[1]


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
