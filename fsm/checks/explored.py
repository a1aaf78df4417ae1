"""What only the exploration of whole calls can tell, each with the shortest call that shows it where there is one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from fsm.catalogue import ActionSpec
from fsm.checks.finding import Finding, Place
from fsm.checks.rounds import check_rounds
from fsm.checks.shown import check_shown, texts_of
from fsm.checks.subject import PlacedMove, Subject
from fsm.checks.traps import apart, check_traps, with_the_way_in
from fsm.checks.wording import any_of, quoted
from fsm.explore.escaping import traps
from fsm.explore.path import Path
from fsm.explore.search import Exploration
from fsm.explore.settling import CALLER
from fsm.explore.space import TooManySituations
from fsm.explore.table import Transition
from fsm.explore.variables import UNKNOWN
from fsm.invariants import Rule
from fsm.showing import Text
from fsm.ways import reached_from

__all__ = ["check_explored", "returned_to", "show_way_in"]


def check_explored(subject: Subject) -> list[Finding]:
    """no-way-out, invariant-broken, write-without-yes, state-never-left, move-never-taken, limit-never-fires,
    loop-without-bound, shown-unknown, needs-not-known.

    Only for a document in which nothing else was found: what it says of a name that leads nowhere would be a second
    problem for one slip. A graph that tells apart too many situations is not explored. What was found is remembered,
    so that reading the same graph again costs nothing.
    """
    key = repr(subject.spec), tuple(subject.catalogue.values()), subject.texts
    if key not in _FOUND:
        if len(_FOUND) >= _MOST_REMEMBERED:
            _FOUND.pop(next(iter(_FOUND)))
        _FOUND[key] = tuple(_explored(subject))
    return list(_FOUND[key])


def show_way_in(subject: Subject, findings: Sequence[Finding]) -> list[Finding]:
    """States that no way leads out of, as :func:`check_graph` has found them, each with the shortest call into it."""
    try:
        return list(with_the_way_in(Exploration(subject.spec, subject.catalogue), findings))
    except TooManySituations:
        return list(findings)


_FOUND: Final[dict[tuple[str, tuple[ActionSpec, ...], tuple[Text, ...]], tuple[Finding, ...]]] = {}
_MOST_REMEMBERED: Final = 16


def _explored(subject: Subject) -> Iterator[Finding]:
    try:
        found = _exploration(subject)
    except TooManySituations:
        return
    trapped = [trap for together in traps(found) for trap in apart(found, together)]
    yield from check_traps(found, trapped)
    yield from _broken(found)
    yield from _refused(subject, found)
    yield from _never_taken(subject, found, {name for trap in trapped for name, _ in trap})
    yield from _limits(subject, found)
    yield from check_rounds(found, trapped)
    yield from check_shown(subject, found)


def _exploration(subject: Subject) -> Exploration:
    """With what texts show told apart, unless that makes too much of a graph that could be explored without."""
    try:
        return Exploration(subject.spec, subject.catalogue, texts_of(subject))
    except TooManySituations:
        return Exploration(subject.spec, subject.catalogue)


def _shown(finding: Finding, path: Path | None, end: str) -> Finding:
    """A finding with the call that shows it."""
    return replace(finding, example=(*path.dialogue_to_the_last, end)) if path is not None else finding


def _broken(found: Exploration) -> Iterator[Finding]:
    for index in sorted(found.met.broken):
        rule = next(rule for rule in found.walk.watch.rules.all if rule.index == index)
        path = found.to(lambda met, index=index: index in met.broken)  # type: ignore[misc]
        end, message = _in_words(rule)
        hint = "Change the way that this call takes, or the invariant."
        yield _shown(Finding("invariant-broken", ("invariants", index), message, hint), path, end)


def _in_words(rule: Rule) -> tuple[str, str]:
    """What a call that breaks a rule does in the end, and the sentence about it."""
    kind, name, _ = rule.when[0]
    if rule.says:
        return f"“{rule.says}” has not been said", f"A call can come to {quoted(name)} and go on without {quoted(rule.says)}."
    if rule.once:
        names = any_of([one for _, one, _ in rule.when], "and")
        return f"a second one of {names}", f"A call can come to more than one of {names}."
    does = {"state": "comes to", "action": "runs", "line": "says"}[kind]
    first, other, value = rule.first or ("fact", "", "")
    before = f"{quoted(other)} is {quoted(value)}" if first in {"fact", "outcome"} else quoted(other)
    return f"the call {does} {name}", f"A call {does} {quoted(name)} before {before}."


def _refused(subject: Subject, found: Exploration) -> Iterator[Finding]:
    for state, action in sorted(found.met.unagreed):
        path = found.to(lambda met, key=(state, action): key in met.unagreed)  # type: ignore[misc]
        message = f"{quoted(action)} comes up in {quoted(state)} without the caller's yes to what was read back."
        place: Place = ("states", state, "run", subject.spec.states[state].run.index(action))
        finding = Finding("write-without-yes", place, message, "Lead here only from the question for “agreed”, with “if: {agreed: true}”.")
        yield _shown(finding, path, f"{action} is about to run")
    for state in sorted(found.met.stuck):
        path = found.to(lambda met, state=state: state in met.stuck)  # type: ignore[misc]
        message = f"The call can be stuck in the state {quoted(state)}, with nothing to ask and nowhere to go."
        finding = Finding("state-never-left", ("states", state), message, "Add a move for this case under “next”.")
        yield _shown(finding, path, f"the call is stuck in {state}")


def _never_taken(subject: Subject, found: Exploration, trapped: Collection[str]) -> Iterator[Finding]:
    walked = {transition.place for transition in found.transitions}
    for placed in subject.moves:
        if (
            placed.place in walked
            or placed.state in trapped
            or (placed.state is not None and placed.state not in found.states)
            or _guards(subject, placed)
        ):
            continue
        what = f"The move to {quoted(placed.move.to)}" if placed.move.to else "This move"
        where = f"in the state {quoted(placed.state)}" if placed.state is not None else "anywhere"
        message = f"{what} is never taken: no call is {where} when its condition holds."
        yield Finding("move-never-taken", placed.place, message, "Remove it, or correct its condition.")


def _guards(subject: Subject, placed: PlacedMove) -> bool:
    """Whether a move only makes sure of what an action needs, which `needs-not-known` asks for where it cannot be sure."""
    if placed.kind != "next" or placed.state is None:
        return False
    needs = {need for action in subject.spec.states[placed.state].run for need in subject.catalogue[action].needs}
    return bool(placed.move.if_) and all(name in needs and wanted == UNKNOWN for name, wanted in placed.move.if_.items())


def returned_to(found: Exploration) -> frozenset[str]:
    """The states that a call may come back to within one task, as far as it is for moves to tell."""
    stays = {row.transition for state in found.table.states.values() for rows in state.acts.values() for row in rows if row.target is None}
    kept = _ways(found, lambda transition: transition not in stays and "task" not in found.table.forgets(transition))
    return frozenset(name for name in found.states if name in reached_from(kept.get(name, ()), kept))


def _limits(subject: Subject, found: Exploration) -> Iterator[Finding]:
    returned = returned_to(found)
    for name, state in subject.spec.states.items():
        own = {key for key in ("attempts", "silences", "visits", "replies") if getattr(state.limits, key) is not None}
        place: Place = ("states", name, "limits")
        if own and name in found.states and (name, CALLER) not in found.reached:
            message = f"The limits of the state {quoted(name)} never count: no call waits for the caller there."
            yield Finding("limit-never-fires", place, message, "Remove “limits”, or let the state ask.")
        elif "replies" in own and not state.free:
            message = f"The state {quoted(name)} counts free replies, and allows none."
            yield Finding("limit-never-fires", (*place, "replies"), message, "Remove “replies”, or add “free: true”.")
        elif "visits" in own and name in found.states and name not in returned:
            message = f"No call comes back to the state {quoted(name)} within one task, so that its “visits” never count."
            yield Finding("limit-never-fires", (*place, "visits"), message, "Remove “visits”.")


def _ways(found: Exploration, admits: Callable[[Transition], bool]) -> Mapping[str, set[str]]:
    ways: dict[str, set[str]] = {}
    for transition in found.transitions:
        if admits(transition):
            ways.setdefault(transition.source, set()).add(transition.target)
    return ways
