"""What calls of several kinds cover of a graph, and what none of them does."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from frontdesk.proving.impossible import cannot_happen
from frontdesk.proving.returning import never_rests_again
from frontdesk.proving.targets import KINDS, Kind, Target, targets_of
from fsm.graph import Graph
from fsm.yaml_source import load_plain

__all__ = ["Coverage", "Excuse", "read_excuses"]


@dataclass(frozen=True, slots=True)
class Excuse:
    """Why something has no generated path: `states` by name, `what` as the report words it, `*` for any words.

    With `proved`, which is for limits of visits, the reason is not only argued: see :meth:`fails`.
    """

    states: tuple[str, ...]
    what: str
    why: str
    proved: bool = False

    def covers(self, target: Target) -> bool:
        """Whether it speaks of this target."""
        words = target.sentence.removeprefix(f"in the state “{target.state}”: ")
        return target.state in self.states and fnmatchcase(words, self.what.replace("[", "[[]")) and (not self.proved or _of_visits(target))

    def fails(self, graph: Graph) -> list[str]:
        """A sentence for each state of which it is said that it is proved, and some task may come to rest there twice. Takes seconds."""
        wrong = [state for state in self.states if self.proved and not (state in graph.states and never_rests_again(graph, state))]
        return [f"It is not proved that no task comes back to the state “{state}” and waits there: “{self.why}”" for state in wrong]


def _of_visits(target: Target) -> bool:
    return target.name.endswith(".visits")


def read_excuses(file: Path) -> list[Excuse]:
    """The excuses of a file, none where there is no such file. Raises ValueError for what it cannot read."""
    if not file.is_file():
        return []
    read = load_plain(file.read_text(encoding="utf-8"))
    try:
        return [Excuse(tuple(one["states"]), str(one["what"]), str(one["why"]), one.get("proved") is True) for one in read]
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"{file}: an excuse has “states”, “what” and “why”, and “proved: true” where that is so.") from error


@dataclass(slots=True)
class Coverage:
    """Counts by kind of call and target. `impossible` are targets that no call comes to, proved by exploring the graph exactly."""

    graph: Graph
    targets: Mapping[str, Target]
    impossible: AbstractSet[str]
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, graph: Graph) -> Coverage:
        """Nothing counted so far."""
        targets = targets_of(graph)
        return cls(graph, targets, cannot_happen(graph, targets.values()))

    def add(self, source: str, covers: Iterable[str]) -> None:
        """Counts one call of a kind, which has covered these once each."""
        self.calls[source] += 1
        self.counts.setdefault(source, Counter()).update(set(covers) & self.targets.keys())

    def possible(self, kind: Kind) -> list[str]:
        """The targets of a kind that some call may come to."""
        return [name for name, target in self.targets.items() if target.kind == kind and name not in self.impossible]

    def missing(self, source: str | None = None) -> list[Target]:
        """What calls of a kind, or of all kinds together, do not cover, though it can happen."""
        counts = self.total() if source is None else self.counts.get(source, Counter())
        return [target for name, target in self.targets.items() if not counts[name] and name not in self.impossible]

    def total(self) -> Counter[str]:
        """Counts of all kinds together."""
        return sum(self.counts.values(), Counter())

    def covered(self, source: str | None, kind: Kind) -> int:
        """How many targets of a kind are covered."""
        counts = self.total() if source is None else self.counts.get(source, Counter())
        return sum(1 for name in self.possible(kind) if counts[name])

    # -- for programs and pictures ---------------------------------------------------------------------------------

    def as_json(self) -> dict[str, Any]:
        """`states` and `transitions` are what a picture needs: by name, and by `source -> target #n`, the n-th move of the state."""
        total = self.total()
        return {
            "states": {name: total[name] for name in self.graph.states},
            "transitions": self._by_arrow(total),
            "calls": dict(self.calls),
            "covered": {
                source or "together": {kind: [self.covered(source, kind), len(self.possible(kind))] for kind in KINDS}
                for source in (*self.counts, None)
            },
            "targets": {
                name: {"kind": target.kind, "says": target.sentence, **{source: counts[name] for source, counts in self.counts.items()}}
                for name, target in self.targets.items()
                if name not in self.impossible
            },
            "impossible": sorted(self.impossible),
        }

    def _by_arrow(self, total: Counter[str]) -> dict[str, int]:
        arrows: dict[str, int] = {}
        numbers: Counter[str] = Counter()
        for name, target in self.targets.items():
            if target.kind == "transitions" and target.to is not None:
                numbers[target.state] += 1
                arrows[f"{target.state} -> {target.to} #{numbers[target.state]}"] = total[name]
        return arrows

    def dumped(self) -> str:
        """The same as text."""
        return json.dumps(self.as_json(), ensure_ascii=False, indent=1) + "\n"
