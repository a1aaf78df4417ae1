"""What can happen where a call waits, one thing at a time: no utterance holds more than one fact, doubt, act, yes or no."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Final

from fsm.explore.happenings import Happening
from fsm.explore.settling import CALLER, ENDED, Location
from fsm.explore.table import StateTable, Table
from fsm.explore.variables import NOTHING_FOUND
from fsm.spec import Value

__all__ = ["ANSWERED_ELSEWHERE", "Possible"]

ANSWERED_ELSEWHERE: Final = frozenset({"yes", "no", "corrects", "hangs_up"})
"""Acts that are not said as any other may be."""


class Possible:
    """The happenings of each place of a graph."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._happenings: dict[Location, tuple[Happening, ...]] = {}

    def at(self, location: Location) -> tuple[Happening, ...]:
        """Everything of one part that can happen where calls wait."""
        if location not in self._happenings:
            self._happenings[location] = tuple(self._at(*location))
        return self._happenings[location]

    def _at(self, name: str, waits_for: str) -> Iterator[Happening]:
        if waits_for == ENDED:
            return
        yield from self._said(self._table.states[name]) if waits_for == CALLER else self._found(waits_for)
        yield Happening("hangs_up")

    def _found(self, action: str) -> Iterator[Happening]:
        for outcome in dict.fromkeys(self._table.space.outcomes[action].values()):
            fills = "appointments" in self._table.catalogue[action].fills
            lists = (True, False) if fills and outcome not in NOTHING_FOUND else (False,)
            for found in self._findable(action, outcome):
                for listed in lists:
                    yield Happening("finishes", action=action, outcome=outcome, found=found, listed=listed)

    def _findable(self, name: str, outcome: str) -> Iterator[tuple[tuple[str, Value], ...]]:
        """What an action may find: nothing, or a value for each of its facts."""
        facts = [] if outcome in NOTHING_FOUND else sorted(self._table.catalogue[name].sets & self._table.spec.facts.keys())
        choices: list[list[tuple[tuple[str, Value], ...]]] = [
            [(), *(((fact, value),) for value in self._table.changes.values_of(fact))] for fact in facts
        ]
        for chosen in product(*choices):
            yield tuple(pair for pairs in chosen for pair in pairs)

    def _said(self, state: StateTable) -> Iterator[Happening]:
        for word in ("yes", "no"):
            yield Happening("speaks", acts=((word, ""),))
        for fact in self._table.sayable:
            for value in self._table.changes.values_of(fact):
                yield Happening("speaks", facts=((fact, value),))
        for act in state.acts:
            if act not in ANSWERED_ELSEWHERE:
                for named in self._nameable(state, act):
                    yield Happening("speaks", acts=((act, named),))
        for fact in self._table.sayable:
            yield Happening("speaks", doubts=(fact,))
        limits = self._table.limits[state.name]
        if state.gives_up is not None and limits.attempts is not None:
            yield Happening("not_understood", times=limits.attempts)
        if state.falls_silent is not None and limits.silences is not None:
            yield Happening("silent", times=limits.silences)

    def _nameable(self, state: StateTable, act: str) -> tuple[str, ...]:
        """The facts that can go with an act: those that may be named, for moves that forget the one that is named."""
        if not any("named" in row.move.forget for row in state.acts[act]):
            return ("",)
        return self._table.changes.nameable
