"""Rounds that a call goes through again and again by itself: nobody answers, or is understood, and actions come out as they do.

A round ends where it is counted: a state that waits with a limit `visits` gives up in the end. It is not counted where no
such state waits in it, or where the task is forgotten on the way, for then every count begins anew. And a count ends nothing
where giving up leads back to states that have been come to too often as well, which then give up at once, without a question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from fsm.explore.happenings import Happening
from fsm.explore.regions import add_all, common, meet
from fsm.explore.search import Exploration
from fsm.explore.settling import CALLER, ENDED, Location, Memory, Met, Regions, Unsettled, add_new
from fsm.explore.table import Transition
from fsm.explore.walk import Walk
from fsm.ways import reached_from

__all__ = ["Round", "uncounted_rounds"]

MOST_LOOKED_AT = 2_000
"""Situations that are looked at for a round to show."""

_Node = tuple[Location, int, int]
Count = Literal["none", "forgotten", "vain"]
"""Nothing counts a round; the counts are forgotten in it; or all that count it give up and lead on to one another."""


@dataclass(frozen=True, slots=True)
class _Edge:
    """What happens in a situation, what it comes to, and whether the task was forgotten on the way."""

    source: _Node
    happening: Happening
    target: _Node
    forgets: bool
    transitions: frozenset[Transition]


@dataclass(frozen=True)
class Round:
    """A round to show: where it begins, what happens until the call is there again, and what is the matter with its count."""

    begins: Regions
    happenings: tuple[Happening, ...]
    states: frozenset[str]
    count: Count


def uncounted_rounds(found: Exploration) -> Iterator[Round]:
    """A round without anything that counts it, one in which the counts are forgotten, and one of giving up, where there are such."""
    rounds = _Rounds(found)
    looked_for: tuple[tuple[Count, Callable[[], Regions]], ...] = (
        ("none", rounds.without_count),
        ("forgotten", rounds.forgetting),
        ("vain", rounds.giving_up),
    )
    for count, regions in looked_for:
        there = regions()
        shown = rounds.shown(there, count) if there else None
        if shown is not None:
            yield shown


class _Rounds:
    def __init__(self, found: Exploration) -> None:
        self.found, self.table = found, found.table
        self._token = found.walk.space.token
        self._walk = Walk(self.table, {place: told.with_bit(self._token) for place, told in found.walk.kept.items()})

    def without_count(self) -> Regions:
        """Situations that calls come back to again and again without waiting in a state that counts its visits."""
        round_ = {at: region for at, region in self.found.reached.items() if at[1] != ENDED and not self._counts(at)}
        return self._come_back_to(self.found.walk, round_)

    def _counts(self, location: Location) -> bool:
        state = self.table.states[location[0]].spec
        return state.ask is not None and self.table.limits[location[0]].visits is not None

    def forgetting(self) -> Regions:
        """Situations right after the task was forgotten, from which a call comes by itself to where it is forgotten again, and so on."""
        begins = self._may_have_forgotten()
        while begins:
            forgotten = self._until_forgotten(begins)
            if forgotten == begins:
                break
            begins = forgotten
        return begins

    def giving_up(self) -> Regions:
        """Situations that calls come back to again and again within a task when every state that asks gives up, and one of them counts."""
        round_ = {
            at: {key | self._token: bits for key, bits in region.items()} for at, region in self.found.reached.items() if at[1] != ENDED
        }
        round_ = self._come_back_to(self._walk, round_, gives_up=True)
        return {at: {key & ~self._token: bits for key, bits in region.items()} for at, region in round_.items() if self._counts(at)}

    def _may_have_forgotten(self) -> Regions:
        """Situations in which nothing of a task is known, and no action of one has run: few, and all of those right after forgetting it."""
        space, spec = self.found.walk.space, self.table.spec
        set_anew = {name for move in spec.moves for name in move.set}
        bits_of = space.everything
        for name, fact in spec.facts.items():
            if fact.scope == "task" and name in space.loose and name not in set_anew:
                bits_of &= space.loose[name].masks[space.loose[name].values[0]]
        run = sum(space.firm[name].mask for name in self.table.catalogue if name in space.firm)
        begins: Regions = {}
        for at, region in self.found.reached.items():
            blank = {key: rest for key, bits in region.items() if not key & run and (rest := bits & bits_of)}
            if blank and at[1] != ENDED:
                begins[at] = blank
        return begins

    def _until_forgotten(self, begins: Regions) -> Regions:
        """Where calls are when the task has just been forgotten. A bit of the key tells: forgetting the task drops it."""
        reached: Regions = {}
        forgotten: Regions = {}
        front = add_new(reached, {at: {key | self._token: bits for key, bits in region.items()} for at, region in begins.items()})
        while front:
            after = self._quietly(self._walk, front)
            after = {at: region for at, region in after.items() if at[1] != ENDED}
            dropped = {at: {key: bits for key, bits in region.items() if not key & self._token} for at, region in after.items()}
            add_new(forgotten, {at: region for at, region in dropped.items() if region})
            front = add_new(reached, {at: {key: bits for key, bits in region.items() if key & self._token} for at, region in after.items()})
        return forgotten

    def _come_back_to(self, walk: Walk, round_: Regions, *, gives_up: bool = False) -> Regions:
        """The most of these situations that calls come to from one another, again and again; see :meth:`_quietly`."""
        ways: dict[Location, set[Location]] = {}  # most places are in no round: the few that are need less looking at
        for at, region in round_.items():
            after = self._quietly(walk, {at: region}, gives_up=gives_up)
            ways[at] = {to for to, made in after.items() if to in round_ and meet(made, round_[to])}
        round_ = {at: region for at, region in round_.items() if at in reached_from(ways[at], ways)}
        while round_:
            after = self._quietly(walk, round_, gives_up=gives_up)
            kept = {at: both for at, region in round_.items() if (both := common(region, after.get(at, {})))}
            if kept == round_:
                break
            round_ = kept
        return round_

    def _quietly(self, walk: Walk, regions: Regions, *, gives_up: bool = False) -> Regions:
        """What comes of silence, of words that are not understood, and of actions; with `gives_up` not of silence."""
        met = Met()
        unsettled: Unsettled = {}
        for location, region in regions.items():
            if gives_up and (location[1] == CALLER or self._counts(location)):  # too often: before anything runs
                walk.happen(location, region, Happening("not_understood"), unsettled, met)
                continue
            if location[1] == CALLER:
                walk.limits(self.table.states[location[0]], region, unsettled, met)
                continue
            for outcome in dict.fromkeys(walk.space.outcomes[location[1]].values()):
                self._happens(walk, location, Happening("finishes", action=location[1], outcome=outcome), region, unsettled, met)
        return walk.settle(unsettled, met, Memory())  # in whatever order: nobody asks which call was the first

    def _happens(
        self, walk: Walk, location: Location, happening: Happening, region: Mapping[int, int], unsettled: Unsettled, met: Met
    ) -> None:
        """An action keeps to what it says of its outcomes: of those that bring a fact, or that say that one is missing."""
        if happening.kind != "finishes":
            walk.happen(location, region, happening, unsettled, met)
            return
        space, action = walk.space, self.table.catalogue[happening.action]
        missed = [name for one, name in action.misses if one == happening.outcome]
        all_known = space.everything if missed else 0
        for name in missed:
            all_known &= space.loose[name].known if name in space.loose else 0
        surely = space.everything
        for one, name in action.brings:
            if one == happening.outcome and name in space.loose:
                surely &= space.loose[name].known
        begun = {key: rest for key, bits in region.items() if (rest := bits & ~all_known)}
        made = walk.finished(self.table.states[location[0]], location[1], happening, begun, met)
        add_all(unsettled, location[0], {key: rest for key, bits in made.items() if (rest := bits & surely)})

    def _quiet(self, location: Location, count: Count) -> Iterator[Happening]:
        if count == "vain" and self._counts(location):
            return iter((Happening("not_understood", times=self.table.limits[location[0]].attempts or 1),))
        return (one for one in self.found.walk.happenings(location) if one.kind in {"finishes", "silent", "not_understood"})

    # -- one to show -----------------------------------------------------------------------------------------------

    def shown(self, regions: Regions, count: Count) -> Round | None:
        """A shortest round from the one of these situations that a call comes to soonest, or else from that of another place."""
        starts = (self.found.soonest(there) for there in (regions, *({location: region} for location, region in regions.items())))
        for start in (one for one in starts if one is not None):
            edges = self._edges(start, count)
            turning = [edge for found in edges.values() for edge in found if edge.forgets or count != "forgotten"]
            if count == "vain":
                turning = [edge for edge in turning if self._counts(edge.source[0])]
            for edge in sorted(turning, key=lambda edge: edge.target != edge.source):  # what leads straight back is the shortest
                way = _way(edges, edge.target, edge.source)
                if way is not None:
                    round_ = [edge, *way]
                    states = {name for one in round_ for passed in one.transitions for name in (passed.source, passed.target)}
                    (at, key, bit) = edge.source
                    return Round({at: {key: bit}}, tuple(one.happening for one in round_), frozenset(states), count)
        return None

    def _edges(self, start: _Node, count: Count) -> dict[_Node, list[_Edge]]:
        """Everything that can happen by itself from a situation on."""
        edges: dict[_Node, list[_Edge]] = {}
        front = [start]
        while front and len(edges) < MOST_LOOKED_AT:
            later: list[_Node] = []
            for node in front:
                if node in edges:
                    continue
                edges[node] = list(self._from(node, count))
                if count == "none":
                    edges[node] = [edge for edge in edges[node] if not self._counts(edge.target[0])]
                elif count == "vain":
                    edges[node] = [edge for edge in edges[node] if not edge.forgets]
                later += [edge.target for edge in edges[node]]
            front = later
        return edges

    def _from(self, node: _Node, count: Count) -> Iterator[_Edge]:
        location, key, bit = node
        for happening in self._quiet(location, count):
            met = Met()
            unsettled: Unsettled = {}
            self._happens(self._walk, location, happening, {key | self._token: bit}, unsettled, met)
            for at, region in self._walk.settle(unsettled, met).items():
                for after, bits in region.items():
                    if at[1] != ENDED:
                        target = (at, after & ~self._token, bits & -bits)
                        yield _Edge(node, happening, target, not after & self._token, frozenset(met.transitions))


def _way(edges: dict[_Node, list[_Edge]], start: _Node, end: _Node) -> list[_Edge] | None:
    """A shortest way from a situation to another; None where there is none."""
    by: dict[_Node, list[_Edge]] = {start: []}
    front = [start]
    while front and end not in by:
        later: list[_Node] = []
        for node in front:
            for edge in edges.get(node, ()):
                if edge.target not in by:
                    by[edge.target] = [*by[node], edge]
                    later.append(edge.target)
        front = later
    return by.get(end)
