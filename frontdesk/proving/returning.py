"""Which limits of visits no call comes to, because no task comes to rest in the state a second time.

The exploration keeps no counts. So a changed graph is explored, in which every way into the state leads over a gate: who comes for the
second time within a task goes on into a copy of the state. The limit is out of reach where no call ever waits in the copy.
"""

from __future__ import annotations

from typing import Final, TypeVar

from fsm.explore import TooManySituations, explore
from fsm.graph import Graph
from fsm.spec import FactSpec, GraphSpec, LimitsSpec, MoveSpec, StateSpec

__all__ = ["never_rests_again"]

_BEEN: Final = "been there"
"""A switch of the task; no graph has one of this name, for names have no blanks."""

_Leads = TypeVar("_Leads", MoveSpec, LimitsSpec)


def never_rests_again(graph: Graph, state: str) -> bool:
    """Whether it is proved that no task comes to rest in a state for a second time; False also of a graph too large to explore.

    A state that only lets a call through counts it, but its limit is not looked at.
    """
    changed, copy = _with_a_copy(graph.spec, state)
    try:
        return not any(name == copy and region for (name, _), region in explore(changed, graph.catalogue).reached.items())
    except TooManySituations:
        return False


def _with_a_copy(spec: GraphSpec, state: str) -> tuple[GraphSpec, str]:
    gate, copy = f"{state} comes", f"{state} again"

    def led(one: _Leads, *ways: str) -> _Leads:
        return one.model_copy(update={way: gate for way in ways if getattr(one, way) == state})

    def limited(limits: LimitsSpec) -> LimitsSpec:
        return led(limits, "else_", "silent")

    states = {
        name: one.model_copy(
            update={
                "on": tuple(led(move, "to") for move in one.on),
                "next": tuple(led(move, "to") for move in one.next),
                "limits": limited(one.limits),
            }
        )
        for name, one in spec.states.items()
    }
    tells = StateSpec.model_construct(
        next=(
            MoveSpec.model_construct(if_={_BEEN: True}, to=copy, set={}),
            MoveSpec.model_construct(if_={}, to=state, set={_BEEN: True}),
        )
    )
    anywhere = tuple(led(move, "to") for move in spec.anywhere)
    changed = {
        "start": gate if spec.start == state else spec.start,
        "limits": limited(spec.limits),
        "facts": {**spec.facts, _BEEN: FactSpec(type="switch", scope="task")},
        "anywhere": tuple(
            move.model_copy(update={"except_": (*move.except_, copy)}) if state in move.except_ else move for move in anywhere
        ),
        "states": {**states, copy: states[state], gate: tells},
        "invariants": (),
    }
    return spec.model_copy(update=changed), copy
