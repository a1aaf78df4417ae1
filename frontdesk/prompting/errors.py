"""What can be wrong with lines.

PromptingError
├── LineProblems    the files under prompts/ cannot be used; carries every problem
├── UnknownLine     no line has this name
└── MissingValue    a line shows something that is not known at this moment
"""

from __future__ import annotations

from collections.abc import Sequence

from fsm.problems import Problem

__all__ = ["LineProblems", "MissingValue", "PromptingError", "UnknownLine"]


class PromptingError(Exception):
    """A line cannot be said."""


class LineProblems(PromptingError):
    """The line files are not usable. `problems` lists everything that is wrong, in the order of the files."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class UnknownLine(PromptingError):
    """There is no line of this name in this language."""

    def __init__(self, name: str, language: str) -> None:
        super().__init__(f"There is no line “{name}” in {language}; add it to prompts/lines/{language}.yaml.")
        self.name = name
        self.language = language


class MissingValue(PromptingError):
    """A line shows something that is not known; it is never spoken with a hole in it."""

    def __init__(self, line: str, language: str, placeholder: str) -> None:
        super().__init__(f"The line “{line}” ({language}) shows {{{placeholder}}}, which is not known at this moment.")
        self.line = line
        self.language = language
        self.placeholder = placeholder
