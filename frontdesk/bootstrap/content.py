"""Turns what product owners edit into content that calls can be held with."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.bootstrap.reading import DEFAULTS, Folders, read_all
from frontdesk.brain.rules import Rules, RulesBrain
from frontdesk.conversation.ports import Clock, Content
from frontdesk.prompting.render import Renderer
from frontdesk.prompting.topics import answer_line
from fsm.effects import Say
from fsm.graph import compile_graph
from fsm.problems import Problem

__all__ = ["DEFAULTS", "ContentProblems", "Folders", "load_content"]


class ContentProblems(Exception):
    """The content cannot be used; `problems` are all of them, in the order of the files."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(f"{len(problems)} problem(s) in the content; run `frontdesk check` to see them.")


class _Speaker(Renderer):
    """The renderer, and the table of answers beside it."""

    def answer_line(self, topic: str, args: Mapping[str, Any]) -> tuple[str, dict[str, Any]] | None:
        found = answer_line(topic, args)
        if found is None:
            return None
        return found if self.can_answer(topic) else None

    def can_answer(self, topic: str) -> bool:
        """Whether the content has any answer to this."""
        probe = Say("probe", f"answers.{topic}", self._business.default_language)
        names = [name for name in self._lines.names(self._business.default_language) if name.startswith(probe.line)]
        return bool(names) or self._own_answer(probe.line, self._business.default_language) is not None


def load_content(folders: Folders, clock: Clock) -> Content:
    """The content of a business, checked. Raises ContentProblems with every problem of every file."""
    read = read_all(folders)
    business, spec = read.business, read.spec
    if business is None or spec is None or read.problems:
        raise ContentProblems(read.problems)
    graph = compile_graph(spec, CATALOGUE)
    rules = Rules(business, read.phrases)
    brain = RulesBrain(rules, _in_zone(clock, business.zone))
    digest = hashlib.sha256(f"{graph.digest}{business.model_dump_json()}".encode()).hexdigest()[:16]
    return Content(graph, business, _Speaker(read.lines, business), brain, digest, rules.warm_up)


def _in_zone(clock: Clock, zone: dt.tzinfo) -> Callable[[], dt.datetime]:
    return lambda: clock().astimezone(zone)
