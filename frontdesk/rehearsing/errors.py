"""What can go wrong with a rehearsed call.

RehearsingError
├── Broken          the call did what no call may do
├── CaseProblems    files of calls or goals cannot be used; carries every problem
├── UnknownSetting  a call changes a setting that the business does not have
└── NotRecorded     a stored call cannot be made into a file
"""

from __future__ import annotations

from collections.abc import Sequence

from fsm.problems import Problem

__all__ = ["Broken", "CaseProblems", "NotRecorded", "RehearsingError", "UnknownSetting"]


class RehearsingError(Exception):
    """A call cannot be rehearsed, or went as no call may go."""


class Broken(RehearsingError):
    """The call did what no call may do; the message says what."""


class CaseProblems(RehearsingError):
    """Files of calls or goals cannot be used; `problems` are all of them, in the order of the files."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems))


class UnknownSetting(RehearsingError):
    """A call changes a setting that the business does not have; the message is one sentence."""


class NotRecorded(RehearsingError):
    """A stored call cannot be made into a file; the message is one sentence that says what to do."""
