"""Invariants are clear, and speak of what exists."""

from __future__ import annotations

from collections.abc import Iterator

from fsm.checks.finding import Finding, Place
from fsm.checks.subject import Subject
from fsm.checks.wording import any_of, did_you_mean, quoted
from fsm.invariants import Rules
from fsm.spec import HappensSpec, NeverSpec

__all__ = ["check_invariants"]

_FORMS = "Write “never: {action: …, before: {fact: …, is: …}}”, “never: {states: […]}” or “always: {state: …, says: …}”."


def check_invariants(subject: Subject) -> Iterator[Finding]:
    """invariant-unclear, unknown-state, unknown-fact, unknown-action, unknown-outcome, unknown-value, missing-line."""
    clear = {rule.index for rule in Rules(subject.spec).all}
    for index, one in enumerate(subject.spec.invariants):
        place: Place = ("invariants", index)
        if index not in clear:
            yield Finding("invariant-unclear", place, "It is not clear what this invariant forbids or asks for.", _FORMS)
            continue
        if one.never is not None:
            yield from _never(subject, one.never, (*place, "never"))
        if one.always is not None:
            yield from _happens(subject, HappensSpec(state=one.always.state), (*place, "always"))
            state = subject.spec.states.get(str(one.always.state))
            if state is not None and one.always.says not in {said.line for said in state.say}:
                says = any_of([said.line for said in state.say]) if state.say else "no line of its own"
                message = f"The state {quoted(one.always.state)} never says {quoted(one.always.says)}; it says {says}."
                yield Finding(
                    "invariant-broken", (*place, "always", "says"), message, "Put the line back under “say”, or correct its name."
                )


def _never(subject: Subject, never: NeverSpec, place: Place) -> Iterator[Finding]:
    yield from _happens(subject, HappensSpec(state=never.state, action=never.action, line=never.line), place)
    if never.before is not None:
        yield from _happens(subject, never.before, (*place, "before"))
    for index, name in enumerate(never.states):
        yield from _happens(subject, HappensSpec(state=name), (*place, "states", index))
    for index, name in enumerate(never.actions):
        yield from _happens(subject, HappensSpec(action=name), (*place, "actions", index))


def _happens(subject: Subject, one: HappensSpec, place: Place) -> Iterator[Finding]:
    spec = subject.spec
    if one.state is not None and one.state not in spec.states:
        yield Finding("unknown-state", place, f"There is no state {quoted(one.state)}.", did_you_mean(one.state, spec.states))
    if one.action is not None:
        action = subject.catalogue.get(one.action)
        if action is None:
            yield Finding("unknown-action", place, f"There is no action {quoted(one.action)}.", did_you_mean(one.action, subject.catalogue))
        elif one.is_ is not None and one.is_ not in action.outcomes:
            hint = did_you_mean(one.is_, action.outcomes, f"It can be {any_of(sorted(action.outcomes))}.")
            yield Finding("unknown-outcome", place, f"The action {quoted(one.action)} never comes out as {quoted(one.is_)}.", hint)
    if one.fact is not None:
        yield from _fact(subject, one.fact, one.is_, place)
    if one.line is not None:
        said = {line.line for state in spec.states.values() for line in state.say} | {
            line for placed in subject.moves for line in placed.move.say
        }
        if one.line not in said:
            hint = did_you_mean(one.line, said, "Name a line that stands under a “say”.")
            yield Finding("missing-line", place, f"No state and no move says {quoted(one.line)}.", hint)


def _fact(subject: Subject, name: str, value: bool | str | None, place: Place) -> Iterator[Finding]:
    fact = subject.spec.facts.get(name)
    if fact is None:
        yield Finding("unknown-fact", place, f"There is no fact {quoted(name)}.", did_you_mean(name, subject.spec.facts))
        return
    values: set[bool | str] = {"known"}
    if fact.type == "choice":
        values |= set(fact.options)
    elif fact.type in {"yes_no", "switch"}:
        values |= {True, False}
    if value is not None and not any(value == one and isinstance(value, bool) == isinstance(one, bool) for one in values):
        message = f"{quoted(name)} is never {quoted(value)}."
        yield Finding(
            "unknown-value", place, message, did_you_mean(value, map(str, values), f"It can be {any_of(sorted(values, key=str))}.")
        )
