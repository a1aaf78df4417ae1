"""What learning, forgetting and moving change: the rules of :mod:`fsm.draft`, for whole regions at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from fsm.catalogue import ActionSpec
from fsm.explore.happenings import Found
from fsm.explore.space import KNOWN, NOTHING_FOUND, OTHER, SUGGESTED, UNCONFIRMED, UNKNOWN, Guard, Region, Space, add_to
from fsm.graph import dependents_of
from fsm.spec import NOT_FROM_CALLERS, MoveSpec, Value

__all__ = ["Change", "Changes", "through"]

Change = Callable[[int, int], Region]


class Changes:
    """The changes that a graph knows, by name of the fact. Each takes a key and combinations, and gives a region."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self.spec, self.catalogue = space.spec, space.catalogue
        self.facts = self.spec.facts
        self._dropping = {name: self._plan(name) for name in self.facts}
        self.nameable = tuple(name for name, fact in self.facts.items() if fact.type not in NOT_FROM_CALLERS)
        """What a caller may name as wrong."""
        self._named = self._only_named()
        everything = sum(firm.mask for firm in space.firm.values())
        kept = {"corrected", "gone", "fresh", *space.marks, *(name for name, fact in self.facts.items() if fact.scope == "call")}
        self._task_keeps = everything & sum(space.firm[name].mask for name in kept if name in space.firm)
        self._task_clears = [loose for name, loose in space.loose.items() if name in self.facts and self.facts[name].scope == "task"]

    def _only_named(self) -> tuple[str, ...]:
        """The facts that naming them drops otherwise than leaving them open does, where both come before any act of the utterance.

        All of them, where a move that an act makes looks at what is known or sets it: then it matters what came first.
        """
        moves = [*self.spec.anywhere, *(move for state in self.spec.states.values() for move in state.on)]
        acts = [move for move in moves if move.on not in {"yes", "no", "corrects", "hangs_up"}]
        asked = {state.ask for state in self.spec.states.values() if state.suggest is not None}
        plain = {
            name
            for name, fact in self.facts.items()
            if fact.type not in {"yes_no"} | NOT_FROM_CALLERS and not fact.read_back and name not in asked
        }
        switches = {name for name, fact in self.facts.items() if fact.type == "switch"}
        commute = all(move.if_.keys().isdisjoint(plain) and move.set.keys() <= switches for move in acts)
        return tuple(name for name in self.nameable if not (commute and name in plain))

    # -- what rests on a fact --------------------------------------------------------------------------------------

    def _plan(self, name: str) -> tuple[int, tuple[tuple[str, int], ...]]:
        """What of a key survives a change of this fact, and the same for each fact that rests on it, nearest first."""
        return self._survives(name), tuple((other, self._survives(other)) for other in dependents_of(name, self.facts))

    def _survives(self, name: str) -> int:
        gone = 0
        for action, firm in self.space.firm.items():
            if action in self.catalogue and name in self.catalogue[action].reads:
                gone |= firm.mask
        return ~gone

    @cached_property
    def _read_back(self) -> dict[str, frozenset[int]]:
        """For each fact the contents of "read back" that no longer hold once it has changed."""
        firm = self.space.firm["read back"]
        return {
            name: frozenset(
                firm.values.index(asked) << firm.shift for asked in firm.values if asked and name in self.facts[str(asked)].depends_on
            )
            for name in self.facts
        }

    def unread(self, name: str, key: int) -> int:
        """The key after a change of this fact: what was read back may hold no longer."""
        mask = self.space.firm["read back"].mask
        return key & ~mask if key & mask in self._read_back[name] else key

    def drop(self, name: str, key: int, bits: int) -> Region:
        """`Draft.drop_dependents`: what rested on the value of a fact is known no longer."""
        survives, dependents = self._dropping[name]
        key = self.unread(name, key & survives)
        region = {key: bits}
        for other, keeps in dependents:
            if other in self.space.firm:
                firm = self.space.firm[other]
                if any(key & firm.mask for key in region):
                    dropped: Region = {}
                    for key, part in region.items():
                        add_to(dropped, self.unread(other, key & keeps & ~firm.mask) if key & firm.mask else key, part)
                    region = dropped
                continue
            loose = self.space.loose.get(other)
            dropped = {}
            for key, part in region.items():
                after = self.unread(other, key & keeps)
                if loose is None:  # nobody looks whether it is known: both may be
                    add_to(dropped, key, part)
                    add_to(dropped, after, part)
                    continue
                unknown = part & loose.masks[UNKNOWN]
                add_to(dropped, key, unknown)
                if part != unknown:
                    add_to(dropped, after, loose.change(part ^ unknown, UNKNOWN))
            region = dropped
        return region

    # -- facts ---------------------------------------------------------------------------------------------------

    def learn(self, name: str, value: Value, key: int, bits: int) -> Region:
        """`Draft.learn`, where it is news: a value that was not known, or another one. An empty region where there is none."""
        if name in self.space.firm:
            firm = self.space.firm[name]
            if firm.of(key) == value:
                return {}
            return {firm.put(after, value): part for after, part in self.drop(name, key, bits).items()}
        loose = self.space.loose.get(name)
        if loose is None:
            return self.drop(name, key, bits)
        put = loose.put
        if not (value in (KNOWN, OTHER) and loose.several):
            bits &= loose.others[value]
            put = loose.change
        if not bits:
            return {}
        learnt: Region = {}
        for after, part in self.drop(name, key, bits).items():
            add_to(learnt, after, put(part, value))
        return learnt

    def propose(self, name: str, value: Value, key: int, bits: int, marked: int = 0) -> Region:
        """What the caller's saying a value makes of the situations in which it is news; see :meth:`learn`.

        `marked` is set in the keys of situations in which something known was replaced.
        """
        loose = self.space.loose.get(name)
        if loose is None:
            made = self.learn(name, value, key, bits)
            for after, part in list(made.items()) if marked else ():
                add_to(made, after | marked, part)
            return made
        known = bits & loose.known
        if not self.facts[name].read_back:
            if not marked:
                return self.learn(name, value, key, bits)
            made = self.learn(name, value, key, bits ^ known)
            for after, part in self.learn(name, value, key, known).items():
                add_to(made, after | marked, part)
            return made
        made = {}
        add_to(made, key, loose.put(bits ^ known, UNCONFIRMED))
        for after, part in self.forget_fact(name, key, known).items():
            add_to(made, after | marked, loose.put(part, UNCONFIRMED))
        return made

    def doubt(self, name: str, key: int, bits: int, marked: int = 0) -> Region:
        """The caller leaves open which of several values is meant, of a fact that was known."""
        loose = self.space.loose.get(name)
        known = bits & loose.known if loose is not None else bits
        return {after | marked: part for after, part in self.forget_fact(name, key, known).items()}

    def forget_fact(self, name: str, key: int, bits: int) -> Region:
        """`Draft.forget` of one fact."""
        if name in self.space.firm:
            firm = self.space.firm[name]
            return self.drop(name, key & ~firm.mask, bits) if key & firm.mask else {key: bits}
        loose = self.space.loose.get(name)
        made: Region = {}
        if not bits:
            return made
        if loose is None:
            made[key] = bits
            known = bits
        else:
            known = bits & loose.known
            add_to(made, key, loose.put(bits ^ known, loose.first) if loose.unclear else bits ^ known)
        if known:
            for after, part in self.drop(name, key, known).items():
                add_to(made, after, part if loose is None else loose.change(part, UNKNOWN))
        return made

    def forget_task(self, key: int, bits: int) -> Region:
        """`Draft.forget` of all that belongs to the task."""
        for loose in self._task_clears:
            bits = loose.put(bits, loose.first)
        return {key & self._task_keeps: bits}

    def forget_named(self, key: int, bits: int, names: Iterable[str] | None = None) -> Region:
        """The caller names what is to change: one of `names`, or anything that leaving it open does not come to as well."""
        made: Region = {}
        for name in self._named if names is None else names:
            suggested, loose = self.space.loose.get(f"suggested {name}"), self.space.loose.get(name)
            here = bits
            if suggested is not None and loose is not None and (taken := bits & loose.masks[SUGGESTED]):
                here = bits ^ taken | suggested.put(taken, False)
            for after, part in self.forget_fact(name, key, here).items():
                add_to(made, after, part)
        return made

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
                mask = self.space.firm[name].mask
                yield _clearing(mask)
        for name, value in move.set.items():
            yield self._setting(name, value)

    def _forgetting(self, name: str) -> Change:
        return lambda key, bits: self.forget_fact(name, key, bits)

    def _setting(self, name: str, value: Value) -> Change:
        loose = self.space.loose.get(name)
        if loose is not None and value not in loose.values:
            value = OTHER if OTHER in loose.values else KNOWN

        def learn(key: int, bits: int) -> Region:
            made = self.learn(name, value, key, bits)
            same = bits & loose.masks[value] if loose is not None else bits
            if loose is not None or name not in self.space.firm or self.space.firm[name].of(key) == value:
                add_to(made, key, same)  # it was so already
            return made

        return learn

    # -- actions -------------------------------------------------------------------------------------------------

    def finish(
        self, action: ActionSpec, outcome: str, key: int, bits: int, *, kept: bool, learnt: Found = None, listed: bool | None = None
    ) -> Region:
        """An action comes out so; its outcome stays where a state runs it (`kept`). `learnt` is what it found, None: any or
        nothing; `listed` whether it found something to pick from, None: perhaps."""
        read = self.space.read
        for one, name in action.presumes:
            if one == outcome and name in read and name in self.space.loose:
                bits &= self.space.loose[name].known
        if not bits:
            return {}
        key = self.space.shown_after(action, outcome, key) if read else key
        region: Region = {key: bits}
        if "appointments" in action.fills:
            firm = self.space.firm["list appointments"]
            region = {firm.put(key, False): bits} if listed is not True else {}
            if listed is not False:
                add_to(region, key if outcome in NOTHING_FOUND else firm.put(key, True), bits)
        if outcome not in NOTHING_FOUND:
            for name in sorted(action.sets & self.facts.keys()):
                values = self.values_of(name) if learnt is None else [value for other, value in learnt if other == name]
                found = dict(region) if learnt is None or not values else {}
                for value in values:
                    for before, part in region.items():
                        for after, changed in self.learn(name, value, before, part).items():
                            add_to(found, after, changed)
                if name in read and name in self.space.loose and (outcome, name) in action.brings:
                    surely = self.space.loose[name].known
                    found = {after: held for after, part in found.items() if (held := part & surely)}
                region = found
        if not kept:
            return region
        firm = self.space.firm[action.name]
        made: Region = {}
        for before, part in region.items():
            add_to(made, firm.put(before, self.space.outcomes[action.name][outcome]), part)
        return made

    def values_of(self, name: str) -> tuple[Value, ...]:
        """The values that a fact may be learnt with."""
        variable = self.space.loose.get(name) or self.space.firm.get(name)
        return (
            tuple(value for value in variable.values if value not in (UNKNOWN, UNCONFIRMED, SUGGESTED))
            if variable is not None
            else (KNOWN,)
        )


def through(changes: tuple[Change, ...], key: int, bits: int) -> Region:
    """The situations after several changes."""
    region: Region = {key: bits}
    for change in changes:
        made: Region = {}
        for before, part in region.items():
            for after, changed in change(before, part).items():
                add_to(made, after, changed)
        region = made
    return region


def _clearing(mask: int) -> Change:
    return lambda key, bits: {key & ~mask: bits}
