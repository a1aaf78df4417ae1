"""The graph as a table of changes: every move, limit and action with its condition and what it does to a situation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from fsm.catalogue import ActionSpec, Catalogue
from fsm.explore.changes import Change, Changes
from fsm.explore.regions import Region
from fsm.explore.space import Space
from fsm.explore.variables import UNKNOWN, Firm, Guard
from fsm.graph import dependents_of, limits_of
from fsm.showing import CALLERS_NUMBER, Text
from fsm.spec import NOT_FROM_CALLERS, GraphSpec, MoveSpec, StateSpec

__all__ = ["Place", "Row", "Runs", "StateTable", "Table", "Transition"]

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, order=True)
class Transition:
    """One way from a state to a state. `place` is where the document has it: of moves their own, of limits the state's name.

    A move under `anywhere` is one transition for each state that hears it; one that stays leads to its own state.
    """

    source: str
    kind: Literal["on", "next", "anywhere", "else", "silent"]
    place: Place
    target: str


@dataclass(frozen=True, slots=True)
class Row:
    """A move: where it holds, what it changes, where it leads (None: it stays)."""

    transition: Transition
    move: MoveSpec
    guard: Guard
    changes: tuple[Change, ...]
    target: str | None


@dataclass(frozen=True, slots=True)
class Runs:
    """An action that a state runs: the field of its outcome, and when everything that it needs is known."""

    action: ActionSpec
    outcome: Firm
    ready: Guard


@dataclass(frozen=True, slots=True)
class StateTable:
    """What can happen in one state."""

    name: str
    spec: StateSpec
    next: tuple[Row, ...]
    acts: Mapping[str, tuple[Row, ...]]
    gives_up: Transition | None
    falls_silent: Transition | None
    runs: tuple[Runs, ...]

    @property
    def transitions(self) -> tuple[Transition, ...]:
        """All ways out of the state, and those that stay."""
        moves = [row.transition for row in self.next] + [row.transition for rows in self.acts.values() for row in rows]
        limits = [one for one in (self.gives_up, self.falls_silent) if one is not None and self.spec.ask is not None]
        return (*moves, *limits)


class Table:
    """A document of which `fsm.checks` has found nothing to say. Raises TooManySituations."""

    def __init__(self, spec: GraphSpec, catalogue: Catalogue, texts: Iterable[Text] = ()) -> None:
        self.spec, self.catalogue = spec, catalogue
        self.space = Space(spec, catalogue, texts)
        self.changes = Changes(self.space)
        self.limits = {name: limits_of(state.limits, spec.limits) for name, state in spec.states.items()}
        self._anywhere = [self.changes.of_move(move) for move in spec.anywhere]
        self.states = {name: self._state(name, state) for name, state in spec.states.items()}
        dependents = {name: len(dependents_of(name, spec.facts)) for name in spec.facts}
        sayable = [name for name, fact in spec.facts.items() if fact.type != "yes_no" and fact.type not in NOT_FROM_CALLERS]
        self.sayable = sorted(sayable, key=lambda name: -dependents[name])
        """What a caller may say at any moment, what most rests on first, as the engine hears it."""

    def forgets(self, transition: Transition) -> tuple[str, ...]:
        """What the move of a transition forgets."""
        state = self.states[transition.source]
        rows = (*state.next, *(row for rows in state.acts.values() for row in rows))
        return next((row.move.forget for row in rows if row.transition == transition), ())

    @property
    def begins(self) -> Region:
        """Before the first word: the business has set its switches or not, moves have turned on none, the number is known or not."""
        bits, own = self.space.everything, self.spec.own_switches
        for name, loose in self.space.loose.items():
            if name in own:
                bits &= loose.masks[False]
            elif name in self.spec.facts and self.spec.facts[name].type != "switch":
                bits &= loose.masks[loose.values[0]]
            elif name in self.spec.facts:
                bits &= loose.known
        withheld = self.space.loose[CALLERS_NUMBER].masks[UNKNOWN] if CALLERS_NUMBER in self.space.loose else 0
        for name, loose in self.space.loose.items():
            if withheld and name.startswith("suggested "):
                bits &= ~(withheld & loose.masks[True])
        return {0: bits}

    def _state(self, name: str, state: StateSpec) -> StateTable:
        acts: dict[str, list[Row]] = {}
        for index, move in enumerate(state.on):
            acts.setdefault(str(move.on), []).append(self._row(name, "on", ("states", name, "on", index), move))
        for index, move in enumerate(self.spec.anywhere):
            if name not in move.except_ and state.end is None:
                row = self._row(name, "anywhere", ("anywhere", index), move, self._anywhere[index])
                acts.setdefault(str(move.on), []).append(row)
        return StateTable(
            name,
            state,
            tuple(self._row(name, "next", ("states", name, "next", index), move) for index, move in enumerate(state.next)),
            {act: tuple(rows) for act, rows in acts.items()},
            self._limit(name, state, "else", state.limits.else_ or self.spec.limits.else_),
            self._limit(name, state, "silent", state.limits.silent or self.spec.limits.silent),
            tuple(self._runs(action) for action in state.run),
        )

    def _row(
        self,
        name: str,
        kind: Literal["on", "next", "anywhere"],
        place: Place,
        move: MoveSpec,
        compiled: tuple[Guard, tuple[Change, ...]] | None = None,
    ) -> Row:
        guard, changes = compiled or self.changes.of_move(move)
        target = None if move.stay else move.to
        return Row(Transition(name, kind, place, target or name), move, guard, changes, target)

    def _limit(self, name: str, state: StateSpec, kind: Literal["else", "silent"], target: str | None) -> Transition | None:
        return Transition(name, kind, ("states", name), target) if target is not None and state.end is None else None

    def _runs(self, name: str) -> Runs:
        action = self.catalogue[name]
        needs: dict[str, bool | str | list[bool | str]] = dict.fromkeys(sorted(action.needs & self.spec.facts.keys()), "known")
        return Runs(action, self.space.firm[name], self.space.guard(needs))
