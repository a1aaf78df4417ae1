"""`frontdesk prompt STATE`: what a model would be asked in a state, to the letter, and what that costs in tokens."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, TextIO

from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.bootstrap.errors import ContentProblems
from frontdesk.bootstrap.model_requests import make_requests
from frontdesk.bootstrap.reading import Folders, read_all
from frontdesk.brain.model.counting import token_counter, tools_text
from frontdesk.business import Business
from frontdesk.cli.check import printable
from frontdesk.cli.options import BadOption
from fsm.call import Call
from fsm.counted import counted
from fsm.facts import Fact, Origin
from fsm.graph import Graph, compile_graph
from fsm.step import new_call
from fsm.views import view
from integrations.models.openai import chat_body
from integrations.models.port import ModelRequest

__all__ = ["print_prompt"]

_LISTS: Final = frozenset({"offers", "appointments"})


def print_prompt(
    state: str,
    stdout: TextIO,
    *,
    business_dir: Path | None = None,
    facts: str | None = None,
    language: str | None = None,
    words: str = "…",
    now: dt.datetime | None = None,
    as_json: bool = False,
) -> int:
    """Prints the request for `words`, said in `state`. Returns the exit code.

    `facts` are what is known: a JSON object as facts are stored (docs/architecture.md), with `offers` and `appointments` for what
    can be picked from, or name=value pairs with commas between them. `now` is aware; None stands for a Friday morning.
    Raises BadOption for a state, a fact or a language that there is not, and ContentProblems.
    """
    folders = Folders(business_dir)
    read = read_all(folders)
    if read.business is None or read.spec is None or read.problems:
        raise ContentProblems(read.problems)
    business, graph = read.business, compile_graph(read.spec, CATALOGUE)
    language = business.default_language if language is None else language
    if language not in business.languages:
        raise BadOption(f"This business does not speak “{language}”; use one of {', '.join(business.languages)}.")
    asking = [name for name, spec in graph.states.items() if spec.prompt]
    if state not in asking:
        raise BadOption(f"No model is asked in a state “{state}”; use one of {', '.join(asking)}.")
    call = _call(graph, business, state, language, _facts(facts))
    moment = now or dt.datetime(2026, 6, 12, 9, tzinfo=business.zone)
    requests = make_requests(folders, graph, business, read.phrases)
    request = requests.make(words, view(graph, call), language, moment, free=view(graph, call).free)
    if as_json:
        text = json.dumps(chat_body(request, "MODEL"), ensure_ascii=False, indent=2)
    else:
        text = "\n".join([request.system, "", *(line for line in _tool_lines(request)), "", f"caller: {words}", "", _cost(request)])
    for line in text.splitlines():
        print(printable(line, stdout), file=stdout)
    return 0


def _facts(given: str | None) -> Mapping[str, Any]:
    if not given:
        return {}
    if given.lstrip().startswith("{"):
        try:
            read = json.loads(given)
        except ValueError as error:
            raise BadOption("--facts is no JSON; write {…} or name=value pairs with commas between them.") from error
        if not isinstance(read, dict):
            raise BadOption("--facts must be a JSON object of names and values.")
        return read
    pairs = [pair.partition("=") for pair in given.split(",")]
    if not all(mark for _, mark, _ in pairs):
        raise BadOption("--facts takes name=value pairs with commas between them, such as intent=book,service=perm.")
    return {name.strip(): value.strip() for name, _, value in pairs}


def _call(graph: Graph, business: Business, state: str, language: str, given: Mapping[str, Any]) -> Call:
    unknown = [name for name in given if name not in graph.facts and name not in _LISTS]
    if unknown:
        raise BadOption(f"There is no fact “{unknown[0]}”; use one of {', '.join(graph.facts)}, {', '.join(sorted(_LISTS))}.")
    held: dict[str, Fact] = {}
    for name, value in given.items():
        if name in graph.facts:
            detail = value if graph.facts[name].type == "appointment" and isinstance(value, dict) else None
            held[name] = Fact(_value(graph, business, name, value) if detail is None else detail.get("id"), Origin.SPEECH, 1, "…", detail)
    lists = {name: tuple(given[name]) for name in _LISTS & set(given)}
    return replace(new_call(graph, "prompt", language), state=state, facts=held, lists=lists, turn=1, path=(state,))


def _value(graph: Graph, business: Business, name: str, given: Any) -> Any:
    """What is known as a call would know it. Raises BadOption for what no call can come to know."""
    spec = graph.facts[name]
    switched = {"true": True, "false": False, "yes": True, "no": False}
    named = {"choice": spec.options, "service": business.services, "staff": business.staff}.get(spec.type, ())
    words: Mapping[str, Any] = switched if spec.type in {"yes_no", "switch"} else {value: value for value in named}
    if not words or (isinstance(given, bool) and given in words.values()):
        return given
    if not isinstance(given, str) or given not in words:
        raise BadOption(f"“{name}” is never “{given}”; use one of {', '.join(words)}.")
    return words[given]


def _tool_lines(request: ModelRequest) -> list[str]:
    return [f"{tool.name} {json.dumps(dict(tool.parameters), separators=(',', ':'), ensure_ascii=False)}" for tool in request.tools]


def _cost(request: ModelRequest) -> str:
    count = token_counter()
    if count is None:
        return "(Install rs-bpe to count the tokens.)"
    system, tools = count(request.system), count(tools_text(request))
    return (
        f"{system + tools} tokens beside the caller's words: {system} of prompt and facts, {tools} of {counted(len(request.tools), 'tool')}"
    )
