"""Choosing by how much of something an offer is: "the ninety minute one", "the cheaper one", "there are four of us"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import ge, gt, le, lt
from typing import Final

from spoken.choosing.amount_words import COUNT, PARTY, PERSONS, SCALES, Amount, amount_words, amounts_in, amounts_on_offer
from spoken.choosing.cues import Said, chosen, one_of
from spoken.choosing.party import party_of
from spoken.normalise import fold
from spoken.reading import NOTHING, Reading

__all__ = ["by_amount", "by_bound", "by_party"]

MAX_BESIDE: Final = 2
"""Other words that say something, beside a bare number that is an amount."""


def by_amount(said: Said) -> Reading | None:
    """The offer of the length, the price or the size that was said; None when the offers have none, or nothing was said about it."""
    offers = _amounts(said)
    units = [unit for unit in SCALES if all(unit in offer for offer in offers)] if offers else []
    if not units:
        return None
    found = _by_most(said, offers, units) or _by_its_amount(said, offers, units)
    return found if found is not None and not _are_times(said, offers) else None


def _amounts(said: Said) -> Sequence[Mapping[str, float]]:
    """What each of several offers comes to."""
    return amounts_on_offer(tuple(choice.say for choice in said.choices), said.language) if len(said.choices) > 1 else ()


def _are_times(said: Said, offers: Sequence[Mapping[str, float]]) -> bool:
    """Whether all offers are times: "dix heures" is an hour of the day then; "ein Tisch für zwei" is none at two.

    Asked last, where an amount was found: to know it, all of them are read.
    """
    return all(said.starts()) and not all(PERSONS in offer for offer in offers)


def _by_its_amount(said: Said, offers: Sequence[Mapping[str, float]], units: Sequence[str]) -> Reading | None:
    for amount in amounts_in(said.words, said.language):
        if amount.end - amount.start == 1 and said.words[amount.start] in said.data.articles | said.data.pronouns:
            continue  # "the short one"
        if not amount.unit and _busy(said, amount) > MAX_BESIDE:
            continue
        fits = [
            index for index, offer in enumerate(offers) if any(offer[unit] == amount.value for unit in units if amount.unit in ("", unit))
        ]
        if not fits and not amount.unit:
            fits = [index for index, offer in enumerate(offers) if offer.get(COUNT) == amount.value]
        if fits and len(fits) < len(offers):
            span = said.span(amount.start, amount.end)
            return one_of(fits, said.choices, span)
    return None


def by_party(said: Said) -> Reading | None:
    """ "My wife and I", "two adults and two children": the offers for as many people; None where nothing is for a number of them."""
    offers = _amounts(said)
    people = [offer.get(PERSONS, offer.get(PARTY)) for offer in offers]
    party = party_of(said.words, said.language) if sum(count is not None for count in people) > 1 else None
    if party is None or _are_times(said, offers):
        return None
    if people.count(party) == 1:
        return chosen(people.index(party), said.span(0, len(said.words)))
    return NOTHING if party not in people and all(PERSONS in offer for offer in offers) else None


NEAR: Final = 4
"""Words before a bound among which a "not" turns it round."""
_SIDES: Final = {"below": lt, "at_most": le, "above": gt, "at_least": ge}
_DENIED: Final = {"below": ge, "at_most": gt, "above": le, "at_least": lt}


def by_bound(said: Said) -> Reading | None:
    """ "No more than thirty", "under an hour": the offers on that side of an amount; None where none is told so."""
    bounds = list(amount_words(said.language).bounds.find(said.words))
    offers = _amounts(said) if bounds else ()
    units = [unit for unit in SCALES if offers and all(unit in offer for offer in offers)]
    for side, start, end in bounds if units else ():
        # "Plus | d'une heure"
        amount = next((amount for amount in amounts_in(said.words, said.language) if start < amount.start <= end + 1), None)
        unit = None if amount is None else amount.unit or units[0]
        if amount is None or unit not in units or _are_times(said, offers):
            continue
        denied = any(_denies(said, place, start, amount.end) for place in said.negations())
        sided = (_DENIED if denied else _SIDES)[side]
        fits = [index for index, offer in enumerate(offers) if sided(offer[unit], amount.value)]
        return one_of(fits, said.choices, said.span(start, amount.end)) if fits else NOTHING
    return None


def _denies(said: Said, negation: tuple[int, int], start: int, end: int) -> bool:
    """ "I can't pay | more than fifty", "mehr als fünfzig | möchte ich nicht": a "not" on either side of a bound, without a pause."""
    first, last = negation
    if start - NEAR <= first and last <= start:
        return True
    return end <= first <= end + NEAR and not any(said.paused_before(at) for at in range(end, first + 1))


def _by_most(said: Said, offers: Sequence[Mapping[str, float]], units: Sequence[str]) -> Reading | None:
    book = amount_words(said.language).superlatives
    wished = list(amount_words(said.language).wished.find(said.words))
    for meanings, start, end in [*book.find(said.words), *_without_intensifiers(said)]:
        for unit, least in meanings:
            values = [offer[unit] for offer in offers] if unit in units else []
            if len(set(values)) < 2:
                continue
            if any(last == start or (first == end and said.idle(last)) for _, first, last in wished):
                return NOTHING  # "something cheaper", but not "das billigste | was Sie haben"
            best = min(values) if least else max(values)
            return one_of([index for index, value in enumerate(values) if value == best], said.choices, said.span(start, end))
    return None


def _without_intensifiers(said: Said) -> list[tuple[tuple[tuple[str, bool], ...], int, int]]:
    """ "Die ganz kurze": superlatives that intensifiers keep apart."""
    skipped = {at for _, start, end in said.data.intensifiers.find(said.words) for at in range(start, end)}
    kept = [at for at in range(len(said.words)) if at not in skipped] if skipped else []
    found = amount_words(said.language).superlatives.find([said.words[at] for at in kept])
    return [(meanings, kept[start], kept[end - 1] + 1) for meanings, start, end in found]


def _busy(said: Said, amount: Amount) -> int:
    """Words beside an amount that may give it something else to count."""
    idle = {at for _, start, end in said.data.idle.find(said.words) for at in range(start, end)}
    pointing = {fold(word) for word in said.data.pronouns | said.data.articles}
    return sum(1 for at, word in enumerate(said.words) if at not in idle and not amount.start <= at < amount.end and word not in pointing)
