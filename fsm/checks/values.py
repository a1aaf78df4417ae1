"""Conditions and `set` use values that can occur."""

from __future__ import annotations

from collections.abc import Iterator

from fsm.checks.finding import Finding, Place
from fsm.checks.subject import Subject
from fsm.checks.wording import any_of, did_you_mean, quoted
from fsm.spec import FactSpec, Value

__all__ = ["check_values"]

_KNOWN_OR_NOT = frozenset({"known", "unknown"})


def check_values(subject: Subject) -> Iterator[Finding]:
    """unknown-outcome, unknown-value, empty-condition."""
    for _, place, condition in subject.conditions:
        for name, wanted in condition.items():
            here = (*place, name)
            if isinstance(wanted, list):
                if not wanted:
                    yield Finding(
                        "empty-condition", here, f"The list of values for {quoted(name)} is empty, so this never holds.", "Name a value."
                    )
                for index, value in enumerate(wanted):
                    yield from _value(subject, name, value, (*here, index), alone=False)
            else:
                yield from _value(subject, name, wanted, here, alone=True)
    for placed in subject.moves:
        for name, value in placed.move.set.items():
            yield from _set(subject, name, value, (*placed.place, "set", name))


def _value(subject: Subject, name: str, value: Value, place: Place, *, alone: bool) -> Iterator[Finding]:
    fact, action = subject.spec.facts.get(name), subject.catalogue.get(name)
    if fact is None and action is None:
        return
    if isinstance(value, str) and value in _KNOWN_OR_NOT:
        if not alone:
            yield Finding(
                "unknown-value", place, f"{quoted(value)} cannot stand in a list of values.", "Write it alone, or name the values."
            )
        return
    if fact is not None:
        yield from _fact_value(name, fact, value, place)
    elif action is not None and (not isinstance(value, str) or value not in action.outcomes):
        hint = did_you_mean(value, action.outcomes, f"It can be {any_of(sorted(action.outcomes))}.")
        yield Finding("unknown-outcome", place, f"The action {quoted(name)} never comes out as {quoted(value)}.", hint)


def _fact_value(name: str, fact: FactSpec, value: Value, place: Place) -> Iterator[Finding]:
    if fact.type in {"yes_no", "switch"}:
        if not isinstance(value, bool):
            yield Finding(
                "unknown-value", place, f"{quoted(name)} can be true, false, known or unknown, not {quoted(value)}.", "Write true or false."
            )
    elif fact.type == "choice":
        if not isinstance(value, str) or value not in fact.options:
            hint = did_you_mean(value, fact.options, f"It can be {any_of(fact.options)}." if fact.options else "")
            yield Finding("unknown-value", place, f"{quoted(value)} is not one of the options of {quoted(name)}.", hint)
    else:
        hint = did_you_mean(value, _KNOWN_OR_NOT, "Write known or unknown.")
        yield Finding(
            "unknown-value", place, f"A condition can ask only whether {quoted(name)} is known or unknown, not for {quoted(value)}.", hint
        )


def _set(subject: Subject, name: str, value: Value, place: Place) -> Iterator[Finding]:
    fact = subject.spec.facts.get(name)
    if fact is None:
        return
    if fact.type in {"yes_no", "switch"}:
        good = isinstance(value, bool)
    elif fact.type == "choice":
        good = value in fact.options
    else:
        good = isinstance(value, str) and value not in _KNOWN_OR_NOT
    if not good:
        hint = (
            "Write true or false."
            if fact.type in {"yes_no", "switch"}
            else did_you_mean(value, fact.options, "Use “forget” to make a fact unknown.")
        )
        yield Finding("unknown-value", place, f"{quoted(name)} cannot be set to {quoted(value)}.", hint)
