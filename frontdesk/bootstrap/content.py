"""Turns what product owners edit into content that calls can be held with."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import spoken
from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.bootstrap.errors import ContentProblems
from frontdesk.bootstrap.reading import DEFAULTS, Folders, Reading, read_all
from frontdesk.bootstrap.versions import read_version, unpacked
from frontdesk.brain.port import Brain
from frontdesk.brain.rules import Rules, RulesBrain
from frontdesk.business import Business
from frontdesk.conversation.ports import Clock, Content
from frontdesk.prompting.errors import PromptingError
from frontdesk.prompting.render import Renderer
from fsm.graph import compile_graph
from fsm.problems import Problem
from integrations.models.port import Model
from integrations.records.port import ContentVersion

__all__ = ["CHANGING", "DEFAULTS", "Folders", "load_content", "load_version"]


_log = logging.getLogger(__name__)

CHANGING: Final = "files-changing"
"""The problem of files that never stood still while they were read: no fault of theirs."""
_READINGS: Final = 5
"""So often files are read that change while they are being read."""


def load_content(folders: Folders, clock: Clock, model: Model | None = None) -> Content:
    """The content of a business, checked. With a `model`, it is asked what the rules are not sure of.

    Raises ContentProblems with every problem of every file.
    """
    read, version = _read_at_rest(folders)
    business, spec = read.business, read.spec
    if business is None or spec is None or read.problems:
        raise ContentProblems(read.problems)
    graph = compile_graph(spec, CATALOGUE)
    rules = Rules(business, read.phrases)
    local_clock = _in_zone(clock, business.zone)
    brain: Brain = RulesBrain(rules, local_clock)
    warm_up = rules.warm_up
    if model is not None:
        from frontdesk.bootstrap.model_side import rules_first  # only here: most of what it imports is of no use to rules alone

        brain = asking = rules_first(business, read.phrases, rules, graph, folders, local_clock, model=model)
        warm_up = asking.warm_up
    speaker = Renderer(read.lines, business, _log_trouble)
    return Content(graph, business, speaker, brain, version.digest, _warm_up(warm_up, business, local_clock), version)


def load_version(version: ContentVersion, clock: Clock, model: Model | None = None) -> Content:
    """The content that was kept with a call, as :func:`load_content` made it then. Raises ContentProblems."""
    with unpacked(version) as folders:
        content = load_content(folders, clock, model)
    return replace(content, digest=version.digest, version=version)


def _read_at_rest(folders: Folders) -> tuple[Reading, ContentVersion]:
    """What stands in the files, and the files themselves, from one moment: somebody may be saving them just now."""
    version = read_version(folders)
    for _ in range(_READINGS):
        read, before = read_all(folders), version
        version = read_version(folders)
        if version.digest == before.digest:
            return read, version
    message = "The files are being changed while they are read."
    problem = Problem(CHANGING, str(folders.business or folders.defaults), 0, 0, message, "Try again when they have been saved.")
    raise ContentProblems((problem,))


def _warm_up(
    brain: Callable[[Sequence[str]], None], business: Business, clock: Callable[[], dt.datetime]
) -> Callable[[Sequence[str]], None]:
    def prepare(languages: Sequence[str]) -> None:
        business.warm_up(clock().date())
        spoken.warm_up(languages, (business.country,))
        brain(languages)

    return prepare


def _log_trouble(trouble: PromptingError) -> None:
    """A line that could not be said as written: for whoever edits it; names the line and the placeholder, never a value."""
    _log.warning("a line could not be said as written: %s", trouble)


def _in_zone(clock: Clock, zone: dt.tzinfo) -> Callable[[], dt.datetime]:
    return lambda: clock().astimezone(zone)
