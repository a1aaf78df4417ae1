"""Looks for what trying one thing after another does not come to: two things in one breath, and a state come back to often."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from itertools import combinations, count, permutations
from typing import TYPE_CHECKING, Final

from frontdesk.proving.happenings import Happening
from frontdesk.proving.situations import Situations, Stretch
from frontdesk.proving.targets import Target
from fsm.call import Call

if TYPE_CHECKING:
    from frontdesk.proving.exploring import Explored, Key, Node

__all__ = ["reach"]

_BREATHS_FROM: Final = 24
"""Nodes of a state from which several things are said in one breath."""

_ROUNDS_FROM: Final = 6
_ROUNDS_ENOUGH: Final = 2
_ROUNDS_OF: Final = 6
_ROUND_NODES: Final = 600
"""How hard ways round are looked for: from so many nodes until so many have one, so many each, among so many nodes."""


def reach(explored: Explored) -> None:
    """Adds edges for targets that were not found: to moves on acts and their conditions, then to limits of visits."""
    for target in [target for name, target in explored.targets.items() if name not in explored.found]:
        if target.kind == "limits":
            if target.name.endswith(".visits"):
                _go_round(explored, target)
        elif target.kind in {"transitions", "conditions"} and target.name not in explored.found:
            _in_one_breath(explored, target)


# -- several things in one breath --------------------------------------------------------------------------------------


def _in_one_breath(explored: Explored, target: Target) -> None:
    """Says what a move answers together with one fact or two: those are taken in before the move is looked at."""
    act = _act_of(explored.situations, target)
    if act is None:
        return
    for key, node in _nearest(explored, target.state, _BREATHS_FROM):
        if node.moment.run is not None:
            continue
        for happening in _said_with(explored.situations, act, node.moment.call):
            if explored.try_for(target.name, key, (happening,)):
                return


def _act_of(situations: Situations, target: Target) -> str | None:
    """The act that the move of a target answers; None where it answers none, or one that comes alone."""
    place = target.name.removesuffix(":not").partition(".")[2]
    kind, _, index = place.removesuffix("]").partition("[")
    moves = {"on": situations.graph.states[target.state].on, "anywhere": situations.graph.spec.anywhere}.get(kind, ())
    act = str(moves[int(index)].on) if moves else "hangs_up"
    return act if act not in {"hangs_up", "corrects", "wants_change"} else None


def _said_with(situations: Situations, act: str, call: Call) -> Iterator[Happening]:
    facts = [(name, token) for name in situations.sayable for token in situations.tokens(name, call)]
    for several in (1, 2):
        for chosen in combinations(facts, several):
            if len({name for name, _ in chosen}) == several:
                yield Happening("says", chosen, ((act, ""),))


def _nearest(explored: Explored, state: str, most: int) -> list[tuple[Key, Node]]:
    """The nodes of a state that are come to soonest and were looked at, one for each way in which the conditions hold."""
    outlooks = set()
    found: list[tuple[Key, Node]] = []
    for key, node in sorted(((key, node) for key, node in explored.nodes.items() if node.state == state and node.edges), key=_cost):
        outlook = explored.situations.outlook(node.moment)
        if outlook not in outlooks:
            outlooks.add(outlook)
            found.append((key, node))
    return found[:most]


def _cost(one: tuple[Key, Node]) -> float:
    return one[1].cost


# -- round and round ---------------------------------------------------------------------------------------------------


def _go_round(explored: Explored, target: Target) -> None:
    """Comes back to a state until its limit of visits is reached, from a few nodes: a node stands for moments that are nearly alike."""
    nodes = [
        (node.cost, index, key) for index, (key, node) in enumerate(explored.nodes.items()) if node.state == target.state and node.edges
    ]
    reached = 0
    for _, _, key in heapq.nsmallest(_ROUNDS_FROM, nodes):
        reached += any(explored.try_for(target.name, key, stretch) for stretch in _rounds(explored, key, target.state))
        if reached == _ROUNDS_ENOUGH:
            return


def _rounds(explored: Explored, key: Key, state: str) -> Iterator[Stretch]:
    """One way round again and again, where nothing needs to run a second time too; or two ways, by turns or one after the other.

    Where two ways are taken, what lies on one of them alone is come to half as often, and reaches its own limit later.
    """
    most = explored.situations.graph.limits[state].visits or 0
    ways = _ways_round(explored, key, state)
    for way in ways:
        yield way * most
    for one, other in permutations(ways, 2):
        yield (one + other) * ((most + 1) // 2)
        yield one * (most // 2) + other * (most - most // 2)
    for way in ways:
        by_itself = tuple(happening for happening in way if not isinstance(happening, str))
        yield way + by_itself * most


def _ways_round(explored: Explored, start: Key, state: str) -> list[Stretch]:
    """Short ways from a node that enter its state anew, the shortest of those that wait for the caller in the same states."""
    number = count()
    queue: list[tuple[float, int, Key, Stretch, frozenset[str]]] = [(0.0, next(number), start, (), frozenset())]
    seen: set[Key] = set()
    found: dict[frozenset[str], Stretch] = {}
    while queue and len(found) < _ROUNDS_OF and len(seen) < _ROUND_NODES:
        cost, _, key, way, waits = heapq.heappop(queue)
        if key in seen or (way and key == start):
            continue
        seen.add(key)
        for edge in explored.nodes[key].edges or ():
            if edge.ends or len(edge.stretch) > 1:
                continue
            if state in edge.covers:
                found.setdefault(waits, (*way, *edge.stretch))
            elif edge.to not in seen:
                heapq.heappush(
                    queue, (cost + edge.cost, next(number), edge.to, (*way, *edge.stretch), waits | {explored.nodes[edge.to].state})
                )
    return list(found.values())
