"""Who notices a fault in a graph: its check, else the generated paths, else the written calls."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import yaml

from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.bootstrap.content import Folders, load_content
from frontdesk.bootstrap.errors import ContentProblems
from frontdesk.bootstrap.reading import prompt_files, read_all
from frontdesk.prompting.line_checks import check_lines
from frontdesk.proving.covering import GeneratedPath
from frontdesk.proving.equivalence import Equivalence
from frontdesk.proving.mutants import Mutant
from frontdesk.proving.observed import came_to
from frontdesk.proving.situations import NOW, Impossible, Situations
from frontdesk.rehearsing.stages import Stages
from frontdesk.rehearsing.suite import Case, rehearse
from fsm.call import Call
from fsm.checks import CHECKS
from fsm.checks.explored import check_explored
from fsm.checks.subject import Subject, lines_of_state
from fsm.document import read_document
from fsm.errors import EngineError
from fsm.events import Event
from fsm.graph import compile_graph
from fsm.spec import GraphSpec
from fsm.step import Step

__all__ = ["Judge", "Verdict"]

Verdict = Literal["check", "paths", "exploration", "equivalent", "calls", "survived"]
"""Who notices a fault first; that it is none, because no call can go otherwise; or that nobody notices it."""


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
        if self.equivalence.proved(spec):
            return "equivalent"
        return "calls" if self._calls_differ(mutant.document, self._changed_states(spec)) else "survived"

    def unnoticed(self, mutant: Mutant) -> Situations | None:
        """The situations of a fault that neither the check at a glance nor a path notices, but some call may."""
        spec = self._checked(mutant.document)
        if spec is None or self._otherwise(spec) or self.equivalence.proved(spec):
            return None
        return self._situations(spec)

    def noticed_by(self, paths: Sequence[GeneratedPath], mutant: Mutant) -> bool:
        """Whether one of these paths goes otherwise with a fault that the check has nothing to say of."""
        spec = self._checked(mutant.document)
        return spec is not None and any(differs(self._situations(spec), path) for path in paths)

    def prepare(self) -> None:
        """Works out now what all verdicts need, before it is shared among processes."""
        self.equivalence.proved(self._content.graph.spec)
        self._passing  # noqa: B018 - worked out by being asked for

    @cached_property
    def equivalence(self) -> Equivalence:
        """Proofs about the graph as it is."""
        return Equivalence(self._content.graph.spec, CATALOGUE)

    def _situations(self, spec: GraphSpec) -> Situations:
        return Situations(replace(self._content, graph=compile_graph(spec, CATALOGUE)))

    def _checked(self, document: dict[str, Any]) -> GraphSpec | None:
        read = read_document(document)
        if read.spec is None or read.findings:
            return None
        subject = self._subject(read.spec)
        if any(finding for check in CHECKS for finding in check(subject)) or check_lines(self._read.lines, read.spec):
            return None
        return read.spec

    def _subject(self, spec: GraphSpec) -> Subject:
        return Subject(spec, CATALOGUE, self._read.lines.names(), self._prompts, lines_of_state)

    def _otherwise(self, spec: GraphSpec) -> bool:
        """Whether some path goes otherwise than written. What was said is proposed to the engine as the rules understood it."""
        try:
            situations = self._situations(spec)
        except EngineError:
            return True
        states = self._changed_states(spec)
        for index, path in enumerate(self._paths):
            if (states is None or not states.isdisjoint(path.states)) and differs(situations, path):
                self._paths.insert(0, self._paths.pop(index))  # who noticed this one may notice the next
                return True
        return False

    def _changed_states(self, spec: GraphSpec) -> set[str] | None:
        """The states that are otherwise; no call that does not come to one of them can differ. None where more is otherwise."""
        original = self._content.graph.spec
        if (
            spec.model_copy(update={"states": {}}) != original.model_copy(update={"states": {}})
            or spec.states.keys() != original.states.keys()
        ):
            return None
        return {name for name, state in spec.states.items() if state != original.states[name]}

    def _calls_differ(self, document: dict[str, Any], states: AbstractSet[str] | None) -> bool:
        """Whether a written call differs that comes to one of these states (None: any)."""
        cases = [case for case, come_to in self._passing if states is None or not states.isdisjoint(come_to)]
        if not cases:
            return False
        with tempfile.TemporaryDirectory(prefix="frontdesk-") as name:
            folder = Path(name)
            (folder / "states.yaml").write_text(yaml.safe_dump(document, sort_keys=False, allow_unicode=True), encoding="utf-8")
            return asyncio.run(_differ(cases, folder))

    @cached_property
    def _passing(self) -> list[tuple[Case, frozenset[str]]]:
        """The written calls, and the states that each comes to."""
        return asyncio.run(_come_to(self._cases))


async def _come_to(cases: Sequence[Case]) -> list[tuple[Case, frozenset[str]]]:
    found: set[str] = set()

    def sees(_: Call, __: Event, made: Step) -> None:
        found.update(made.call.path)

    come_to: list[tuple[Case, frozenset[str]]] = []
    with Stages(None, sees) as stages:
        for case in cases:
            found.clear()
            await rehearse(case, stages)
            come_to.append((case, frozenset(found)))
    return come_to


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
