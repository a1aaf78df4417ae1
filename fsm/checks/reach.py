"""Every state can be come to, and from every state the call can come to an end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fsm.checks.finding import Finding
from fsm.checks.subject import Subject
from fsm.checks.wording import any_of, quoted
from fsm.ways import reached_from

__all__ = ["check_reach"]


def check_reach(subject: Subject) -> Iterator[Finding]:
    """unreachable-state, no-way-out."""
    spec = subject.spec
    start = subject.resolve(spec.start)
    forward: dict[str, set[str]] = {name: set() for name in spec.states}
    backward: dict[str, set[str]] = {name: set() for name in spec.states}
    for edge in subject.edges:
        forward[edge.source].add(edge.target)
        if edge.kind != "anywhere":  # a caller must not be obliged to ask for the way out
            backward[edge.target].add(edge.source)
    if start is not None and not subject.unread_states - spec.states.keys():
        yield from _unreachable(subject, start, forward)
    ends = [name for name, state in spec.states.items() if state.end is not None or not (state.next or state.on or state.ask)]
    leaving = reached_from([*ends, *subject.lost], backward)
    for name in spec.states:
        if name not in leaving:
            message = f"From the state {quoted(name)} the call can never come to an end."
            yield Finding(
                "no-way-out", ("states", name), message, "Lead a move or its limits to a state that ends the call, or to a person."
            )


def _unreachable(subject: Subject, start: str, forward: Mapping[str, set[str]]) -> Iterator[Finding]:
    reached = reached_from([start], forward)
    lost = [name for name in subject.spec.states if name not in reached]
    entered = {edge.target for edge in subject.edges if edge.target != edge.source}
    if subject.lost & reached or subject.unread_states:
        # Where some move leads to nobody knows where, only a state that nothing leads to is surely out of reach.
        lost = [name for name in lost if name not in entered]
    told: set[str] = set()
    # The first of several that only lead to one another: reaching it is what would help.
    for name in sorted(lost, key=lambda name: name in entered):
        if name not in told:
            behind = reached_from([name], forward) & set(lost) - told - {name}
            told |= {name, *behind}
            also = f", nor to {any_of(sorted(behind))} behind it" if behind else ""
            message = f"No call can come to the state {quoted(name)}{also}."
            yield Finding("unreachable-state", ("states", name), message, "Lead a move to it, or remove it.")
