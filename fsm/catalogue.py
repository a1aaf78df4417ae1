"""The actions a graph may name: what each reads and how each can come out. Declared in code, named in YAML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

__all__ = ["ActionSpec", "Catalogue"]


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action.

    `reads` are the facts whose change makes its outcome out of date; `needs` those without which it cannot run.
    `outcomes` is everything it can answer. `sets` are facts that it may provide, `fills` the lists to pick from
    ("offers", "appointments"), `values` the placeholders it adds for lines. `writes` marks work that others see:
    it runs only after a yes to the read-back of exactly the facts it reads, which stands in the fact `agreed`.
    `brings` are outcomes with a fact that each always provides, `presumes` outcomes with a fact without which each never
    comes, and `misses` outcomes with the facts of which at least one is unknown whenever they come.
    `achieves` are outcomes with what a caller has got by each ("booked").
    `timeout_s` is its total deadline in seconds.
    """

    name: str
    outcomes: frozenset[str]
    reads: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    sets: frozenset[str] = frozenset()
    fills: frozenset[str] = frozenset()
    values: frozenset[str] = frozenset()
    brings: frozenset[tuple[str, str]] = frozenset()
    presumes: frozenset[tuple[str, str]] = frozenset()
    misses: frozenset[tuple[str, str]] = frozenset()
    achieves: frozenset[tuple[str, str]] = frozenset()
    writes: bool = False
    timeout_s: float = 4.0


class Catalogue(Mapping[str, ActionSpec]):
    """All actions by name."""

    def __init__(self, actions: Iterable[ActionSpec]) -> None:
        self._actions = {action.name: action for action in actions}

    def __getitem__(self, name: str) -> ActionSpec:
        return self._actions[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._actions)

    def __len__(self) -> int:
        return len(self._actions)
