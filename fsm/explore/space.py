"""The situations of a call, as far as the graph can tell them apart, as bits of integers.

A *situation* is one value for each variable. What the caller can say at any moment (names, wishes, a choice) are the
*loose* variables: every combination of their values is one bit, and a Python integer is a set of combinations. What
mostly stands still (outcomes, answers to yes or no, whether the read-back still holds) are the *firm* variables, packed
into a small integer, the *key*. A :data:`~fsm.explore.regions.Region` maps keys to sets of combinations, so that one
operation moves thousands of situations at once and is exact for each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import prod
from typing import Final

from fsm.catalogue import ActionSpec, Catalogue
from fsm.explore.mentions import forgotten, mentioned_in
from fsm.explore.variables import KNOWN, NOTHING_FOUND, OTHER, SUGGESTED, UNCONFIRMED, UNKNOWN, Firm, Guard, Loose
from fsm.graph import dependents_of
from fsm.invariants import Rules
from fsm.showing import CALLERS_NUMBER, LISTED, VALUED, Text
from fsm.spec import NOT_FROM_CALLERS, Condition, GraphSpec, Value

__all__ = ["Space", "TooManySituations"]

MOST_BITS: Final = 1 << 20
"""More combinations than this are not explored: a graph that tells apart so much is to be split."""

MANY_BITS: Final = 1 << 16
"""With more combinations than this, each operation takes so long that more keys with fewer combinations are quicker."""
_SELDOM_OTHERWISE: Final = 4


class TooManySituations(Exception):
    """The graph tells apart more situations than can be explored in a moment; nothing is said about it then."""


class Space:
    """All variables of a graph. Raises TooManySituations where there would be too many combinations."""

    def __init__(self, spec: GraphSpec, catalogue: Catalogue, texts: Iterable[Text] = ()) -> None:
        rules = Rules(spec)
        self.spec, self.catalogue = spec, catalogue
        self.texts = tuple(text for text in texts if not text.always)
        """What cannot be said whatever is known."""
        self.read = frozenset(source for text in self.texts for source in text.sources)
        """What those show."""
        self.loose: dict[str, Loose] = {}
        self.firm: dict[str, Firm] = {}
        self.outcomes: dict[str, dict[str, str]] = {}
        """By action: for each outcome the one that stands for all that the moves treat alike."""
        self.marks: list[str] = []
        """What is remembered for invariants."""
        self._shift = 0
        mentioned = {**{name: set[Value]() for name in spec.facts if name in self.read}, **mentioned_in(spec, catalogue)}
        domains = self._domains(mentioned)
        for action in dict.fromkeys(action for state in spec.states.values() for action in state.run):
            alike = _alike(spec, catalogue, action, self.texts)
            self.outcomes[action] = {outcome: group[0] for group in alike for outcome in group}
            self._add_firm(action, (UNKNOWN, *(group[0] for group in alike)))
        if any("appointments" in action.fills for action in catalogue.values()):
            self._add_firm("list appointments", (False, True))
        asked = dict.fromkeys(state.ask for state in spec.states.values() if state.ask is not None)
        self._add_firm("read back", ("", *(name for name in asked if spec.facts[name].type == "yes_no" and spec.facts[name].depends_on)))
        for written in sorted({*rules.marks, *(rule.heard for rule in rules.all if rule.says)}):
            self._add_firm(written, (False, True))
            self.marks.append(written)
        for source in sorted(source for source in self.read if source.startswith((LISTED, VALUED))):
            self._add_firm(source, (False, True))
        if any(line.line == text.name for state in spec.states.values() if state.ask for line in state.say for text in self.texts):
            self._add_firm("fresh", (False, True))
        self._add_firm("corrected", (False, True))
        self._add_firm("gone", (False, True))
        if _combinations(domains) > MOST_BITS:
            raise TooManySituations
        if _combinations(domains) > MANY_BITS:
            self._make_firm(domains)
        self.token = 1 << self._shift
        """A bit of keys that belongs to no variable; forgetting the task drops it."""
        self.size = _combinations(domains)
        self.everything = (1 << self.size) - 1
        stride = 1
        for name, (values, several) in domains.items():
            self.loose[name] = self._loose(name, values, stride, several)
            stride *= len(values)

    def _domains(self, mentioned: Mapping[str, set[Value]]) -> dict[str, tuple[tuple[Value, ...], bool]]:
        """The loose variables with their values, and whether "known" stands for several; what is answered by yes or no is made firm."""
        spec = self.spec
        domains: dict[str, tuple[tuple[Value, ...], bool]] = {}
        suggesting = {state.ask for state in spec.states.values() if state.suggest is not None}
        for name, fact in spec.facts.items():
            if name not in mentioned:
                continue
            suggested = (SUGGESTED,) if name in suggesting else ()
            if fact.type == "yes_no":
                self._add_firm(name, (UNKNOWN, True, False))
            elif fact.type == "switch":
                domains[name] = ((UNKNOWN, True, False) if name in forgotten(spec) else (True, False), False)
            elif fact.type == "choice":
                apart = tuple(option for option in fact.options if option in mentioned[name])
                rest = len(fact.options) - len(apart)
                domains[name] = ((UNKNOWN, *apart, *((OTHER,) if rest else ())), rest > 1)
            elif fact.read_back:
                domains[name] = ((UNKNOWN, UNCONFIRMED, KNOWN, *suggested), True)
            else:
                domains[name] = ((UNKNOWN, KNOWN, *suggested), True)
        for name in sorted(f"suggested {asked}" for asked in suggesting):
            domains[name] = ((True, False), False)
        if CALLERS_NUMBER in self.read:
            domains[CALLERS_NUMBER] = ((UNKNOWN, KNOWN), False)
        return {name: domains[name] for name in sorted(domains, key=self._seldom)}

    def _make_firm(self, domains: dict[str, tuple[tuple[Value, ...], bool]]) -> None:
        """Choices on which other facts rest, as what the caller has come for, are one thing in most places: in the key they cost no bits.

        Only where all options are told apart and no text shows them: what is firm has a value, and not just any.
        """
        suggested = {name.removeprefix("suggested ") for name in domains if name.startswith("suggested ")}
        for name in [name for name in domains if self._seldom(name) == _SELDOM_OTHERWISE]:
            if OTHER not in domains[name][0] and name not in self.read | suggested:
                self._add_firm(name, domains.pop(name)[0])

    def _seldom(self, name: str) -> int:
        """How seldom a variable has another than its first value in a place.

        A set of combinations is as long a number as its last one, so that what is seldom known comes last: what only actions find,
        what is picked from their lists, and what the caller has come for, which most places know to be one thing or nothing yet.
        """
        fact = self.spec.facts.get(name)
        if fact is None:
            return 1
        if fact.type == "switch":
            return 0
        if fact.type in NOT_FROM_CALLERS:
            return 2
        if fact.type in {"offered_slot", "appointment"}:
            return 3
        return _SELDOM_OTHERWISE if fact.type == "choice" and dependents_of(name, self.spec.facts) else 1

    def _add_firm(self, name: str, values: tuple[Value, ...]) -> None:
        width = max(len(values) - 1, 1).bit_length()
        self.firm[name] = Firm(name, values, self._shift, ((1 << width) - 1) << self._shift)
        self._shift += width

    def _loose(self, name: str, values: tuple[Value, ...], stride: int, several: bool) -> Loose:
        period = stride * len(values)
        every = self.everything // ((1 << period) - 1)
        masks = {value: (((1 << stride) - 1) << (stride * index)) * every for index, value in enumerate(values)}
        others = {value: self.everything ^ mask for value, mask in masks.items()}
        unclear = UNCONFIRMED in masks
        known = others.get(UNKNOWN, self.everything) & others.get(UNCONFIRMED, self.everything)
        steps = {
            value: (tuple(stride * up for up in range(1, at + 1)), tuple(stride * down for down in range(1, len(values) - at)))
            for at, value in enumerate(values)
        }
        return Loose(name, values, stride, masks, others, known, several, values[0], unclear, steps)

    def shown_after(self, action: ActionSpec, outcome: str, key: int) -> int:
        """The key once an action has come out so, with what texts can show of it."""
        for name in action.fills:
            if (firm := self.firm.get(f"{LISTED}{name}")) is not None:
                key = firm.put(key, outcome not in NOTHING_FOUND)
        for name in action.values if outcome != "failed" else ():
            if (firm := self.firm.get(f"{VALUED}{name}")) is not None:
                key = firm.put(key, True)
        return key

    def guard(self, condition: Condition) -> Guard:
        """A condition of the graph. What is not told apart is left open."""
        fields: list[tuple[int, frozenset[int]]] = []
        bits = self.everything
        for name, wanted in condition.items():
            if name in self.firm:
                firm = self.firm[name]
                stands_for = self.outcomes.get(name, {})
                written = {stands_for.get(str(one), one) for one in (wanted if isinstance(wanted, list) else [wanted])}
                admitted = {value for value in firm.values if any(_admits(one, value) for one in written)}
                fields.append((firm.mask, frozenset(firm.values.index(value) << firm.shift for value in admitted)))
            elif name in self.loose:
                loose = self.loose[name]
                allowed = 0
                for value in loose.values:
                    if _admits(wanted, UNKNOWN if value == UNCONFIRMED else value):
                        allowed |= loose.masks[value]
                bits &= allowed
        return Guard(tuple(fields), bits if bits != self.everything else None)

    def describe(self, key: int, bits: int) -> dict[str, Value]:
        """One of the situations, the variables that have their first value left out."""
        number = (bits & -bits).bit_length() - 1
        found = {name: firm.of(key) for name, firm in self.firm.items() if firm.of(key) != firm.values[0]}
        for name, loose in self.loose.items():
            value = loose.values[number // loose.stride % len(loose.values)]
            if value != loose.values[0]:
                found[name] = value
        return found


def _combinations(domains: Mapping[str, tuple[tuple[Value, ...], bool]]) -> int:
    """How many combinations there are of so many values."""
    return prod(len(values) for values, _ in domains.values())


def _alike(spec: GraphSpec, catalogue: Catalogue, action: str, texts: Sequence[Text]) -> list[list[str]]:
    """The outcomes of an action, those together that no move tells apart, and none of these texts."""
    wanted = [move.if_[action] for move in spec.moves if action in move.if_]
    wanted += [
        value for rule in Rules(spec).all for kind, name, value in (rule.first or ("", "", ""),) if (kind, name) == ("outcome", action)
    ]
    names, read = {text.name for text in texts}, {source for text in texts for source in text.sources}
    said = [line for state in spec.states.values() for line in state.say if line.line in names]
    wanted += [line.if_[action] for line in said if action in line.if_]
    groups: dict[tuple[object, ...], list[str]] = {}
    for outcome in sorted(catalogue[action].outcomes):
        told = (catalogue[action].brings, catalogue[action].presumes)
        facts = [frozenset(fact for one, fact in pairs if one == outcome and fact in read) for pairs in told]
        kind = (outcome in NOTHING_FOUND, *(_admits(one, outcome) for one in wanted), *facts)
        groups.setdefault(kind, []).append(outcome)
    return list(groups.values())


def _admits(wanted: Value | list[Value], value: Value) -> bool:
    if wanted == KNOWN:
        return value != UNKNOWN
    if isinstance(wanted, list):
        return any(_same(one, value) for one in wanted)
    return _same(wanted, value)


def _same(one: Value, other: Value) -> bool:
    return one == other and isinstance(one, bool) == isinstance(other, bool)
