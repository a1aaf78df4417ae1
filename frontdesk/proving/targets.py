"""What there is to cover in a graph, and what one step of a call covers of it. Targets are names: `slot.next[3]`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from fsm.call import Call
from fsm.events import ActionFinished, Event
from fsm.graph import Graph
from fsm.spec import MoveSpec, StateSpec
from fsm.step import Step

__all__ = ["KINDS", "Kind", "Target", "covered", "targets_of"]

Kind = Literal["states", "transitions", "conditions", "outcomes", "limits"]
KINDS: Final[tuple[Kind, ...]] = ("states", "transitions", "conditions", "outcomes", "limits")


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to cover. `sentence` tells a product owner what it is; `to` is where a transition leads, None where it stays."""

    name: str
    kind: Kind
    state: str
    sentence: str
    to: str | None = None


def targets_of(graph: Graph) -> dict[str, Target]:
    """Everything that calls can come through, by name, in the order of the file.

    Moves on acts count where a caller is listened to. A move that an earlier one for the same act always takes from
    is left out.
    """
    found = {target.name: target for name, state in graph.states.items() for target in _of_state(graph, name, state)}
    for action in dict.fromkeys(move.do for move in graph.spec.anywhere if move.do is not None):
        for outcome in sorted(graph.catalogue[action].outcomes):
            target = Target(f"{action}={outcome}", "outcomes", "", f"wherever it is asked for: “{action}” comes out as “{outcome}”")
            found[target.name] = target
    return found


def _of_state(graph: Graph, name: str, state: StateSpec) -> Iterator[Target]:
    yield Target(name, "states", name, f"the state “{name}”")
    for index, move in enumerate(state.next):
        yield from _of_move(name, f"next[{index}]", move, f"{_conditions(move)}")
    for index, line in enumerate(state.say):
        if line.if_:
            for held in (True, False):
                shown = f"in the state “{name}”: the line “{line.line}” is {'' if held else 'not '}said"
                yield Target(_named(name, f"say[{index}]", held=held), "conditions", name, shown)
    if state.ask is not None and state.end is None:
        yield from _of_acts(graph, name, state)
        yield from _of_limits(graph, name)
    for action in state.run:
        for outcome in sorted(graph.catalogue[action].outcomes):
            yield Target(f"{name}.{action}={outcome}", "outcomes", name, f"in the state “{name}”: “{action}” comes out as “{outcome}”")


def _of_acts(graph: Graph, name: str, state: StateSpec) -> Iterator[Target]:
    always: set[str] = set()
    moves = [(f"on[{index}]", move) for index, move in enumerate(state.on)]
    moves += [(f"anywhere[{index}]", move) for index, move in enumerate(graph.spec.anywhere) if name not in move.except_]
    for place, move in moves:
        if str(move.on) in always:
            continue
        if not move.if_:
            always.add(str(move.on))
        yield from _of_move(name, place, move, f"on “{move.on}”{' ' if move.if_ else ''}{_conditions(move)}")
        if move.do is not None and place.startswith("on"):
            for outcome in sorted(graph.catalogue[move.do].outcomes):
                shown = f"in the state “{name}”: “{move.do}” comes out as “{outcome}”"
                yield Target(f"{name}.{move.do}={outcome}", "outcomes", name, shown)


def _of_limits(graph: Graph, name: str) -> Iterator[Target]:
    limits, knows = graph.limits[name], graph.machine.knows
    for limit, most, trigger, target in (
        ("attempts", limits.attempts, "gave_up", limits.else_),
        ("silences", limits.silences, "fell_silent", limits.silent),
        ("visits", limits.visits, "gave_up", limits.else_),
    ):
        if most is not None and knows(trigger, name):
            yield Target(f"{name}.{limit}", "limits", name, f"in the state “{name}”: the limit of {most} {limit}", target)


def _of_move(name: str, place: str, move: MoveSpec, when: str) -> Iterator[Target]:
    leads = "stay" if move.stay else f"to “{move.to}”"
    shown = f"in the state “{name}”: {when}{', ' if when else ''}{leads}"
    yield Target(_named(name, place, held=True), "transitions", name, shown, None if move.stay else move.to)
    if move.if_:
        yield Target(_named(name, place, held=False), "conditions", name, f"{shown} – the condition does not hold")


def _conditions(move: MoveSpec) -> str:
    return "if " + " and ".join(f"{name} is {_value(value)}" for name, value in move.if_.items()) if move.if_ else ""


def _value(value: object) -> str:
    if isinstance(value, list):
        return " or ".join(map(str, value))
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _named(state: str, place: str, *, held: bool) -> str:
    return f"{state}.{place}" if held else f"{state}.{place}:not"


def covered(graph: Graph, before: Call, event: Event, made: Step) -> Iterator[str]:
    """The names of what one step covers; names that are no targets of the graph may be among them."""
    if not before.path:
        yield made.call.path[0]
    entered = {target for _, target in made.moves}
    yield from sorted(entered)
    if isinstance(event, ActionFinished) and event.id in before.running:
        action = before.running[event.id]
        yield from (f"{before.state}.{action}={event.outcome}", f"{action}={event.outcome}")
    arrived: set[str] = set()
    for state, place, held in made.looked:
        if place == "else":
            yield f"{state}.{'visits' if state in arrived else 'attempts'}"
        elif place == "silent":
            yield f"{state}.silences"
        else:
            yield _named(state, place, held=held)
        if held:
            arrived |= _leads(graph, state, place)


def _leads(graph: Graph, state: str, place: str) -> set[str]:
    """Where a place leads to, if it is a move that leads somewhere."""
    if place in {"else", "silent"}:
        limits = graph.limits[state]
        target = limits.else_ if place == "else" else limits.silent
        return {target} if target else set()
    kind, index = place.removesuffix("]").split("[")
    moves: Mapping[str, tuple[MoveSpec, ...]] = {
        "next": graph.states[state].next,
        "on": graph.states[state].on,
        "anywhere": graph.spec.anywhere,
    }
    target = moves[kind][int(index)].to if kind in moves else None
    return {target} if target else set()
