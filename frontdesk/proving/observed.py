"""What a turn has come to besides its lines, as the owner of a graph sees it: states on the way, what was achieved, facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from frontdesk.proving.happenings import Happening
from frontdesk.proving.values import VAGUE
from fsm.call import Call
from fsm.graph import Graph

__all__ = ["CameTo", "as_said", "came_to"]

_TOLD: Final = frozenset({"choice", "yes_no", "switch"})
"""Types of facts whose values are told; of others only that they are known: the values are those of a language."""


@dataclass(frozen=True, slots=True)
class CameTo:
    """Between two moments of a call: the states passed `through` before the last one, what was achieved, and facts.

    `learns` are facts that are known since, or have another value; `forgets` those that are known no longer.
    """

    through: tuple[str, ...] = ()
    achieves: tuple[str, ...] = ()
    learns: tuple[str, ...] = ()
    forgets: tuple[str, ...] = ()


def came_to(graph: Graph, before: Call | None, after: Call) -> CameTo:
    """What has come of a turn; `before` is None where the call has only just been answered."""
    path, achieved, known = (before.path, before.achieved, before.facts) if before is not None else ((), (), {})
    learns = []
    for name, fact in after.facts.items():
        new = name not in known or known[name].value != fact.value
        kind = graph.facts[name].type
        if new and (before is not None or kind != "switch"):
            learns.append(f"{name}={_word(fact.value)}" if kind in _TOLD else name)
    return CameTo(
        tuple(after.path[len(path) : -1]),
        tuple(after.achieved[len(achieved) :]),
        tuple(sorted(learns)),
        tuple(sorted(known.keys() - after.facts.keys())),
    )


def as_said(caller: Happening | None) -> tuple[str, ...]:
    """What a turn is to teach if nothing else is written: the facts that the caller says in so many words."""
    said = [(name, value) for name, value in (caller.facts if caller is not None else ()) if value != VAGUE]
    return tuple(sorted(name if value.isdigit() else f"{name}={value}" for name, value in said))


def _word(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
