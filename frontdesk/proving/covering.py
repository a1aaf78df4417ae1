"""Chooses few paths that together cover everything that was found: the nearest first, one call as long as it is useful."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Final

from frontdesk.proving.exploring import Edge, Explored, Key, Node, cost_of
from frontdesk.proving.happenings import HANGS_UP, Happening
from frontdesk.proving.observed import CameTo, came_to
from frontdesk.proving.situations import Impossible, Moment, Setting, Stretch
from fsm.call import Call
from fsm.graph import Graph

__all__ = ["Cover", "GeneratedPath", "Sayable", "Turn", "cover", "cover_heard", "made_path"]

_LONGEST: Final = 28.0
"""Turns, more or less, after which a path only goes on to its end."""
_FAR: Final = 14.0
_IN_VAIN: Final = 2
"""So often something has no words in a state before it is looked for nowhere there."""
_MOST_LOOKED_AT: Final = 1_500
"""Nodes that are looked through for the nearest one with something new."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a path: what the caller does (None: the call is answered), how actions come out, and what must come of it."""

    caller: Happening | None
    does: tuple[str, ...]
    says: tuple[str, ...]
    state: str
    came_to: CameTo

    @property
    def outcomes(self) -> tuple[str, ...]:
        """How the actions come out, one after another."""
        return tuple(action.partition(": ")[2] for action in self.does)


@dataclass(frozen=True, slots=True)
class GeneratedPath:
    """One call from hello to its end."""

    setting: Setting
    turns: tuple[Turn, ...]
    covers: frozenset[str]

    @property
    def states(self) -> frozenset[str]:
        """The states that it comes to."""
        return frozenset(name for turn in self.turns for name in (turn.state, *turn.came_to.through))


@dataclass(slots=True)
class Cover:
    """The paths, and the targets that only a language model hears: nobody has words for them that the rules understand."""

    paths: list[GeneratedPath] = field(default_factory=list)
    unsaid: set[str] = field(default_factory=set)
    lower_bound: int = 0
    """No set of paths is smaller: a call ends once, and so many things end one."""


Sayable = Callable[[Moment, Happening], bool]


def cover(explored: Explored, sayable: Sayable) -> Cover:
    """Covers what was found, as far as callers have words for it. Deterministic."""
    return _Greedy(explored, sayable, explored.found, by_model=False).run()


def cover_heard(explored: Explored, left: AbstractSet[str]) -> list[GeneratedPath]:
    """Covers what was found of what is left, as a language model hears it; what goes in the middle of no other call by one of its own."""
    together = _Greedy(explored, _anything, explored.found & left, by_model=True).run()
    alone = (_Greedy(explored, _anything, {name}, by_model=True).run().paths for name in sorted(together.unsaid))
    return [*together.paths, *(path for paths in alone for path in paths)]


def made_path(explored: Explored, setting: Setting, stretches: Iterable[Stretch], sayable: Sayable | None = None) -> GeneratedPath | None:
    """The path of a call that goes so and then ends; heard by a model where callers have no words for it. None where it cannot go so."""
    walk = _Walk(explored, setting)
    spoken = sayable is not None
    try:
        for stretch in stretches:
            for happening in stretch:
                spoken = spoken and sayable is not None and (isinstance(happening, str) or sayable(walk.moment, happening))
                walk.take((happening,))
        while not walk.moment.call.ended:
            run = walk.moment.run
            walk.take((HANGS_UP,) if run is None else (explored.situations.outcomes.of(run.action)[0],))
    except Impossible:  # a node stands for moments that are nearly alike
        return None
    return walk.path(by_model=not spoken)


def _anything(_: Moment, __: Happening) -> bool:
    return True


class _Greedy:
    def __init__(self, explored: Explored, sayable: Sayable, left: AbstractSet[str], *, by_model: bool) -> None:
        self.explored, self.situations, self.sayable, self.by_model = explored, explored.situations, sayable, by_model
        self.left = set(left)
        self.banned: set[tuple[Key, Stretch]] = set()
        self.unsaid: Counter[tuple[str, Stretch]] = Counter()
        self._known: dict[Key, tuple[list[Edge], list[Edge]]] = {}
        self.cover = Cover(lower_bound=_endings(explored))

    def run(self) -> Cover:
        while self.left and (setting := self._nearest()) is not None:
            path = self._path(setting)
            if path is not None:
                self.cover.paths.append(path)
        self.cover.unsaid = self.left
        return self.cover

    def _nearest(self) -> Setting | None:
        """The setting from which something new is nearest; None where nothing new can be come to."""
        plans = {setting: self._plan(key, far=float("inf"), ending=True) for setting, key in self.explored.starts.items()}
        costs = [(plan[0], setting) for setting, plan in plans.items() if plan is not None]
        return min(costs)[1] if costs else None

    def _path(self, setting: Setting) -> GeneratedPath | None:
        """The next path; None where it came to nothing new, and more is known of what nobody can say."""
        walk = _Walk(self.explored, setting)
        walk.covers_news = not self.left.isdisjoint(walk.covers)
        self.left -= walk.covers
        while not walk.moment.call.ended:
            plan = self._plan(walk.key, far=_FAR, ending=False) if walk.cost < _LONGEST else None
            plan = plan or self._plan(walk.key, far=float("inf"), ending=True)
            if plan is None and not walk.covers_news:
                return None
            if plan is None:
                walk.take((HANGS_UP,) if walk.moment.run is None else (self.situations.outcomes.of(walk.moment.run.action)[0],))
            else:
                self._follow(walk, plan[1])
        return walk.path(by_model=self.by_model)

    def _follow(self, walk: _Walk, plan: list[tuple[Key, Edge]]) -> None:
        """Takes the planned way as far as callers have words for it and the engine goes it."""
        for key, edge in plan:
            if walk.key != key:
                return
            if not self._can_be_said(walk.moment, key, edge.stretch):
                return
            walk.take(edge.stretch)
            new = self.left & walk.covers
            walk.covers_news = walk.covers_news or bool(new)
            self.left -= new
            if walk.moment.call.ended or walk.key != edge.to:
                if not new:
                    self.banned.add((key, edge.stretch))
                return

    def _can_be_said(self, moment: Moment, key: Key, stretch: Stretch) -> bool:
        state = moment.call.state
        try:
            for happening in stretch:
                if isinstance(happening, Happening) and not self.sayable(moment, happening):
                    self.banned.add((key, stretch))
                    self.unsaid[state, stretch] += 1
                    return False
                moment = self.situations.take(moment, happening)
        except Impossible:  # the node stands for moments that are nearly alike
            self.banned.add((key, stretch))
            return False
        return True

    def _plan(self, start: Key, *, far: float, ending: bool) -> tuple[float, list[tuple[Key, Edge]]] | None:
        """The cheapest way to something new; with `ending` also to what ends the call."""
        number = count()
        queue: list[tuple[float, int, Key]] = [(0.0, next(number), start)]
        costs: dict[Key, float] = {start: 0.0}
        came: dict[Key, tuple[Key, Edge]] = {}
        done: set[Key] = set()
        best: tuple[float, Key, Edge] | None = None
        while queue and len(done) < _MOST_LOOKED_AT:
            cost, _, key = heapq.heappop(queue)
            if key in done or cost > far:
                continue
            if best is not None and best[0] <= cost:
                break
            done.add(key)
            useful, ways = self._ways(key)
            for edge in useful if ending else [edge for edge in useful if not edge.ends]:
                if self._open(key, edge) and not self.left.isdisjoint(edge.covers) and (best is None or cost + edge.cost < best[0]):
                    best = cost + edge.cost, key, edge
            for edge in ways:
                if cost + edge.cost < costs.get(edge.to, float("inf")) and self._open(key, edge):
                    costs[edge.to] = cost + edge.cost
                    came[edge.to] = key, edge
                    heapq.heappush(queue, (cost + edge.cost, next(number), edge.to))
        if best is None:
            return None
        plan = [(best[1], best[2])]
        while plan[0][0] != start:
            plan.insert(0, came[plan[0][0]])
        return best[0], plan

    def _open(self, key: Key, edge: Edge) -> bool:
        return (key, edge.stretch) not in self.banned and self.unsaid[self.explored.nodes[key].state, edge.stretch] < _IN_VAIN

    def _ways(self, key: Key) -> tuple[list[Edge], list[Edge]]:
        """The edges of a node that still cover something new, and those that lead on to other nodes."""
        node = self.explored.nodes[key]
        if key not in self._known:
            self._known[key] = list(node.edges or ()), [edge for edge in node.edges or () if not edge.ends and edge.to != key]
        useful, ways = self._known[key]
        if useful:
            useful[:] = [edge for edge in useful if not self.left.isdisjoint(edge.covers)]
        return useful, ways


class _Walk:
    """One path as it is made, on the engine itself."""

    def __init__(self, explored: Explored, setting: Setting) -> None:
        self.explored, self.setting = explored, setting
        self.moment = explored.begun[setting]
        self.covers = set(self.moment.covers)
        self.cost = 0.0
        self.covers_news = False
        self._turns: list[list[tuple[Happening | str | None, Moment]]] = [[(None, self.moment)]]

    @property
    def key(self) -> Key:
        key = self.explored.situations.key(self.moment)
        if key not in self.explored.nodes:
            self.explored.nodes[key] = Node(self.moment, 0.0)
            self.explored.edges(key)
        return key

    def take(self, stretch: Stretch) -> None:
        for happening in stretch:
            self.moment = self.explored.situations.take(self.moment, happening)
            self.covers |= self.moment.covers
            if isinstance(happening, Happening):
                self._turns.append([])
            self._turns[-1].append((happening, self.moment))
        self.cost += cost_of(stretch)

    def path(self, *, by_model: bool) -> GeneratedPath:
        before = [None, *(taken[-1][1].call for taken in self._turns)]
        turns = [_turn(self.explored.situations.graph, call, taken) for call, taken in zip(before, self._turns, strict=False)]
        setting = replace(self.setting, by_model=by_model)
        return GeneratedPath(setting, tuple(turns), frozenset(self.covers & self.explored.targets.keys()))


def _turn(graph: Graph, before: Call | None, taken: list[tuple[Happening | str | None, Moment]]) -> Turn:
    caller = next((happening for happening, _ in taken if isinstance(happening, Happening)), None)
    outcomes = tuple(happening for happening, _ in taken if isinstance(happening, str))
    actions = [moment.run.action for _, moment in taken if moment.run is not None]
    says = tuple(line for _, moment in taken for line in moment.lines)
    does = tuple(f"{action}: {outcome}" for action, outcome in zip(actions, outcomes, strict=False))
    call = taken[-1][1].call
    return Turn(caller, does, says, call.state, came_to(graph, before, call))


def _endings(explored: Explored) -> int:
    """How many things always end the call: two of them are never in one path."""
    ending: dict[str, bool] = {}
    for node in explored.nodes.values():
        for edge in node.edges or ():
            for name in edge.covers:
                ending[name] = ending.get(name, True) and edge.ends
    moves = [name for name, ends in ending.items() if ends and explored.targets[name].kind in {"transitions", "limits"}]
    return sum("hangs_up" not in explored.targets[name].sentence for name in moves)
