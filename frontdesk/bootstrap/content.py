"""Loads what product owners edit: graph, business, lines and phrases, each from the business folder or from the defaults."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.brain.phrases import load_phrases
from frontdesk.brain.rules import Rules, RulesBrain
from frontdesk.business.loader import read_business
from frontdesk.conversation.ports import Clock, Content
from frontdesk.prompting.lines import read_lines
from frontdesk.prompting.render import Renderer
from frontdesk.prompting.topics import answer_line
from fsm.effects import Say
from fsm.graph import compile_graph
from fsm.loader import read_graph_spec
from fsm.problems import Problem, in_file_order

__all__ = ["DEFAULTS", "ContentProblems", "Folders", "load_content"]

DEFAULTS: Final = Path(__file__).resolve().parents[2]
"""The checkout, whose own files are those of the salon."""

_LANGUAGES: Final = ("fr", "de", "en", "es")


class ContentProblems(Exception):
    """The content cannot be used; `problems` are all of them, in the order of the files."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(f"{len(problems)} problem(s) in the content; run `frontdesk check` to see them.")


@dataclass(frozen=True, slots=True)
class Folders:
    """Where each part of the content is taken from; a business folder need hold only what it changes."""

    business: Path | None = None

    def file(self, name: str) -> Path:
        """The business's own file, or the default one."""
        own = self.business / name if self.business is not None else None
        return own if own is not None and own.exists() else DEFAULTS / name

    def shown(self, path: Path) -> str:
        """As problems name it: relative to the folder that holds it."""
        base = self.business if self.business is not None and path.is_relative_to(self.business) else DEFAULTS
        return str(path.relative_to(base)) if base == DEFAULTS else str(path)

    @property
    def prompts(self) -> list[Path]:
        """The folders of lines, the defaults first; later ones replace line by line."""
        own = self.business / "prompts" if self.business is not None else None
        return [DEFAULTS / "prompts", *([own] if own is not None and own.is_dir() and own != DEFAULTS / "prompts" else [])]


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
    content, problems = read_content(folders, clock)
    if content is None or problems:
        raise ContentProblems(problems)
    return content


def read_content(folders: Folders, clock: Clock) -> tuple[Content | None, tuple[Problem, ...]]:
    """As :func:`load_content`, with the problems beside what could be read."""
    business_file, graph_file = folders.file("business.yaml"), folders.file("states.yaml")
    business, found = read_business(business_file, folders.shown(business_file))
    problems: list[Problem] = list(found)
    languages = business.languages if business is not None else _LANGUAGES
    lines, found = read_lines(
        folders.prompts, languages, facts=(), shown_as={folder: folders.shown(folder) for folder in folders.prompts}
    )
    problems += found
    spec, found = read_graph_spec(graph_file, CATALOGUE, known_lines=lines.names() or None, shown_as=folders.shown(graph_file))
    problems += found
    phrases, phrase_problems = load_phrases(folders.file("prompts/phrases"), languages, spec.acts if spec is not None else ())
    problems += phrase_problems
    if business is None or spec is None or problems:
        return None, tuple(in_file_order(problems))
    graph = compile_graph(spec, CATALOGUE)
    rules = Rules(business, phrases)
    brain = RulesBrain(rules, _in_zone(clock, business.zone))
    digest = hashlib.sha256(f"{graph.digest}{business.model_dump_json()}".encode()).hexdigest()[:16]
    return Content(graph, business, _Speaker(lines, business), brain, digest, rules.warm_up), ()


def _in_zone(clock: Clock, zone: dt.tzinfo) -> Callable[[], dt.datetime]:
    return lambda: clock().astimezone(zone)
