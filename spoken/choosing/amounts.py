"""Choosing by how long something takes, what it costs or how old somebody is: "the ninety minute one", "the cheaper one"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from spoken.choosing.cues import Said, one_of
from spoken.lexicon import load
from spoken.normalise import PhraseBook, fold, tokenise
from spoken.numerals import cardinal_at
from spoken.reading import Reading

__all__ = ["Amount", "amounts_in", "amounts_of", "by_amount"]

MINUTES: Final = "minutes"
MONEY: Final = "money"
YEARS: Final = "years"
MAX_BESIDE: Final = 2
"""Other words that say something, beside a bare number that is an amount."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A length of time, a sum of money or an age, and where it is said, half-open; no unit where none is said."""

    unit: str
    value: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Words:
    spans: PhraseBook[int]
    """Lengths of time that are phrases of their own ("half an hour"), in minutes."""
    free: PhraseBook[bool]
    """What costs nothing."""
    units: PhraseBook[tuple[str, int]]
    superlatives: PhraseBook[tuple[str, bool]]
    """Unit, and whether the least of it is meant."""


@lru_cache(maxsize=16)
def _words(language: str) -> _Words:
    data: Any = load(language, "amounts")
    units = {str(word): (MINUTES, 1) for word in data["minutes"]}
    units |= {str(word): (MINUTES, 60) for word in data["hours"]}
    units |= {str(word): (MONEY, 1) for word in data["money"]}
    units |= {str(word): (YEARS, 1) for word in data["years"]}
    most = {
        "shortest": (MINUTES, True),
        "longest": (MINUTES, False),
        "cheapest": (MONEY, True),
        "dearest": (MONEY, False),
        "youngest": (YEARS, True),
        "oldest": (YEARS, False),
    }
    return _Words(
        PhraseBook({str(phrase): int(minutes) for minutes, said in data["spans"].items() for phrase in said}),
        PhraseBook(dict.fromkeys(map(str, data["free"]), True)),
        PhraseBook(units),
        PhraseBook({str(phrase): meaning for kind, meaning in most.items() for phrase in data[kind]}),
    )


def amounts_in(words: Sequence[str], language: str) -> list[Amount]:
    """Lengths of time and sums of money, left to right; bare numbers have no unit."""
    data = _words(language)
    found: list[Amount] = []
    at = 0
    while at < len(words):
        span, free = data.spans.at(words, at), data.free.at(words, at)
        number = cardinal_at(words, at, language)
        unit = data.units.at(words, number[1]) if number and number[1] < len(words) else None
        if span and (unit is None or span[1] >= unit[1]):
            found.append(Amount(MINUTES, float(span[0]), at, span[1]))
        elif free:
            found.append(Amount(MONEY, 0.0, at, free[1]))
        elif number and unit:
            found.append(Amount(unit[0][0], float(number[0]) * unit[0][1], at, unit[1]))
        elif number:
            found.append(Amount("", float(number[0]), at, number[1]))
        at = found[-1].end if found and found[-1].end > at else at + 1
    return found


@lru_cache(maxsize=1024)
def amounts_of(say: str, language: str) -> tuple[tuple[str, float], ...]:
    """The amounts in the words of an offer, each with its unit."""
    words = [token.text for token in tokenise(say) if token.kind != "symbol"]
    data, signs = _words(language), any(sign in say for sign in "€£$")
    if not signs and not any(True for book in (data.spans, data.free, data.units) for _ in book.find(words)):
        return ()
    found = {amount.unit: amount.value for amount in amounts_in(words, language) if amount.unit}
    if MONEY not in found and signs:
        bare = [amount.value for amount in amounts_in(words, language) if not amount.unit]
        found |= {MONEY: bare[-1]} if bare else {}
    return tuple(found.items())


def by_amount(said: Said) -> Reading | None:
    """The offer of the length or the price that was said; None when the offers have none, or nothing was said about it."""
    amounts = [amounts_of(choice.say, said.language) for choice in said.choices]
    if len(amounts) < 2 or not all(amounts):
        return None
    offers = [dict(of_offer) for of_offer in amounts]
    units = [unit for unit in (MINUTES, MONEY, YEARS) if all(unit in offer for offer in offers)]
    if not units:
        return None
    found = _by_most(said, offers, units) or _by_its_amount(said, offers, units)
    return found if found is not None and not all(said.starts()) else None  # "dix heures" is an hour of the day where all offers are


def _by_its_amount(said: Said, offers: Sequence[dict[str, float]], units: Sequence[str]) -> Reading | None:
    for amount in amounts_in(said.words, said.language):
        if amount.end - amount.start == 1 and said.words[amount.start] in said.data.articles | said.data.pronouns:
            continue  # "the short one"
        if not amount.unit and _busy(said, amount) > MAX_BESIDE:
            continue
        fits = [
            index for index, offer in enumerate(offers) if any(offer[unit] == amount.value for unit in units if amount.unit in ("", unit))
        ]
        if fits and len(fits) < len(offers):
            span = said.span(amount.start, amount.end)
            return one_of(fits, said.choices, span)
    return None


def _by_most(said: Said, offers: Sequence[dict[str, float]], units: Sequence[str]) -> Reading | None:
    for (unit, least), start, end in _words(said.language).superlatives.find(said.words):
        values = [offer.get(unit) for offer in offers]
        if unit not in units or None in values or len(set(values)) == 1:
            continue
        best = min(value for value in values if value is not None) if least else max(value for value in values if value is not None)
        fits = [index for index, value in enumerate(values) if value == best]
        return one_of(fits, said.choices, said.span(start, end))
    return None


def _busy(said: Said, amount: Amount) -> int:
    """Words beside an amount that may give it something else to count."""
    idle = {at for _, start, end in said.data.idle.find(said.words) for at in range(start, end)}
    pointing = {fold(word) for word in said.data.pronouns | said.data.articles}
    return sum(1 for at, word in enumerate(said.words) if at not in idle and not amount.start <= at < amount.end and word not in pointing)
