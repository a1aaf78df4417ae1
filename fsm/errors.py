"""The errors of the engine.

EngineError
├── GraphProblems      the graph cannot be used; carries every problem found
├── IllegalMove        a move was asked for that the graph does not have
│   └── InvariantBroken    what the graph declares never to happen was about to
├── CorruptJournal     a stored journal or call cannot be read back
└── Stale              an event speaks of a version of the call that is gone
"""

from __future__ import annotations

from collections.abc import Sequence

from fsm.counted import counted
from fsm.problems import Problem

__all__ = ["CorruptJournal", "EngineError", "GraphProblems", "IllegalMove", "InvariantBroken", "Stale"]


class EngineError(Exception):
    """Something the engine cannot go on with."""


class GraphProblems(EngineError):
    """The graph has problems; all of them are in `problems`, in the order of the file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            f"{counted(len(self.problems), 'problem')}; the first: {self.problems[0]}" if self.problems else "no problem given"
        )


class IllegalMove(EngineError):
    """The machine does not know this move from this state."""


class InvariantBroken(IllegalMove):
    """What the graph declares never to happen was about to happen, and has not. `index` is the place in `invariants`, from 0."""

    def __init__(self, index: int) -> None:
        self.index = index
        super().__init__(f"The invariant number {index + 1} of states.yaml would be broken.")


class CorruptJournal(EngineError):
    """What was stored of a call does not read back."""


class Stale(EngineError):
    """The call has moved on since this was made."""
