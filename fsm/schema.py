"""The published JSON Schema of `states.yaml`: exactly the document model that the parser uses."""

from __future__ import annotations

import json
from typing import Any

from fsm.spec import GraphSpec

__all__ = ["graph_schema", "graph_schema_text"]


def graph_schema() -> dict[str, Any]:
    """The schema, for editors that complete and underline."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "states.yaml",
        "description": "The states and moves of a call. Conditions and names are explained in docs/states.md.",
        **{key: value for key, value in GraphSpec.model_json_schema(by_alias=True).items() if key not in {"title", "description"}},
    }


def graph_schema_text() -> str:
    """The schema as it is published."""
    return json.dumps(graph_schema(), indent=2, ensure_ascii=False) + "\n"
