"""Choosing among kinds of people by how old somebody is: "I'm eighty-two", of adult, child and senior."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from spoken.choosing.amount_words import YEARS, amounts_in
from spoken.choosing.cues import Said, one_of
from spoken.lexicon import load
from spoken.normalise import PhraseBook, fold, fold_words
from spoken.numerals import cardinal_at
from spoken.reading import Reading

__all__ = ["age_kind", "by_age"]

FROM_TO: Final = {"child": (0, 17), "young": (12, 25), "student": (16, 30), "adult": (15, 120), "senior": (60, 120)}
"""How old somebody of a kind may be. Where two kinds overlap, which of them is meant has to be asked."""
OLDEST_ADULT: Final = 66
"""Of adults, where seniors are on offer too."""
MIN_HEAD: Final = 6
"""Letters of a kind that begins a longer word."""
MIN_BARE: Final = 3
"""The least age that is told by a number alone: "we are two" counts people."""


@dataclass(frozen=True, slots=True)
class _Words:
    kinds: PhraseBook[str]
    aged: PhraseBook[bool]
    decades: PhraseBook[int]
    heads: Mapping[str, Sequence[tuple[str, str]]]
    """What begins the words for a kind ("Kindertarif"), with the kind, by its first letters."""


@lru_cache(maxsize=16)
def _words(language: str) -> _Words:
    data: Any = load(language, "amounts")
    heads: dict[str, list[tuple[str, str]]] = {}
    for kind, said in data["age_kinds"].items():
        for phrase in map(fold, said):
            if len(phrase) >= MIN_HEAD:
                heads.setdefault(phrase[:MIN_HEAD], []).append((phrase, kind))
    return _Words(
        PhraseBook({str(phrase): kind for kind, said in data["age_kinds"].items() for phrase in said}),
        PhraseBook(dict.fromkeys(map(str, data["aged"]), True)),
        PhraseBook({str(phrase): int(age) for age, said in data["decades"].items() for phrase in said}),
        heads,
    )


@lru_cache(maxsize=256)
def _kinds_of(says: tuple[str, ...], language: str) -> tuple[str, ...]:
    """The kind of people of each offer; empty where one is of none, or two are of the same."""
    kinds = tuple(kind for say in says if (kind := age_kind(say, language)))
    return kinds if len(kinds) == len(says) == len(set(kinds)) > 1 else ()


def age_kind(say: str, language: str) -> str:
    """The kind of people of one offer; empty where it is of none, or of two."""
    found = {kind for kind, _, _ in _words(language).kinds.find(fold_words(say))} or _by_compounds(say, language)
    return next(iter(found)) if len(found) == 1 else ""


def _by_compounds(say: str, language: str) -> set[str]:
    """The kinds that begin the words of an offer: "Kindertarif"."""
    heads = _words(language).heads
    return {kind for word in fold_words(say) for phrase, kind in heads.get(word[:MIN_HEAD], ()) if word.startswith(phrase)}


def by_age(said: Said) -> Reading | None:
    """The offer for people as old as is told; which of several, where an age may be of two; None where no age is told."""
    kinds = _kinds_of(tuple(choice.say for choice in said.choices), said.language) if len(said.choices) > 1 else ()
    if not kinds or said.negations():
        return None
    told = _ages(said)
    named = {kind for kind, _, _ in _words(said.language).kinds.find(said.words)}.intersection(kinds)
    fits = {index for age in told for index, kind in enumerate(kinds) if _may_be(kind, age, kinds)}
    if not fits or (named and named.isdisjoint(kinds[index] for index in fits)):
        return None
    return one_of(sorted(fits), said.choices, said.span(0, len(said.words)))


def _may_be(kind: str, age: float, kinds: Sequence[str]) -> bool:
    first, last = FROM_TO[kind]
    return first <= age <= (OLDEST_ADULT if kind == "adult" and "senior" in kinds else last)


def _ages(said: Said) -> list[float]:
    """How old those are who are told of, in years."""
    words, data = said.words, _words(said.language)
    found = [amount.value for amount in amounts_in(words, said.language) if amount.unit == YEARS]
    found += [float(age) for age, _, _ in data.decades.find(words)]
    if found:
        return found
    for _, _, at in data.aged.find(words):
        number = cardinal_at(words, at, said.language) if at < len(words) else None
        while number is not None and number[0] >= MIN_BARE and not _counts(said, number[1]):
            found.append(float(number[0]))
            behind = number[1]
            joined = behind + 1 < len(words) and words[behind] in said.data.ands
            number = cardinal_at(words, behind + 1, said.language) if joined else None
    return found


def _counts(said: Said, at: int) -> bool:
    """Whether people are counted by the number before a place: "I'm here with three children"."""
    return at < len(said.words) and bool(_words(said.language).kinds.at(said.words, at) or said.words[at] in said.data.fors)
