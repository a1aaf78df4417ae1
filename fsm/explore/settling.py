"""Where calls settle: moves are taken until a call waits for the caller, for an action, or for nothing; see :mod:`fsm.step`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fsm.explore.changes import through
from fsm.explore.reading import Missing, Reading
from fsm.explore.regions import Region, add_all, add_to, without
from fsm.explore.table import Row, Runs, StateTable, Table, Transition
from fsm.explore.telling import CALLER, ENDED, Kept, kept_in
from fsm.explore.watch import Watch

__all__ = ["CALLER", "ENDED", "Kept", "Location", "Memory", "Met", "Regions", "Settling", "Unsettled", "add_new"]

AGREED = "agreed"

Location = tuple[str, str]
"""A state, and what the call waits for in it: CALLER, the name of an action, or nothing any more (ENDED)."""
Regions = dict[Location, Region]
Unsettled = dict[str, Region]
"""By state: situations in which something was heard or found, and the moves are still to be taken."""


@dataclass
class Met:
    """What a walk came across: the transitions taken, and situations in which the engine would refuse to go on."""

    transitions: set[Transition] = field(default_factory=set)
    stuck: dict[str, Region] = field(default_factory=dict)
    """By state: the call waits for nothing."""
    broken: dict[int, Region] = field(default_factory=dict)
    """By the place of an invariant, situations in which it would be broken."""
    unagreed: dict[tuple[str, str], Region] = field(default_factory=dict)
    """By state and action: a write comes up without a yes to the read-back of the present values."""
    missing: Missing = field(default_factory=dict)
    """By text and state, situations in which it is due and shows what is not known."""


class Memory:
    """What has been looked at already, at each stage of a step."""

    def __init__(self) -> None:
        self._seen: dict[tuple[object, ...], Region] = {}

    def news(self, stage: tuple[object, ...], region: Mapping[int, int]) -> Region:
        """The situations that had not been seen at this stage, and are from now on."""
        seen = self._seen.setdefault(stage, {})
        new: Region = {}
        for key, bits in region.items():
            known = seen.get(key)
            if known is None:
                seen[key] = new[key] = bits
            elif rest := bits ^ (bits & known):
                seen[key] = known | rest
                new[key] = rest
        return new

    def seen(self, stage: tuple[object, ...]) -> Mapping[int, int]:
        """Everything that was looked at at a stage."""
        return self._seen.get(stage, {})


def add_new(reached: Regions, found: Regions) -> Regions:
    """Adds situations to those that were reached; returns the new ones."""
    new: Regions = {}
    for location, region in found.items():
        known = reached.setdefault(location, {})
        if rest := without(region, known):
            new[location] = rest
            for key, bits in rest.items():
                add_to(known, key, bits)
    return new


class Settling:
    """Moves, and what calls wait for after them."""

    def __init__(self, table: Table, kept: Kept | None = None) -> None:
        self.table = table
        self.space, self.changes = table.space, table.changes
        self.watch = Watch(table)
        self.reading = Reading(table.space)
        self._gone = self.space.firm["gone"].mask
        self._fresh = self.space.firm["fresh"].mask if "fresh" in self.space.firm else 0
        self.kept = kept_in(table) if kept is None else kept

    def told(self, state: str, waits_for: str, key: int) -> int:
        """What of a key is told apart where a call waits."""
        gone = key & self._gone
        return gone if waits_for == ENDED else self.kept[state, waits_for, bool(gone)].of(key)

    def settle(self, unsettled: Unsettled, met: Met, memory: Memory | None = None) -> Regions:
        """Takes moves until calls wait for the caller, for an action, or for nothing any more.

        Without a `memory` the situations come out in the order in which they went in, so that of several calls that show the
        same the first is found; with one, all of a state are moved at once.
        """
        at_once = memory is not None
        memory = Memory() if memory is None else memory
        waiting: Regions = {}
        while unsettled:
            name, region = unsettled.popitem()
            news = memory.news((name, "settles"), region)
            for part in [news] if at_once and news else [{key: bits} for key, bits in news.items()]:
                self._settle(self.table.states[name], part, unsettled, waiting, met)
        return waiting

    def _settle(self, state: StateTable, region: Region, unsettled: Unsettled, waiting: Regions, met: Met) -> None:
        if state.spec.end is not None:
            for key, bits in self._says(state, region, met).items():
                add_to(waiting.setdefault((state.name, ENDED), {}), key & self._gone, bits)
            return
        left = dict(region) if state.spec.ask is not None or state.spec.run else self._says(state, region, met)
        for row in state.next:
            if held := row.guard.taken_from(left):
                met.transitions.add(row.transition)
                self.watch.must_have_said(state.name, held, met.broken)
                self.moving(state, row, held, met)
                self.arrive(state, row, through(row.changes, held), unsettled, met)
                if not left:
                    return
        for runs in state.runs:
            if ready := self._ready(state, runs, left, met):
                for key, bits in self.watch.happens("action", runs.action.name, ready, met.broken).items():
                    if self.reading.any:
                        self.reading.runs(runs.action.name, state.name, key, bits, met.missing)
                    self._wait(state, runs.action.name, key, bits, waiting)
        self._come_to_rest(state, left, waiting, met)

    def _ready(self, state: StateTable, runs: Runs, left: Region, met: Met) -> Region:
        """Where an action is due that can run, which is taken out of what is left; where a write was not agreed to it must not."""
        due = {key: bits for key, bits in left.items() if not key & runs.outcome.mask}
        ready = runs.ready.taken_from(due)
        for key, bits in ready.items():
            if rest := left.pop(key) ^ bits:
                left[key] = rest
        for key in [key for key in ready if not self._agreed(key)] if runs.action.writes else ():
            add_to(met.unagreed.setdefault((state.name, runs.action.name), {}), key, ready.pop(key))
        return ready

    def _come_to_rest(self, state: StateTable, left: Region, waiting: Regions, met: Met) -> None:
        """No move holds, and no action can run: the caller is asked, or gone, or else the call is stuck."""
        asked: Region = {}
        for key, bits in left.items():
            if key & self._gone:
                add_to(waiting.setdefault((state.name, ENDED), {}), key & self._gone, bits)
            elif state.spec.ask is None:
                add_to(met.stuck.setdefault(state.name, {}), key, bits)
            else:
                if self.reading.any:
                    self.reading.asks(state.name, key, bits, met.missing)
                add_to(asked, self._asked(state, key), bits)
        for key, bits in self._says(state, asked, met).items() if asked else ():
            self._wait(state, CALLER, key, bits, waiting)

    def _says(self, state: StateTable, region: Region, met: Met) -> Region:
        """The lines of a state, where invariants or texts look at what is said."""
        for key, bits in region.items() if self.reading.any else ():
            self.reading.says(state.name, key, bits, met.missing)
        return self.watch.says(state, region, met.broken) if self.watch.rules.all else dict(region)

    def _wait(self, state: StateTable, waits_for: str, key: int, bits: int, waiting: Regions) -> None:
        add_to(waiting.setdefault((state.name, waits_for), {}), self.told(state.name, waits_for, key), bits)

    def moving(self, state: StateTable, row: Row, region: Region, met: Met) -> None:
        """A move is taken; texts that are said on the way are looked at."""
        if (row.move.say or row.move.do) and self.reading.any:
            for key, bits in region.items():
                self.reading.moves(state.name, row.move, key, bits, met.missing)

    def stays_unheeded(self, row: Row) -> bool:
        """Whether a move changes nothing but by its changes: it stays, and no rule looks at what it says and does."""
        happening = [("line", line) for line in row.move.say] + ([("action", row.move.do)] if row.move.do is not None else [])
        return row.target is None and not any(self.watch.heeds(kind, name) for kind, name in happening)

    def arrive(self, state: StateTable, row: Row, region: Region, made: Unsettled, met: Met) -> None:
        """What a move has led to; its lines are said before anything changes, but their names matter only."""
        if self.watch.rules.all:
            for line in row.move.say:
                region = self.watch.happens("line", line, region, met.broken, state.name)
            if row.move.do is not None:
                region = self.watch.happens("action", row.move.do, region, met.broken)
            if row.target is not None:
                region = self.watch.happens("state", row.target, region, met.broken)
        add_all(made, row.transition.target, self.entered(region) if row.target is not None else region)

    def entered(self, region: Region) -> Region:
        """Where a state has just been entered, or has learnt how an action came out: its own lines are due."""
        fresh: Region = {}
        for key, bits in region.items() if self._fresh else ():
            add_to(fresh, key | self._fresh, bits)
        return fresh if self._fresh else region

    def _asked(self, state: StateTable, key: int) -> int:
        """The key once the question was put: a question for a yes reads back what it rests on."""
        asked = str(state.spec.ask)
        fact = self.table.spec.facts[asked]
        if fact.type != "yes_no":
            return key
        return self.space.firm["read back"].put(key, asked if fact.depends_on else "")

    def _agreed(self, key: int) -> bool:
        agreed = self.space.firm.get(AGREED)
        return agreed is not None and agreed.of(key) is True and self.space.firm["read back"].of(key) == AGREED
