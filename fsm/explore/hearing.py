"""What callers say, for whole regions: facts, doubts, yes and no to the question of a state, and acts."""

from __future__ import annotations

from collections.abc import Mapping

from fsm.explore.changes import Change, through
from fsm.explore.regions import Region, add_to, both
from fsm.explore.settling import Kept, Memory, Met, Settling, Unsettled
from fsm.explore.table import StateTable, Table
from fsm.explore.variables import KNOWN, SUGGESTED, UNCONFIRMED, UNKNOWN
from fsm.spec import Value

__all__ = ["Hearing"]


class Hearing(Settling):
    """This is :mod:`fsm.hearing`, with :mod:`fsm.taking` and :mod:`fsm.answering`, without values."""

    def __init__(self, table: Table, kept: Kept | None = None) -> None:
        super().__init__(table, kept)
        self._corrected = self.space.firm["corrected"].mask
        self._values = {name: self.changes.values_of(name) for name in table.sayable}
        filling = [name for name, action in table.catalogue.items() if "offers" in action.fills]
        self._searches = [self.space.firm[name].mask for name in filling if name in self.space.firm]
        self._suggesting = {name: self._suggests(state) for name, state in table.states.items()}
        self._found = self.space.firm["list appointments"].mask if "list appointments" in self.space.firm else 0

    # -- facts and doubts ------------------------------------------------------------------------------------------

    def say_anything(self, state: StateTable, region: Mapping[int, int], memory: Memory, *, marked: int, except_: str = "") -> Region:
        """Any facts at once, said or left open, or none."""
        heard = dict(region)
        for doubted in (False, True):
            for name in self.table.sayable:
                if name == except_:
                    continue
                heard = memory.news((state.name, doubted, name, except_), heard)
                if doubted:
                    both(heard, self.changes.doubt(name, heard, marked))
                    continue
                said = self.may_say(name, heard)
                for made in [self.propose(state, name, value, said, marked) for value in self._values[name]] if said else ():
                    both(heard, made)
        return heard

    def may_say(self, name: str, region: Mapping[int, int]) -> Region:
        """Where a fact can be said: times are picked while a search stands, appointments once some were found."""
        kind = self.table.spec.facts[name].type
        if kind == "offered_slot":
            return {key: bits for key, bits in region.items() if any(key & mask for mask in self._searches)}
        if kind == "appointment":
            return {key: bits for key, bits in region.items() if key & self._found}
        return dict(region)

    def propose(self, state: StateTable, name: str, value: Value, region: Mapping[int, int], marked: int) -> Region:
        """`Changes.propose`; who dictates another value than the one that is just being suggested does not want that one."""
        offering = self._suggested(state) if name == state.spec.ask else 0
        offered = {key: there for key, bits in region.items() if (there := bits & offering)} if offering else {}
        if not offered:
            return self.changes.propose(name, value, region, marked)
        suggested = self.space.loose[f"suggested {name}"]
        made = self.changes.propose(name, value, {key: bits & ~offering for key, bits in region.items()}, marked)
        refused = {key: suggested.put(bits, False) for key, bits in offered.items()}
        return both(made, self.changes.propose(name, value, refused, marked))

    # -- yes and no ------------------------------------------------------------------------------------------------

    def answers(self, state: StateTable, region: Mapping[int, int], memory: Memory) -> Region:
        """What any utterance without acts makes of a region, yes and no included; not yet settled."""
        marked = self._corrected if "corrects" in state.acts else 0
        heard = self.say_anything(state, region, memory, marked=marked)
        asked = str(state.spec.ask)
        replied = heard
        if self.table.spec.facts[asked].type != "yes_no":
            open_ = self._suggested(state) | (self.space.loose[asked].masks.get(UNCONFIRMED, 0) if asked in self.space.loose else 0)
            here = {key: rest for key, bits in region.items() if (rest := bits & open_)} if open_ else {}
            replied = self.say_anything(state, here, memory, marked=marked, except_=asked) if here else {}
        for made in [self.reply(state, word, replied) for word in ("yes", "no")]:
            both(heard, made)
        return heard

    def reply(self, state: StateTable, word: str, region: Mapping[int, int]) -> Region:
        """What yes or no makes of the situations in which it answers the question of the state. Moves on yes and no are acts."""
        asked = str(state.spec.ask)
        fact = self.table.spec.facts[asked]
        if fact.type == "yes_no":
            read_back = self.space.firm["read back"]
            if fact.depends_on:  # else it is not what was read back
                region = {key: bits for key, bits in region.items() if read_back.of(key) == asked}
            return self.changes.learn(asked, word == "yes", region)
        said = self._confirmed(asked, word, region)
        offering = self._suggested(state)
        offered = {key: there for key, bits in region.items() if (there := bits & offering)} if offering else {}
        if offered and word == "yes":
            both(said, self.changes.learn(asked, SUGGESTED, offered))
        for key, bits in offered.items() if word != "yes" else ():
            add_to(said, key, self.space.loose[f"suggested {asked}"].put(bits, False))
        return said

    def _confirmed(self, asked: str, word: str, region: Mapping[int, int]) -> Region:
        """A value was read back, and is right or wrong."""
        loose = self.space.loose.get(asked)
        unconfirmed = loose.masks.get(UNCONFIRMED, 0) if loose is not None else 0
        waiting = {key: there for key, bits in region.items() if (there := bits & unconfirmed)} if unconfirmed else {}
        if loose is None or not waiting:
            return {}
        if word == "yes":
            return self.changes.learn(asked, KNOWN, waiting)
        return {key: loose.put(bits, UNKNOWN) for key, bits in waiting.items()}

    def _suggested(self, state: StateTable) -> int:
        """The combinations in which the state suggests a value."""
        return self._suggesting[state.name]

    def _suggests(self, state: StateTable) -> int:
        asked = str(state.spec.ask)
        suggests = self.space.loose.get(f"suggested {asked}") if state.spec.suggest is not None else None
        return suggests.masks[True] & self._clear(asked) if suggests is not None else 0

    def _clear(self, name: str) -> int:
        """The combinations in which no value of a fact is to be read back."""
        loose = self.space.loose.get(name)
        return loose.others.get(UNCONFIRMED, self.space.everything) if loose is not None else self.space.everything

    # -- acts ------------------------------------------------------------------------------------------------------

    def openly_asked(self, state: StateTable) -> int:
        """The combinations in which yes and no answer no question of the state, so that its moves on them are heard."""
        asked = state.spec.ask
        if asked is None or self.table.spec.facts[asked].type == "yes_no":
            return 0
        return self._clear(asked) & (self.space.everything ^ self._suggested(state))

    def act(self, state: StateTable, act: str, region: Region, met: Met, named: str = "", *, heard: bool = False) -> Unsettled:
        """What an act makes of a region: the first move on it that holds. `named` is the fact that the act names, any when empty.

        With `heard`, what it leaves as it was is left out.
        """
        made: Unsettled = {}
        left = region
        if act in {"yes", "no"}:
            openly = self.openly_asked(state)
            left = {key: here for key, bits in region.items() if (here := bits & openly)}
        for row in state.acts[act]:
            if not left:
                break
            held = left
            if row.move.if_:
                left = dict(left)  # no region is changed that somebody else may have
                held = row.guard.taken_from(left)
            else:
                left = {}
            if held:
                met.transitions.add(row.transition)
                self.moving(state, row, held, met)
                known = heard and self.stays_unheeded(row)
                if known and not row.changes:
                    continue
                if row.target is not None:
                    held = self._answered(held)
                changes = self._naming(state, row.changes, named, changed=known and len(row.changes) == 1)
                self.arrive(state, row, through(changes, held), made, met)
        return made

    def _answered(self, region: Region) -> Region:
        """Where it is no longer of interest whether something was corrected."""
        answered: Region = {}
        for key, bits in region.items():
            add_to(answered, key & ~self._corrected, bits)
        return answered

    def _naming(self, state: StateTable, changes: tuple[Change, ...], named: str, *, changed: bool) -> tuple[Change, ...]:
        """The changes of a move, with the fact that the act names. Where corrections are heard, leaving open is one, and naming is not."""
        names = [named] if named else self.changes.nameable if "corrects" in state.acts else None
        if self.changes.forget_named not in changes or (names is None and not changed):
            return changes

        def forget(region: Mapping[int, int]) -> Region:
            return self.changes.forget_named(region, names, changed=changed)

        return tuple(forget if change == self.changes.forget_named else change for change in changes)
