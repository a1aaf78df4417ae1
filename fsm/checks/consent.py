"""Work that others see is done only after a yes to the read-back of what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from fsm.checks.finding import Finding
from fsm.checks.subject import AGREED, Edge, Subject
from fsm.checks.wording import any_of, quoted
from fsm.spec import MoveSpec
from fsm.ways import reached_from

__all__ = ["check_consent"]

_HINT = f"Ask for {quoted(AGREED)} before, and lead here only with “if: {{{AGREED}: true}}”."


def check_consent(subject: Subject) -> Iterator[Finding]:
    """write-without-yes, yes-without-caller, yes-outlives-change."""
    spec, catalogue = subject.spec, subject.catalogue
    writing = {
        name: [action for action in state.run if action in catalogue and catalogue[action].writes] for name, state in spec.states.items()
    }
    agreed = _agreed_states(subject)
    for edge in subject.edges:
        if writing[edge.target] and not _agrees(edge, agreed):
            message = f"This leads to {quoted(edge.target)}, where {any_of(writing[edge.target], 'and')} is run without the caller's yes."
            yield Finding("write-without-yes", edge.place, message, _HINT)
    start = subject.resolve(spec.start)
    if start is not None and writing[start]:
        message = f"The call begins with {any_of(writing[start], 'and')}, before the caller has said yes."
        yield Finding("write-without-yes", ("start",), message, _HINT)
    for placed in subject.moves:
        move = placed.move
        if move.do is not None and move.do in catalogue and catalogue[move.do].writes:
            message = f"{quoted(move.do)} changes something that others see, so it cannot be done on the way."
            yield Finding("write-without-yes", (*placed.place, "do"), message, "Lead to a state that runs it after the caller's yes.")
        if AGREED in move.set:
            message = f"Only the caller can say yes, so a move cannot set {quoted(AGREED)}."
            yield Finding("yes-without-caller", (*placed.place, "set", AGREED), message, "Remove it.")
    yield from _outlived(subject, {action for actions in writing.values() for action in actions})


def _outlived(subject: Subject, actions: set[str]) -> Iterator[Finding]:
    agreed = subject.spec.facts.get(AGREED)
    if agreed is None:
        return
    ways = {name: fact.depends_on for name, fact in subject.spec.facts.items()}
    covered = reached_from([AGREED], ways)
    for action in sorted(actions):
        for fact in sorted(subject.catalogue[action].reads & subject.spec.facts.keys() - covered):
            message = f"{quoted(action)} uses {quoted(fact)}, but the caller's yes would still count after {quoted(fact)} has changed."
            place = ("facts", AGREED, "depends_on") if agreed.depends_on else ("facts", AGREED)
            yield Finding("yes-outlives-change", place, message, f"Add {quoted(fact)} to “depends_on” of {quoted(AGREED)}.")


def _agreed_states(subject: Subject) -> frozenset[str]:
    """States without a question that are entered only after a yes, directly or through others like them."""
    start = subject.resolve(subject.spec.start)
    agreed = {name for name, state in subject.spec.states.items() if state.ask is None and name != start}
    while True:
        kept = {name for name in agreed if all(_agrees(edge, frozenset(agreed)) for edge in subject.edges if edge.target == name)}
        if kept == agreed:
            return frozenset(agreed)
        agreed = kept


def _agrees(edge: Edge, agreed: frozenset[str]) -> bool:
    move = edge.move
    if move is None or _drops_yes(move):
        return False
    return move.if_.get(AGREED) is True or move.if_.get(AGREED) == [True] or (edge.kind == "next" and edge.source in agreed)


def _drops_yes(move: MoveSpec) -> bool:
    return AGREED in move.set or AGREED in move.forget or "task" in move.forget
