"""What is told apart where a call waits: the fields of the key that may still matter there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fsm.explore.relevance import Relevance, Variables
from fsm.explore.table import Table
from fsm.showing import LISTED, VALUED

__all__ = ["CALLER", "ENDED", "Kept", "Telling", "kept_in"]

CALLER: Final = "(caller)"
ENDED: Final = "(ended)"


@dataclass(frozen=True, slots=True)
class Telling:
    """The fields of keys that are told apart in one place."""

    fields: int
    unless: tuple[tuple[int, int], ...] = ()
    """Fields of outcomes, and what is told apart while nothing stands in one: what its action shows then comes to be before it is read."""

    def of(self, key: int) -> int:
        """What is left of a key."""
        key &= self.fields
        for outcome, fields in self.unless:
            if not key & outcome:
                key &= fields
        return key

    def with_bit(self, bit: int) -> Telling:
        """As this, with a bit of keys that is told apart, too."""
        return Telling(self.fields | bit, tuple((outcome, fields | bit) for outcome, fields in self.unless))


Kept = Mapping[tuple[str, str, bool], Telling]
"""By state, what the call waits for there, and whether the caller is gone."""


def kept_in(table: Table) -> Kept:
    """What may still matter in each place."""
    space, variables = table.space, Variables(table)
    relevance = Relevance(variables)
    without = {action: Relevance(variables, relevance, without=action) for action in _showing(table)}
    always = sum(space.firm[name].mask for name in ("gone", *space.marks))
    bits = [(variables.of(name), firm.mask) for name, firm in space.firm.items()]

    def fields(relevant: int) -> int:
        return always | sum(mask for bit, mask in bits if relevant & bit)

    found: dict[tuple[str, str, bool], Telling] = {}
    for name, state in table.states.items():
        for waits_for in (CALLER, *(runs.action.name for runs in state.runs)):
            for gone in (False, True):
                place = name, "" if waits_for == CALLER else waits_for
                kept = fields(relevance.at(*place, gone=gone))
                finer = ((space.firm[action].mask, fields(one.at(*place, gone=gone))) for action, one in without.items())
                found[name, waits_for, gone] = Telling(kept, tuple((outcome, left) for outcome, left in finer if kept & ~left))
    return found


def _showing(table: Table) -> list[str]:
    """The actions that leave something to show, where a text shows it: as long as one has not come out, nobody reads what is left of it."""
    shown = table.space.read & table.space.firm.keys()
    left = {
        name: {*(LISTED + one for one in action.fills), *(VALUED + one for one in action.values)}
        for name, action in table.catalogue.items()
    }
    return [name for name in table.catalogue if name in table.space.firm and not shown.isdisjoint(left[name])]
