"""The published JSON Schema is what the parser accepts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fsm.schema import graph_schema, graph_schema_text
from fsm.spec import GraphSpec, LimitsSpec, MoveSpec


def test_the_schema_on_disk_is_current(root: Path) -> None:
    """The file that editors read is the schema of the present model; `make schemas` writes it anew."""
    assert (root / "schemas" / "states.schema.json").read_text(encoding="utf-8") == graph_schema_text()


def test_the_schema_is_that_of_the_model() -> None:
    """Nothing but the heading differs from what the model says of itself."""
    ours, models = graph_schema(), GraphSpec.model_json_schema(by_alias=True)
    heading = {"$schema", "title", "description"}
    assert {key: value for key, value in ours.items() if key not in heading} == {
        key: value for key, value in models.items() if key not in heading
    }


def test_keys_are_named_as_in_the_file() -> None:
    """Editors complete `if`, `else` and `except`, not the names that Python needs for them."""
    definitions = graph_schema()["$defs"]
    assert {"if", "except"} <= definitions[MoveSpec.__name__]["properties"].keys()
    assert "else" in definitions[LimitsSpec.__name__]["properties"]
    assert not [name for one in definitions.values() for name in one["properties"] if name.endswith("_")]


def test_no_key_is_accepted_that_is_not_described() -> None:
    """Every object of the schema closes its keys, or gives the form of its names."""

    def objects(part: Any) -> list[dict[str, Any]]:
        if isinstance(part, dict):
            return ([part] if part.get("type") == "object" else []) + [found for value in part.values() for found in objects(value)]
        return [found for value in part for found in objects(value)] if isinstance(part, list) else []

    found = objects(json.loads(graph_schema_text()))
    assert len(found) > 8
    for one in found:
        assert one.get("additionalProperties") is False or "patternProperties" in one or "propertyNames" in one
