"""One happening for whole regions: what callers say and leave unsaid, how actions come out, and where the call settles then.

This is :mod:`fsm.step`, :mod:`fsm.hearing` and :mod:`fsm.handling` without values: `tests/fsm/explore` compares the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import replace

from fsm.explore.happenings import Happening
from fsm.explore.hearing import Hearing
from fsm.explore.possible import ANSWERED_ELSEWHERE, Possible
from fsm.explore.regions import Region, add_all, add_to, without
from fsm.explore.settling import CALLER, ENDED, Kept, Location, Memory, Met, Regions, Unsettled
from fsm.explore.table import Row, StateTable, Table

__all__ = ["Walk"]


class Walk(Hearing):
    """Happenings of one graph."""

    def __init__(self, table: Table, kept: Kept | None = None) -> None:
        super().__init__(table, kept)
        self._possible = Possible(table)

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

    def one(self, waiting: Mapping[Location, Mapping[int, int]], met: Met, memory: Memory | None = None) -> Regions:
        """As :meth:`after`, but no utterance holds more than one thing: one fact, one doubt, one act, yes or no; see :meth:`settle`."""
        unsettled: Unsettled = {}
        for location, region in waiting.items():
            for happening in self.happenings(location):
                self.happen(location, region, happening, unsettled, met)
        return self.settle(unsettled, met, memory)

    def happenings(self, location: Location) -> tuple[Happening, ...]:
        """Everything of one part that can happen where calls wait."""
        return self._possible.at(location)

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
            region = self.propose(state, name, value, self.may_say(name, region), marked)
        for name in spoken.doubts:
            region = self.changes.doubt(name, region, marked)
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
            return self.act(state, act, dict(region), met, named) if act in state.acts else {}
        asked = str(began.spec.ask)
        if state is not began or any(asked == fact for fact, _ in spoken.facts):
            return {}
        made: Unsettled = {name: self.reply(state, act, region)}
        if act in state.acts:
            for target, moved in self.act(state, act, dict(region), met).items():
                add_all(made, target, moved)
        return made

    # -- whole utterances --------------------------------------------------------------------------------------

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
                    if act not in ANSWERED_ELSEWHERE:
                        for target, made in self.act(state, act, news, met, heard=True).items():
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
        if "hangs_up" in state.acts:
            here = {key: bits for key, bits in region.items() if not key & self._gone}
            for target, made in self.act(state, "hangs_up", here, met).items():
                add_all(unsettled, target, {key | self._gone: bits for key, bits in made.items()})

    # -- actions, and where the call settles ---------------------------------------------------------------------

    def finished(self, state: StateTable, name: str, how: Happening, region: Mapping[int, int], met: Met) -> Region:
        """An action that the state ran comes out so."""
        action, kept = self.table.catalogue[name], name in state.spec.run
        made = self.changes.finish(action, how.outcome, region, kept=kept, learnt=how.found, listed=how.listed)
        heard = self.watch.happens("outcome", name, made, met.broken, value=how.outcome)
        return self.entered(heard) if kept else heard


def _own(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The moves that stand in the state itself."""
    return tuple(row for row in rows if row.transition.kind == "on")
