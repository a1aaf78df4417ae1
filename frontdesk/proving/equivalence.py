"""Whether a changed graph can be told from the original at all: a proof over all situations that its calls come to.

Calls of both go alike up to the first situation in which they would take different moves. So it is enough to look at the
situations of the original, found by exploring it exactly: where the changed lists of moves do in each of them what the
original ones do, no call of the changed graph differs from the same call of the original.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fsm.catalogue import Catalogue
from fsm.explore import CALLER
from fsm.explore.changes import through
from fsm.explore.regions import Region, add_all, both
from fsm.explore.settling import ENDED, Memory, Met, Regions, Unsettled, add_new
from fsm.explore.space import Space, TooManySituations
from fsm.explore.table import Table
from fsm.explore.telling import Telling
from fsm.explore.variables import UNKNOWN
from fsm.explore.walk import Walk
from fsm.graph import dependents_of
from fsm.spec import FactSpec, GraphSpec, MoveSpec

__all__ = ["Equivalence"]

_Moves = Mapping[tuple[str, str], Sequence[MoveSpec]]
"""By state and what they answer (an act, or "next"): the moves that are tried, in order."""


_EVERYTHING: Final = Telling(-1)
"""Nothing of a key is left out: a changed condition may look at what matters no longer in the original."""


@dataclass(frozen=True, slots=True)
class _Part:
    """The combinations in which one move is the first that holds; None: no move does."""

    bits: int
    move: MoveSpec | None


class Equivalence:
    """Proofs about changes of one graph. Nothing is ever proved where the graph is too large to be explored."""

    def __init__(self, spec: GraphSpec, catalogue: Catalogue) -> None:
        self._spec, self._catalogue = spec, catalogue
        try:
            self._table = Table(spec, catalogue)
        except TooManySituations:
            self._situations: Mapping[str, Region] = {}
            return
        self._moves = _moves_of(spec)
        self._situations = _explored(self._table)

    def proved(self, changed: GraphSpec) -> bool:
        """Whether no call of the changed graph can go otherwise: True is a proof, False says nothing."""
        if not self._situations or not self._differ_in_moves_only(changed):
            return False
        moves = _moves_of(changed)
        if moves.keys() != self._moves.keys():
            return False
        return all(mine == moves[place] or self._alike(place[0], mine, moves[place]) for place, mine in self._moves.items())

    def _differ_in_moves_only(self, changed: GraphSpec) -> bool:
        try:
            space = Space(changed, self._catalogue)
        except TooManySituations:
            return False
        return (
            _without_moves(changed) == _without_moves(self._spec)
            and _bearing(changed.facts) == _bearing(self._spec.facts)
            and _told_apart(space) == _told_apart(self._table.space)
        )

    def _alike(self, state: str, mine: Sequence[MoveSpec], others: Sequence[MoveSpec]) -> bool:
        """Whether two lists of moves do the same in every situation that calls come to in a state."""
        for key, bits in self._situations[state].items():
            theirs = list(self._taken(others, key, bits))
            for part in self._taken(mine, key, bits):
                for other in theirs:
                    both = part.bits & other.bits
                    if both and not self._same(part.move, other.move, key, both):
                        return False
        return True

    def _taken(self, moves: Sequence[MoveSpec], key: int, left: int) -> Iterator[_Part]:
        for move in moves:
            held = self._table.space.guard(move.if_).holds(key, left)
            if held:
                left &= ~held
                yield _Part(held, move)
        if left:
            yield _Part(left, None)

    def _same(self, one: MoveSpec | None, other: MoveSpec | None, key: int, bits: int) -> bool:
        """Whether two moves come to the same in some situations."""
        if one is None or other is None:
            return one is other
        whatever: dict[str, object] = {"if_": {}, "forget": ()}
        if one.model_copy(update=whatever) != other.model_copy(update=whatever):
            return False
        shorter, longer = sorted((one.forget, other.forget), key=len)
        return shorter == longer or self._nothing_left(shorter, longer, one, key, bits)

    def _nothing_left(self, shorter: Sequence[str], longer: Sequence[str], move: MoveSpec, key: int, bits: int) -> bool:
        """Whether what only the longer list forgets is known no longer by then."""
        kept = iter(shorter)
        due = next(kept, None)
        for index, name in enumerate(longer):
            if name == due:
                due = next(kept, None)
                continue
            firm = self._table.space.firm.get(name)
            _, changes = self._table.changes.of_move(move.model_copy(update={"forget": tuple(longer[:index]), "set": {}}))
            if firm is None or any(firm.of(after) != UNKNOWN for after in through(changes, {key: bits})):
                return False
        return due is None


def _explored(table: Table) -> Mapping[str, Region]:
    """By state: all situations in which its moves may be tried, faults of ours included, and others that they are certainly among."""
    places = [(name, waits_for) for name, state in table.states.items() for waits_for in (CALLER, *state.spec.run)]
    walk = Walk(table, {(*place, gone): _EVERYTHING for place in places for gone in (False, True)})
    met, memory = Met(), Memory()
    found: dict[str, Region] = {name: {} for name in table.states}
    add_all(found, table.spec.start, table.begins)
    reached: Regions = {}
    waiting = walk.begin(met)
    while waiting:
        place = min(waiting, key=lambda location: (list(table.states).index(location[0]), location[1]))
        new = add_new(reached, {place: waiting.pop(place)})
        after = walk.after(new, met, memory)
        unsettled: Unsettled = {}
        for (name, waits_for), region in new.items():
            if waits_for not in {CALLER, ENDED}:
                walk.limits(table.states[name], region, unsettled, met)
        for regions in (after, walk.settle(unsettled, met, memory)):
            for location, region in regions.items():
                both(waiting.setdefault(location, {}), region)
    for (name, waits_for), region in reached.items():
        add_all(found, name, region)
        if waits_for == CALLER:
            add_all(found, name, walk.answers(table.states[name], region, Memory()))
    for name in table.states:
        for stage in ("settles", "acts", "yes", "no"):
            add_all(found, name, memory.seen((name, stage)))
    return found


def _moves_of(spec: GraphSpec) -> _Moves:
    moves: dict[tuple[str, str], list[MoveSpec]] = {}
    for name, state in spec.states.items():
        moves[name, "next"] = list(state.next)
        for move in state.on:
            moves.setdefault((name, f"on {move.on}"), []).append(move)
        for move in spec.anywhere if state.end is None else ():
            if name not in move.except_:
                moves.setdefault((name, f"on {move.on}"), []).append(move.model_copy(update={"except_": ()}))
    return moves


def _without_moves(spec: GraphSpec) -> GraphSpec:
    states = {name: state.model_copy(update={"on": (), "next": ()}) for name, state in spec.states.items()}
    return spec.model_copy(update={"states": states, "facts": {}, "anywhere": ()})


def _bearing(facts: Mapping[str, FactSpec]) -> dict[str, object]:
    """What of the facts bears on calls: what rests on what, whichever way; of an answer also what is read back for it."""
    return {
        name: (
            fact if fact.type == "yes_no" else fact.model_copy(update={"depends_on": bool(fact.depends_on)}),
            frozenset(dependents_of(name, facts)),
        )
        for name, fact in facts.items()
    }


def _told_apart(space: Space) -> tuple[object, ...]:
    loose = {name: (one.values, one.stride, one.several) for name, one in space.loose.items()}
    firm = {name: (one.values, one.shift) for name, one in space.firm.items()}
    return loose, firm, space.outcomes
