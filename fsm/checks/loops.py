"""Moves that follow one another for ever, without the caller or an action in between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from fsm.catalogue import Catalogue
from fsm.checks.boxes import UNKNOWN, Box, Domains, TooManyCases, describe
from fsm.checks.finding import Finding, Place
from fsm.checks.shadowed import domains_of
from fsm.checks.subject import Subject
from fsm.checks.wording import quoted
from fsm.spec import GraphSpec, MoveSpec
from fsm.ways import reached_from

__all__ = ["check_loops"]

_MOST_STEPS = 20_000
_MOST_CONDITIONS = 3
"""So many are told: what the moves of the round look at comes first."""
_MOST_STATES = 7

Frozen = tuple[str, tuple[tuple[str, frozenset[object]], ...]]


def check_loops(subject: Subject) -> Iterator[Finding]:
    """endless-loop: the same moves again and again in one and the same situation."""
    search = _Search(subject)
    ways: dict[str, set[str]] = {}
    for edge in subject.edges:
        if edge.kind == "next":
            ways.setdefault(edge.source, set()).add(edge.target)
    told: set[str] = set()
    for name in subject.spec.states:
        if name in told or name not in reached_from(ways.get(name, ()), ways):
            continue
        found = search.loop_from(name)
        if found is None or told & set(found[0]):
            continue
        states, place, box = found
        told |= set(states)
        shown = states if len(states) <= _MOST_STATES else [*states[: _MOST_STATES - 1], "…"]
        round_trip = " → ".join([*shown, states[0]])
        when = describe(box, search.domains, _looked_at(subject, states), most=_MOST_CONDITIONS)
        message = f"The call goes round in circles: {round_trip}{'' if when == 'anything' else f', when {when}'}."
        yield Finding(
            "endless-loop", place, message, f"Narrow the condition of one of these moves, or let {quoted(states[0])} ask the caller."
        )


def _looked_at(subject: Subject, states: Sequence[str]) -> list[str]:
    """What the conditions of these states look at, once each."""
    return list(dict.fromkeys(name for state in states for move in subject.spec.states[state].next for name in move.if_))


class _Search:
    """Follows `next` moves through situations."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.spec: GraphSpec = subject.spec
        self.catalogue: Catalogue = subject.catalogue
        self.domains: Domains = domains_of(subject)
        self.steps = 0
        self._done: set[Frozen] = set()

    def loop_from(self, name: str) -> tuple[list[str], Place, Box] | None:
        """A loop that can be come into from this state: its states, the place of one of its moves, and a situation."""
        stack: list[tuple[str, Box]] = []
        try:
            return self._follow(name, {}, stack)
        except TooManyCases:
            return None

    def _follow(self, name: str, box: Box, path: list[tuple[str, Box]]) -> tuple[list[str], Place, Box] | None:
        key: Frozen = (name, tuple(sorted(box.items())))
        for index, (earlier, same) in enumerate(path):
            if earlier == name and dict(same) == dict(box):
                states = [state for state, _ in path[index:]]
                return states, self._place(states), box
        if key in self._done or len(path) > 60:
            return None
        self.steps += 1
        if self.steps > _MOST_STEPS:
            raise TooManyCases
        state = self.spec.states[name]
        left: list[Box] = [box]
        path.append((name, box))
        for move in state.next if state.end is None else ():
            wanted = self.domains.box(move.if_)
            target = self.subject.resolve(move.to) if move.to is not None and not move.stay and move.on is None else None
            here = [case for piece in left if (case := self.domains.meet(piece, wanted)) is not None]
            left = [rest for piece in left for rest in self.domains.minus(piece, wanted)]
            if target is None:
                continue
            for case in here:
                found = self._follow(target, self._after(case, move), path)
                if found is not None:
                    return found
        path.pop()
        self._done.add(key)
        return None

    def _after(self, box: Box, move: MoveSpec) -> Box:
        """The situation once a move has been made."""
        facts = self.spec.facts
        dropped = {name for name in facts if name in move.forget or ("task" in move.forget and facts[name].scope == "task")}
        after = dict(box)
        for name in dropped | {name for name in move.forget if name in self.catalogue}:
            after[name] = frozenset({UNKNOWN})
        if "task" in move.forget:
            after.update(dict.fromkeys(self.catalogue, frozenset({UNKNOWN})))
        for name in dropped | set(move.set):
            for other in self._resting_on.get(name, ()):
                after[other] = frozenset({UNKNOWN})
        for name, value in move.set.items():
            domain = self.domains.values.get(name, frozenset())
            after[name] = frozenset({value}) if value in domain else domain - {UNKNOWN}
        return {name: values for name, values in after.items() if values != self.domains.values.get(name)}

    @cached_property
    def _resting_on(self) -> dict[str, frozenset[str]]:
        """For each fact, the facts that depend on it and the actions whose outcome is out of date without it."""
        ways: dict[str, set[str]] = {}
        for name, fact in self.spec.facts.items():
            for other in fact.depends_on:
                ways.setdefault(other, set()).add(name)
        for name, action in self.catalogue.items():
            for other in action.reads:
                ways.setdefault(other, set()).add(name)
        return {name: frozenset(reached_from(ways.get(name, ()), ways)) - {name} for name in self.spec.facts}

    def _place(self, states: list[str]) -> Place:
        first, then = states[0], states[1] if len(states) > 1 else states[0]
        for index, move in enumerate(self.spec.states[first].next):
            if move.to is not None and self.subject.resolve(move.to) == then:
                return ("states", first, "next", index)
        return ("states", first)
