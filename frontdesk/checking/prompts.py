"""What a model has to read in each state, in tokens, against the budget."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from frontdesk.bootstrap.model_requests import make_requests
from frontdesk.bootstrap.reading import PERSONA, Folders, prompts_read
from frontdesk.brain.model.counting import token_counter, tools_text
from frontdesk.brain.utterance.phrases import Phrases
from frontdesk.business import Business
from frontdesk.checking.tokens import BUDGET, Tokens
from fsm.graph import Graph
from fsm.problems import Problem
from fsm.step import new_call
from fsm.views import view

__all__ = ["check_prompts", "count_prompts"]

_PLACEHOLDER: Final = re.compile(r"\{ *\w+ *\}")
_NAME: Final = "business"
"""What is filled in, in the persona alone: the name of the business."""
_BYTES_PER_TOKEN: Final = 4.5
"""Of our prompts and tools, where nothing can count them; see `Tokens.estimated`."""


def count_prompts(graph: Graph, folders: Folders, business: Business, phrases: Phrases) -> Tokens:
    """Counts, or estimates, what every state costs. A business with a long name has the same prompts as any other, and the same room."""
    counter = token_counter()
    count = counter or _estimate
    requests = make_requests(folders, graph, business.model_copy(update={"name": ""}), phrases)
    language, now = business.default_language, dt.datetime(2026, 6, 12, 9, tzinfo=business.zone)
    found: dict[str, int] = {}
    for name, state in graph.states.items():
        if state.prompt:
            seen = view(graph, replace(new_call(graph, "check", language), state=name))
            request = requests.make("…", seen, language, now, free=seen.free)
            found[name] = count(requests.beginning(name)) + count(tools_text(request))
    return Tokens(found, estimated=counter is None)


def check_prompts(tokens: Tokens, graph: Graph, folders: Folders) -> list[Problem]:
    """long-prompt, once for each prompt file: the state in which it costs most. unknown-placeholder: one that nothing fills."""
    worst: dict[str, str] = {}
    for name, cost in tokens.states.items():
        file = str(graph.states[name].prompt)
        if tokens.over(name) and cost > tokens.states.get(worst.get(file, ""), 0):
            worst[file] = name
    long = [_problem(tokens, name, folders.file(f"prompts/{file}")[1]) for file, name in worst.items()]
    return [*long, *(problem for file in prompts_read(graph.spec) for problem in _unfilled(file, folders))]


def _unfilled(file: str, folders: Folders) -> Iterator[Problem]:
    path, shown_as = folders.file(f"prompts/{file}")
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        for found in _PLACEHOLDER.finditer(line):
            if (file, found[0]) != (PERSONA, f"{{{_NAME}}}"):
                message = f"This prompt shows {found[0]}, which nothing fills: a model would read it as it stands."
                meant = file == PERSONA and difflib.get_close_matches(found[0].strip("{} ").lower(), [_NAME], 1)
                after = "Remove it. What is known of the call, the model reads after the prompt, whatever the prompt says."
                hint = f"Did you mean {{{_NAME}}}?" if meant else after
                yield Problem("unknown-placeholder", shown_as, number, found.start() + 1, message, hint)


def _problem(tokens: Tokens, state: str, file: str) -> Problem:
    cost = tokens.states[state]
    number = f"about {cost} tokens (estimated; rs-bpe, which counts them, is not installed)" if tokens.estimated else f"{cost} tokens"
    message = f"In the state “{state}” a model has to read {number} of persona, prompt and tools, and {BUDGET} is the budget."
    hint = "Shorten this file or prompts/persona.md, or take a tool from the state; every token is waited for in every turn."
    return Problem("long-prompt", file, 1, 1, message, hint)


def _estimate(text: str) -> int:
    return round(len(text.encode()) / _BYTES_PER_TOKEN)
