"""What learning and forgetting a fact changes: the rules of :mod:`fsm.draft`, for whole regions at once.

A change of a region is the change of each of its situations, so that those which come to lie under one key are moved as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from fsm.explore.regions import Region, add_to, both
from fsm.explore.space import Space
from fsm.explore.variables import KNOWN, OTHER, SUGGESTED, UNCONFIRMED, UNKNOWN, Firm, Loose
from fsm.graph import dependents_of
from fsm.spec import NOT_FROM_CALLERS, Value

__all__ = ["Knowing"]

_READ_BACK: Final = "read back"


@dataclass(frozen=True, slots=True)
class _Touch:
    """What of a key survives a change of a fact: the outcomes of actions that work from it do not, nor what was read back with it."""

    name: str
    firm: Firm | None
    loose: Loose | None
    """Where neither is there, nobody looks whether the fact is known."""
    survives: int
    read_back: int
    unread: frozenset[int]
    nothing: bool
    """Whether all of every key survives."""

    def of(self, region: Mapping[int, int]) -> Region:
        """What survives of the keys of a region; a region of its own."""
        if self.nothing:
            return dict(region)
        survives, read_back, unread = self.survives, self.read_back, self.unread
        touched: Region = {}
        for key, bits in region.items():
            left = key & survives
            if left & read_back in unread:
                left &= ~read_back
            known = touched.get(left)
            touched[left] = bits if known is None else known | bits
        return touched


class Knowing:
    """What calls know, by name of the fact. Each method takes a region and gives another; none changes the one it takes."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self.spec, self.catalogue = space.spec, space.catalogue
        self.facts = self.spec.facts
        touches = {name: self._touch(name) for name in self.facts}
        self._dropping = {name: (touches[name], tuple(touches[other] for other in dependents_of(name, self.facts))) for name in self.facts}
        self.nameable = tuple(name for name, fact in self.facts.items() if fact.type not in NOT_FROM_CALLERS)
        """What a caller may name as wrong."""
        self._named = self._only_named()
        everything = sum(firm.mask for firm in space.firm.values())
        kept = {"corrected", "gone", "fresh", *space.marks, *(name for name, fact in self.facts.items() if fact.scope == "call")}
        self._task_keeps = everything & sum(space.firm[name].mask for name in kept if name in space.firm)
        self._task_clears = [loose for name, loose in space.loose.items() if name in self.facts and self.facts[name].scope == "task"]
        self._task_blank = space.everything
        for loose in self._task_clears:
            self._task_blank &= loose.masks[loose.first]

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

    def _touch(self, name: str) -> _Touch:
        gone = 0
        for action, firm in self.space.firm.items():
            if action in self.catalogue and name in self.catalogue[action].reads:
                gone |= firm.mask
        firm = self.space.firm[_READ_BACK]
        unread = [asked for asked in firm.values if asked and name in self.facts[str(asked)].depends_on]
        contents = frozenset(firm.values.index(asked) << firm.shift for asked in unread)
        return _Touch(name, self.space.firm.get(name), self.space.loose.get(name), ~gone, firm.mask, contents, not gone and not contents)

    def drop(self, name: str, region: Mapping[int, int]) -> Region:
        """`Draft.drop_dependents`: what rested on the value of a fact is known no longer."""
        touched, dependents = self._dropping[name]
        dropped = touched.of(region)
        for other in dependents:
            dropped = self._drop_one(other, dropped)
        return dropped

    def _drop_one(self, other: _Touch, region: Region) -> Region:
        """Takes over the region, which is none of anybody else."""
        known: Region = {}
        if other.firm is not None:
            mask = other.firm.mask
            for key in [key for key in region if key & mask]:
                add_to(known, key & ~mask, region.pop(key))
            return both(region, other.of(known)) if known else region
        loose = other.loose
        if loose is None:  # nobody looks whether it is known: both may be
            return region if other.nothing else both(region, other.of(region))
        others = loose.others[UNKNOWN]
        for key, bits in list(region.items()):
            if there := bits & others:
                known[key] = there
                if bits == there:
                    del region[key]
                else:
                    region[key] = bits ^ there
        if known:
            change = loose.change
            for key, bits in (known if other.nothing else other.of(known)).items():
                moved = change(bits, UNKNOWN)
                here = region.get(key)
                region[key] = moved if here is None else here | moved
        return region

    # -- facts ---------------------------------------------------------------------------------------------------

    def learn(self, name: str, value: Value, region: Mapping[int, int]) -> Region:
        """`Draft.learn`, where it is news: a value that was not known, or another one. An empty region where there is none."""
        firm = self.space.firm.get(name)
        if firm is not None:
            same = firm.put(0, value)
            news = {key: bits for key, bits in region.items() if bits and key & firm.mask != same}
            learnt: Region = {}
            for key, bits in self.drop(name, news).items() if news else ():
                add_to(learnt, key & ~firm.mask | same, bits)
            return learnt
        loose = self.space.loose.get(name)
        if loose is None:
            return self.drop(name, region)
        if value in (KNOWN, OTHER) and loose.several:
            return {key: loose.put(bits, value) for key, bits in self.drop(name, region).items()}
        others = loose.others[value]
        news = {key: left for key, bits in region.items() if (left := bits & others)}
        return {key: loose.change(bits, value) for key, bits in self.drop(name, news).items()} if news else {}

    def propose(self, name: str, value: Value, region: Mapping[int, int], marked: int = 0) -> Region:
        """What the caller's saying a value makes of the situations in which it is news; see :meth:`learn`.

        `marked` is set in the keys of situations in which something known was replaced.
        """
        loose, firm = self.space.loose.get(name), self.space.firm.get(name)
        if firm is not None and marked:
            made = self.learn(name, value, {key: bits for key, bits in region.items() if not key & firm.mask})
            for key, bits in self.learn(name, value, {key: bits for key, bits in region.items() if key & firm.mask}).items():
                add_to(made, key | marked, bits)
            return made
        if loose is None:
            made = self.learn(name, value, region)
            for key, bits in list(made.items()) if marked else ():
                add_to(made, key | marked, bits)
            return made
        read_back = self.facts[name].read_back
        if not read_back and not marked:
            return self.learn(name, value, region)
        known: Region = {}
        open_: Region = {}
        for key, bits in region.items():
            if there := bits & loose.known:
                known[key] = there
            if rest := bits ^ there:
                open_[key] = rest
        if not read_back:
            made = self.learn(name, value, open_)
            for key, bits in self.learn(name, value, known).items():
                add_to(made, key | marked, bits)
            return made
        made = {key: loose.put(bits, UNCONFIRMED) for key, bits in open_.items()}
        for key, bits in self.forget_fact(name, known).items():
            add_to(made, key | marked, loose.put(bits, UNCONFIRMED))
        return made

    def doubt(self, name: str, region: Mapping[int, int], marked: int = 0) -> Region:
        """The caller leaves open which of several values is meant, of a fact that was known."""
        loose, firm = self.space.loose.get(name), self.space.firm.get(name)
        if loose is not None:
            region = {key: there for key, bits in region.items() if (there := bits & loose.known)}
        elif firm is not None:
            region = {key: bits for key, bits in region.items() if key & firm.mask}
        made: Region = {}
        for key, bits in self.forget_fact(name, region).items():
            add_to(made, key | marked, bits)
        return made

    def forget_fact(self, name: str, region: Mapping[int, int], *, changed: bool = False) -> Region:
        """`Draft.forget` of one fact; with `changed`, what stays as it was may be left out."""
        made: Region = {}
        firm = self.space.firm.get(name)
        known: Region = {}
        if firm is not None:
            for key, bits in region.items():
                if key & firm.mask:
                    add_to(known, key & ~firm.mask, bits)
                elif not changed:
                    add_to(made, key, bits)
            return both(made, self.drop(name, known)) if known else made
        loose = self.space.loose.get(name)
        if loose is None:
            return self.drop(name, region) if changed else both(dict(region), self.drop(name, region))
        for key, bits in region.items():
            if there := bits & loose.known:
                known[key] = there
                bits ^= there  # noqa: PLW2901 - what is left
            if loose.unclear:
                bits = loose.put(bits, loose.first)  # noqa: PLW2901 - what was being read back
            if bits and not (changed and not loose.unclear):
                made[key] = bits
        change = loose.change
        for key, bits in self.drop(name, known).items() if known else ():
            moved, here = change(bits, UNKNOWN), made.get(key)
            made[key] = moved if here is None else here | moved
        return made

    def forget_task(self, region: Mapping[int, int]) -> Region:
        """`Draft.forget` of all that belongs to the task."""
        forgotten: Region = {}
        for key, bits in region.items():
            add_to(forgotten, key & self._task_keeps, bits)
        for key, moved in forgotten.items():
            for loose in self._task_clears:  # what lies elsewhere than under the first value of one is cut off in the end
                moved = loose.downwards(moved)  # noqa: PLW2901 - step by step
            forgotten[key] = moved & self._task_blank
        return forgotten

    def forget_named(self, region: Mapping[int, int], names: Iterable[str] | None = None, *, changed: bool = False) -> Region:
        """The caller names what is to change: one of `names`, or anything that leaving it open does not come to as well.

        With `changed`, what stays as it was may be left out.
        """
        made: Region = {}
        for name in self._named if names is None else names:
            suggested, loose = self.space.loose.get(f"suggested {name}"), self.space.loose.get(name)
            here = region
            if suggested is not None and loose is not None:
                here = {
                    key: bits ^ taken | suggested.put(taken, False) if (taken := bits & loose.masks[SUGGESTED]) else bits
                    for key, bits in region.items()
                }
            both(made, self.forget_fact(name, here, changed=changed))
        return made
