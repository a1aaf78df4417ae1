"""Why an installation cannot be opened.

Exception
├── ContentProblems   what product owners edit has problems
├── FixtureProblem    the file of a rehearsal cannot be used
├── NoSuchCall        no call of this id is stored, or not the content that it was begun with
└── NoModel           a language model was asked for, and none is set up
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fsm.counted import counted

if TYPE_CHECKING:
    from fsm.problems import Problem

__all__ = ["ContentProblems", "FixtureProblem", "NoModel", "NoSuchCall"]


class ContentProblems(Exception):
    """The content cannot be used; `problems` are all of them, in the order of the files."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(f"{counted(len(problems), 'problem')} in the content; run `frontdesk check` to see them.")


class FixtureProblem(Exception):
    """The fixture cannot be used; the message is one sentence."""


class NoModel(Exception):
    """No model can be asked; the message is one sentence that says what to set."""


class NoSuchCall(Exception):
    """A stored call cannot be taken up; the message is one sentence that says why."""
