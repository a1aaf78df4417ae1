"""Which facts a graph reads, with the values that it tells apart, and which it forgets."""

from __future__ import annotations

from collections.abc import Iterable

from fsm.catalogue import Catalogue
from fsm.invariants import Rules
from fsm.spec import Condition, GraphSpec, Value

__all__ = ["forgotten", "mentioned_in"]


def forgotten(spec: GraphSpec) -> set[str]:
    """The facts that some move drops, or that are dropped with another."""
    names = {name for move in spec.moves for name in move.forget}
    rests = {name for name, fact in spec.facts.items() if fact.depends_on or (fact.scope == "task" and "task" in names)}
    return names | rests


def mentioned_in(spec: GraphSpec, catalogue: Catalogue) -> dict[str, set[Value]]:
    """The facts that something reads, with the values that are told apart."""
    found: dict[str, set[Value]] = {}

    def look(name: str, values: Iterable[Value] = ()) -> None:
        if name in spec.facts:
            found.setdefault(name, set()).update(values)

    def look_at(condition: Condition) -> None:
        for name, wanted in condition.items():
            look(name, wanted if isinstance(wanted, list) else [wanted])

    moves = spec.moves
    for move in moves:
        look_at(move.if_)
        for name, value in move.set.items():
            if name in found or any(name in other.if_ for other in moves):
                look(name, [value])
    for rule in Rules(spec).all:
        if rule.first is not None and rule.first[0] == "fact":
            look(rule.first[1], [rule.first[2]])
    for state in spec.states.values():
        if state.ask is not None:
            look(state.ask)
        for said in state.say:
            look_at(said.if_)
        for action in state.run:
            for need in catalogue[action].needs:
                look(need)
            if catalogue[action].writes:
                look("agreed")
    return found
