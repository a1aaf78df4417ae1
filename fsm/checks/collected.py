"""Facts are collected and actions run before anything looks at them, and no fact depends on itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fsm.checks.finding import Finding, Place
from fsm.checks.subject import Subject
from fsm.checks.wording import nearest, quoted
from fsm.ways import reached_from

__all__ = ["check_collected"]


def check_collected(subject: Subject) -> Iterator[Finding]:
    """fact-never-collected, fact-collected-later, action-never-run, depends-on-itself."""
    if "facts" in subject.absent or "states" in subject.absent:
        return
    yield from _cycles(subject)
    if _unsure_what_is_asked(subject):
        return
    yield from _never_run(subject)
    providers = _providers(subject)
    ways: dict[str, set[str]] = {}
    for edge in subject.edges:
        ways.setdefault(edge.source, set()).add(edge.target)
    start = subject.resolve(subject.spec.start)
    reached = reached_from([start], ways) if start is not None else set()
    for state, place, fact, why in _reads(subject):
        if fact not in subject.spec.facts:
            if fact not in subject.raw_facts:
                yield Finding(
                    "fact-never-collected", place, f"{why} {quoted(fact)}, which is no fact.", "Add this fact, or do not run the action."
                )
            continue
        if subject.spec.facts[fact].type == "switch":  # the business sets it before the first word
            continue
        sources = providers.get(fact, set())
        if not sources:
            hint = f"Let a state “ask” for {quoted(fact)}, or remove this."
            yield Finding("fact-never-collected", place, f"{why} {quoted(fact)}, which no state asks for.", hint)
        elif state in reached and not (subject.lost or state in reached_from(sources, ways)):
            hint = f"Ask for {quoted(fact)} before."
            yield Finding("fact-collected-later", place, f"{why} {quoted(fact)}, which is asked for only afterwards.", hint)


def _never_run(subject: Subject) -> Iterator[Finding]:
    run = {action for state in subject.spec.states.values() for action in state.run}
    if not run <= subject.catalogue.keys():
        return
    for _, place, condition in subject.conditions:
        for name in condition:
            if name in subject.catalogue and name not in run and name not in subject.spec.facts:
                message = f"This looks at how {quoted(name)} came out, which no state runs."
                yield Finding("action-never-run", (*place, name), message, f"Add “run: [{name}]” to a state before, or remove this.")


def _reads(subject: Subject) -> Iterator[tuple[str | None, Place, str, str]]:
    """State, place, fact and the beginning of the sentence for everything that needs a fact."""
    facts = subject.spec.facts
    for state, place, condition in subject.conditions:
        for name in condition:
            if name in facts:
                yield state, (*place, name), name, "This looks at"
    for name, spec in subject.spec.states.items():
        for index, action in enumerate(spec.run):
            if action in subject.catalogue:
                for fact in sorted(subject.catalogue[action].needs):
                    yield name, ("states", name, "run", index), fact, f"The action {quoted(action)} needs"


def _meant(subject: Subject, fact: str) -> str | None:
    return fact if fact in subject.spec.facts else nearest(fact, subject.spec.facts)


def _unsure_what_is_asked(subject: Subject) -> bool:
    """Whether some state asks for something that cannot be read: any fact might be collected there."""
    return bool(subject.unread_states) or any(
        state.ask is not None and _meant(subject, state.ask) is None for state in subject.spec.states.values()
    )


def _providers(subject: Subject) -> Mapping[str, set[str]]:
    """For each fact the states in which it may become known."""
    found: dict[str, set[str]] = {}

    def provide(fact: str, state: str) -> None:
        found.setdefault(fact, set()).add(state)

    for name, state in subject.spec.states.items():
        if state.ask is not None:
            provide(_meant(subject, state.ask) or "", name)
        for tool in state.tools:
            provide(tool.partition("_")[2], name)
        for action in state.run:
            if action in subject.catalogue:
                for fact in subject.catalogue[action].sets:
                    provide(fact, name)
    for placed in subject.moves:
        sources = [placed.state] if placed.state is not None else [name for name in subject.spec.states if name not in placed.move.except_]
        given = set(placed.move.set)
        if placed.move.do in subject.catalogue:
            given |= subject.catalogue[str(placed.move.do)].sets
        for fact in given:
            for source in sources:
                provide(fact, source)
    return found


def _cycles(subject: Subject) -> Iterator[Finding]:
    ways = {name: [other for other in fact.depends_on if other in subject.spec.facts] for name, fact in subject.spec.facts.items()}
    told: set[str] = set()
    for name, others in ways.items():
        for index, other in enumerate(others):
            if name not in told and name in reached_from([other], ways):
                told |= {fact for fact in reached_from([name], ways) if name in reached_from(ways[fact], ways)}
                through = "" if other == name else f" through {quoted(other)}"
                message = f"The fact {quoted(name)} depends on itself{through}."
                yield Finding(
                    "depends-on-itself", ("facts", name, "depends_on", index), message, "Remove one of the two from “depends_on”."
                )
