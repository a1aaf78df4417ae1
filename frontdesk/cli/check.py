"""`frontdesk check`: everything that is wrong with what product owners edit, at once, before any call."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final, TextIO

from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.brain.phrases import load_phrases
from frontdesk.business.loader import read_business
from frontdesk.prompting.line_checks import check_lines
from frontdesk.prompting.lines import read_lines
from fsm.loader import read_graph_spec
from fsm.problems import Problem, in_file_order
from fsm.spec import GraphSpec
from fsm.yaml_source import read_yaml

__all__ = ["DEFAULTS", "Report", "Where", "check", "examine", "printable"]

DEFAULTS: Final = Path(__file__).resolve().parents[2]
"""The checkout, whose own files are the defaults."""

_LANGUAGES: Final = ("fr", "de", "en", "es")
"""Checked when business.yaml does not say which."""


@dataclass(frozen=True)
class Where:
    """Where each part of the content is taken from: the business's own folder, and the defaults for what it lacks."""

    own: Path | None = None
    defaults: Path = DEFAULTS

    def file(self, name: str) -> tuple[Path, str]:
        """The path of a file, and the name that problems give it."""
        if self.own is not None and os.path.lexists(self.own / name):
            return self.own / name, str(self.own / name)
        return self.defaults / name, name

    def folders(self, name: str) -> dict[Path, str]:
        """The folders of this name, the defaults first, with the names that problems give them."""
        found = {self.defaults / name: name}
        if self.own is not None and (self.own / name).is_dir() and not (self.own / name).samefile(self.defaults / name):
            found[self.own / name] = str(self.own / name)
        return found


@dataclass(frozen=True)
class Report:
    """What a check came to. `states` and `moves` are counts; they are 0 when the graph cannot be read at all."""

    problems: tuple[Problem, ...]
    states: int
    moves: int
    languages: tuple[str, ...]

    @property
    def summary(self) -> str:
        """One line for people."""
        if self.problems:
            files = len({problem.file for problem in self.problems})
            return f"{_count(len(self.problems), 'problem')} in {_count(files, 'file')}."
        parts = [_count(self.states, "state"), _count(self.moves, "transition"), _count(len(self.languages), "language")]
        return f"{', '.join(parts)}: no problems."


def check(business_dir: Path | None, stdout: TextIO, *, as_json: bool = False) -> int:
    """Checks a business folder, or the defaults without one. Returns the exit code: 2 when there are problems, else 0.

    Prints a problem a line (`file:line:column: code: sentence hint`) and a summary; with `as_json` one JSON object.
    """
    report = examine(business_dir)
    if as_json:
        content = {
            "problems": [asdict(problem) for problem in report.problems],
            "states": report.states,
            "transitions": report.moves,
            "languages": list(report.languages),
        }
        # Escaped: it reads the same whatever the terminal's encoding.
        print(json.dumps(content), file=stdout)
    else:
        for problem in report.problems:
            print(printable(str(problem), stdout), file=stdout)
        print(printable(report.summary, stdout), file=stdout)
    return 2 if report.problems else 0


def examine(business_dir: Path | None) -> Report:
    """Reads everything once and collects what is wrong with it."""
    if business_dir is not None and not business_dir.is_dir():
        message = "There is no such folder." if not business_dir.exists() else "This is not a folder."
        problem = Problem("no-folder", str(business_dir), 0, 0, message, "Name a folder that holds states.yaml, business.yaml or prompts/.")
        return Report((problem,), 0, 0, ())
    where = Where(business_dir)
    business, problems = _business(where)
    languages = tuple(business) or _LANGUAGES
    graph_path, graph_name = where.file("states.yaml")
    acts, facts = _declared(graph_path)
    folders = where.folders("prompts")
    lines, line_problems = read_lines(list(folders), languages, facts=facts, shown_as=folders)
    spec, graph_problems = read_graph_spec(
        graph_path, CATALOGUE, known_lines=lines.names(), known_prompts=_prompt_files(folders), shown_as=graph_name
    )
    problems = [*problems, *line_problems, *graph_problems, *_phrase_problems(where, languages, acts)]
    if spec is not None and not graph_problems:  # a misspelt state would make its lines look unused
        problems += check_lines(lines, spec)
    return Report(tuple(in_file_order(problems)), len(spec.states) if spec else 0, _moves(spec) if spec else 0, languages)


def _business(where: Where) -> tuple[Sequence[str], Sequence[Problem]]:
    path, name = where.file("business.yaml")
    business, problems = read_business(path, name)
    return business.languages if business is not None else (), problems


def _declared(path: Path) -> tuple[list[str], list[str]]:
    """Acts and facts as a graph declares them, even where it has other problems."""
    data = read_yaml(path).data
    acts = data.get("acts") if isinstance(data, dict) else None
    facts = data.get("facts") if isinstance(data, dict) else None
    return (
        [act for act in acts if isinstance(act, str)] if isinstance(acts, list) else [],
        [str(name) for name in facts] if isinstance(facts, dict) else [],
    )


def _prompt_files(folders: Iterable[Path]) -> frozenset[str]:
    return frozenset(file.relative_to(folder).as_posix() for folder in folders for file in folder.rglob("*.md"))


def _phrase_problems(where: Where, languages: Sequence[str], acts: Sequence[str]) -> Iterable[Problem]:
    """Phrases are taken file by file; those of one folder are compared with one another."""
    by_folder: dict[Path, list[str]] = {}
    shown: dict[Path, str] = {}
    for language in languages:
        path, name = where.file(f"prompts/phrases/{language}.yaml")
        by_folder.setdefault(path.parent, []).append(language)
        shown[path.parent] = str(Path(name).parent)
    for folder, several in by_folder.items():
        for problem in load_phrases(folder, several, acts)[1]:
            yield replace(problem, file=f"{shown[folder]}{problem.file.removeprefix(str(folder))}")


def _moves(spec: GraphSpec) -> int:
    return len(spec.anywhere) + sum(len(state.on) + len(state.next) for state in spec.states.values())


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


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
