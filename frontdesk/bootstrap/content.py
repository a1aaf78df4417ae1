"""Turns what product owners edit into content that calls can be held with."""

from __future__ import annotations

import datetime as dt
import gc
import hashlib
import logging
from collections.abc import Callable, Sequence

import spoken
from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.bootstrap.errors import ContentProblems
from frontdesk.bootstrap.reading import DEFAULTS, Folders, read_all
from frontdesk.brain.port import Brain
from frontdesk.brain.rules import Rules, RulesBrain
from frontdesk.business import Business
from frontdesk.conversation.ports import Clock, Content
from frontdesk.prompting.errors import PromptingError
from frontdesk.prompting.render import Renderer
from fsm.graph import compile_graph
from integrations.models.port import Model

__all__ = ["DEFAULTS", "Folders", "load_content"]


_log = logging.getLogger(__name__)


def load_content(folders: Folders, clock: Clock, model: Model | None = None) -> Content:
    """The content of a business, checked. With a `model`, it is asked what the rules are not sure of.

    Raises ContentProblems with every problem of every file.
    """
    read = read_all(folders)
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
    digest = hashlib.sha256(f"{graph.digest}{business.model_dump_json()}".encode()).hexdigest()[:16]
    return Content(graph, business, Renderer(read.lines, business, _log_trouble), brain, digest, _warm_up(warm_up, business))


def _warm_up(brain: Callable[[Sequence[str]], None], business: Business) -> Callable[[Sequence[str]], None]:
    def prepare(languages: Sequence[str]) -> None:
        spoken.warm_up(languages, (business.country,))
        brain(languages)
        gc.freeze()  # what was loaded stays: to look through it for garbage takes 50 ms, in the middle of somebody's call

    return prepare


def _log_trouble(trouble: PromptingError) -> None:
    """A line that could not be said as written: for whoever edits it; names the line and the placeholder, never a value."""
    _log.warning("a line could not be said as written: %s", trouble)


def _in_zone(clock: Clock, zone: dt.tzinfo) -> Callable[[], dt.datetime]:
    return lambda: clock().astimezone(zone)
