"""What a caller is told to have got was got: a state that `achieves` it, and its lines, come only after the action that does it."""

from __future__ import annotations

from collections.abc import Iterator

from fsm.checks.finding import Finding, Place
from fsm.checks.subject import Edge, Subject
from fsm.checks.wording import any_of, quoted
from fsm.spec import Condition

__all__ = ["check_results", "holds_after", "lines_said"]

_Results = dict[str, frozenset[tuple[str, str]]]


def check_results(subject: Subject) -> Iterator[Finding]:
    """result-not-done: a way into a state that achieves something, or one of its lines, without the outcome by which it is achieved.

    Results that no action of the graph has are not looked at: an answer is given without one.
    """
    does: dict[str, set[tuple[str, str]]] = {}
    states = subject.spec.states
    run = {action for state in states.values() for action in state.run} | {placed.move.do for placed in subject.moves}
    for name, action in subject.catalogue.items():
        for outcome, result in action.achieves if name in run else ():
            does.setdefault(result, set()).add((name, outcome))
    results: _Results = {name: frozenset(does[state.achieves]) for name, state in states.items() if state.achieves in does}
    deserved = {name: _only_after(subject, done) for name, done in results.items()}
    for name in [one for one in results if not _ever(subject, one, results[one], deserved[one])]:
        message = (
            f"The state {quoted(name)} achieves {quoted(states[name].achieves)}, but no way into it comes after {_outcomes(results[name])}."
        )
        yield Finding("result-not-done", ("states", name, "achieves"), message, "Correct “achieves”, or remove it.")
        del results[name]  # one slip is one problem
    for edge in subject.edges:
        if edge.target in results and not _after(edge, results[edge.target], deserved[edge.target]):
            yield _finding(subject, edge.target, edge.place, f"This leads to {quoted(edge.target)}", results)
    start = subject.resolve(subject.spec.start)
    if start in results:
        yield _finding(subject, start, ("start",), f"The call begins with {quoted(start)}", results)
    for line, place, state, condition in lines_said(subject):
        name = line.partition(".")[0]
        if name in results and state != name and state not in deserved[name] and not holds_after(condition, results[name]):
            yield _finding(subject, name, place, f"{quoted(line)} is said here", results)


def _finding(subject: Subject, name: str, place: Place, what: str, results: _Results) -> Finding:
    result, done = quoted(subject.spec.states[name].achieves), _outcomes(results[name])
    message = f"{what}, which tells the caller that they have got what they wanted ({result}), but {done} need not have come by then."
    return Finding("result-not-done", place, message, f"Put {done} into its “if”, or choose something else.")


def _outcomes(done: frozenset[tuple[str, str]]) -> str:
    return any_of(f"{action}: {outcome}" for action, outcome in sorted(done))


def _ever(subject: Subject, name: str, done: frozenset[tuple[str, str]], deserved: frozenset[str]) -> bool:
    return any(edge.target == name and _after(edge, done, deserved) for edge in subject.edges)


def _only_after(subject: Subject, done: frozenset[tuple[str, str]]) -> frozenset[str]:
    """States without a question that are entered only after one of these outcomes, directly or through others like them."""
    start = subject.resolve(subject.spec.start)
    after = {name for name, state in subject.spec.states.items() if state.ask is None and name != start}
    while True:
        kept = {name for name in after if all(_after(edge, done, frozenset(after)) for edge in subject.edges if edge.target == name)}
        if kept == after:
            return frozenset(after)
        after = kept


def _after(edge: Edge, done: frozenset[tuple[str, str]], after: frozenset[str]) -> bool:
    return edge.move is not None and (holds_after(edge.move.if_, done) or (edge.kind == "next" and edge.source in after))


def holds_after(condition: Condition, done: frozenset[tuple[str, str]]) -> bool:
    """Whether a condition holds only after one of these outcomes."""
    for name, wanted in condition.items():
        values = wanted if isinstance(wanted, list) else [wanted]
        if values and all((name, value) in done for value in values):
            return True
    return False


def lines_said(subject: Subject) -> Iterator[tuple[str, Place, str | None, Condition]]:
    """Every line that is named, with its place, its state and the condition under which it is said."""
    for placed in subject.moves:
        for index, line in enumerate(placed.move.say):
            yield line, (*placed.place, "say", index), placed.state, placed.move.if_
    for name, state in subject.spec.states.items():
        for index, said in enumerate(state.say):
            yield said.line, ("states", name, "say", index, "line"), name, said.if_
