"""Who notices a fault in a graph: its check, else the generated paths, else the written calls."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import yaml

from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.bootstrap.content import Folders, load_content
from frontdesk.bootstrap.errors import ContentProblems
from frontdesk.bootstrap.reading import prompt_files, read_all
from frontdesk.prompting.line_checks import check_lines
from frontdesk.proving.covering import GeneratedPath
from frontdesk.proving.mutants import Mutant
from frontdesk.proving.observed import came_to
from frontdesk.proving.situations import NOW, Impossible, Situations
from frontdesk.rehearsing.stages import Stages
from frontdesk.rehearsing.suite import Case, rehearse
from fsm.checks import check_explored, check_graph
from fsm.checks.subject import Subject, lines_of_state
from fsm.document import read_document
from fsm.errors import EngineError
from fsm.graph import compile_graph
from fsm.spec import GraphSpec

__all__ = ["Judge", "Verdict"]

Verdict = Literal["check", "paths", "exploration", "calls", "survived"]


class Judge:
    """Holds what a graph is judged by. The content is that of a business whose own graph passes everything."""

    def __init__(self, folders: Folders, paths: Sequence[GeneratedPath], cases: Sequence[Case] = ()) -> None:
        self._content = load_content(folders, lambda: NOW)
        self._read = read_all(folders)
        self._paths, self._cases = list(paths), list(cases)
        self._prompts = prompt_files(folders.folders("prompts"))

    def verdict(self, mutant: Mutant) -> Verdict:
        """Who notices first."""
        spec = self._checked(mutant.document)
        if spec is None:
            return "check"
        if self._otherwise(spec):
            return "paths"
        if check_explored(self._subject(spec)):
            return "exploration"
        return "calls" if self._cases and self._calls_differ(mutant.document) else "survived"

    def _checked(self, document: dict[str, Any]) -> GraphSpec | None:
        read = read_document(document)
        if read.spec is None or read.findings:
            return None
        if check_graph(self._subject(read.spec)) or check_lines(self._read.lines, read.spec):
            return None
        return read.spec

    def _subject(self, spec: GraphSpec) -> Subject:
        return Subject(spec, CATALOGUE, self._read.lines.names(), self._prompts, lines_of_state)

    def _otherwise(self, spec: GraphSpec) -> bool:
        """Whether some path goes otherwise than written. What was said is proposed to the engine as the rules understood it."""
        try:
            situations = Situations(replace(self._content, graph=compile_graph(spec, CATALOGUE)))
        except EngineError:
            return True
        for index, path in enumerate(self._paths):
            if differs(situations, path):
                self._paths.insert(0, self._paths.pop(index))  # who noticed this one may notice the next
                return True
        return False

    def _calls_differ(self, document: dict[str, Any]) -> bool:
        with tempfile.TemporaryDirectory(prefix="frontdesk-") as name:
            folder = Path(name)
            (folder / "states.yaml").write_text(yaml.safe_dump(document, sort_keys=False, allow_unicode=True), encoding="utf-8")
            return asyncio.run(_differ(self._cases, folder))


async def _differ(cases: Sequence[Case], folder: Path) -> bool:
    try:
        with Stages(folder) as stages:
            for case in cases:
                if (await rehearse(case, stages)).differs:
                    return True
    except ContentProblems:
        return True
    return False


def differs(situations: Situations, path: GeneratedPath) -> bool:
    """Whether the engine goes otherwise than a path says: another state, line, action or fact."""
    try:
        moment = situations.begin(path.setting)
        for turn in path.turns:
            says: tuple[str, ...] = ()
            before = moment.call if turn.caller is not None else None
            if turn.caller is not None:
                moment = situations.take(moment, turn.caller)
            says += moment.lines
            for written in turn.does:
                action, outcome = written.split(": ")
                if moment.run is None or moment.run.action != action:
                    return True
                moment = situations.take(moment, outcome)
                says += moment.lines
            if moment.run is not None or (moment.call.state, says) != (turn.state, turn.says):
                return True
            if came_to(situations.graph, before, moment.call) != turn.came_to:
                return True
    except (EngineError, Impossible, KeyError):
        return True
    return not moment.call.ended
