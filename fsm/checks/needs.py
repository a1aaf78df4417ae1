"""A state that only runs an action is entered when what the action needs is known, or leads on without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fsm.checks.boxes import UNKNOWN, Box, Domains, TooManyCases
from fsm.checks.finding import Finding
from fsm.checks.shadowed import domains_of
from fsm.checks.subject import Edge, Subject
from fsm.checks.wording import quoted
from fsm.spec import MoveSpec

__all__ = ["check_needs"]


def check_needs(subject: Subject) -> Iterator[Finding]:
    """needs-not-known: without it the call would wait for nothing."""
    domains = domains_of(subject)
    try:
        known = _known_on_entry(subject, domains)
        for name, state in subject.spec.states.items():
            if state.ask is not None or state.end is not None:
                continue
            for index, action in enumerate(state.run):
                if action not in subject.catalogue:
                    continue
                for need in sorted(subject.catalogue[action].needs & subject.spec.facts.keys() - known[name]):
                    case: Box = {need: frozenset({UNKNOWN}), action: frozenset({UNKNOWN})}
                    if domains.left_over([case], [domains.box(move.if_) for move in state.next]):
                        message = (
                            f"The action {quoted(action)} needs {quoted(need)}, which may be unknown when the call comes to {quoted(name)}."
                        )
                        hint = f"Add “{{if: {{{need}: unknown}}, to: …}}” under “next”, with a state that asks for it."
                        yield Finding("needs-not-known", ("states", name, "run", index), message, hint)
    except TooManyCases:
        return


def _known_on_entry(subject: Subject, domains: Domains) -> Mapping[str, frozenset[str]]:
    """For each state the facts that are known whenever a call enters it; the largest such sets."""
    everything = frozenset(subject.spec.facts)
    start = subject.resolve(subject.spec.start)
    known = {name: frozenset() if name == start else everything for name in subject.spec.states}
    shown = [(edge, _shown(subject, domains, edge)) for edge in subject.edges]
    changed = True
    while changed:
        changed = False
        for edge, by_condition in shown:
            source = subject.spec.states[edge.source]
            # A caller who is being asked may take anything back; while nobody is asked, what was known stays known.
            carried = known[edge.source] if source.ask is None and edge.kind == "next" else frozenset()
            here = (by_condition | carried) - _dropped(subject, edge.move) | (frozenset(edge.move.set) if edge.move else frozenset())
            if not known[edge.target] <= here:
                known[edge.target] &= here
                changed = True
    return known


def _shown(subject: Subject, domains: Domains, edge: Edge) -> frozenset[str]:
    """The facts that must be known for this move to be the one that is taken."""
    if edge.move is None:
        return frozenset()
    cases: list[Box] = [domains.box(edge.move.if_)]
    if edge.kind == "next":
        earlier = subject.spec.states[edge.source].next[: int(edge.place[-1])]
        cases = domains.left_over(cases, [domains.box(move.if_) for move in earlier])
    return frozenset(name for name in subject.spec.facts if all(UNKNOWN not in domains.allowed(case, name) for case in cases))


def _dropped(subject: Subject, move: MoveSpec | None) -> frozenset[str]:
    """The facts that a move makes unknown, those that depend on them included."""
    if move is None:
        return frozenset()
    facts = subject.spec.facts
    gone = {name for name in facts if name in move.forget or name in move.set or ("task" in move.forget and facts[name].scope == "task")}
    if "named" in move.forget:
        gone = set(facts)
    while True:
        more = {name for name, fact in facts.items() if gone & set(fact.depends_on)} - gone
        if not more:
            return frozenset(gone)
        gone |= more
