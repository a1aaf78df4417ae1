"""A problem in what product owners edit: found before the first call, said in their words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Problem", "in_file_order"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where.

    `code` is stable ("unknown-state"); `line` and `column` count from 1, and 0 means the file as a whole;
    `message` is one sentence that a product owner understands, `hint` says what to do about it;
    `example` is the shortest call that shows it, a line a turn, where there is one.
    """

    code: str
    file: str
    line: int
    column: int
    message: str
    hint: str = ""
    example: tuple[str, ...] = ()

    def __str__(self) -> str:
        hint = f" {self.hint}" if self.hint else ""
        example = f" For example: {'; '.join(self.example)}." if self.example else ""
        return f"{self.file}:{self.line}:{self.column}: {self.code}: {self.message}{hint}{example}"


def in_file_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems as a reader meets them, each once."""
    return sorted(set(problems), key=lambda problem: (problem.file, problem.line, problem.column, problem.code, problem.message))
