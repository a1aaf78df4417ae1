"""Keys that belong together stand together, and those that exclude one another do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from fsm.checks.finding import Finding, Place
from fsm.checks.subject import PlacedMove, Subject
from fsm.checks.wording import quoted
from fsm.spec import NOT_FROM_CALLERS, FactSpec, StateSpec

__all__ = ["check_shape"]

_RESERVED = frozenset({"task", "named", "known", "unknown"})


def check_shape(subject: Subject) -> Iterator[Finding]:
    """What single facts, states and moves must look like besides their keys and types."""
    spec = subject.spec
    yield from _twice(spec.acts, ("acts",), "act")
    for name, fact in spec.facts.items():
        yield from _fact(subject, name, fact)
    for name, state in spec.states.items():
        yield from _state(subject, name, state)
    for placed in subject.moves:
        yield from _move(placed)


def _fact(subject: Subject, name: str, fact: FactSpec) -> Iterator[Finding]:
    place: Place = ("facts", name)
    if name in subject.catalogue:
        yield Finding("name-taken", place, f"{quoted(name)} is the name of an action, so no fact can have it.", "Choose another name.")
    if name in _RESERVED:
        yield Finding(
            "name-taken", place, f"{quoted(name)} has a meaning of its own, so no fact can have this name.", "Choose another name."
        )
    if fact.type == "choice" and not fact.options:
        yield Finding("choice-without-options", place, f"The choice {quoted(name)} has no options.", "Add “options: [first, second]”.")
    if fact.type != "choice" and fact.options:
        yield Finding(
            "options-without-choice", (*place, "options"), f"{quoted(name)} is not a choice, so it has no options.", "Remove them."
        )
    if fact.length is not None and fact.type != "reference":
        message = f"{quoted(name)} is not a reference, so it has no length."
        yield Finding("length-without-reference", (*place, "length"), message, "Remove it.")
    for index, option in enumerate(fact.options):
        if option in {"known", "unknown"}:
            yield Finding("name-taken", (*place, "options", index), f"{quoted(option)} cannot be an option.", "Choose another name.")
    yield from _twice(fact.options, (*place, "options"), "option")


def _state(subject: Subject, name: str, state: StateSpec) -> Iterator[Finding]:
    place: Place = ("states", name)
    asked = subject.spec.facts.get(state.ask) if state.ask else None
    if asked is not None and asked.type in NOT_FROM_CALLERS:
        message = f"The state {quoted(name)} asks for {quoted(state.ask)}, which is a {asked.type} and not for callers."
        yield Finding("cannot-be-asked", (*place, "ask"), message, "Ask for another fact, or make it a yes_no.")
    if state.end is not None:
        for key, given in (("ask", state.ask), ("run", state.run), ("next", state.next), ("on", state.on)):
            if given:
                message = f"The call ends in the state {quoted(name)}, so {quoted(key)} would never happen."
                yield Finding("end-goes-on", (*place, key), message, f"Remove either {quoted('end')} or {quoted(key)}.")
    if state.suggest is not None and (state.ask is None or (asked is not None and asked.type != "phone")):
        message = f"The state {quoted(name)} suggests the caller's number, but does not ask for a phone number."
        yield Finding("suggest-without-phone", (*place, "suggest"), message, "Remove “suggest”, or ask for a phone.")
    yield from _twice(state.run, (*place, "run"), "action")
    pauses = state.listen.endpointing_s
    if pauses is not None and not 0 < pauses[0] <= pauses[1]:
        message = "The shortest pause must be more than 0 and not longer than the longest."
        yield Finding("wrong-value", (*place, "listen", "endpointing_s"), message, "Write the shorter first: [0.3, 1.2].")


def _move(placed: PlacedMove) -> Iterator[Finding]:
    move, place = placed.move, placed.place
    if placed.kind == "next":
        if move.on is not None:
            hint = "Put this move under “on”, or remove its “on”."
            yield Finding("on-in-next", (*place, "on"), "A move under “next” waits for no act of the caller.", hint)
        if move.stay:
            yield Finding(
                "stay-in-next", (*place, "stay"), "A move under “next” must lead to a state.", "Use “to”, or put this move under “on”."
            )
    elif move.on is None:
        yield Finding("missing-on", place, f"A move under {quoted(placed.kind)} must say what the caller does.", "Add “on: ” and an act.")
    if move.to is not None and move.stay:
        yield Finding("stay-and-to", (*place, "stay"), "A move either stays or leads to a state, not both.", "Remove “stay” or “to”.")
    if move.to is None and not move.stay:
        yield Finding("move-without-target", place, "This move leads nowhere.", "Add “to: ” and a state, or “stay: true”.")
    if move.do is not None and not move.stay:
        hint = "Add “stay: true”, or let the state that it leads to run the action."
        yield Finding("do-without-stay", (*place, "do"), "An action can be done on the way only by a move that stays.", hint)
    if not move.ask_again and not move.stay:
        yield Finding(
            "ask-again-without-stay", (*place, "ask_again"), "“ask_again” means something only together with “stay”.", "Remove it."
        )
    if move.except_ and placed.kind != "anywhere":
        yield Finding("except-outside-anywhere", (*place, "except"), "“except” means something only under “anywhere”.", "Remove it.")


def _twice(names: Sequence[str], place: Place, what: str) -> Iterator[Finding]:
    for name, count in Counter(names).items():
        if count > 1:
            index = len(names) - 1 - names[::-1].index(name)
            yield Finding("named-twice", (*place, index), f"The {what} {quoted(name)} stands here twice.", "Remove one of the two.")
