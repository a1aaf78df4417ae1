"""What can be wrong with business.yaml: BusinessProblems, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from fsm.counted import counted
from fsm.problems import Problem

__all__ = ["BusinessProblems"]


class BusinessProblems(Exception):
    """The business cannot be used; every problem found is in `problems`, in the order of the file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            f"{counted(len(self.problems), 'problem')}; the first: {self.problems[0]}" if self.problems else "no problem given"
        )
