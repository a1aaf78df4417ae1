"""Where calls settle: moves are taken until a call waits for the caller, for an action, or for nothing; see :mod:`fsm.step`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fsm.explore.changes import through
from fsm.explore.reading import Missing, Reading
from fsm.explore.relevance import Relevance
from fsm.explore.space import Region, add_to
from fsm.explore.table import Row, StateTable, Table, Transition
from fsm.explore.watch import Watch

__all__ = ["CALLER", "ENDED", "Location", "Memory", "Met", "Regions", "Settling", "Unsettled", "add_all", "both", "common", "without"]

CALLER = "(caller)"
ENDED = "(ended)"
AGREED = "agreed"

Location = tuple[str, str]
"""A state, and what the call waits for in it: CALLER, the name of an action, or nothing any more (ENDED)."""
Regions = dict[Location, Region]
Kept = Mapping[tuple[str, str, bool], int]
"""By state, what the call waits for there, and whether the caller is gone: a mask for keys."""
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


def add_all(regions: dict[str, Region], name: str, region: Mapping[int, int]) -> None:
    """Adds a region to those of a state."""
    mine = regions.setdefault(name, {})
    for key, bits in region.items():
        add_to(mine, key, bits)


class Settling:
    """Moves, and what calls wait for after them."""

    def __init__(self, table: Table, kept: Kept | None = None) -> None:
        self.table = table
        self.space, self.changes = table.space, table.changes
        self.watch = Watch(table)
        self.reading = Reading(table.space)
        self._gone = self.space.firm["gone"].mask
        self._fresh = self.space.firm["fresh"].mask if "fresh" in self.space.firm else 0
        self.kept = self._relevant() if kept is None else kept
        """By place: the fields of the key that are told apart where a call waits."""

    def keeps(self, state: str, waits_for: str, *, gone: bool) -> int:
        """The fields of the key that are told apart where a call waits."""
        gone_mask = self.space.firm["gone"].mask
        return gone_mask if waits_for == ENDED else self.kept[state, waits_for, gone]

    def _relevant(self) -> Kept:
        """By place: the fields of the key that may still matter there."""
        relevance = Relevance(self.table)
        always = {"gone", *self.space.marks, *(name for name in self.space.read if name in self.space.firm)}
        masks: dict[tuple[str, str, bool], int] = {}
        for name, state in self.table.states.items():
            for waits_for in (CALLER, *(runs.action.name for runs in state.runs)):
                for gone in (False, True):
                    kept = relevance.at(name, "" if waits_for == CALLER else waits_for, gone=gone) | always
                    masks[name, waits_for, gone] = sum(firm.mask for variable, firm in self.space.firm.items() if variable in kept)
        return masks

    def settle(self, unsettled: Unsettled, met: Met, memory: Memory | None = None) -> Regions:
        """Takes moves until calls wait for the caller, for an action, or for nothing any more."""
        memory = Memory() if memory is None else memory
        waiting: Regions = {}
        while unsettled:
            name, region = unsettled.popitem()
            state = self.table.states[name]
            for key, bits in memory.news((name, "settles"), region).items():
                self._settle(state, key, bits, unsettled, waiting, met)
        return waiting

    def _settle(self, state: StateTable, key: int, left: int, unsettled: Unsettled, waiting: Regions, met: Met) -> None:
        if state.spec.end is not None:
            for after, bits in self._says(state, key, left, met).items():
                add_to(waiting.setdefault((state.name, ENDED), {}), after & self._gone, bits)
            return
        if state.spec.ask is None and not state.spec.run:
            said = self._says(state, key, left, met)
            if said != {key: left}:
                for after, bits in said.items():
                    self._settle_on(state, after, bits, unsettled, waiting, met)
                return
        self._settle_on(state, key, left, unsettled, waiting, met)

    def _says(self, state: StateTable, key: int, bits: int, met: Met) -> Region:
        """The lines of a state, where invariants or texts look at what is said."""
        if self.reading.any:
            self.reading.says(state.name, key, bits, met.missing)
        return self.watch.says(state, key, bits, met.broken) if self.watch.rules.all else {key: bits}

    def _settle_on(self, state: StateTable, key: int, left: int, unsettled: Unsettled, waiting: Regions, met: Met) -> None:
        for row in state.next:
            held = row.guard.holds(key, left)
            if held:
                left ^= held
                met.transitions.add(row.transition)
                self.watch.must_have_said(state.name, key, held, met.broken)
                if row.move.say and self.reading.any:
                    self.reading.moves(state.name, row.move, key, held, met.missing)
                self.arrive(state, row, through(row.changes, key, held) if row.changes else {key: held}, unsettled, met)
                if not left:
                    return
        for runs in state.runs:
            if key & runs.outcome.mask:
                continue
            ready = runs.ready.holds(key, left)
            if ready and runs.action.writes:
                agreed = self._agreed(key)
                if not agreed:
                    add_to(met.unagreed.setdefault((state.name, runs.action.name), {}), key, ready)
                    left ^= ready
                    continue
            for after, bits in self.watch.happens("action", runs.action.name, {key: ready}, met.broken).items():
                if self.reading.any:
                    self.reading.runs(runs.action.name, state.name, after, bits, met.missing)
                self._wait(state, runs.action.name, after, bits, waiting)
            left ^= ready
            if not left:
                return
        if key & self._gone:
            add_to(waiting.setdefault((state.name, ENDED), {}), key & self._gone, left)
        elif state.spec.ask is None:
            add_to(met.stuck.setdefault(state.name, {}), key, left)
        else:
            if self.reading.any:
                self.reading.asks(state.name, key, left, met.missing)
            for after, bits in self._says(state, self._asked(state, key), left, met).items():
                self._wait(state, CALLER, after, bits, waiting)

    def _wait(self, state: StateTable, waits_for: str, key: int, bits: int, waiting: Regions) -> None:
        kept = self.kept[state.name, waits_for, bool(key & self._gone)]
        add_to(waiting.setdefault((state.name, waits_for), {}), key & kept, bits)

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
        return {key | self._fresh: bits for key, bits in region.items()} if self._fresh else region

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


def without(region: Mapping[int, int], other: Mapping[int, int]) -> Region:
    """The situations of a region that another lacks."""
    return {key: rest for key, bits in region.items() if (rest := bits ^ (bits & other.get(key, 0)))}


def common(one: Mapping[int, int], other: Mapping[int, int]) -> Region:
    """The situations that two regions have in common."""
    return {key: shared for key, bits in one.items() if (shared := bits & other.get(key, 0))}


def both(one: Region, other: Mapping[int, int]) -> Region:
    """The first region, to which the other is added."""
    for key, bits in other.items():
        add_to(one, key, bits)
    return one
