"""A call from its beginning to a point of interest, and how a reader sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fsm.explore.happenings import Begin, Happening
from fsm.explore.settling import CALLER, ENDED, Met
from fsm.explore.table import Transition
from fsm.spec import Value

__all__ = ["Path", "PathStep"]


@dataclass(frozen=True, slots=True)
class PathStep:
    """One happening on a path; afterwards the call is in `state` and waits for the caller ("(caller)"), an action, or has "(ended)"."""

    happening: Happening
    state: str
    waits_for: str
    transitions: frozenset[Transition]
    known: Mapping[str, Value]
    """What is known then, by variable; what is not known is left out."""


@dataclass(frozen=True, slots=True)
class Path:
    """A call from its beginning."""

    begin: Begin
    steps: tuple[PathStep, ...]
    last: Met = field(default_factory=Met, compare=False, repr=False)
    """What the last step comes across."""

    @property
    def dialogue_to_the_last(self) -> tuple[str, ...]:
        """The dialogue, up to what happens last."""
        lines = self.dialogue
        return lines if not self.steps or lines[-1] == str(self.steps[-1].happening) else lines[:-1]

    @property
    def dialogue(self) -> tuple[str, ...]:
        """The call as lines for a reader."""
        lines: list[str] = []
        for step in self.steps:
            lines.append(str(step.happening))
            if step.waits_for == CALLER:
                lines.append(f"we: ask, in {step.state}")
            elif step.waits_for == ENDED:
                lines.append(f"the call ends in {step.state}")
        return tuple(lines)
