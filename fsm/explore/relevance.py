"""What may still matter from here on: variables that nothing can read before they are set anew are left out of a situation.

A variable is relevant at a place when some way from there comes to a condition, a need or a rule of the engine that reads
it, with nothing on the way that surely drops it. Whether the conditions on the way can hold is not asked, so that too much
is kept rather than too little, and leaving the rest out changes nothing that can happen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from fsm.explore.table import Row, StateTable, Table
from fsm.graph import dependents_of

__all__ = ["Relevance"]

_READ_BACK = "read back"
_SETTLING, _HEARING, _WAITING, _RUNNING = "settling", "hearing", "waiting", "running"

Point = tuple[str, str, str, bool]
"""What goes on, the state, the action that runs, and whether the caller is gone."""


class Relevance:
    """The relevant variables of each place in which a call may wait, by name."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.facts = table.spec.facts
        self._dependents = {name: frozenset(dependents_of(name, self.facts)) for name in self.facts}
        self._readers = {
            name: frozenset(action for action in table.catalogue if name in table.catalogue[action].reads) for name in self.facts
        }
        rests = {name: fact.depends_on for name, fact in self.facts.items() if fact.type == "yes_no"}
        self._read_back = frozenset(other for depends_on in rests.values() for other in depends_on)
        self._task = frozenset(name for name, fact in self.facts.items() if fact.scope == "task")
        self._read = {text.name for text in table.space.texts}
        self._lives: dict[Point, frozenset[str]] = {}
        self._find()

    def at(self, state: str, waits_for: str, *, gone: bool) -> frozenset[str]:
        """Where the call waits for the caller (`waits_for` empty) or for an action."""
        return self._lives.get((_RUNNING if waits_for else _WAITING, state, waits_for, gone), frozenset())

    def _find(self) -> None:
        points: list[tuple[Point, Callable[[], set[str]]]] = []
        for name, state in self.table.states.items():
            for gone in (True, False):
                points.append(((_SETTLING, name, "", gone), self._rule(self._settling, state, gone)))
                points += [
                    ((_RUNNING, name, runs.action.name, gone), self._rule(self._running, state, gone, runs.action.name))
                    for runs in state.runs
                ]
            points.append(((_HEARING, name, "", False), self._rule(self._hearing, state, False)))
            points.append(((_WAITING, name, "", False), self._rule(self._waiting, state, False)))
        self._lives = {point: frozenset() for point, _ in points}
        changed = True
        while changed:
            changed = False
            for point, rule in reversed(points):
                found = frozenset(rule())
                if found != self._lives[point]:
                    self._lives[point] = found
                    changed = True

    @staticmethod
    def _rule(rule: Callable[..., set[str]], *arguments: object) -> Callable[[], set[str]]:
        return lambda: rule(*arguments)

    def _settling(self, state: StateTable, gone: bool) -> set[str]:
        read = [said.if_.keys() for said in state.spec.say if said.line in self._read and not gone]
        found: set[str] = set().union(*read)
        if state.spec.end is not None:
            return found
        for row in state.next:
            found |= self._row(row, self._lives[_SETTLING, row.transition.target, "", gone])
            if not row.move.if_:
                return found
        for runs in state.runs:
            found |= {runs.action.name, *(runs.action.needs & self.facts.keys())}
            found |= self._lives[_RUNNING, state.name, runs.action.name, gone]
            if runs.action.writes:
                found |= {_READ_BACK, "agreed"}
        if state.spec.ask is not None and not gone:
            asked = self._lives[_WAITING, state.name, "", False]
            found |= asked - {_READ_BACK} if self.facts[state.spec.ask].type == "yes_no" else asked
        return found

    def _running(self, state: StateTable, gone: bool, name: str) -> set[str]:
        action = self.table.catalogue[name]
        after = set(self._lives[_SETTLING, state.name, "", gone]) - {name}
        found = after | self._dropping(action.sets & self.facts.keys(), after)
        return found if gone else found | self._hanging_up(state)

    def _hanging_up(self, state: StateTable) -> set[str]:
        found: set[str] = set()
        for row in state.acts.get("hangs_up", ()):
            found |= self._row(row, self._lives[_SETTLING, row.transition.target, "", True])
        return found

    def _hearing(self, state: StateTable, _: bool) -> set[str]:
        found = set(self._lives[_SETTLING, state.name, "", False])
        for act, rows in state.acts.items():
            for row in rows:
                if act != "hangs_up":
                    found |= self._row(row, self._lives[_HEARING, row.transition.target, "", False])
        return found

    def _waiting(self, state: StateTable, _: bool) -> set[str]:
        found = set(self._lives[_HEARING, state.name, "", False]) | self._hanging_up(state)
        for limit in (state.gives_up, state.falls_silent):
            if limit is not None:
                found |= self._lives[_SETTLING, limit.target, "", False]
        if state.spec.ask is not None:
            found |= {state.spec.ask, f"suggested {state.spec.ask}", _READ_BACK}
        sayable = [name for name in self.table.sayable if self._touches(name, found)]
        kinds = {self.facts[name].type for name in sayable}
        if "offered_slot" in kinds:
            found |= {name for name, action in self.table.catalogue.items() if "offers" in action.fills}
        if "appointment" in kinds:
            found.add("list appointments")
        return found | self._dropping(sayable, found)

    def _touches(self, name: str, after: Iterable[str]) -> bool:
        return not {name, *self._dependents[name], *self._readers[name]}.isdisjoint(after)

    def _row(self, row: Row, after: Iterable[str]) -> set[str]:
        """What is relevant before a move: its condition, and what it does not surely drop."""
        found = set(after)
        for name in reversed(row.move.set):
            found -= {name}
            found |= self._dropping([name], found)
            found |= {name} if self._drops_anything(name, found) else set()
        for name in reversed(row.move.forget):
            if name == "task":
                found -= self._task | self.table.catalogue.keys() | {"list appointments", _READ_BACK}
            elif name == "named":
                found |= self._dropping(self.facts, found)
            elif name in self.facts:
                found -= {name}
                found |= self._dropping([name], found)
                found |= {name} if self._drops_anything(name, found) else set()
            else:
                found -= {name}
        return found | row.move.if_.keys()

    def _drops_anything(self, name: str, after: Iterable[str]) -> bool:
        gone = self._dependents[name] | self._readers[name]
        for other in self._dependents[name]:
            gone |= self._readers[other]
        return not gone.isdisjoint(after) or (_READ_BACK in after and name in self._read_back)

    def _dropping(self, names: Iterable[str], after: Iterable[str]) -> set[str]:
        """The facts that a change of others looks at: whether they were known decides what is dropped with them."""
        after = frozenset(after)
        found: set[str] = set()
        for name in names:
            for other in (name, *self._dependents[name]):
                if not self._readers[other].isdisjoint(after) or (_READ_BACK in after and other in self._read_back):
                    found.add(other)
        return found
