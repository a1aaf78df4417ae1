"""Things that somebody tells the condition of: "the brakes are fine" wants nothing done to them, "the tyres aren't" does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from spoken.choosing.cues import Said, one_of
from spoken.choosing.families import families_at, families_of
from spoken.choosing.hearing import Mentioned
from spoken.choosing.phrases import choice_book
from spoken.reading import Reading

__all__ = ["by_condition"]

PARTS: Final = frozenset(
    "tyres brakes clutch battery exhaust aircon windscreen bulb wipers alternator suspension timingbelt bodywork oil lamp screen "
    "boiler drain tap toilet washingmachine dishwasher fridge cooker roof socket".split()
)
"""Families of what wears out or breaks, and is seen to then."""
MAX_BEFORE: Final = 5
"""Words from a thing to what is told of its condition."""
MAX_BEHIND: Final = 4


@lru_cache(maxsize=256)
def _things(says: tuple[str, ...], language: str) -> Mapping[str, int]:
    """The offers for such things, by the family that no other offer is of."""
    families = [families_of(say, language) & PARTS for say in says]
    return {
        family: index for index, of_offer in enumerate(families) for family in of_offer if sum(family in other for other in families) == 1
    }


def by_condition(said: Said, mentioned: Mentioned) -> Reading | None:
    """What is left of things on offer when some are well, and no other is named; None where none is told to be well or not."""
    things = _things(tuple(choice.say for choice in said.choices), said.language)
    if not things:
        return None
    told = [(key, start, end) for key in ("unsound", "sound") for _, start, end in choice_book(said.language, key).find(said.words)]
    ill = {at for key, start, end in told if key == "unsound" for at in range(start, end)}
    wanted, well, places = set[int](), set[int](), list[tuple[int, int]]()
    for key, start, end in told:
        if (key == "sound" and not ill.isdisjoint(range(start, end))) or (found := _thing_of(said, things, start, end)) is None:
            continue
        at, index = found
        (wanted if key == "unsound" else well).add(index)
        if key == "sound":
            beside = dict(_joined(said, things, at))
            well |= set(beside.values())
            places += [(place, place + 1) for place in (at, *beside)] + [(start, end)]
    if not wanted and not well:
        return None
    span = said.span(0, len(said.words))
    rest = wanted | (mentioned(said.without([*places, *said.negations()])) - well if well else set())
    left = sorted(rest) if len(rest) == 1 else [index for index in range(len(said.choices)) if index not in well]
    return one_of(left, said.choices, span) if left and (well or len(wanted) == 1) else None


def _joined(said: Said, things: Mapping[str, int], at: int) -> Iterator[tuple[int, int]]:
    """The things joined to one that stands at a place: "the battery and | the brakes"."""
    while at > 1:
        at -= 1
        if said.words[at] not in said.data.ands and not said.little(at):
            return
        if said.words[at] in said.data.ands and (meant := _at(said, things, at - 1)) is not None:
            at -= 1
            yield at, meant


def _at(said: Said, things: Mapping[str, int], at: int) -> int | None:
    meant = {things[family] for family in families_at(said.words, at, said.language)[0] if family in things}
    return meant.pop() if len(meant) == 1 else None


def _thing_of(said: Said, things: Mapping[str, int], start: int, end: int) -> tuple[int, int] | None:
    """The thing on offer whose condition is told from `start` to `end`, right before it or else behind, and where it stands."""
    before = range(start - 1, max(-1, start - MAX_BEFORE - 1), -1)
    for at in [*before, *range(end, min(len(said.words), end + MAX_BEHIND))]:
        if (meant := _at(said, things, at)) is not None:
            return at, meant
    return None
