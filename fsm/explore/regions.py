"""Sets of situations, as dictionaries from keys to the bits of integers, and what is done to whole sets at once.

The integers have a bit for each combination that a graph tells apart, tens of thousands, so that no operation on them is
made that comes to nothing: that is where the time of an exploration goes.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["Region", "add_all", "add_to", "both", "common", "meet", "without"]

Region = dict[int, int]
"""Situations: for each key a set of combinations, as the bits of an integer."""


def add_to(region: Region, key: int, bits: int) -> None:
    """Adds situations to a region."""
    if bits:
        known = region.get(key)
        region[key] = bits if known is None else known | bits


def both(one: Region, other: Mapping[int, int]) -> Region:
    """The first region, to which the other is added."""
    for key, bits in other.items():
        if bits:
            known = one.get(key)
            one[key] = bits if known is None else known | bits
    return one


def add_all(regions: dict[str, Region], name: str, region: Mapping[int, int]) -> None:
    """Adds a region to those of a state."""
    both(regions.setdefault(name, {}), region)


def without(region: Mapping[int, int], other: Mapping[int, int]) -> Region:
    """The situations of a region that another lacks."""
    left: Region = {}
    for key, bits in region.items():
        taken = other.get(key)
        if taken is None:
            left[key] = bits
        elif rest := bits ^ (bits & taken):
            left[key] = rest
    return left


def common(one: Mapping[int, int], other: Mapping[int, int]) -> Region:
    """The situations that two regions have in common."""
    return {key: shared for key, bits in one.items() if (taken := other.get(key)) is not None and (shared := bits & taken)}


def meet(one: Mapping[int, int], other: Mapping[int, int]) -> bool:
    """Whether two regions have a situation in common."""
    return any(bits & other.get(key, 0) for key, bits in one.items())
