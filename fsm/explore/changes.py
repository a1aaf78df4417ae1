"""What moves and actions change, for whole regions at once; see :mod:`fsm.explore.knowing`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from fsm.catalogue import ActionSpec
from fsm.explore.happenings import Found
from fsm.explore.knowing import Knowing
from fsm.explore.regions import Region, add_to, both
from fsm.explore.variables import KNOWN, NOTHING_FOUND, OTHER, SUGGESTED, UNCONFIRMED, UNKNOWN, Guard
from fsm.spec import MoveSpec, Value

__all__ = ["Change", "Changes", "through"]

Change = Callable[[Mapping[int, int]], Region]


class Changes(Knowing):
    """The changes that a graph knows. Each takes a region and gives another; none changes the one it takes."""

    # -- moves ---------------------------------------------------------------------------------------------------

    def of_move(self, move: MoveSpec) -> tuple[Guard, tuple[Change, ...]]:
        """The condition of a move, and what it forgets and sets, one after another."""
        return self.space.guard(move.if_), tuple(self._of_move(move))

    def _of_move(self, move: MoveSpec) -> Iterator[Change]:
        for name in move.forget:
            if name == "task":
                yield self.forget_task
            elif name == "named":
                yield self.forget_named
            elif name in self.facts:
                yield self._forgetting(name)
            elif name in self.space.firm:
                yield _clearing(self.space.firm[name].mask)
        for name, value in move.set.items():
            yield self._setting(name, value)

    def _forgetting(self, name: str) -> Change:
        return lambda region: self.forget_fact(name, region)

    def _setting(self, name: str, value: Value) -> Change:
        loose, firm = self.space.loose.get(name), self.space.firm.get(name)
        if loose is not None and value not in loose.values:
            value = OTHER if OTHER in loose.values else KNOWN

        def learn(region: Mapping[int, int]) -> Region:
            made = self.learn(name, value, region)
            for key, bits in region.items():  # it was so already
                if loose is not None:
                    add_to(made, key, bits & loose.masks[value])
                elif firm is None or firm.of(key) == value:
                    add_to(made, key, bits)
            return made

        return learn

    # -- actions -------------------------------------------------------------------------------------------------

    def finish(
        self,
        action: ActionSpec,
        outcome: str,
        begun: Mapping[int, int],
        *,
        kept: bool,
        learnt: Found = None,
        listed: bool | None = None,
    ) -> Region:
        """An action comes out so; its outcome stays where a state runs it (`kept`). `learnt` is what it found, None: any or
        nothing; `listed` whether it found something to pick from, None: perhaps."""
        region = self._shown_after(action, outcome, begun)
        if "appointments" in action.fills:
            region = self._listed(outcome, region, listed)
        for name in sorted(action.sets & self.facts.keys()) if outcome not in NOTHING_FOUND else ():
            values = self.values_of(name) if learnt is None else [value for other, value in learnt if other == name]
            found = dict(region) if learnt is None or not values else {}
            for value in values:
                both(found, self.learn(name, value, region))
            if name in self.space.read and name in self.space.loose and (outcome, name) in action.brings:
                surely = self.space.loose[name].known
                found = {key: held for key, bits in found.items() if (held := bits & surely)}
            region = found
        if not kept:
            return region
        firm = self.space.firm[action.name]
        made: Region = {}
        for key, bits in region.items():
            add_to(made, firm.put(key, self.space.outcomes[action.name][outcome]), bits)
        return made

    def _shown_after(self, action: ActionSpec, outcome: str, region: Mapping[int, int]) -> Region:
        """Where an action may come out so, with what texts can show of it."""
        read = self.space.read
        for one, name in action.presumes:
            if one == outcome and name in read and name in self.space.loose:
                presumed = self.space.loose[name].known
                region = {key: bits & presumed for key, bits in region.items()}
        made: Region = {}
        for key, bits in region.items():
            add_to(made, self.space.shown_after(action, outcome, key) if read else key, bits)
        return made

    def _listed(self, outcome: str, region: Region, listed: bool | None) -> Region:
        firm = self.space.firm["list appointments"]
        made: Region = {}
        for key, bits in region.items():
            if listed is not True:
                add_to(made, firm.put(key, False), bits)
            if listed is not False:
                add_to(made, key if outcome in NOTHING_FOUND else firm.put(key, True), bits)
        return made

    def values_of(self, name: str) -> tuple[Value, ...]:
        """The values that a fact may be learnt with."""
        variable = self.space.loose.get(name) or self.space.firm.get(name)
        return (
            tuple(value for value in variable.values if value not in (UNKNOWN, UNCONFIRMED, SUGGESTED))
            if variable is not None
            else (KNOWN,)
        )


def through(changes: tuple[Change, ...], region: Mapping[int, int]) -> Region:
    """The situations after several changes."""
    made: Region = dict(region) if not changes else {}
    for change in changes:
        made = region = change(region)
    return made


def _clearing(mask: int) -> Change:
    def clear(region: Mapping[int, int]) -> Region:
        made: Region = {}
        for key, bits in region.items():
            add_to(made, key & ~mask, bits)
        return made

    return clear
