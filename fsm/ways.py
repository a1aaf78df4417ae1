"""What leads where, as far as names tell: a directed graph of anything."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

__all__ = ["reached_from"]

Place = TypeVar("Place", bound=Hashable)


def reached_from(places: Iterable[Place], ways: Mapping[Place, Iterable[Place]]) -> set[Place]:
    """Everything that can be come to along the ways, the beginnings included."""
    reached = set(places)
    frontier = list(reached)
    while frontier:
        for target in ways.get(frontier.pop(), ()):
            if target not in reached:
                reached.add(target)
                frontier.append(target)
    return reached
