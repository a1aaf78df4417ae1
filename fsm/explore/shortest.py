"""The shortest calls of a graph that come to something."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from fsm.explore.happenings import Begin, Happening, joined
from fsm.explore.path import Path, PathStep
from fsm.explore.regions import Region, common
from fsm.explore.settling import CALLER, Location, Memory, Met, Regions, Unsettled, add_new
from fsm.explore.table import Transition
from fsm.explore.walk import Walk

__all__ = ["Paths", "Situation"]

MOST_PARTS = 4
"""No utterance of a path holds more facts, doubts and acts than this."""

MOST_TRIED = 2_000
"""Utterances of several parts that are tried from one situation; what none of these does has no path."""
_ANYTHING = Happening("speaks")
Wanted = Callable[[Regions, Met], bool]

Situation = tuple[Location, int, int]
"""One situation: where the call waits, the key, and one bit."""


@dataclass(frozen=True)
class _Layer:
    """One round of the search: from which situations, how, and what was new."""

    sources: Regions
    several: bool
    new: Regions
    met: Met


class Paths:
    """Shortest calls: one thing at a time as long as that leads on, several in one utterance where only that does.

    The rounds of the search are made as they are asked for: most calls that are looked for are short.
    """

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self._made: list[_Layer] = []
        self._to_make = self._rounds()
        self._images: dict[tuple[int, Location, Happening], tuple[Regions, Met]] = {}
        self._parents: dict[Situation, tuple[Situation, Happening] | None] = {}

    @property
    def layers(self) -> Iterator[_Layer]:
        """Every round, from the beginning."""
        yield from self._made
        for layer in self._to_make:
            self._made.append(layer)
            yield layer

    def _rounds(self) -> Iterator[_Layer]:
        met = Met()
        reached: Regions = {}
        front = add_new(reached, self.walk.begin(met))
        yield _Layer({}, False, front, met)
        while front:
            pending: Regions = {}
            while front:
                add_new(pending, front)
                yield (layer := self._round(front, reached, several=False))
                front = layer.new
            yield (layer := self._round(pending, reached, several=True))
            front = layer.new

    def _round(self, sources: Regions, reached: Regions, *, several: bool) -> _Layer:
        met = Met()
        found = self.walk.after(sources, met) if several else self.walk.one(sources, met)
        return _Layer(sources, several, add_new(reached, found), met)

    def to(self, wanted: Callable[[Met], bool]) -> Path | None:
        """A shortest call whose last step comes across what is wanted."""
        for index, layer in enumerate(self.layers):
            if not wanted(layer.met):
                continue
            if index == 0:
                begun = layer.new or {(self.walk.table.spec.start, CALLER): self.walk.table.begins}
                return self._path([], self._first_bit(begun), layer.met)
            found = self._source(index, lambda _, met: wanted(met))
            if found is not None:
                return self._path_through(*found)
        return None

    def into(self, wanted: Regions) -> Path | None:
        """A shortest call that comes to one of these situations."""
        found = self._first(wanted)
        if found is None:
            return None
        situation, met = found
        steps, begin = self._steps_to(situation)
        return self._path(steps, begin, met)

    def first(self, wanted: Regions) -> Situation | None:
        """The one of these situations that a call comes to soonest."""
        found = self._first(wanted)
        return found[0] if found is not None else None

    def _first(self, wanted: Regions) -> tuple[Situation, Met] | None:
        for layer in self.layers:
            there = {location: both for location, region in layer.new.items() if (both := common(region, wanted.get(location, {})))}
            if there:
                return self._first_bit(there), layer.met
        return None

    def _first_bit(self, regions: Regions) -> Situation:
        location, region = next(iter(regions.items()))
        key, bits = next(iter(region.items()))
        return location, key, bits & -bits

    def _path_through(self, situation: Situation, last: Happening) -> Path:
        """The path by which a situation was first come to, and one happening more."""
        location, key, bit = situation
        regions, met = self._image({location: {key: bit}}, location, last)
        (state, waits_for), region = next(((at, made) for at, made in regions.items() if made), (location, {key: bit}))
        after, bits = next(iter(region.items()))
        steps, begin = self._steps_to(situation)
        step = PathStep(last, state, waits_for, frozenset(met.transitions), self.walk.space.describe(after, bits))
        return self._path([*steps, step], begin, met)

    def _steps_to(self, situation: Situation) -> tuple[list[PathStep], Situation]:
        """The path by which a situation was first come to, and the situation that it begins with."""
        steps: list[PathStep] = []
        while (parent := self._parent(situation)) is not None:
            before, happening = parent
            location, key, bit = situation
            _, met = self._image({before[0]: {before[1]: before[2]}}, before[0], happening)
            steps.append(PathStep(happening, *location, frozenset(met.transitions), self.walk.space.describe(key, bit)))
            situation = before
        return steps[::-1], situation

    def _path(self, steps: list[PathStep], begin: Situation, last: Met) -> Path:
        known = self.walk.space.describe(begin[1], begin[2])
        number = begin[2].bit_length() - 1
        loose = self.walk.space.loose
        switches = [name for name, fact in self.walk.table.spec.facts.items() if fact.type == "switch" and name in loose]
        values = {name: loose[name].values[number // loose[name].stride % len(loose[name].values)] for name in switches}
        began = tuple((name, bool(value)) for name, value in values.items())
        return Path(Begin(began, not any(name.startswith("suggested ") for name in known)), tuple(steps), last)

    def _parent(self, situation: Situation) -> tuple[Situation, Happening] | None:
        if situation not in self._parents:
            location, key, bit = situation
            index = next(i for i, layer in enumerate(self._made) if layer.new.get(location, {}).get(key, 0) & bit)
            found = None
            if index:
                found = self._source(index, lambda image, _: bool(image.get(location, {}).get(key, 0) & bit))
            self._parents[situation] = found
        return self._parents[situation]

    def _source(self, index: int, wanted: Wanted) -> tuple[Situation, Happening] | None:
        """A situation of the round before from which a happening leads to what is wanted, and that happening."""
        layer = self._made[index]
        for location, region in layer.sources.items():
            if layer.several:
                found = self._several(index, location, region, wanted)
                if found is not None:
                    return found
                continue
            for happening in self.walk.happenings(location) if wanted(*self._anything(index, location, region)) else ():
                image = self._images.get((index, location, happening))
                if image is None:
                    image = self._images[index, location, happening] = self._together({location: region}, location, happening)
                if wanted(*image):
                    return self._narrowed(location, region, happening, wanted), happening
        return None

    def _anything(self, index: int, location: Location, region: Region) -> tuple[Regions, Met]:
        """What all that may happen in one place makes of it: most places need not be looked at more closely."""
        image = self._images.get((index, location, _ANYTHING))
        if image is None:
            met = Met()
            image = self._images[index, location, _ANYTHING] = self.walk.one({location: region}, met, Memory()), met
        return image

    def _narrowed(self, location: Location, region: Region, happening: Happening, wanted: Wanted) -> Situation:
        return location, *self._one_of(location, region, lambda part: wanted(*self._together({location: part}, location, happening)))

    def _several(self, index: int, location: Location, region: Region, wanted: Wanted) -> tuple[Situation, Happening] | None:
        """As :meth:`_source`, with utterances of several parts: as few as there can be."""

        def holds(part: Region) -> bool:
            met = Met()
            return wanted(self.walk.after({location: part}, met), met)

        if location[1] != CALLER:
            return None
        everything = self._images.get((index, location, _ANYTHING))
        if everything is None:
            met = Met()
            after = self.walk.after({location: region}, met)
            everything = self._images[index, location, _ANYTHING] = after, met
        if not wanted(*everything):
            return None
        key, bit = self._one_of(location, region, holds)
        here = {location: {key: bit}}
        parts = sorted((one for one in self.walk.happenings(location) if one.kind == "speaks"), key=lambda one: not one.acts)
        spoken = [_ANYTHING]
        seen: set[tuple[tuple[tuple[str, int, int], ...], frozenset[Transition]]] = set()
        for _ in range(MOST_PARTS):
            longer: list[Happening] = []
            for happening in (both for begun in spoken for part in parts if (both := joined(begun, part)) is not None):
                met = Met()
                unsettled: Unsettled = {}
                self.walk.happen(location, here[location], happening, unsettled, met)
                what = tuple(sorted((name, *pair) for name, made in unsettled.items() for pair in made.items())), frozenset(met.transitions)
                if what not in seen and (unsettled or met.broken):
                    seen.add(what)
                    if wanted(self.walk.settle(unsettled, met), met):
                        return (location, key, bit), happening
                    longer.append(happening)
                if len(seen) > MOST_TRIED:
                    return None
            spoken = longer
        return None

    def _image(self, regions: Mapping[Location, Mapping[int, int]], location: Location, happening: Happening) -> tuple[Regions, Met]:
        """What a happening makes of situations, in the order in which they come about."""
        return self._happened(regions, location, happening, None)

    def _together(self, regions: Mapping[Location, Mapping[int, int]], location: Location, happening: Happening) -> tuple[Regions, Met]:
        """The same in any order, for less."""
        return self._happened(regions, location, happening, Memory())

    def _happened(
        self, regions: Mapping[Location, Mapping[int, int]], location: Location, happening: Happening, memory: Memory | None
    ) -> tuple[Regions, Met]:
        met = Met()
        unsettled: Unsettled = {}
        self.walk.happen(location, regions[location], happening, unsettled, met)
        settled = self.walk.settle(unsettled, met, memory)
        return settled, met

    def _one_of(self, location: Location, region: Region, holds: Callable[[Region], bool]) -> tuple[int, int]:
        """One situation of a region from which it still holds; what several lead to, one of them does."""
        for key, bits in region.items():
            if holds({key: bits}):
                left = bits
                while left & (left - 1):
                    low = _half(left)
                    left = low if holds({key: low}) else left ^ low
                return key, left
        raise ValueError(location)


def _half(bits: int) -> int:
    """About half of the bits that are set: those of the lower half of its length, or the lowest."""
    low, high = (bits & -bits).bit_length() - 1, bits.bit_length()
    half = bits & ((1 << (low + high + 1) // 2) - 1)
    return half if half and half != bits else bits & -bits
