"""Explores what a graph can come to, state by state, and remembers the ways."""

from __future__ import annotations

import heapq
from collections.abc import Hashable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from frontdesk.proving.reaching import reach
from frontdesk.proving.situations import Impossible, Moment, Setting, Situations, Stretch, settings_of
from frontdesk.proving.targets import Target, targets_of
from fsm.errors import EngineError

__all__ = ["Edge", "Explored", "Node", "cost_of"]

_MOST_STEPS: Final = 60_000
"""Happenings that are tried; what is not found by then is said to have no path."""
_IN_VAIN: Final = 12_000
"""So many happenings in a row without anything new end the exploration earlier."""
_MOST_LONGER: Final = 90_000

_UNASKED: Final = 1.5
"""What a fact costs more that was not asked for: a path had better answer what it is asked."""

Key = Hashable


@dataclass(frozen=True, slots=True)
class Edge:
    """One stretch of happenings from a node, what it covers and where it leads; `ends` says that the call is over."""

    stretch: Stretch
    covers: frozenset[str]
    to: Key
    ends: bool
    cost: float


@dataclass(slots=True)
class Node:
    """Moments that are alike, by the first of them that was met. `edges` is None until it was looked at what can happen."""

    moment: Moment
    cost: float
    edges: list[Edge] | None = None
    state: str = field(init=False)

    def __post_init__(self) -> None:
        self.state = self.moment.call.state


@dataclass(slots=True)
class Explored:
    """What was found so far."""

    situations: Situations
    targets: Mapping[str, Target]
    nodes: dict[Key, Node] = field(default_factory=dict)
    starts: dict[Setting, Key] = field(default_factory=dict)
    begun: dict[Setting, Moment] = field(default_factory=dict)
    found: set[str] = field(default_factory=set)
    steps: int = 0

    @classmethod
    def of(cls, situations: Situations, targets: Mapping[str, Target] | None = None, *, longer: bool = False) -> Explored:
        """Explores until everything is found, or so much was tried: of each state, with each outlook, what is nearest first.

        `targets` are what is looked for, everything if left out; `longer` takes half again as long, most of it in vain.
        """
        explored = cls(situations, targets_of(situations.graph) if targets is None else targets)
        explored._explore(*((_MOST_LONGER, _MOST_LONGER) if longer else (_MOST_STEPS, _IN_VAIN)))
        reach(explored)
        return explored

    def try_for(self, name: str, key: Key, stretch: Stretch) -> bool:
        """Tries something at a node, and says whether it comes to a target; where it comes to anything new, it is an edge from then on."""
        known = len(self.found)
        edge = self._tried(self.nodes[key], self._possible(key, stretch))
        if edge is None:
            return False
        if name in edge.covers or len(self.found) > known:
            self.edges(key).append(edge)
        return name in edge.covers

    def _possible(self, key: Key, stretch: Stretch) -> Stretch:
        """As much of a stretch as can happen: a limit may have ended the call before its end."""
        moment = self.nodes[key].moment
        for index, happening in enumerate(stretch):
            self.steps += 1
            try:
                moment = self.situations.take(moment, happening)
            except (Impossible, EngineError):
                return stretch[:index]
        return stretch

    def _explore(self, most_steps: int, in_vain: int) -> None:
        waiting: dict[Key, list[tuple[float, int, Key]]] = {}
        expanded: dict[Key, int] = {}
        number = count()

        def meet(key: Key) -> None:
            node = self.nodes[key]
            heapq.heappush(waiting.setdefault(self.situations.outlook(node.moment), []), (node.cost, next(number), key))

        for setting in settings_of(self.situations.graph):
            moment = self.begun[setting] = self.situations.begin(setting)
            key = self.starts[setting] = self.situations.key(moment)
            self.found |= moment.covers & self.targets.keys()
            if key not in self.nodes:
                self.nodes[key] = Node(moment, 0.0)
                meet(key)
        while self.steps < min(most_steps, self._last_new + in_vain) and self.missing:
            outlooks = [outlook for outlook, nodes in waiting.items() if nodes]
            if not outlooks:
                return
            nearest = min(outlooks, key=lambda one: (expanded.get(one, 0), waiting[one][0]))
            expanded[nearest] = expanded.get(nearest, 0) + 1
            _, _, chosen = heapq.heappop(waiting[nearest])
            for edge in self.edges(chosen):
                if not edge.ends and edge.to in self._fresh:
                    self._fresh.discard(edge.to)
                    meet(edge.to)

    _fresh: set[Key] = field(default_factory=set)
    _last_new: int = 0

    @property
    def missing(self) -> AbstractSet[str]:
        """Targets that were not found."""
        return self.targets.keys() - self.found

    def edges(self, key: Key) -> list[Edge]:
        """What can happen at a node."""
        node = self.nodes[key]
        if node.edges is None:
            node.edges = [edge for stretch in self.situations.choices(node.moment) if (edge := self._tried(node, stretch)) is not None]
        return node.edges

    def _tried(self, node: Node, stretch: Stretch) -> Edge | None:
        self.steps += len(stretch)
        try:
            moment = self.situations.take_all(node.moment, stretch)
        except (Impossible, EngineError):
            return None
        covers = moment.covers & self.targets.keys()
        if not covers <= self.found:
            self.found |= covers
            self._last_new = self.steps
        key = self.situations.key(moment)
        asked = self.situations.graph.states[node.moment.call.state].ask
        cost = cost_of(stretch) + _UNASKED * any(name != asked for one in stretch if not isinstance(one, str) for name, _ in one.facts)
        known = self.nodes.get(key)
        if known is None:
            self.nodes[key] = Node(moment, node.cost + cost)
            self._fresh.add(key)
        return Edge(stretch, covers, key, bool(moment.call.ended), cost)


def cost_of(stretch: Stretch) -> float:
    """Turns of the caller, mostly; how an action comes out costs next to nothing."""
    return sum(0.1 if isinstance(happening, str) else 1.0 + 0.2 * (len(happening.facts) + len(happening.acts)) for happening in stretch)
