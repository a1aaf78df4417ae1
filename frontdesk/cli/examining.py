"""What a check came to, from everything that product owners edit."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path

from frontdesk.bootstrap.kept_readings import KeptReadings
from frontdesk.bootstrap.reading import Folders
from frontdesk.checking.memo import Memo
from frontdesk.checking.tokens import BUDGET, Tokens
from frontdesk.checking.whole import examine_folders
from frontdesk.cli.kept_reports import Told
from fsm.counted import counted
from fsm.problems import Problem
from fsm.spec import GraphSpec

__all__ = ["Report", "examine"]


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

    @property
    def told(self) -> Told:
        """The same in lines for people and as JSON for programs."""
        content = {
            "problems": [asdict(problem) for problem in self.problems],
            "states": self.states,
            "transitions": self.moves,
            "languages": list(self.languages),
            "tokens": {"budget": BUDGET, "estimated": self.tokens.estimated, "states": dict(self.tokens.states)},
        }
        return Told(2 if self.problems else 0, (*map(str, self.problems), self.summary), content)


def examine(business_dir: Path | None, memo: Memo | None = None, *, kept: KeptReadings | None = None, processes: int = 1) -> Report:
    """Reads everything once and collects what is wrong with it."""
    examined = examine_folders(Folders(business_dir), memo, kept=kept, processes=processes)
    read = examined.read
    states, moves = (len(read.spec.states), _moves(read.spec)) if read.spec is not None else (0, 0)
    return Report(examined.problems, states, moves, read.languages, examined.tokens)


def _moves(spec: GraphSpec) -> int:
    return len(spec.anywhere) + sum(len(state.on) + len(state.next) for state in spec.states.values())
