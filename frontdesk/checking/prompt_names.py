"""Names in prompts: a model that is told to call what its state does not have calls nothing, or something else."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from frontdesk.bootstrap.model_requests import make_requests
from frontdesk.bootstrap.reading import PERSONA, Folders
from frontdesk.brain.model.tools import NOTHING, YES_NO
from frontdesk.brain.utterance.phrases import Phrases
from frontdesk.business import Business
from fsm.checks.subject import BUILT_IN_ACTS
from fsm.checks.wording import did_you_mean
from fsm.graph import Graph
from fsm.problems import Problem
from fsm.step import new_call
from fsm.views import view

__all__ = ["check_prompt_names"]

_NAME: Final = re.compile(r"(?<![\w@./-])[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?![\w@/-]|\.\w)")
"""A word of the program, with _ in it; no part of an address or of the name of a file."""
_ALWAYS: Final = frozenset({YES_NO, NOTHING})
"""What a state has at times: where something was read back, and where no free words may be said."""


def check_prompt_names(graph: Graph, folders: Folders, business: Business, phrases: Phrases) -> Iterator[Problem]:
    """unknown-tool: a prompt names what is neither a tool of a state that reads it, nor a fact, an act or a value."""
    named = {state.prompt for state in graph.states.values() if state.prompt}
    texts = {file: folders.file(f"prompts/{file}")[0].read_text(encoding="utf-8-sig") for file in sorted({PERSONA, *named})}
    if not any(_NAME.search(text) for text in texts.values()):
        return
    tools = _tools(graph, folders, business, phrases)
    values = {option for fact in graph.facts.values() for option in fact.options}
    words = {*graph.facts, *graph.spec.acts, *BUILT_IN_ACTS, *values, *business.services, *business.staff, *business.families}
    for file, text in texts.items():
        states = [name for name, state in graph.states.items() if state.prompt and file in {PERSONA, state.prompt}]
        there = _ALWAYS.union(*(tools[name] for name in states))
        for number, line in enumerate(text.splitlines(), 1):
            for found in _NAME.finditer(line):
                if found[0] not in there and found[0] not in words:
                    whose = f"the state “{states[0]}” has" if len(states) == 1 else "no state that reads it has"
                    no = "no such tool" if len(states) == 1 else "such a tool"
                    message = f"This prompt names “{found[0]}”, but {whose} {no}."
                    hint = did_you_mean(found[0], there, "Write what callers say in plain words; the tools of a state stand under “tools”.")
                    yield Problem("unknown-tool", folders.file(f"prompts/{file}")[1], number, found.start() + 1, message, hint)


def _tools(graph: Graph, folders: Folders, business: Business, phrases: Phrases) -> dict[str, set[str]]:
    """For each state with a prompt the names that a model reads with its tools: their own, of arguments, and of what can be chosen."""
    requests = make_requests(folders, graph, business, phrases)
    language, now = business.default_language, dt.datetime(2026, 6, 12, 9, tzinfo=business.zone)
    found: dict[str, set[str]] = {}
    for name, state in graph.states.items():
        if state.prompt:
            seen = view(graph, replace(new_call(graph, "check", language), state=name))
            specs = requests.make("…", seen, language, now, free=seen.free).tools
            found[name] = {word for tool in specs for word in (tool.name, *_written(tool.parameters))}
    return found


def _written(schema: Mapping[str, Any]) -> Iterator[str]:
    for argument, form in schema["properties"].items():
        yield argument
        yield from form.get("enum", ())
