"""Every name leads to something: states, facts, actions, acts, tools."""

from __future__ import annotations

from collections.abc import Iterator

from fsm.checks.finding import Finding, Place
from fsm.checks.subject import BUILT_IN_ACTS, PlacedMove, Subject
from fsm.checks.wording import did_you_mean, quoted

__all__ = ["check_names"]

_TASK = "task"
_NAMED = "named"


def check_names(subject: Subject) -> Iterator[Finding]:
    """unknown-state, unknown-fact, unknown-action, unknown-act, unknown-tool."""
    spec = subject.spec
    yield from _state(subject, spec.start, ("start",))
    for key, act in spec.keypad.items():
        yield from _act(subject, act, ("keypad", key))
    for name, fact in spec.facts.items():
        for index, other in enumerate(fact.depends_on):
            yield from _fact(subject, other, ("facts", name, "depends_on", index))
    for owner, limits in ((("limits",), spec.limits), *((("states", name, "limits"), state.limits) for name, state in spec.states.items())):
        for key, target in (("else", limits.else_), ("silent", limits.silent)):
            if target is not None:
                yield from _state(subject, target, (*owner, key))
    for name, state in spec.states.items():
        if state.ask is not None:
            yield from _fact(subject, state.ask, ("states", name, "ask"))
        for index, action in enumerate(state.run):
            yield from _action(subject, action, ("states", name, "run", index))
        for index, tool in enumerate(state.tools):
            yield from _tool(subject, tool, ("states", name, "tools", index))
    for placed in subject.moves:
        yield from _move(subject, placed)
    for _, place, condition in subject.conditions:
        for name in condition:
            yield from _fact_or_action(subject, name, (*place, name))


def _move(subject: Subject, placed: PlacedMove) -> Iterator[Finding]:
    move, place = placed.move, placed.place
    if move.on is not None:
        yield from _act(subject, move.on, (*place, "on"))
    if move.to is not None:
        yield from _state(subject, move.to, (*place, "to"))
    if move.do is not None:
        yield from _action(subject, move.do, (*place, "do"))
    for index, name in enumerate(move.except_):
        yield from _state(subject, name, (*place, "except", index))
    for name in move.set:
        yield from _fact(subject, name, (*place, "set", name))
    for index, name in enumerate(move.forget):
        if name not in {_TASK, _NAMED}:
            yield from _fact_or_action(subject, name, (*place, "forget", index))


def _state(subject: Subject, name: str, place: Place) -> Iterator[Finding]:
    if name not in subject.spec.states and name not in subject.raw_states and "states" not in subject.absent:
        hint = did_you_mean(name, subject.spec.states, "Correct the name, or add this state under “states”.")
        yield Finding("unknown-state", place, f"There is no state {quoted(name)}.", hint)


def _fact(subject: Subject, name: str, place: Place) -> Iterator[Finding]:
    if name not in subject.fact_names and "facts" not in subject.absent:
        hint = did_you_mean(name, subject.fact_names, "Correct the name, or add this fact under “facts”.")
        yield Finding("unknown-fact", place, f"There is no fact {quoted(name)}.", hint)


def _action(subject: Subject, name: str, place: Place) -> Iterator[Finding]:
    if name not in subject.catalogue:
        yield Finding("unknown-action", place, f"There is no action {quoted(name)}.", did_you_mean(name, subject.catalogue))


def _fact_or_action(subject: Subject, name: str, place: Place) -> Iterator[Finding]:
    if name in subject.catalogue or name in subject.fact_names or "facts" in subject.absent:
        return
    known = {*subject.fact_names, *subject.catalogue}
    hint = did_you_mean(name, known, "Correct the name, or add this fact under “facts”.")
    yield Finding("unknown-fact", place, f"{quoted(name)} is neither a fact nor an action.", hint)


def _act(subject: Subject, name: str, place: Place) -> Iterator[Finding]:
    known = {*subject.spec.acts, *BUILT_IN_ACTS}
    if name not in known and "acts" not in subject.absent:
        hint = did_you_mean(name, known, "Correct the name, or add this act under “acts”.")
        yield Finding("unknown-act", place, f"There is no act {quoted(name)}.", hint)


def _tool(subject: Subject, name: str, place: Place) -> Iterator[Finding]:
    if "facts" in subject.absent:
        return
    known = {"say_yes_no", *(f"{verb}_{fact}" for verb in ("say", "choose") for fact in subject.fact_names)}
    if name not in known:
        hint = did_you_mean(name, known, "A tool is say_ or choose_ and a fact: say_name, choose_slot; or say_yes_no.")
        yield Finding("unknown-tool", place, f"There is no tool {quoted(name)}.", hint)
