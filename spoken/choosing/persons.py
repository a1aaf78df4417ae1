"""Choosing a person by who it is: "with her", "the gentleman", "the doctor who is a woman", "it's for my daughter"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from spoken.choosing.cues import Said, one_of
from spoken.choosing.families import called
from spoken.choosing.strangers import stranger_behind
from spoken.choosing.times import words_beside
from spoken.choosing.whole import means
from spoken.lexicon import load, phrases
from spoken.normalise import PhraseBook, fold_words, stand_in_a_row
from spoken.reading import Reading

__all__ = ["by_person", "other_by_form", "pointed_at"]

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


@lru_cache(maxsize=16)
def _articles(language: str) -> PhraseBook[str]:
    """How an offer that is a person begins whose title is of one sex in the language: "la higienista"."""
    data: Any = load(language, "families")
    return PhraseBook({str(phrase): sex for sex in SEXES for phrase in data["articled"][sex]})


@lru_cache(maxsize=16)
def _others(language: str) -> PhraseBook[str]:
    """Words for another of them whose form tells whether it is a woman or a man."""
    return PhraseBook({phrase: sex for sex in SEXES for phrase in phrases(language, "choice", f"other_{sex}")})


@lru_cache(maxsize=256)
def _sex(name: str, language: str) -> str:
    """A woman or a man, by title, else by first name; empty where that is not known, or both are named."""
    words = fold_words(name)
    found = {sex for sex, _, _ in _titles(language).find(words)}
    found = found or {sex for word in words for sex in called(word, language)}
    return found.pop() if len(found) == 1 else ""


@lru_cache(maxsize=256)
def _sex_by_article(name: str, language: str) -> str:
    """The same by the article before the title; empty where it tells nothing."""
    return next((sex for sex, start, _ in _articles(language).find(fold_words(name)) if not start), "")


def by_person(said: Said) -> Reading | None:
    """The persons on offer, alone or beside a time, that a word for a woman or a man means; None where it tells nothing apart."""
    if len(said.choices) < 2:
        return None
    told = list(pointed_at(said))
    if not told:
        return None
    offers = [fold_words(choice.say) for choice in said.choices]
    told = [place for place in told if not stranger_behind(said.words, place[2] - 1, offers, said.language)]
    if len({sex for sex, _, _ in told}) != 1:
        return None
    if any(choice.start for choice in said.choices):
        return None
    sexes = _sexes(said)
    sex, first, last = told[0]
    fits = [index for index, other in enumerate(sexes) if other == sex]
    titled = [index for index in fits if stand_in_a_row(fold_words(said.choices[index].say), said.words[first:last])]
    fits = titled or fits  # "the doctor", of a doctor and another man
    if not all(sexes) or not 0 < len(fits) < len(sexes):
        return None
    if said.negated(first):
        fits = [index for index in range(len(sexes)) if index not in fits]
    return one_of(fits, said.choices, said.span(first, last))


def _sexes(said: Said) -> list[str]:
    """Whether each offer is a woman, a man, or several or any of them ("both"); empty where it is not known."""
    names = [words_beside(choice.say, said.language, said.now) for choice in said.choices]
    sexes = [_sex(name, said.language) for name in names]
    sexes = [sex or ("both" if _is_no_single_one(choice.say, said) else "") for sex, choice in zip(sexes, said.choices, strict=True)]
    persons = any(sex in SEXES for sex in sexes)  # "la Clio" is none
    return [sex or (_sex_by_article(name, said.language) if persons else "") for sex, name in zip(sexes, names, strict=True)]


def _is_no_single_one(say: str, said: Said) -> bool:
    """ "Both of them", "whoever is free"."""
    return any(True for _ in said.data.together.find(fold_words(say))) or means("any", say, said.language)


def other_by_form(said: Said, first: int, last: int) -> frozenset[int]:
    """The persons on offer that "the other" may be by its form: "la otra" is a woman; empty where it tells nothing."""
    told = {sex for sex, start, end in _others(said.language).find(said.words) if start < last and first < end}
    sexes = _sexes(said) if told else []
    return frozenset(index for index, sex in enumerate(sexes) if sex in told) if all(sexes) else frozenset()


def pointed_at(said: Said) -> Iterator[tuple[str, int, int]]:
    """What points at a woman or a man: which, and where it stands; "con el señor" does not end at its "el"."""
    at = 0
    while at < len(said.words):
        found = _pointing(said.language).at(said.words, at)
        if found is not None and not _is_article(said, found[1] - 1):
            yield found[0], at, found[1]
            at = found[1]
        else:
            at += 1


def _is_article(said: Said, at: int) -> bool:
    """ "El" is no "él"."""
    return said.words[at] in said.data.definites and said.tokens[at].raw.isascii()
