"""Choosing a person by who it is: "with her", "the gentleman", "the doctor who is a woman", "it's for my daughter"."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from spoken.choosing.cues import Said, one_of
from spoken.choosing.families import called
from spoken.choosing.times import words_beside
from spoken.lexicon import load
from spoken.normalise import PhraseBook, fold_words, stand_in_a_row
from spoken.reading import Reading

__all__ = ["by_person"]

SEXES: Final = ("woman", "man")


@lru_cache(maxsize=16)
def _pointing(language: str) -> PhraseBook[str]:
    """What points at a person on offer, with whether it is a woman or a man."""
    data: Any = load(language, "families")
    return PhraseBook({str(phrase): sex for sex in SEXES for phrase in data["pointing"][sex]})


@lru_cache(maxsize=16)
def _titles(language: str) -> PhraseBook[str]:
    """What a person on offer is called beside the name."""
    data: Any = load(language, "families")
    return PhraseBook({str(phrase): sex for sex in SEXES for phrase in data["titled"][sex]})


@lru_cache(maxsize=256)
def _sex(name: str, language: str) -> str:
    """A woman or a man, by title, else by first name; empty where that is not known, or both are named."""
    words = fold_words(name)
    found = {sex for sex, _, _ in _titles(language).find(words)}
    found = found or {sex for word in words for sex in called(word, language)}
    return found.pop() if len(found) == 1 else ""


def by_person(said: Said) -> Reading | None:
    """The persons on offer, alone or beside a time, that a word for a woman or a man means; None where it tells nothing apart."""
    if len(said.choices) < 2:
        return None
    told = [place for place in _pointing(said.language).find(said.words) if not _is_article(said, place[2] - 1)]
    if not told or len({sex for sex, _, _ in told}) > 1:
        return None
    if any(choice.start for choice in said.choices):
        return None
    sexes = [_sex(words_beside(choice.say, said.language, said.now), said.language) for choice in said.choices]
    sex, first, last = told[0]
    together = {index for index, choice in enumerate(said.choices) if any(True for _ in said.data.together.find(fold_words(choice.say)))}
    fits = [index for index, other in enumerate(sexes) if other == sex]
    sexes = [other or ("both" if index in together else "") for index, other in enumerate(sexes)]
    titled = [index for index in fits if stand_in_a_row(fold_words(said.choices[index].say), said.words[first:last])]
    fits = titled or fits  # "the doctor", of a doctor and another man
    if not all(sexes) or not 0 < len(fits) < len(sexes):
        return None
    if said.negated(first):
        fits = [index for index in range(len(sexes)) if index not in fits]
    return one_of(fits, said.choices, said.span(first, last))


def _is_article(said: Said, at: int) -> bool:
    """ "El" is no "él"."""
    return said.words[at] in said.data.definites and said.tokens[at].raw.isascii()
