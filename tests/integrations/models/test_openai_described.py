"""Our request held against OpenAI's own description of its interface, where that is at hand, without a server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from integrations.models.openai import chat_body
from integrations.models.port import Message, ModelRequest
from tests.integrations.models.conftest import REQUEST

BODIES = {
    "tools": chat_body(REQUEST, "gpt-4o-mini"),
    "words": chat_body(ModelRequest("s", (Message("caller", "x"),), REQUEST.tools, may_speak=True), "gpt-4o-mini"),
    "max_tokens": chat_body(REQUEST, "gpt-4o-mini", frozenset({"max_completion_tokens"})),
}


@pytest.mark.parametrize("name", BODIES)
def test_our_request_is_as_described(spec: Path, name: str) -> None:
    """Every field that we send is one that the description has, with a value that it allows."""
    described = Described(json.loads(spec.read_text(encoding="utf-8")))
    assert described.problems(BODIES[name]) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"max_output_tokens": 5},
        {"temperature": 7},
        {"tool_choice": "perhaps"},
        {"messages": []},
        {"messages": [{"role": "caller", "content": "x"}]},
        {"tools": [{"type": "function", "function": {"description": "nameless"}}]},
        {"stream": "yes"},
    ],
)
def test_the_check_does_check(spec: Path, wrong: dict[str, Any]) -> None:
    """A request that is not as described is found, or the test above would prove nothing."""
    described = Described(json.loads(spec.read_text(encoding="utf-8")))
    assert described.problems({**BODIES["tools"], **wrong})


class Described:
    """As much of OpenAPI's schemas as this description needs; unknown fields of the request itself count as wrong."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document

    def problems(self, body: dict[str, Any]) -> list[str]:
        schema = self._resolve({"$ref": "#/components/schemas/CreateChatCompletionRequest"})
        known = set().union(*(self._fields(part) for part in schema["allOf"]))
        return [*(f"{name}: unknown" for name in body if name not in known), *self._problems(body, schema, "body")]

    def _resolve(self, schema: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in schema:
            found: Any = self._document
            for key in schema["$ref"].removeprefix("#/").split("/"):
                found = found[key]
            schema = found
        return schema

    def _fields(self, schema: dict[str, Any]) -> set[str]:
        schema = self._resolve(schema)
        return set(schema.get("properties", {})).union(*(self._fields(part) for part in schema.get("allOf", ())))

    def _problems(self, value: Any, schema: dict[str, Any], where: str) -> list[str]:
        schema = self._resolve(schema)
        found = [problem for part in schema.get("allOf", ()) for problem in self._problems(value, part, where)]
        alternatives = [schema[word] for word in ("anyOf", "oneOf") if word in schema]
        found += [f"{where}: no alternative fits" for parts in alternatives if all(self._problems(value, part, where) for part in parts)]
        types = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None), "integer": int, "number": (int, float)}
        kind = schema.get("type")
        if isinstance(kind, str) and (not isinstance(value, types[kind]) or (kind != "boolean" and isinstance(value, bool))):
            return [*found, f"{where}: not of type {kind}"]
        if "enum" in schema and value not in schema["enum"]:
            found.append(f"{where}: not one of {schema['enum']}")
        if isinstance(value, int | float) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
            found.append(f"{where}: out of range")
        if isinstance(value, list):
            found += [f"{where}: too few"] * (len(value) < schema.get("minItems", 0))
            found += [problem for item in value for problem in self._problems(item, schema.get("items", {}), f"{where}[]")]
        if isinstance(value, dict):
            found += [f"{where}: misses {name}" for name in schema.get("required", ()) if name not in value]
            inner = schema.get("properties", {})
            found += [problem for name in value if name in inner for problem in self._problems(value[name], inner[name], f"{where}.{name}")]
        return found
