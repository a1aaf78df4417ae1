"""Everything that can happen in the calls of a graph, and the shortest way to each of its transitions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

from fsm.catalogue import Catalogue
from fsm.explore.path import Path
from fsm.explore.regions import both
from fsm.explore.settling import ENDED, Memory, Met, Regions, add_new
from fsm.explore.shortest import Paths, Situation
from fsm.explore.table import Table, Transition
from fsm.explore.walk import Walk
from fsm.showing import Text
from fsm.spec import GraphSpec

__all__ = ["Exploration", "explore"]


class Exploration:
    """What can happen in the calls of a graph.

    `states` and `transitions` are those that some call comes to; `all_transitions` are those that the graph has.
    Faults of ours are not among what happens; they lead where a state gives up.
    """

    def __init__(self, spec: GraphSpec, catalogue: Catalogue, texts: Iterable[Text] = ()) -> None:
        self.table = Table(spec, catalogue, texts)
        self.walk = Walk(self.table)
        self.met = Met()
        self.reached: Regions = {}
        self.begun = self._new(self.walk.begin(self.met))
        self._explore()

    @property
    def all_transitions(self) -> tuple[Transition, ...]:
        return tuple(transition for state in self.table.states.values() for transition in state.transitions)

    @property
    def transitions(self) -> frozenset[Transition]:
        return frozenset(self.met.transitions)

    @cached_property
    def states(self) -> frozenset[str]:
        walked = {transition.target for transition in self.met.transitions}
        return frozenset(walked | {self.table.spec.start})

    def path_to(self, transition: Transition) -> Path | None:
        """A shortest call that walks a transition, or None when no call does."""
        return self.to(lambda met: transition in met.transitions) if transition in self.met.transitions else None

    def to(self, wanted: Callable[[Met], bool]) -> Path | None:
        """A shortest call whose last step comes across what is wanted, or None."""
        return self._paths.to(wanted)

    def path_into(self, wanted: Regions) -> Path | None:
        """A shortest call that comes to one of these situations, or None."""
        return self._paths.into(wanted)

    def soonest(self, wanted: Regions) -> Situation | None:
        """The one of these situations that a call comes to after the fewest happenings, or None."""
        return self._paths.first(wanted)

    @cached_property
    def _paths(self) -> Paths:
        return Paths(self.walk)

    def _explore(self) -> None:
        """One place after another, the first in the document that has something new.

        Documents are written along the call, so that nearly everything has come together at a place by the time it is looked at;
        in rounds of all places, the same situations were moved four times as often, in smaller parts.
        """
        order = {name: number for number, name in enumerate(self.table.spec.states)}
        memory = Memory()
        waiting: Regions = {}
        new = self.begun
        while True:
            for location, region in new.items():
                if location[1] != ENDED:
                    both(waiting.setdefault(location, {}), region)
            if not waiting:
                return
            place = min(waiting, key=lambda location: (order[location[0]], location[1]))
            new = self._new(self.walk.after({place: waiting.pop(place)}, self.met, memory))

    def _new(self, found: Regions) -> Regions:
        return add_new(self.reached, found)


def explore(spec: GraphSpec, catalogue: Catalogue) -> Exploration:
    """Explores a document of which `fsm.checks` has nothing to say. Raises TooManySituations for one that tells apart too much."""
    return Exploration(spec, catalogue)
