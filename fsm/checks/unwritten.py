"""The lines that calls can say although nothing has been written for the caller by then: no booking, no move, no cancellation."""

from __future__ import annotations

from collections.abc import Iterator

from fsm.checks.results import holds_after, lines_said
from fsm.checks.subject import Subject

__all__ = ["done_by_writing", "lines_before_writing"]


def done_by_writing(subject: Subject) -> frozenset[tuple[str, str]]:
    """The outcomes of actions of this graph by which something is written that others see."""
    run = {action for state in subject.spec.states.values() for action in state.run} | {placed.move.do for placed in subject.moves}
    return frozenset(
        (name, outcome) for name, action in subject.catalogue.items() if action.writes and name in run for outcome, _ in action.achieves
    )


def lines_before_writing(subject: Subject) -> frozenset[str]:
    """The lines that stand under a `say` where none of these outcomes need have come; and the states that ask so, with a dot."""
    done = done_by_writing(subject)
    after = _only_after(subject, done)
    said = {line for line, _, state, condition in lines_said(subject) if state not in after and not holds_after(condition, done)}
    return frozenset(said | set(_asking(subject, after)))


def _asking(subject: Subject, after: frozenset[str]) -> Iterator[str]:
    return (f"{name}." for name, state in subject.spec.states.items() if state.ask is not None and name not in after)


def _only_after(subject: Subject, done: frozenset[tuple[str, str]]) -> frozenset[str]:
    """States that calls come to only after one of these outcomes, however long ago: what is written stays written."""
    after = set(subject.spec.states) - {subject.resolve(subject.spec.start)}
    while True:
        too_soon = {
            edge.target
            for edge in subject.edges
            if edge.target in after and edge.source not in after and not (edge.move is not None and holds_after(edge.move.if_, done))
        }
        if not too_soon:
            return frozenset(after)
        after -= too_soon
