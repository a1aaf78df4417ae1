"""A state leads on: one that does not ask, whatever is known and however its actions come out; one that asks, once it is answered."""

from __future__ import annotations

from collections.abc import Iterator

from fsm.catalogue import ActionSpec
from fsm.checks.boxes import UNKNOWN, Box, Domains, TooManyCases, describe
from fsm.checks.finding import Finding
from fsm.checks.shadowed import domains_of
from fsm.checks.subject import Subject
from fsm.checks.wording import any_of, quoted
from fsm.spec import NOT_FROM_CALLERS, StateSpec

__all__ = ["check_coverage"]

_NOTHING_TO_ASK = frozenset({"failed", "none", "exhausted"})
"""Outcomes that bring nothing to choose from: a state that asks for a choice cannot ask after them."""
_PICKED_FROM = {"offered_slot": "offers", "appointment": "appointments"}


def check_coverage(subject: Subject) -> Iterator[Finding]:
    """state-never-left, outcome-without-edge, answer-leads-nowhere."""
    domains = domains_of(subject)
    for name, state in subject.spec.states.items():
        if state.end is not None or name in subject.unread_states or any(action not in subject.catalogue for action in state.run):
            continue
        try:
            if state.ask is None:
                yield from _passing(subject, domains, name, state)
            else:
                yield from _asking(subject, domains, name, state)
                yield from _answered(subject, domains, name, state)
        except TooManyCases:
            continue


def _passing(subject: Subject, domains: Domains, name: str, state: StateSpec) -> Iterator[Finding]:
    run = {action: subject.catalogue[action].outcomes for action in state.run}
    if not state.next:
        hint = "Add “next” with a move, “ask” with a fact, or “end: hang_up”."
        yield Finding(
            "state-never-left",
            ("states", name),
            f"The call never leaves the state {quoted(name)}: it asks nothing and leads nowhere.",
            hint,
        )
        return
    start: Box = dict(run)
    left = domains.left_over([start], [domains.box(move.if_) for move in state.next])
    if not left:
        return
    for action, outcomes in run.items():
        missing = frozenset(value for box in left for value in domains.allowed(box, action))
        named = any(action in move.if_ for move in state.next)
        if named and (missing != outcomes or len(run) == 1):
            yield _without_edge(name, state, action, missing, next(box for box in left if domains.allowed(box, action) & missing), domains)
            return
    message = f"The call is stuck in the state {quoted(name)} when {describe(left[0], domains, state.run)}."
    yield Finding("state-never-left", ("states", name, "next"), message, "Add a move for this case, or a last one without “if”.")


def _asking(subject: Subject, domains: Domains, name: str, state: StateSpec) -> Iterator[Finding]:
    asked = subject.spec.facts.get(str(state.ask))
    for action_name in state.run:
        action = subject.catalogue[action_name]
        heard = _told(state, action_name)
        for outcome in sorted(action.outcomes):
            if outcome in heard or not _leads_nowhere(action, outcome, state, asked.type if asked else ""):
                continue
            start: Box = {action_name: frozenset({outcome}), **({str(state.ask): frozenset({UNKNOWN})} if asked else {})}
            left = domains.left_over([start], [domains.box(move.if_) for move in state.next])
            if left:
                yield _without_edge(name, state, action_name, frozenset({outcome}), left[0], domains)


def _answered(subject: Subject, domains: Domains, name: str, state: StateSpec) -> Iterator[Finding]:
    """A question is never put about what is known: every answer leads on."""
    asked = str(state.ask)
    if asked not in subject.spec.facts or subject.spec.facts[asked].type in NOT_FROM_CALLERS or asked in domains.guessed:
        return
    acts = {move.on for move in state.on}
    answers = domains.values[asked] - {UNKNOWN} - {value for act, value in (("yes", True), ("no", False)) if act in acts}
    if not answers:
        return
    left = domains.left_over([{asked: answers}], [domains.box(move.if_) for move in state.next])
    if left:
        message = f"The state {quoted(name)} has its answer, but no move, when {describe(left[0], domains, [asked])}."
        place = ("states", name, "next") if state.next else ("states", name)
        yield Finding("answer-leads-nowhere", place, message, "Add a move for this case under “next”.")


def _leads_nowhere(action: ActionSpec, outcome: str, state: StateSpec, asked_type: str) -> bool:
    """Whether nothing can be asked after this outcome: it brought no answer and nothing to choose from."""
    helps = state.ask in action.sets or _PICKED_FROM.get(asked_type) in action.fills
    return outcome in _NOTHING_TO_ASK if helps else True


def _told(state: StateSpec, action: str) -> frozenset[object]:
    """Outcomes after which the state says something before it asks. An empty-handed one must lead elsewhere all the same."""
    told: set[object] = set()
    for said in state.say:
        wanted = said.if_.get(action)
        told |= set(wanted if isinstance(wanted, list) else [wanted])
    return frozenset(told - _NOTHING_TO_ASK)


def _without_edge(name: str, state: StateSpec, action: str, outcomes: frozenset[object], example: Box, domains: Domains) -> Finding:
    rest = {key: values for key, values in example.items() if key != action and key not in state.run and key != state.ask}
    when = describe(rest, domains)
    also = f" when {when}" if when != "anything" else ""
    message = f"The state {quoted(name)} has no move for the outcome {any_of(sorted(outcomes, key=str))} of {quoted(action)}{also}."
    hint = f"Add “{{if: {{{action}: {min(map(str, outcomes))}}}, to: …}}” under “next”."
    return Finding("outcome-without-edge", ("states", name, "run", state.run.index(action)), message, hint)
