"""What is read in a situation is there: the values that texts show, and the facts that actions on the way work from.

What a text lacks is noted with the state, and the call goes on: another wording or a default is said in its place.
"""

from __future__ import annotations

from fsm.explore.regions import Region, add_to
from fsm.explore.space import Space
from fsm.explore.variables import UNCONFIRMED, UNKNOWN
from fsm.showing import Shown, Text, needed_in
from fsm.spec import MoveSpec

__all__ = ["ASKED", "Missing", "Reading"]

Missing = dict[tuple[int, str], Region]
"""By the number of a text and the state: situations in which it is due and no wording of it can be filled."""

_ASKED_OPENLY = ("ask", "reask", "options", "so_far")
"""Lines of a state that asks openly."""
_ANYHOW = ("silent", "give_up")
ASKED = (*_ASKED_OPENLY, *_ANYHOW, "suggest", "read_back")
"""All lines of a state that asks."""

_Sources = tuple[int, int]
"""The sources of a value: the fields of the key in which it may stand, and the combinations in which it is known."""


class _Filling:
    """Which situations a text can be filled in."""

    def __init__(self, text: Text, space: Space) -> None:
        self._text = text
        self._wordings = tuple(tuple(self._known(shown, space) for shown in wording) for wording in text.wordings)

    @staticmethod
    def _known(shown: Shown, space: Space) -> _Sources:
        fields = known = 0
        for source in shown.sources:
            if source in space.firm:
                fields |= space.firm[source].mask
            elif source in space.loose:  # what is just being read back can be shown
                known |= space.loose[source].others.get(UNKNOWN, space.everything)
        return fields, known

    def lacks(self, key: int, bits: int) -> int:
        """The part of the situations in which no wording can be said."""
        for wording in self._wordings:
            filled = bits
            for fields, known in wording:
                if not key & fields:
                    filled &= known
            bits ^= filled
            if not bits:
                return 0
        return bits

    def lacking(self, key: int, bit: int) -> tuple[Shown, ...]:
        """What is missing, in one situation, from the wording that lacks least."""
        lacks = [
            tuple(shown for shown, (fields, known) in zip(written, wording, strict=True) if not key & fields and not bit & known)
            for written, wording in zip(self._text.wordings, self._wordings, strict=True)
        ]
        return min(lacks, key=len)


class Reading:
    """The texts of a graph by where they are said. `any` is whether there is anything to look at."""

    def __init__(self, space: Space) -> None:
        self._space, self._spec = space, space.spec
        self._gone = space.firm["gone"].mask
        self._fresh = space.firm["fresh"].mask if "fresh" in space.firm else 0
        self.texts = space.texts
        self.any = bool(self.texts)
        self._by_name: dict[str, list[tuple[int, _Filling]]] = {}
        for index, text in enumerate(self.texts):
            self._by_name.setdefault(text.name, []).append((index, _Filling(text, space)))
        self._says = {
            name: tuple((line.line, space.guard(line.if_)) for line in state.say if line.line in self._by_name)
            for name, state in self._spec.states.items()
        }
        self._asks = {name: self._questions(name) for name in self._spec.states if self._spec.states[name].ask is not None}
        self._runs = {name: self._starved(name) for name in self._asks}

    def _questions(self, state: str) -> tuple[tuple[int, int, _Filling], ...]:
        """The lines of a state that asks: where they are due, as combinations, and what they show."""
        asked = str(self._spec.states[state].ask)
        loose = self._space.loose.get(asked)
        read_back = loose.masks.get(UNCONFIRMED, 0) if loose is not None else 0
        suggests = self._space.loose.get(f"suggested {asked}") if self._spec.states[state].suggest is not None else None
        openly = self._space.everything ^ read_back
        suggested = suggests.masks[True] & openly if suggests is not None else 0
        due = {**dict.fromkeys(_ASKED_OPENLY, openly ^ suggested), **dict.fromkeys(_ANYHOW, self._space.everything)}
        due |= {"options": openly, "so_far": openly, "suggest": suggested, "read_back": read_back}
        return tuple(
            (index, where, filling) for kind, where in due.items() if where for index, filling in self._by_name.get(f"{state}.{kind}", ())
        )

    def _starved(self, state: str) -> tuple[tuple[int, int, _Filling], ...]:
        """The actions of a state that asks, by the fields of their outcomes: where one lacks what it works from, it asks without."""
        return tuple(
            (self._space.firm[action].mask, index, filling)
            for action in self._spec.states[state].run
            for index, filling in self._by_name.get(needed_in(state, action), ())
        )

    def lacking(self, index: int, region: Region) -> tuple[Shown, ...]:
        """What a text lacks in one of the situations in which it cannot be said."""
        key, bits = next(iter(region.items()))
        return dict(self._by_name[self.texts[index].name])[index].lacking(key, bits & -bits)

    # -- where texts are said --------------------------------------------------------------------------------------

    def moves(self, state: str, move: MoveSpec, key: int, bits: int, missing: Missing) -> None:
        """A move is taken: its lines are said while everything is still known, and what it does on the way works from that."""
        if key & self._gone:
            return
        for line in move.say:
            self._look(line, state, key, bits, missing)
        if move.do is not None:
            self._look(move.do, state, key, bits, missing)

    def says(self, state: str, key: int, bits: int, missing: Missing) -> None:
        """A state says its own lines; one that asks says them only when it has just been entered, or knows more."""
        if key & self._gone or (self._fresh and not key & self._fresh):
            return
        for line, guard in self._says[state]:
            if held := guard.holds(key, bits):
                self._look(line, state, key, held, missing)

    def asks(self, state: str, key: int, bits: int, missing: Missing) -> None:
        """A state puts its question, again if need be, or gives up; by then it has run all that it could."""
        for outcome, index, filling in self._runs[state]:
            if not key & outcome:
                self._note(index, state, filling, key, bits, missing)
        for index, where, filling in self._asks[state]:
            if due := bits & where:
                self._note(index, state, filling, key, due, missing)

    def runs(self, action: str, state: str, key: int, bits: int, missing: Missing) -> None:
        """An action is about to run that says or sends something, whether or not anybody hears it."""
        self._look(action, state, key, bits, missing)

    def _look(self, name: str, state: str, key: int, bits: int, missing: Missing) -> None:
        for index, filling in self._by_name.get(name, ()):
            self._note(index, state, filling, key, bits, missing)

    @staticmethod
    def _note(index: int, state: str, filling: _Filling, key: int, bits: int, missing: Missing) -> None:
        if lacking := filling.lacks(key, bits):
            add_to(missing.setdefault((index, state), {}), key, lacking)
