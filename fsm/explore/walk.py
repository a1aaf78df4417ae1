"""One happening for whole regions: what callers say and leave unsaid, how actions come out, and where the call settles then.

This is :mod:`fsm.step`, :mod:`fsm.hearing` and :mod:`fsm.handling` without values: `tests/fsm/explore` compares the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import replace
from itertools import product
from typing import Final

from fsm.explore.changes import Change, through
from fsm.explore.happenings import Happening
from fsm.explore.settling import CALLER, ENDED, Kept, Location, Memory, Met, Regions, Settling, Unsettled, add_all, both, without
from fsm.explore.space import KNOWN, NOTHING_FOUND, SUGGESTED, UNCONFIRMED, UNKNOWN, Region, add_to
from fsm.explore.table import Row, StateTable, Table
from fsm.spec import Value

__all__ = ["Walk"]

_ANSWERED_ELSEWHERE: Final = frozenset({"yes", "no", "corrects", "hangs_up"})


class Walk(Settling):
    """Happenings of one graph."""

    def __init__(self, table: Table, kept: Kept | None = None) -> None:
        super().__init__(table, kept)
        self._corrected = self.space.firm["corrected"].mask
        self._happenings: dict[Location, tuple[Happening, ...]] = {}
        self._values = {name: self.changes.values_of(name) for name in table.sayable}
        filling = {kind: [name for name, action in table.catalogue.items() if kind in action.fills] for kind in ("offers", "appointments")}
        self._searches = [self.space.firm[name].mask for name in filling["offers"] if name in self.space.firm]
        self._suggesting = {name: self._suggests(state) for name, state in table.states.items()}
        self._found = self.space.firm["list appointments"].mask if "list appointments" in self.space.firm else 0

    def without_anywhere(self) -> Walk:
        """The same walk, where callers do nothing but answer: what they may do anywhere, and hanging up, is left out."""
        table = copy(self.table)
        table.states = {
            name: replace(state, acts={act: own for act, rows in state.acts.items() if act != "hangs_up" and (own := _own(rows))})
            for name, state in self.table.states.items()
        }
        return Walk(table, self.kept)

    def begin(self, met: Met) -> Regions:
        """The call is answered."""
        start = self.table.spec.start
        return self.settle({start: self.entered(self.watch.happens("state", start, self.table.begins, met.broken))}, met)

    def after(self, waiting: Mapping[Location, Mapping[int, int]], met: Met, memory: Memory | None = None) -> Regions:
        """Everything that one happening can make of the situations in which calls wait.

        With a `memory` of the rounds before, what they have come across already is left out.
        """
        memory = Memory() if memory is None else memory
        heard: Unsettled = {}
        unsettled: Unsettled = {}
        for (name, waits_for), region in waiting.items():
            state = self.table.states[name]
            if waits_for == ENDED:
                continue
            if waits_for == CALLER:
                heard[name] = self.answers(state, region, memory)
                self.limits(state, region, unsettled, met)
            else:
                for outcome in dict.fromkeys(self.space.outcomes[waits_for].values()):
                    add_all(unsettled, name, self.finished(state, waits_for, Happening("finishes", outcome=outcome), region, met))
            self.hang_up(state, region, unsettled, met)
        self._acts(heard, met, {name: dict(region) for name, region in heard.items()}, memory)
        self._corrections(heard, met)
        for name, region in heard.items():
            add_all(unsettled, name, region)
        return self.settle(unsettled, met, memory)

    def one(self, waiting: Mapping[Location, Mapping[int, int]], met: Met) -> Regions:
        """As :meth:`after`, but no utterance holds more than one thing: one fact, one doubt, one act, yes or no."""
        unsettled: Unsettled = {}
        for location, region in waiting.items():
            for happening in self.happenings(location):
                self.happen(location, region, happening, unsettled, met)
        return self.settle(unsettled, met)

    def happenings(self, location: Location) -> tuple[Happening, ...]:
        """Everything of one part that can happen where calls wait."""
        if location not in self._happenings:
            self._happenings[location] = tuple(self._possible(*location))
        return self._happenings[location]

    def _possible(self, name: str, waits_for: str) -> Iterator[Happening]:
        if waits_for == ENDED:
            return
        state = self.table.states[name]
        if waits_for != CALLER:
            for outcome in dict.fromkeys(self.space.outcomes[waits_for].values()):
                lists = (
                    (True, False) if "appointments" in self.table.catalogue[waits_for].fills and outcome not in NOTHING_FOUND else (False,)
                )
                for found in self._findable(waits_for, outcome):
                    for listed in lists:
                        yield Happening("finishes", action=waits_for, outcome=outcome, found=found, listed=listed)
        else:
            for word in ("yes", "no"):
                yield Happening("speaks", acts=((word, ""),))
            for fact in self.table.sayable:
                for value in self._values[fact]:
                    yield Happening("speaks", facts=((fact, value),))
            for act in state.acts:
                if act not in _ANSWERED_ELSEWHERE:
                    for named in self._nameable(state, act):
                        yield Happening("speaks", acts=((act, named),))
            for fact in self.table.sayable:
                yield Happening("speaks", doubts=(fact,))
            limits = self.table.limits[name]
            if state.gives_up is not None and limits.attempts is not None:
                yield Happening("not_understood", times=limits.attempts)
            if state.falls_silent is not None and limits.silences is not None:
                yield Happening("silent", times=limits.silences)
        yield Happening("hangs_up")

    def _nameable(self, state: StateTable, act: str) -> tuple[str, ...]:
        """The facts that can go with an act: those that may be named, for moves that forget the one that is named."""
        if not any("named" in row.move.forget for row in state.acts[act]):
            return ("",)
        return self.changes.nameable

    def _findable(self, name: str, outcome: str) -> Iterator[tuple[tuple[str, Value], ...]]:
        """What an action may find: nothing, or a value for each of its facts."""
        facts = [] if outcome in NOTHING_FOUND else sorted(self.table.catalogue[name].sets & self.table.spec.facts.keys())
        choices: list[list[tuple[tuple[str, Value], ...]]] = [
            [(), *(((fact, value),) for value in self.changes.values_of(fact))] for fact in facts
        ]
        for chosen in product(*choices):
            yield tuple(pair for pairs in chosen for pair in pairs)

    def happen(self, location: Location, region: Mapping[int, int], happening: Happening, unsettled: Unsettled, met: Met) -> None:
        """Adds what a happening makes of situations, before the call settles. Facts come before doubts, and both before acts."""
        name, waits_for = location
        state = self.table.states[name]
        if happening.kind == "finishes":
            add_all(unsettled, name, self.finished(state, waits_for, happening, region, met))
        elif happening.kind == "hangs_up":
            self.hang_up(state, region, unsettled, met)
        elif happening.kind == "speaks":
            self._speak(state, region, happening, unsettled, met)
        else:
            limit = state.gives_up if happening.kind == "not_understood" else state.falls_silent
            if limit is not None:
                met.transitions.add(limit)
                add_all(unsettled, limit.target, self.entered(self.watch.happens("state", limit.target, region, met.broken)))

    def _speak(self, state: StateTable, region: Mapping[int, int], spoken: Happening, unsettled: Unsettled, met: Met) -> None:
        marked = self._corrected if "corrects" in state.acts else 0
        for name, value in spoken.facts:
            made: Region = {}
            for key, bits in region.items():
                if self.may_say(name, key):
                    made = both(made, self.propose(state, name, value, key, bits, marked))
            region = made
        for name in spoken.doubts:
            made = {}
            for key, bits in region.items():
                made = both(made, self.changes.doubt(name, key, bits, marked))
            region = made
        heard: Unsettled = {state.name: dict(region)}
        for act, named in spoken.acts:
            after: Unsettled = {}
            for name, here in heard.items():
                for target, made in self._act_or_reply(name, state, act, named, here, spoken, met).items():
                    add_all(after, target, made)
            heard = after
        self._corrections(heard, met)
        for name, here in heard.items():
            add_all(unsettled, name, here)

    def _act_or_reply(
        self, name: str, began: StateTable, act: str, named: str, region: Mapping[int, int], spoken: Happening, met: Met
    ) -> Unsettled:
        state = self.table.states[name]
        if act not in {"yes", "no"}:
            return self.act(state, act, region, met, named) if act in state.acts else {}
        asked = str(began.spec.ask)
        if state is not began or any(asked == fact for fact, _ in spoken.facts):
            return {}
        made: Unsettled = {name: self.reply(state, act, region)}
        if act in state.acts:
            for target, moved in self.act(state, act, region, met).items():
                add_all(made, target, moved)
        return made

    # -- the caller ----------------------------------------------------------------------------------------------

    def answers(self, state: StateTable, region: Mapping[int, int], memory: Memory) -> Region:
        """What any utterance without acts makes of a region, yes and no included; not yet settled."""
        marked = self._corrected if "corrects" in state.acts else 0
        heard = self.say_anything(state, region, marked, memory)
        asked = str(state.spec.ask)
        replied = dict(heard)
        if self.table.spec.facts[asked].type != "yes_no":
            loose = self.space.loose[asked]
            open_ = self._suggested(state) | loose.masks.get(UNCONFIRMED, 0)
            replied = self.say_anything(state, {key: rest for key, bits in region.items() if (rest := bits & open_)}, marked, memory, asked)
        for word in ("yes", "no"):
            for key, bits in self.reply(state, word, replied).items():
                add_to(heard, key, bits)
        return heard

    def say_anything(self, state: StateTable, region: Mapping[int, int], marked: int, memory: Memory, except_: str = "") -> Region:
        """Any facts at once, said or left open, or none."""
        heard = dict(region)
        for doubted in (False, True):
            for name in self.table.sayable:
                if name == except_:
                    continue
                heard = memory.news((state.name, doubted, name, except_), heard)
                for key, bits in list(heard.items()):
                    if doubted:
                        for after, part in self.changes.doubt(name, key, bits, marked).items():
                            add_to(heard, after, part)
                        continue
                    for value in self._values[name] if self.may_say(name, key) else ():
                        for after, part in self.propose(state, name, value, key, bits, marked).items():
                            add_to(heard, after, part)
        return heard

    def propose(self, state: StateTable, name: str, value: Value, key: int, bits: int, marked: int) -> Region:
        """`Changes.propose`; who dictates another value than the one that is just being suggested does not want that one."""
        offered = bits & self._suggested(state) if name == state.spec.ask else 0
        if not offered:
            return self.changes.propose(name, value, key, bits, marked)
        made = self.changes.propose(name, value, key, bits ^ offered, marked)
        suggested = self.space.loose[f"suggested {name}"]
        return both(made, self.changes.propose(name, value, key, suggested.put(offered, False), marked))

    def may_say(self, name: str, key: int) -> bool:
        """Times are picked while a search stands, appointments once some were found."""
        kind = self.table.spec.facts[name].type
        if kind == "offered_slot":
            return any(key & mask for mask in self._searches)
        return kind != "appointment" or bool(key & self._found)

    def reply(self, state: StateTable, word: str, region: Mapping[int, int]) -> Region:
        """What yes or no makes of the situations in which it answers the question of the state. Moves on yes and no are acts."""
        asked = str(state.spec.ask)
        fact = self.table.spec.facts[asked]
        said: Region = {}
        for key, bits in region.items():
            if fact.type == "yes_no":
                if fact.depends_on and self.space.firm["read back"].of(key) != asked:
                    continue  # not what was read back
                made = self.changes.learn(asked, word == "yes", key, bits)
            else:
                made = self._confirmed(asked, word, key, bits)
                offered = bits & self._suggested(state)
                if offered and word == "yes":
                    made = both(made, self.changes.learn(asked, SUGGESTED, key, offered))
                elif offered:
                    add_to(made, key, self.space.loose[f"suggested {asked}"].put(offered, False))
            for after, part in made.items():
                add_to(said, after, part)
        return said

    def _confirmed(self, asked: str, word: str, key: int, bits: int) -> Region:
        """A value was read back, and is right or wrong."""
        loose = self.space.loose[asked]
        waiting = bits & loose.masks.get(UNCONFIRMED, 0)
        if not waiting:
            return {}
        return self.changes.learn(asked, KNOWN, key, waiting) if word == "yes" else {key: loose.put(waiting, UNKNOWN)}

    def _suggested(self, state: StateTable) -> int:
        """The combinations in which the state suggests a value."""
        return self._suggesting[state.name]

    def _suggests(self, state: StateTable) -> int:
        asked = str(state.spec.ask)
        suggests = self.space.loose.get(f"suggested {asked}") if state.spec.suggest is not None else None
        return suggests.masks[True] & self._clear(asked) if suggests is not None else 0

    def _clear(self, name: str) -> int:
        """The combinations in which no value of a fact is to be read back."""
        return self.space.loose[name].others.get(UNCONFIRMED, self.space.everything)

    def openly_asked(self, state: StateTable) -> int:
        """The combinations in which yes and no answer no question of the state, so that its moves on them are heard."""
        asked = state.spec.ask
        if asked is None or self.table.spec.facts[asked].type == "yes_no":
            return 0
        return self._clear(asked) & (self.space.everything ^ self._suggested(state))

    def act(self, state: StateTable, act: str, region: Mapping[int, int], met: Met, named: str = "") -> Unsettled:
        """What an act makes of a region: the first move on it that holds. `named` is the fact that the act names, any when empty."""
        made: Unsettled = {}
        openly = self.openly_asked(state) if act in {"yes", "no"} else None
        for key, bits in region.items():
            left = bits if openly is None else bits & openly
            for row in state.acts[act]:
                held = row.guard.holds(key, left)
                if held:
                    left ^= held
                    met.transitions.add(row.transition)
                    changes = self._naming(state, row.changes, named)
                    kept = key if row.target is None else key & ~self._corrected
                    if (row.move.say or row.move.do) and self.reading.any:
                        self.reading.moves(state.name, row.move, key, held, met.missing)
                    self.arrive(state, row, through(changes, kept, held) if changes else {kept: held}, made, met)
                    if not left:
                        break
        return made

    def _naming(self, state: StateTable, changes: tuple[Change, ...], named: str) -> tuple[Change, ...]:
        """The changes of a move, with the fact that the act names. Where corrections are heard, leaving open is one, and naming is not."""
        if not named and "corrects" not in state.acts:
            return changes
        names = [named] if named else self.changes.nameable

        def forget(key: int, bits: int) -> Region:
            return self.changes.forget_named(key, bits, names)

        return tuple(forget if change == self.changes.forget_named else change for change in changes)

    def _acts(self, heard: Unsettled, met: Met, asking: Mapping[str, Region], memory: Memory) -> None:
        """Acts of one utterance, one after another, in whatever state the one before has led to."""
        for name, region in asking.items():
            state = self.table.states[name]
            for word in ("yes", "no"):
                if word in state.acts:
                    for target, made in self.act(state, word, memory.news((name, word), region), met).items():
                        add_all(heard, target, made)
        new: Unsettled = {name: dict(region) for name, region in heard.items()}
        while new:
            found: Unsettled = {}
            for name, region in new.items():
                state = self.table.states[name]
                news = memory.news((name, "acts"), region)
                for act in state.acts if news else ():
                    if act not in _ANSWERED_ELSEWHERE:
                        for target, made in self.act(state, act, news, met).items():
                            add_all(found, target, made)
            new = {name: rest for name, region in found.items() if (rest := without(region, heard.get(name, {})))}
            for name, region in new.items():
                add_all(heard, name, region)

    def _corrections(self, heard: Unsettled, met: Met) -> None:
        """Who corrects something in a state that hears it is answered, where no other act has led away."""
        for name, region in list(heard.items()):
            state = self.table.states[name]
            for key in [key for key in region if key & self._corrected]:
                bits = region.pop(key)
                fired = self.act(state, "corrects", {key: bits}, met)
                for target, made in fired.items():
                    add_all(heard, target, made)
                for row in state.acts["corrects"]:
                    bits ^= row.guard.holds(key, bits)
                add_to(region, key & ~self._corrected, bits)

    def limits(self, state: StateTable, region: Mapping[int, int], unsettled: Unsettled, met: Met) -> None:
        """The caller is not understood, or says nothing, as often as the state bears."""
        limits = self.table.limits[state.name]
        for transition, most in ((state.gives_up, limits.attempts), (state.falls_silent, limits.silences)):
            if transition is not None and most is not None:
                met.transitions.add(transition)
                add_all(unsettled, transition.target, self.entered(self.watch.happens("state", transition.target, region, met.broken)))

    def hang_up(self, state: StateTable, region: Mapping[int, int], unsettled: Unsettled, met: Met) -> None:
        """The caller is gone; what was entrusted to us is still done."""
        here = {key: bits for key, bits in region.items() if not key & self._gone}
        if "hangs_up" in state.acts:
            for target, made in self.act(state, "hangs_up", here, met).items():
                add_all(unsettled, target, {key | self._gone: bits for key, bits in made.items()})

    # -- actions, and where the call settles ---------------------------------------------------------------------

    def finished(self, state: StateTable, name: str, how: Happening, region: Mapping[int, int], met: Met) -> Region:
        """An action that the state ran comes out so."""
        action, kept = self.table.catalogue[name], name in state.spec.run
        made: Region = {}
        for key, bits in region.items():
            finished = self.changes.finish(action, how.outcome, key, bits, kept=kept, learnt=how.found, listed=how.listed)
            made = both(made, finished)
        heard = self.watch.happens("outcome", name, made, met.broken, value=how.outcome)
        return self.entered(heard) if kept else heard


def _own(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The moves that stand in the state itself."""
    return tuple(row for row in rows if row.transition.kind == "on")
