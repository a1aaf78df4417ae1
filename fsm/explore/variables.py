"""What tells situations apart: variables in the bits of integers, variables in keys, and conditions on both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fsm.explore.regions import Region
from fsm.spec import Value

__all__ = ["KNOWN", "NOTHING_FOUND", "OTHER", "SUGGESTED", "UNCONFIRMED", "UNKNOWN", "Firm", "Guard", "Loose"]

UNKNOWN: Final = "unknown"
KNOWN: Final = "known"
UNCONFIRMED: Final = "(to be read back)"
SUGGESTED: Final = "(as suggested)"
"""Known, because the caller said yes to a suggestion; who wants to change it does not want it suggested again."""
OTHER: Final = "(another)"
"""Any of the options of a choice that nothing in the graph tells apart."""
NOTHING_FOUND: Final = frozenset({"failed", "none", "exhausted"})
"""Outcomes that bring neither a fact nor anything to pick from."""


@dataclass(frozen=True, slots=True)
class Loose:
    """A variable whose value is read from the number of the combination.

    `masks` are all combinations with a value, `others` all with any other. All of them are as long as there are combinations,
    and each operation on such a number goes through all of it: that is where the time of an exploration goes.
    """

    name: str
    values: tuple[Value, ...]
    stride: int
    masks: Mapping[Value, int]
    others: Mapping[Value, int]
    known: int
    several: bool
    """Whether `known` stands for several values, so that it may change without being seen to."""
    first: Value
    unclear: bool
    """Whether it can be neither known nor have its first value."""
    steps: Mapping[Value, tuple[tuple[int, ...], tuple[int, ...]]]
    """By value, how far up and how far down combinations with the other values are to be moved."""

    def put(self, bits: int, value: Value) -> int:
        """The combinations, with this value."""
        return bits & self.masks[value] | self.change(others, value) if (others := bits & self.others[value]) else bits

    def change(self, bits: int, value: Value) -> int:
        """As :meth:`put`, for combinations none of which has the value."""
        up, down = self.steps[value]
        if len(self.values) == 2:
            return bits << self.stride if up else bits >> self.stride
        moved = bits
        for step in up:  # those with another value come to lie under the mask of this one
            moved |= bits << step
        for step in down:
            moved |= bits >> step
        return moved & self.masks[value]

    def downwards(self, bits: int) -> int:
        """Among others, the combinations with the first value; those under its mask are right, and the rest is to be cut off."""
        moved = bits
        for index in range(1, len(self.values)):
            moved |= bits >> index * self.stride
        return moved


@dataclass(frozen=True, slots=True)
class Firm:
    """A variable that has a field of the key; the first value is 0."""

    name: str
    values: tuple[Value, ...]
    shift: int
    mask: int

    def of(self, key: int) -> Value:
        return self.values[(key & self.mask) >> self.shift]

    def put(self, key: int, value: Value) -> int:
        return key & ~self.mask | self.values.index(value) << self.shift


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition: fields of the key with their admitted contents, and a set of combinations."""

    fields: tuple[tuple[int, frozenset[int]], ...]
    bits: int | None
    """None: all combinations."""

    def holds(self, key: int, bits: int) -> int:
        """The part of the situations in which it holds."""
        for mask, admitted in self.fields:
            if key & mask not in admitted:
                return 0
        return bits if self.bits is None else bits & self.bits

    def taken_from(self, region: Region) -> Region:
        """The part of a region in which it holds, which is taken out of it."""
        held: Region = {}
        if not self.fields:
            if self.bits is None:
                held = dict(region)
                region.clear()
                return held
            held = {key: there for key, bits in region.items() if (there := bits & self.bits)}
        else:
            for key, bits in region.items():
                if there := self.holds(key, bits):
                    held[key] = there
        for key, there in held.items():
            if rest := region[key] ^ there:
                region[key] = rest
            else:
                del region[key]
        return held
