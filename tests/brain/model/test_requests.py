"""What the model is asked: the state's own business and nothing else, short, and the same beginning every time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from frontdesk.bootstrap.model_requests import make_requests
from frontdesk.brain.model.counting import token_counter, tools_text
from frontdesk.brain.model.requests import Requests
from fsm.facts import Fact, Origin
from integrations.models.gemini_schema import gemini_schema
from integrations.models.port import ModelRequest, ToolSpec
from tests.brain.model.stage import ModelStage
from tests.brain.sketches import APPOINTMENTS, NOW, NUMBER

MOST_TOKENS = 450


@pytest.fixture(scope="module")
def stage() -> ModelStage:
    return ModelStage()


@pytest.fixture(scope="module")
def requests(stage: ModelStage) -> Requests:
    return make_requests(stage.folders, stage.graph, stage.business, stage.phrases)


def _made(stage: ModelStage, requests: Requests, state: str, language: str = "en", **known: Any) -> ModelRequest:
    return requests.make("hello", stage.view(state, language, **known), language, NOW, free=stage.graph.states[state].free)


def _prompted(stage: ModelStage) -> list[str]:
    return [name for name, state in stage.graph.states.items() if state.prompt]


def test_prompt_and_tools_of_every_state_are_short(stage: ModelStage, requests: Requests) -> None:
    """At most 450 tokens of persona, prompt and tools in each state; what is known, and what is said, comes on top."""
    count = token_counter()
    if count is None:
        pytest.skip("rs-bpe counts the tokens and is not installed")
    cost = {}
    for state in _prompted(stage):
        request = _made(stage, requests, state)
        beginning = request.system.partition("The caller speaks")[0]
        cost[state] = count(beginning) + count(tools_text(request))
    assert {state: tokens for state, tokens in cost.items() if tokens > MOST_TOKENS} == {}


def test_the_beginning_stays_the_same(stage: ModelStage, requests: Requests) -> None:
    """Calls, facts and languages change only what stands behind the prompt; the tools are the same objects every time."""
    one = _made(stage, requests, "slot")
    other = _made(stage, requests, "slot", "fr", service="perm", name="Marie Dupont")
    shared = one.system.partition("The caller speaks")[0]
    assert other.system.startswith(shared)
    assert len(shared) > 400
    assert one.tools is other.tools


def test_what_is_known_is_told_in_words(stage: ModelStage, requests: Requests) -> None:
    """Facts and offers are in the caller's language, offers are numbered, and no id, date in figures or number goes along."""
    system = _made(stage, requests, "slot", "fr", phone=NUMBER, email="marie@example.com").system
    assert "On offer: 1 mardi seize juin à quatorze heures; 2 mardi seize juin à quinze heures." in system
    assert "service: coupe femme" in system
    known = system.partition("The caller speaks")[2]
    assert not any(secret in known for secret in ("2026", "womens_cut", "lea", NUMBER, "marie@", "call_1"))


def test_appointments_are_told_without_their_ids(stage: ModelStage, requests: Requests) -> None:
    """The caller's appointments are numbered; what was picked is told by service and time."""
    system = _made(stage, requests, "which_appointment").system
    assert "Their appointments: 1 " in system
    assert not any(item["id"] in system.split() for item in APPOINTMENTS)
    picked = Fact("a2", Origin.RECORD, 1, "", APPOINTMENTS[1])
    assert "blow-dry" in _made(stage, requests, "confirm_cancel", appointment=picked).system


def test_tools_are_strict_and_take_no_values(stage: ModelStage, requests: Requests) -> None:
    """Every schema lists all its fields as required and admits no other; no field is a date, a number to dial or an id."""
    for state in _prompted(stage):
        for tool in _made(stage, requests, state).tools:
            schema = tool.parameters
            assert schema["additionalProperties"] is False
            assert list(schema["required"]) == list(schema["properties"])
            assert set(schema["properties"]) <= {"words", "number", "choice", "act", "topic", "yes"}
            json.dumps(schema)


def _all_tools(stage: ModelStage, requests: Requests) -> Iterator[ToolSpec]:
    """Those of every state, asked plainly and with something read back."""
    for state in _prompted(stage):
        for mode in ("ask", "read_back"):
            seen = replace(stage.view(state), mode=mode)
            yield from requests.make("hello", seen, "en", NOW).tools


def _not_strict(schema: Mapping[str, Any], where: str) -> Iterator[str]:
    """What OpenAI's strict mode refuses: fields left out of `required`, further ones admitted, words of JSON Schema it does not know."""
    if unknown := set(schema) - {"type", "enum", "properties", "required", "additionalProperties", "items", "description"}:
        yield f"{where}: {unknown}"
    if "object" in _kinds(schema):
        if schema.get("additionalProperties") is not False:
            yield f"{where}: admits other fields"
        if sorted(schema.get("required", ())) != sorted(schema.get("properties", {})):
            yield f"{where}: not every field is required"
        for name, inner in schema["properties"].items():
            yield from _not_strict(inner, f"{where}.{name}")
    elif not _kinds(schema) <= {"string", "integer", "boolean", "null"}:
        yield f"{where}: of type {schema.get('type')}"
    if "enum" in schema and len(set(schema["enum"])) != len(schema["enum"]):
        yield f"{where}: a value stands twice"


def _kinds(schema: Mapping[str, Any]) -> set[str]:
    kind = schema["type"]
    return set(kind) if isinstance(kind, list) else {kind}


def test_every_tool_fits_strict_mode(stage: ModelStage, requests: Requests) -> None:
    """OpenAI refuses a whole request over one tool that does not."""
    tools = list(_all_tools(stage, requests))
    assert [problem for tool in tools for problem in _not_strict(tool.parameters, tool.name)] == []
    assert [tool.name for tool in tools if not re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", tool.name)] == []
    assert {tool.name for tool in tools} >= {"say_yes_no", "act", "ask_question", "choose_slot"}
    loose = {"type": "object", "properties": {"words": {"type": "string", "minLength": 1}}, "required": []}
    assert len(list(_not_strict(loose, "x"))) == 3


def test_every_tool_fits_gemini(stage: ModelStage, requests: Requests) -> None:
    """Its subset has one type for each field, `nullable` for "or null", enumerations of texts only, and no additionalProperties."""
    for tool in _all_tools(stage, requests):
        made = gemini_schema(tool.parameters)
        assert set(made) == {"type", "properties", "required"}
        assert set(made["required"]) == set(made["properties"]) == set(tool.parameters["properties"])
        for name, field in made["properties"].items():
            given = tool.parameters["properties"][name]
            assert set(field) <= {"type", "nullable", "enum"}
            assert isinstance(field["type"], str)
            assert field.get("nullable", False) == ("null" in _kinds(given))
            assert field.get("enum") == given.get("enum")


def test_each_state_has_the_tools_that_the_graph_gives_it(stage: ModelStage, requests: Requests) -> None:
    """The tools of states.yaml, the acts heard there, questions; where no words are free, a way to say that nothing was meant."""
    for state in _prompted(stage):
        request = _made(stage, requests, state)
        names = [tool.name for tool in request.tools]
        assert set(stage.graph.states[state].tools) <= set(names)
        assert set(names) <= {*stage.graph.states[state].tools, "act", "ask_question", "say_yes_no"}
        acts = next(tool for tool in request.tools if tool.name == "act").parameters["properties"]["act"]["enum"]
        assert ("nothing" in acts) == (not request.may_speak)
        assert request.may_speak == stage.graph.states[state].free
