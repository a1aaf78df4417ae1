"""`frontdesk check`: everything that is wrong with what product owners edit, at once, before any call."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final, TextIO

from frontdesk.bootstrap.reading import Folders
from frontdesk.checking.memo import UNDERSTOOD, Memo
from frontdesk.checking.prompts import BUDGET, Tokens
from frontdesk.checking.whole import examine_folders
from frontdesk.processes import processors
from fsm.counted import counted
from fsm.problems import Problem
from fsm.spec import GraphSpec

__all__ = ["Report", "check", "examine", "printable"]


@dataclass(frozen=True)
class Report:
    """What a check came to. `states` and `moves` are counts; they are 0 when the graph cannot be read at all."""

    problems: tuple[Problem, ...]
    states: int
    moves: int
    languages: tuple[str, ...]
    tokens: Tokens = field(default_factory=Tokens)
    """What a model has to read in each state; empty while there are other problems."""

    @property
    def summary(self) -> str:
        """One line for people."""
        if self.problems:
            files = len({problem.file for problem in self.problems})
            return f"{counted(len(self.problems), 'problem')} in {counted(files, 'file')}."
        parts = [counted(self.states, "state"), counted(self.moves, "transition"), counted(len(self.languages), "language")]
        if self.tokens.states:
            about = "an estimated " if self.tokens.estimated else ""
            parts.append(f"prompts of at most {about}{self.tokens.most} of {BUDGET} tokens")
        return f"{', '.join(parts)}: no problems."


def check(business_dir: Path | None, stdout: TextIO, *, as_json: bool = False) -> int:
    """Checks a business folder, or the defaults without one. Returns the exit code: 2 when there are problems, else 0.

    Prints a problem a line (`file:line:column: code: sentence hint`) and a summary; with `as_json` one JSON object.
    """
    report = examine(business_dir, Memo(UNDERSTOOD), processes=processors())
    if as_json:
        content = {
            "problems": [asdict(problem) for problem in report.problems],
            "states": report.states,
            "transitions": report.moves,
            "languages": list(report.languages),
            "tokens": {"budget": BUDGET, "estimated": report.tokens.estimated, "states": dict(report.tokens.states)},
        }
        # Escaped: it reads the same whatever the terminal's encoding.
        print(json.dumps(content), file=stdout)
    else:
        for problem in report.problems:
            print(printable(str(problem), stdout), file=stdout)
        print(printable(report.summary, stdout), file=stdout)
    return 2 if report.problems else 0


def examine(business_dir: Path | None, memo: Memo | None = None, *, processes: int = 1) -> Report:
    """Reads everything once and collects what is wrong with it."""
    examined = examine_folders(Folders(business_dir), memo, processes=processes)
    read = examined.read
    states, moves = (len(read.spec.states), _moves(read.spec)) if read.spec is not None else (0, 0)
    return Report(examined.problems, states, moves, read.languages, examined.tokens)


def _moves(spec: GraphSpec) -> int:
    return len(spec.anywhere) + sum(len(state.on) + len(state.next) for state in spec.states.values())


def printable(text: str, stdout: TextIO) -> str:
    """On one line, and with nothing that the output cannot show or that would move the cursor."""
    plain = "".join(char if char.isprintable() else "�" for char in text)
    encoding = stdout.encoding or "utf-8"
    return plain.translate(_PLAIN_SIGNS if not _can_show("“”→…�", encoding) else {}).encode(encoding, "replace").decode(encoding)


_PLAIN_SIGNS: Final[Mapping[int, str]] = {ord("“"): '"', ord("”"): '"', ord("→"): "->", ord("…"): "...", ord("�"): "?", ord("’"): "'"}


def _can_show(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
