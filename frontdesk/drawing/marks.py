"""What is laid over the picture: how often each state and way was used, or the path of one call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from frontdesk.drawing.ways import ANYWHERE, Pair
from fsm.spec import GraphSpec

__all__ = ["BadCoverage", "Marks", "coverage_from", "marks_of_call", "marks_of_traffic", "with_anywhere"]


class BadCoverage(Exception):
    """A coverage file is not one; the message is one sentence."""


@dataclass(frozen=True)
class Marks:
    """Counts by state and by way; for one call also the numbers of its steps. `note` says what was counted."""

    kind: Literal["coverage", "traffic", "call"]
    states: Mapping[str, int]
    ways: Mapping[Pair, int]
    note: str
    steps: Mapping[Pair, tuple[int, ...]] = field(default_factory=dict)
    """The moves of a call, counted from 1, by source and target."""

    @property
    def most(self) -> int:
        """The highest count of a state."""
        return max(self.states.values(), default=0)


def marks_of_call(start: str, moves: Sequence[Pair], note: str) -> Marks:
    """The path of one call, from its first state on."""
    steps: dict[Pair, tuple[int, ...]] = {}
    for number, pair in enumerate(moves, 1):
        steps[pair] = (*steps.get(pair, ()), number)
    states = Counter([start, *(target for _, target in moves)])
    return Marks("call", states, Counter(moves), note, steps)


def marks_of_traffic(start: str, calls: Iterable[Sequence[Pair]], note: str) -> Marks:
    """How many calls came to each state, and took each way."""
    states: Counter[str] = Counter()
    ways: Counter[Pair] = Counter()
    for moves in calls:
        states.update({start, *(target for _, target in moves)})
        ways.update(set(moves))
    return Marks("traffic", states, ways, note)


def coverage_from(data: Any, spec: GraphSpec) -> Marks:
    """Reads what `frontdesk coverage --json` wrote: counts by name under `states` and `transitions`, and `limits` where there are any.

    What no call can come through (`impossible`) is not counted.
    A transition is named by its states ("slot -> hold #2") or by its place in the file ("slot.next[1]"). Raises BadCoverage.
    """
    if not isinstance(data, dict) or not isinstance(data.get("states"), dict) or not isinstance(data.get("transitions"), dict):
        raise BadCoverage("The coverage file has no states and transitions; write it with: frontdesk coverage --json.")
    states = {str(name): _count(count) for name, count in data["states"].items()}
    ways: Counter[Pair] = Counter()
    named: Counter[Pair] = Counter()
    limits = data.get("limits")
    for name, count in [*data["transitions"].items(), *(limits.items() if isinstance(limits, dict) else ())]:
        pair = _pair_of(str(name), spec)
        if pair is not None:
            ways[pair] += _count(count)
            named[pair] += 1
    impossible = data.get("impossible")
    for pair in (_pair_of(str(name), spec) for name in (impossible if isinstance(impossible, list) else ())):
        if pair is not None and pair in named:
            named[pair] -= 1
            if not named[pair] and not ways[pair]:  # nothing that could be covered
                del ways[pair]
    met = sum(1 for count in states.values() if count)
    return Marks("coverage", states, ways, f"{met} of {len(states)} states are covered")


def _pair_of(name: str, spec: GraphSpec) -> Pair | None:
    """The states that a transition leads from and to; None for one that stays, and for what this graph does not have."""
    source, arrow, target = name.partition(" -> ")
    if arrow:
        return source.strip(), target.partition(" #")[0].strip()
    source, _, place = name.rpartition(".")
    state = spec.states.get(source)
    if state is None:
        return None
    kind, _, number = place.removesuffix("]").partition("[")
    moves = {"next": state.next, "on": state.on, "anywhere": spec.anywhere}.get(kind, ())
    if number.isdigit() and int(number) < len(moves):
        to = moves[int(number)].to
        return (source, to) if to is not None else None
    give_up = {"attempts": "else_", "visits": "else_", "silences": "silent"}.get(place)
    to = (getattr(state.limits, give_up) or getattr(spec.limits, give_up)) if give_up else None
    return (source, to) if to is not None else None


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise BadCoverage("A count in the coverage file is not a whole number; write it with: frontdesk coverage --json.")
    return value


def with_anywhere(marks: Marks, pairs: Collection[Pair]) -> Marks:
    """Counts a move that no state has of its own for the way of `anywhere` to the same state."""
    ways: Counter[Pair] = Counter()
    steps: dict[Pair, tuple[int, ...]] = {}
    for pair, count in marks.ways.items():
        drawn = pair if pair in pairs else (ANYWHERE, pair[1])
        ways[drawn] += count
        steps[drawn] = tuple(sorted((*steps.get(drawn, ()), *marks.steps.get(pair, ()))))
    states = dict(marks.states)
    used = sum(count for pair, count in ways.items() if pair[0] == ANYWHERE)
    if used:
        states[ANYWHERE] = used
    return Marks(marks.kind, states, ways, marks.note, steps)
