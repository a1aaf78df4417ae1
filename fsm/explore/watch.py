"""The invariants, for whole regions; see `Draft.happens`.

Where one would be broken is noted, and the call goes on: what comes after is not to look as if it could not be come to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from fsm.explore.regions import Region, add_to, both
from fsm.explore.table import StateTable, Table
from fsm.explore.variables import Firm, Guard
from fsm.invariants import Happened, Rules, mark

__all__ = ["Broken", "Watch"]

Broken = dict[int, Region]
"""By the place of an invariant: situations in which it would be broken."""


class Watch:
    """Looks at what happens, and remembers what rules ask for."""

    def __init__(self, table: Table) -> None:
        self.rules = Rules(table.spec)
        self._space = table.space
        self._lines = {
            name: tuple((said.line, table.space.guard(said.if_)) for said in state.say) for name, state in table.spec.states.items()
        }
        self._firsts = {rule.index: self._guard(rule.first) for rule in self.rules.all if rule.first is not None}
        self._remembered: dict[tuple[str, str, str, str], tuple[int, int]] = {}

    def _guard(self, first: Happened) -> Guard:
        kind, name, value = first
        if kind == "fact":
            return self._space.guard({name: value})
        firm = self._space.firm[mark(first)]
        return Guard(((firm.mask, frozenset({firm.mask})),), None)

    def _marks(self, written: str) -> Firm | None:
        return self._space.firm[written] if written in self.rules.marks else None

    def heeds(self, kind: str, name: str) -> bool:
        """Whether a rule looks at this, or what it looks at is remembered."""
        if kind == "line" and any(rule.says == name for rules in self.rules.says.values() for rule in rules):
            return True
        return (kind, name) in self.rules.on or any(written.startswith(f"{kind} {name}") for written in self.rules.marks)

    def happens(
        self,
        kind: Literal["state", "action", "outcome", "line"],
        name: str,
        region: Mapping[int, int],
        broken: Broken,
        state: str = "",
        value: str = "",
    ) -> Region:
        """Where something may happen, with what is remembered of it. Of a line, `state` is the one that the call is in."""
        if not self.rules.all:
            return dict(region)
        for rule in self.rules.on.get((kind, name), ()):
            if rule.first is not None:
                guard = self._firsts[rule.index]
                self._note(rule.index, region, guard.holds, broken)
            if rule.once:
                others = sum(self._space.firm[mark(other)].mask for other in rule.when if other[1] != name)
                unless = Guard(((others, frozenset({0})),), None)
                self._note(rule.index, region, unless.holds, broken)
        sets, clears = self._remembers(kind, name, state, value)
        if not sets and not clears:
            return dict(region)
        marked: Region = {}
        for key, bits in region.items():
            add_to(marked, key & ~clears | sets, bits)
        return marked

    def _remembers(self, kind: Literal["state", "action", "outcome", "line"], name: str, state: str, value: str) -> tuple[int, int]:
        """The fields of the key that are set where something happens, and those that are cleared: always the same, and asked for often."""
        known = self._remembered.get((kind, name, state, value))
        if known is not None:
            return known
        sets = clears = 0
        if kind == "line":
            sets |= sum(self._space.firm[rule.heard].mask for rule in self.rules.says.get(state, ()) if rule.says == name)
        elif kind == "state":
            clears |= sum(self._space.firm[rule.heard].mask for rule in self.rules.says.get(name, ()))
        firm = self._marks(mark((kind, name, value)))
        sets |= firm.mask if firm is not None else 0
        self._remembered[kind, name, state, value] = sets, clears
        return sets, clears

    @staticmethod
    def _note(index: int, region: Mapping[int, int], holds: Callable[[int, int], int], broken: Broken) -> None:
        for key, bits in region.items():
            if bad := bits ^ holds(key, bits):
                add_to(broken.setdefault(index, {}), key, bad)

    def says(self, state: StateTable, region: Mapping[int, int], broken: Broken) -> Region:
        """A state says its lines, and must by now have said what it always says."""
        left: Region = dict(region)
        for line, guard in self._lines[state.name]:
            heard = self.happens("line", line, guard.taken_from(left), broken, state.name)
            both(left, heard)
        self.must_have_said(state.name, left, broken)
        return left

    def must_have_said(self, state: str, region: Mapping[int, int], broken: Broken) -> None:
        """Notes where a line is missing that a call that has come to the state is to hear before it waits or goes on."""
        for rule in self.rules.says.get(state, ()):
            for key, bits in region.items():
                if not key & self._space.firm[rule.heard].mask:
                    add_to(broken.setdefault(rule.index, {}), key, bits)
