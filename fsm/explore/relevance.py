"""What may still matter from here on: variables that nothing can read before they are set anew are left out of a situation.

A variable is relevant at a place when some way from there comes to a condition, a need or a rule of the engine that reads
it, with nothing on the way that surely drops it. Whether the conditions on the way can hold is not asked, so that too much
is kept rather than too little, and leaving the rest out changes nothing that can happen. What texts show is read where
they are said.

An action that has not come out yet comes out before anything is read that it leaves behind: so it is asked as well what is
relevant as long as there is no outcome of it, which no move on one can be taken then.

Sets of variables are the bits of integers: they are joined by the ten thousand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

from fsm.explore.reading import ASKED
from fsm.explore.table import Row, StateTable, Table
from fsm.graph import dependents_of
from fsm.showing import LISTED, needed_in

__all__ = ["Relevance", "Variables"]

_READ_BACK = "read back"
_LIST = "list appointments"
_SETTLING, _HEARING, _WAITING, _RUNNING = "settling", "hearing", "waiting", "running"

Point = tuple[str, str, str, bool]
"""What goes on, the state, the action that runs, and whether the caller is gone."""


class Variables:
    """The variables of a table as bits, and what the rules of the engine say of them whatever the graph does."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.facts = table.spec.facts
        self._bits: dict[str, int] = {}
        self.read_back = self.of(_READ_BACK)
        self.list = self.of(_LIST)
        self.all_facts = tuple(self.facts)
        readers = {name: self.of(*(action for action in table.catalogue if name in table.catalogue[action].reads)) for name in self.facts}
        rests = {other for fact in self.facts.values() if fact.type == "yes_no" for other in fact.depends_on}
        dependents = {name: dependents_of(name, self.facts) for name in self.facts}
        drops = {name: readers[name] | (self.read_back if name in rests else 0) for name in self.facts}
        self._dropped = {name: tuple((self.of(other), drops[other]) for other in (name, *dependents[name])) for name in self.facts}
        self._touched = {name: self.of(name, *dependents[name]) | readers[name] for name in self.facts}
        self._gone = {
            name: self.of(*dependents[name])
            | (self.read_back if name in rests else 0)
            | _joined(readers[other] for other in (name, *dependents[name]))
            for name in self.facts
        }
        self.of_task = (
            self.of(*(name for name, fact in self.facts.items() if fact.scope == "task"), *table.catalogue)
            | self.list
            | self.read_back
            | self.of(*(name for name in table.space.read if name not in self.facts))
        )
        self.shown: dict[str, int] = {}
        """By text, what is shown and has a field of the key."""
        for text in table.space.texts:
            self.shown[text.name] = self.shown.get(text.name, 0) | self.of(*(text.sources & table.space.firm.keys()))
        self._rows: dict[tuple[int, int], int] = {}

    def of(self, *names: str) -> int:
        """These variables."""
        return _joined(self._bits.setdefault(name, 1 << len(self._bits)) for name in names)

    def touches(self, name: str, after: int) -> bool:
        """Whether saying a fact changes any of these."""
        return bool(self._touched[name] & after)

    def dropping(self, names: Iterable[str], after: int) -> int:
        """The facts that a change of others looks at: whether they were known decides what is dropped with them."""
        return _joined(other for name in names for other, drops in self._dropped[name] if drops & after)

    def before(self, row: Row, after: int) -> int:
        """What is relevant before a move: its condition, and what it does not surely drop."""
        known = self._rows.get((id(row), after))
        if known is None:
            known = self._rows[id(row), after] = self._before(row, after)
        return known

    def _before(self, row: Row, found: int) -> int:
        for name in reversed(row.move.set):
            found = self._anew(name, found)
        for name in reversed(row.move.forget):
            if name == "task":
                found &= ~self.of_task
            elif name == "named":
                found |= self.dropping(self.all_facts, found)
            elif name in self.facts:
                found = self._anew(name, found)
            else:
                found &= ~self.of(name)
        return found | self.of(*row.move.if_)

    def _anew(self, name: str, found: int) -> int:
        """What is relevant before a fact is set or forgotten."""
        found &= ~self.of(name)
        found |= self.dropping([name], found)
        return found | self.of(name) if self._gone[name] & found else found

    @cached_property
    def offering(self) -> int:
        """The actions that find times to pick from."""
        return self.of(*(name for name, action in self.table.catalogue.items() if "offers" in action.fills))


class Relevance:
    """The relevant variables of each place in which a call may wait.

    With `without`, those of a call in which this action has not come out, or not since; `other` is all of them.
    """

    def __init__(self, variables: Variables, other: Relevance | None = None, *, without: str = "") -> None:
        self.variables, self.table = variables, variables.table
        self._other, self._without = other, without
        self._outcome = self.table.space.firm[without].mask if without else 0
        self._lives: dict[Point, int] = {}
        self._rests: dict[Point, dict[Point, None]] = {}
        self._looked_at: Point = "", "", "", False
        self._find()

    def at(self, state: str, waits_for: str, *, gone: bool) -> int:
        """Where the call waits for the caller (`waits_for` empty) or for an action."""
        return self._lives.get((_RUNNING if waits_for else _WAITING, state, waits_for, gone), 0)

    def _find(self) -> None:
        """Until nothing is found any more: what rests on something new is looked at again, the last in the document first."""
        rules: dict[Point, Callable[[], int]] = {}
        for name, state in reversed(self.table.states.items()):
            rules[_WAITING, name, "", False] = self._rule(self._waiting, state)
            rules[_HEARING, name, "", False] = self._rule(self._hearing, state)
            for gone in (False, True):
                for runs in state.runs:
                    rules[_RUNNING, name, runs.action.name, gone] = self._rule(self._running, state, gone, runs.action.name)
                rules[_SETTLING, name, "", gone] = self._rule(self._settling, state, gone)
        due = set(rules)
        while due:
            for point, rule in rules.items():
                if point in due:
                    due.discard(point)
                    self._looked_at = point
                    found = rule()
                    if found != self._lives.get(point, 0):
                        self._lives[point] = found
                        due.update(self._rests.get(point, ()))

    @staticmethod
    def _rule(rule: Callable[..., int], *arguments: object) -> Callable[[], int]:
        return lambda: rule(*arguments)

    def _life(self, what: str, state: str, action: str = "", *, gone: bool = False) -> int:
        """What is relevant at another point, as far as it is known; whoever asks is asked again when more is."""
        point = what, state, action, gone
        self._rests.setdefault(point, {})[self._looked_at] = None
        return self._lives.get(point, 0)

    def _settling(self, state: StateTable, gone: bool) -> int:
        one = self.variables
        found = 0
        for said in state.spec.say:
            if said.line in one.shown and not gone:
                found |= one.of(*said.if_) | one.shown[said.line]
        if state.spec.end is not None:
            return found
        for row in filter(self._can_hold, state.next):
            found |= self._said(row, gone=gone) | one.before(row, self._life(_SETTLING, row.transition.target, gone=gone))
            if not row.move.if_:
                return found
        for runs in state.runs:
            needs = runs.action.needs & one.facts.keys()
            found |= one.of(runs.action.name, *needs) | one.shown.get(runs.action.name, 0)
            found |= self._life(_RUNNING, state.name, runs.action.name, gone=gone)
            if runs.action.writes:
                found |= one.of(_READ_BACK, "agreed")
            elif runs.action.name == self._without and not needs:
                return found
        if state.spec.ask is not None and not gone:
            asked = self._life(_WAITING, state.name)
            found |= asked & ~one.read_back if one.facts[state.spec.ask].type == "yes_no" else asked
            for name in (*(f"{state.name}.{kind}" for kind in ASKED), *(needed_in(state.name, action) for action in state.spec.run)):
                found |= one.shown.get(name, 0)
        return found

    def _running(self, state: StateTable, gone: bool, name: str) -> int:
        if name == self._without and self._other is not None:
            return self._other.at(state.name, name, gone=gone)
        one = self.variables
        action = self.table.catalogue[name]
        after = self._life(_SETTLING, state.name, gone=gone) & ~one.of(name, *(LISTED + filled for filled in action.fills))
        found = after | one.dropping(action.sets & one.facts.keys(), after)
        return found if gone else found | self._hanging_up(state)

    def _hanging_up(self, state: StateTable) -> int:
        found = 0
        for row in filter(self._can_hold, state.acts.get("hangs_up", ())):
            found |= self._said(row) | self.variables.before(row, self._life(_SETTLING, row.transition.target, gone=True))
        return found

    def _hearing(self, state: StateTable) -> int:
        found = self._life(_SETTLING, state.name)
        for act, rows in state.acts.items():
            for row in filter(self._can_hold, rows) if act != "hangs_up" else ():
                found |= self._said(row) | self.variables.before(row, self._life(_HEARING, row.transition.target))
        return found

    def _waiting(self, state: StateTable) -> int:
        one = self.variables
        found = self._life(_HEARING, state.name) | self._hanging_up(state)
        for limit in (state.gives_up, state.falls_silent):
            if limit is not None:
                found |= self._life(_SETTLING, limit.target)
        if state.spec.ask is not None:
            found |= one.of(state.spec.ask, f"suggested {state.spec.ask}", _READ_BACK)
        sayable = [name for name in self.table.sayable if one.touches(name, found)]
        kinds = {one.facts[name].type for name in sayable}
        if "offered_slot" in kinds:
            found |= one.offering
        if "appointment" in kinds:
            found |= one.list
        return found | one.dropping(sayable, found)

    def _can_hold(self, row: Row) -> bool:
        """Whether a move may be taken while an outcome is missing."""
        return not self._outcome or all(mask != self._outcome or 0 in admitted for mask, admitted in row.guard.fields)

    def _said(self, row: Row, *, gone: bool = False) -> int:
        """What is shown by what is said and done on the way of a move."""
        named = () if gone else (*row.move.say, *((row.move.do,) if row.move.do is not None else ()))
        return _joined(self.variables.shown.get(name, 0) for name in named)


def _joined(sets: Iterable[int]) -> int:
    joined = 0
    for one in sets:
        joined |= one
    return joined
