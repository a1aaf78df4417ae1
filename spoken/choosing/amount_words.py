"""Lengths of time, sums of money, ages, numbers of people and steps of size in words, and those of the things on offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from spoken.lexicon import load
from spoken.normalise import PhraseBook, tokenise
from spoken.numerals import cardinal_at

__all__ = ["COUNT", "MINUTES", "PARTY", "PERSONS", "SCALES", "Amount", "amount_words", "amounts_in", "amounts_on_offer"]

MINUTES: Final = "minutes"
MONEY: Final = "money"
YEARS: Final = "years"
PERSONS: Final = "persons"
STEPS: Final = "steps"
"""Small, medium, large; basic, standard, premium."""
COUNT: Final = "count"
"""The only number of an offer, whatever it counts: "two", of "two days"."""
SCALES: Final = (MINUTES, MONEY, YEARS, PERSONS, STEPS, COUNT)
UNITS: Final = {
    "minutes": (MINUTES, 1),
    "hours": (MINUTES, 60),
    "days": (MINUTES, 24 * 60),
    "weeks": (MINUTES, 7 * 24 * 60),
    "money": (MONEY, 1),
    "years": (YEARS, 1),
    "persons": (PERSONS, 1),
}
"""The lists of `amounts.yaml`, their scale, and how much of it one of them is."""
SUPERLATIVES: Final = {
    "shortest": (True, (MINUTES,)),
    "longest": (False, (MINUTES,)),
    "cheapest": (True, (MONEY, STEPS)),
    "dearest": (False, (MONEY, STEPS)),
    "youngest": (True, (YEARS,)),
    "oldest": (False, (YEARS,)),
    "smallest": (True, (STEPS, PERSONS, MINUTES, MONEY, COUNT)),
    "biggest": (False, (STEPS, PERSONS, MINUTES, MONEY, COUNT)),
    "simplest": (True, (STEPS, MONEY)),
    "fullest": (False, (STEPS, MONEY)),
}
"""The lists of `amounts.yaml`, whether the least is meant, and of what: the first of these that all offers have."""

BOUNDS: Final = ("below", "at_most", "above", "at_least")
"""The lists of `amounts.yaml` that are said before an amount."""

PARTY: Final = "party"
"""How many people an offer is for by its name: "a double room"."""


@dataclass(frozen=True, slots=True)
class Amount:
    """So much of something, said at a place of the words, half-open; `unit` is empty for a bare number."""

    unit: str
    value: float
    start: int
    end: int
    count: float = 0.0
    """The number that was said, of whatever it is."""


@dataclass(frozen=True, slots=True)
class AmountWords:
    """The phrases of `amounts.yaml`."""

    spans: PhraseBook[int]
    """Lengths of time that are phrases of their own ("half an hour"), in minutes."""
    free: PhraseBook[bool]
    """What costs nothing."""
    units: PhraseBook[tuple[str, int]]
    steps: PhraseBook[int]
    seats: PhraseBook[bool]
    """Where a bare number counts people: "a table for two"."""
    for_people: PhraseBook[int]
    """What is for so many people by its name: "a double room"."""
    superlatives: PhraseBook[tuple[tuple[str, bool], ...]]
    """Units, and whether the least of it is meant; the first of them that all offers have counts."""
    wished: PhraseBook[bool]
    """Beside a superlative: a wish for something that is not on offer, "something (cheaper)"."""
    bounds: PhraseBook[str]
    """Before an amount, which side of it is meant: "under", "at least"."""


@lru_cache(maxsize=16)
def amount_words(language: str) -> AmountWords:
    """The words of a language."""
    data: Any = load(language, "amounts")
    most: dict[str, tuple[tuple[str, bool], ...]] = {}
    for key, (least, scales) in SUPERLATIVES.items():
        for phrase in map(str, data[key]):
            most[phrase] = (*most.get(phrase, ()), *((scale, least) for scale in scales))
    return AmountWords(
        PhraseBook({str(phrase): int(minutes) for minutes, said in data["spans"].items() for phrase in said}),
        PhraseBook(dict.fromkeys(map(str, data["free"]), True)),
        PhraseBook({str(word): unit for key, unit in UNITS.items() for word in data[key]}),
        PhraseBook({str(phrase): int(step) for step, said in data["steps"].items() for phrase in said}),
        PhraseBook(dict.fromkeys(map(str, data["seats"]), True)),
        PhraseBook({str(phrase): int(count) for count, said in data["for_people"].items() for phrase in said}),
        PhraseBook(most),
        PhraseBook(dict.fromkeys(map(str, data["wished"]), True)),
        PhraseBook({str(phrase): key for key in BOUNDS for phrase in data[key]}),
    )


def amounts_in(words: Sequence[str], language: str) -> list[Amount]:
    """Everything that is counted or measured, left to right; bare numbers have no unit."""
    data = amount_words(language)
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
            found.append(Amount(unit[0][0], float(number[0]) * unit[0][1], at, unit[1], float(number[0])))
        elif number:
            found.append(Amount("", float(number[0]), at, number[1]))
        at = found[-1].end if found and found[-1].end > at else at + 1
    return found


@lru_cache(maxsize=256)
def amounts_on_offer(says: tuple[str, ...], language: str) -> tuple[dict[str, float], ...]:
    """What each offer comes to, by unit; empty dicts where nothing is measured in it.

    A bare number is of the unit of the others: "the wash for thirty pounds", "the polish for fifty".
    """
    found = [_of_offer(say, language) for say in says]
    shared = {unit for offer in found for unit in offer if unit not in ("", STEPS, COUNT, PARTY)}
    if len(shared) == 1:
        [unit] = shared
        found = [offer if unit in offer or "" not in offer else {**offer, unit: offer[""]} for offer in found]
    elif not shared and all("" in offer for offer in found):
        found = [{**offer, COUNT: offer[""]} for offer in found]  # "five sessions", "ten sessions"
    return tuple({unit: value for unit, value in offer.items() if unit} for offer in found)


def _of_offer(say: str, language: str) -> dict[str, float]:
    words = [token.text for token in tokenise(say) if token.kind != "symbol"]
    amounts = amounts_in(words, language)
    found = {amount.unit: amount.value for amount in amounts if amount.unit}
    bare = [amount.value for amount in amounts if not amount.unit]
    if MONEY not in found and bare and any(sign in say for sign in "€£$"):
        found[MONEY] = bare[-1]
    elif len(bare) == 1:
        found[PERSONS if any(True for _ in amount_words(language).seats.find(words)) else ""] = bare[0]
    if len(amounts) == 1 and amounts[0].count:
        found[COUNT] = amounts[0].count
    if len(people := [count for count, _, _ in amount_words(language).for_people.find(words)]) == 1:
        found[PARTY] = float(people[0])
    if steps := [step for step, _, _ in amount_words(language).steps.find(words)]:
        found[STEPS] = float(max(steps))
    return found
