"""What no call can come through, whatever happens: read off the exact exploration of a graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from frontdesk.proving.targets import Target
from fsm.checks.explored import returned_to
from fsm.explore import TooManySituations, Transition, explore
from fsm.explore.search import Exploration
from fsm.explore.settling import ENDED
from fsm.graph import Graph

__all__ = ["cannot_happen", "target_of"]


def cannot_happen(graph: Graph, targets: Iterable[Target]) -> frozenset[str]:
    """The targets that no call comes through; none are known of a graph that is too large to explore.

    These are transitions that no call takes, visits of states that no task comes back to, and conditions of moves on
    hanging up that hold whenever they are looked at. Other conditions may be looked at in the middle of an utterance,
    of which the exploration keeps nothing.
    """
    try:
        explored = explore(graph.spec, graph.catalogue)
    except TooManySituations:
        return frozenset()
    walked = {target_of(transition) for transition in explored.transitions}
    returned = returned_to(explored)
    always = set(_always_held(explored))
    return frozenset(
        target.name
        for target in targets
        if (target.kind == "transitions" and target.name not in walked)
        or (target.name.endswith(".visits") and target.state not in returned)
        or target.name in always
    )


def target_of(transition: Transition) -> str:
    """The name of the target that a transition is."""
    if transition.kind == "else":
        return f"{transition.source}.attempts"
    if transition.kind == "silent":
        return f"{transition.source}.silences"
    return f"{transition.source}.{transition.kind}[{transition.place[-1]}]"


def _always_held(explored: Exploration) -> Iterator[str]:
    """Conditions of moves on hanging up, an utterance of its own, that never fail where no earlier move has held."""
    for name, state in explored.table.states.items():
        region: dict[int, int] = {}
        for location, found in explored.reached.items():
            if location[0] == name and location[1] != ENDED:
                for key, bits in found.items():
                    region[key] = region.get(key, 0) | bits
        for row in state.acts.get("hangs_up", ()):
            region = {key: left for key, bits in region.items() if (left := bits & ~row.guard.holds(key, bits))}
            if row.move.if_ and not region:
                yield f"{target_of(row.transition)}:not"
