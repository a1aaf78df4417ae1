"""Conditions as sets of situations: a box says for each name which values are left, and boxes can be taken apart exactly."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from fsm.catalogue import Catalogue
from fsm.checks.wording import any_of, nearest, quoted
from fsm.spec import Condition, GraphSpec, Value

__all__ = ["UNKNOWN", "Box", "Domains", "TooManyCases", "describe"]

_T = TypeVar("_T")

UNKNOWN = "unknown"
_KNOWN = "known"

Box = Mapping[str, frozenset[Value]]
"""For each name the values it may have; a name that is missing may have any. `unknown` stands for not known, or not run."""

_MOST = 5_000


class TooManyCases(Exception):
    """A state has so many overlapping conditions that they are not taken apart; nothing is said about it then."""


@dataclass(frozen=True)
class Domains:
    """All values that each name of a graph may have."""

    values: Mapping[str, frozenset[Value]]
    guessed: frozenset[str] = frozenset()
    """Names with values that are mentioned, but not declared."""

    @classmethod
    def of(cls, spec: GraphSpec, catalogue: Catalogue, conditions: Iterable[Condition]) -> Domains:
        """From the declarations; values that are only mentioned count too, they are reported elsewhere."""
        values: dict[str, set[Value]] = {}
        for name, action in catalogue.items():
            values[name] = {UNKNOWN, *action.outcomes}
        for name, fact in spec.facts.items():
            if fact.type == "choice":
                values[name] = {UNKNOWN, *fact.options}
            elif fact.type in {"yes_no", "switch"}:
                values[name] = {UNKNOWN, True, False}
            else:
                values[name] = {UNKNOWN, _KNOWN}
        declared = {name: frozenset(domain) for name, domain in values.items()}
        for condition in conditions:
            for written, wanted in condition.items():
                name = _meant(written, values)
                domain = values.setdefault(name, {UNKNOWN, _KNOWN})
                domain.update(
                    value for one in (wanted if isinstance(wanted, list) else [wanted]) if (value := _meant(one, domain)) != _KNOWN
                )
        guessed = frozenset(name for name, domain in values.items() if name not in declared or frozenset(domain) != declared[name])
        return cls({name: frozenset(domain) for name, domain in values.items()}, guessed)

    def box(self, condition: Condition) -> Box:
        """The situations in which a condition holds. A misspelt name or value counts as the one that was meant."""
        box: dict[str, frozenset[Value]] = {}
        for written, wanted in condition.items():
            name = _meant(written, self.values)
            box[name] = box.get(name, self.values[name]) & self._allowed_by(name, wanted)
        return box

    def _allowed_by(self, name: str, wanted: Value | list[Value]) -> frozenset[Value]:
        domain = self.values[name]
        if wanted == _KNOWN:
            return domain - {UNKNOWN}
        return frozenset(_meant(one, domain) for one in (wanted if isinstance(wanted, list) else [wanted]))

    def allowed(self, box: Box, name: str) -> frozenset[Value]:
        """The values that a box leaves to a name."""
        found = box.get(name)
        return self.values.get(name, frozenset({UNKNOWN, _KNOWN})) if found is None else found

    def meet(self, box: Box, other: Box) -> Box | None:
        """Where both hold, or None."""
        both = dict(box)
        for name, values in other.items():
            both[name] = self.allowed(box, name) & values
            if not both[name]:
                return None
        return both

    def minus(self, box: Box, other: Box) -> list[Box]:
        """What is left of a box without another, in boxes that do not overlap."""
        if self.meet(box, other) is None:
            return [box]
        left: list[Box] = []
        inside = dict(box)
        for name, values in other.items():
            mine = self.allowed(inside, name)
            if outside := mine - values:
                left.append({**inside, name: outside})
            inside[name] = mine & values
        return left

    def left_over(self, boxes: Iterable[Box], others: Iterable[Box]) -> list[Box]:
        """What the others do not cover. Raises TooManyCases."""
        left = list(boxes)
        for other in others:
            left = [piece for box in left for piece in self.minus(box, other)]
            if len(left) > _MOST:
                raise TooManyCases
        return left


def _meant(written: _T, known: Collection[Any]) -> _T:
    """The name or value itself where it is known; else the one that was probably meant, so that one slip is one problem."""
    if written in known or not isinstance(written, str):
        return written
    found: Any = nearest(written, [name for name in known if isinstance(name, str)])
    return written if found is None else found


_MOST_VALUES = 3
"""Of more values it is rather said which one it is not."""


def describe(box: Box, domains: Domains, names: Sequence[str] = (), *, most: int | None = None) -> str:
    """A situation in words; `names` come first, and of many conditions the first `most` are enough."""
    parts: list[str] = []
    for name in [*names, *(name for name in box if name not in names)]:
        values = box.get(name)
        if values is None or values == domains.values.get(name):
            continue
        others = domains.values.get(name, frozenset()) - values
        if len(values) > 1 and others == {UNKNOWN}:
            parts.append(f"{quoted(name)} is known")
        elif len(values) > _MOST_VALUES and len(others) == 1:
            parts.append(f"{quoted(name)} is not {any_of(others)}")
        else:
            parts.append(f"{quoted(name)} is {any_of(sorted(values, key=str))}")
    if most is not None and len(parts) > most + 1:  # "and 1 more" is no shorter than the one
        return f"{', '.join(parts[:most])} and {len(parts) - most} more"
    return " and ".join(parts) or "anything"
