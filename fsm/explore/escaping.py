"""Traps: situations from which a call comes to no end, whatever the caller answers and however actions turn out.

A way out that a caller has to think of themselves (an act that is heard anywhere, hanging up) is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from fsm.explore.happenings import Happening
from fsm.explore.regions import Region, common, without
from fsm.explore.search import Exploration
from fsm.explore.settling import CALLER, ENDED, Location, Memory, Met, Regions, Unsettled, add_new
from fsm.explore.walk import Walk
from fsm.spec import NOT_FROM_CALLERS

__all__ = ["traps"]

MOST_CLASSES = 64
"""So many combinations of what no caller can say are told apart."""


def traps(found: Exploration) -> Iterator[Regions]:
    """Situations that a call cannot leave for an end any more: all of them at once, where they can be told so, else trap by trap."""
    escape = _Escape(found)
    trapped = escape.try_answers()
    if escape.left and escape.closure(escape.left):
        yield escape.left
    else:
        yield from trapped


class _Escape:
    """What is left of the situations of all calls once those are taken away from which there is surely a way to an end."""

    def __init__(self, found: Exploration) -> None:
        self.walk = found.walk.without_anywhere()
        gone = self.walk.space.firm["gone"].mask
        self.left: Regions = {
            location: here
            for location, region in found.reached.items()
            if location[1] != ENDED and (here := {key: bits for key, bits in region.items() if not key & gone})
        }
        self._classes = tuple(self._classed()) or (self.walk.space.everything,)
        self._take_away()

    def try_answers(self) -> list[Regions]:
        """Takes away from where a caller's answers lead on, one situation for all that differ in what callers can say. Returns traps."""
        traps: list[Regions] = []
        trapped: Regions = {}
        changed = True
        while changed:
            changed = False
            for location in list(self.left):
                for part in self._parts(self.left.get(location, {})):
                    ((key, bits),) = part.items()
                    if common(part, trapped.get(location, {})):
                        continue
                    trap = self.closure({location: {key: bits & -bits}})
                    if trap is None:
                        self._keep(location, without(self.left[location], part))
                        changed = True
                    else:
                        traps.append(trap)
                        add_new(trapped, trap)
        return traps

    def closure(self, start: Regions) -> Regions | None:
        """Every situation that calls come to from there; None where one of them is an end, or has a way to one."""
        reached: Regions = {}
        met, memory = Met(), Memory()
        front = add_new(reached, start)
        while front:
            after = self.walk.after(front, met, memory)
            if any(without(region, self.left.get(location, {})) for location, region in after.items()):
                return None
            front = add_new(reached, after)
        return None if met.stuck or met.unagreed else reached

    def _take_away(self) -> None:
        """Silence, words that are not understood and the outcomes of actions lead on whatever is known: that settles nearly everything."""
        for parts in (_whole, self._parts):  # most regions need not be looked at part by part
            changed = True
            while changed:
                changed = False
                for location in list(self.left):
                    for happening in _certain(self.walk, location):
                        region = self.left.get(location, {})
                        out = [part for part in parts(region) if self._leads_out(location, part, happening)]
                        for part in out:
                            self._keep(location, without(self.left[location], part))
                        changed = changed or bool(out)

    def _parts(self, region: Region) -> list[Region]:
        """A region cut up by all that matters and that no caller can change by saying something."""
        return [{key: part} for key, bits in region.items() for of_class in self._classes if (part := bits & of_class)]

    def _leads_out(self, location: Location, region: Mapping[int, int], happening: Happening) -> bool:
        met = Met()
        unsettled: Unsettled = {}
        self.walk.happen(location, region, happening, unsettled, met)
        after = self.walk.settle(unsettled, met, Memory())
        inside = any(common(made, self.left.get(there, {})) for there, made in after.items())
        return bool(after) and not inside and not met.stuck and not met.unagreed

    def _keep(self, location: Location, region: Region) -> None:
        if region:
            self.left[location] = region
        else:
            self.left.pop(location, None)

    def _classed(self) -> Iterator[int]:
        """Sets of combinations that no caller turns into one another by saying something."""
        space = self.walk.space
        variables = [loose for name, loose in space.loose.items() if name in space.spec.facts]
        fixed = [loose for loose in variables if space.spec.facts[loose.name].type in NOT_FROM_CALLERS]
        count = 1
        for loose in fixed:
            count *= len(loose.values)
        for masks in product(*(loose.masks.values() for loose in fixed)) if count <= MOST_CLASSES else ():
            combined = space.everything
            for mask in masks:
                combined &= mask
            yield combined


def _whole(region: Region) -> list[Region]:
    return [region] if region else []


def _certain(walk: Walk, location: Location) -> Iterator[Happening]:
    """What may happen in every situation, whatever is known."""
    waits_for = location[1]
    if waits_for == CALLER:
        yield from (one for one in reversed(walk.happenings(location)) if one.kind in {"silent", "not_understood"})
        return
    action = walk.table.catalogue[waits_for]
    presuming = {outcome for outcome, _ in action.presumes}
    for outcome in sorted(set(walk.space.outcomes[waits_for].values()), key=lambda outcome: outcome != "failed"):
        if outcome not in presuming:
            yield Happening("finishes", action=waits_for, outcome=outcome)
