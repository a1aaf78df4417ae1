"""In which order a reader meets the states of a graph: the call that goes as hoped first."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Collection

from fsm.spec import GraphSpec, MoveSpec

__all__ = ["goes_back", "hoped_call"]

_DETOUR = 10


def hoped_call(spec: GraphSpec) -> list[str]:
    """The shortest call to what the file achieves first, and to its end; to the nearest end when nothing is achieved."""
    ending = {name for name, state in spec.states.items() if state.end}
    achieving = (_shortest(spec, spec.start, [name]) for name, state in spec.states.items() if state.achieves)
    there = next((path for path in achieving if path), [])
    return [*there, *_shortest(spec, there[-1], ending)[1:]] if there else _shortest(spec, spec.start, ending)


def goes_back(move: MoveSpec) -> bool:
    """Whether a move is for a call that does not go as hoped: something is not known or is taken back."""
    return bool(set(move.forget) - {"task"}) or "unknown" in move.if_.values()


def _shortest(spec: GraphSpec, start: str, goals: Collection[str]) -> list[str]:
    """The states on the straightest way from one state to the nearest of some others; none when there is no way."""
    order = itertools.count()  # of two ways alike, the one that stands first in the file
    paths = [(0, next(order), [start])] if start in spec.states else []
    seen: set[str] = set()
    while paths:
        length, _, path = heapq.heappop(paths)
        if path[-1] in goals:
            return path
        if path[-1] in seen:
            continue
        seen.add(path[-1])
        for move in spec.states[path[-1]].next:
            if move.to in spec.states:
                heapq.heappush(paths, (length + (_DETOUR if goes_back(move) else 1), next(order), [*path, move.to]))
    return []
