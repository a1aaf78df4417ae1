"""JSON Schemas of our tools as Gemini takes them: a subset of OpenAPI 3.0 that refuses a request over any other word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

__all__ = ["gemini_schema"]

_TAKEN: Final = frozenset(
    "type format description nullable enum items properties required anyOf minItems maxItems minimum maximum".split(),
)
_FORMATS: Final = frozenset({"enum", "date-time", "float", "double", "int32", "int64"})


def gemini_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The same schema, as near as Gemini has it: "or null" becomes `nullable`, a constant an enumeration of one; the rest is left out."""
    found = {name: value for name, value in schema.items() if name in _TAKEN}
    if found.get("format") not in _FORMATS:
        found.pop("format", None)
    if "const" in schema:
        found["enum"] = [schema["const"]]
    _types(found)
    if "enum" in found:
        values = [value for value in found["enum"] if value is not None]
        if len(values) < len(found["enum"]):
            found["nullable"] = True
        if all(isinstance(value, str) for value in values):
            found["enum"] = values
            found.setdefault("type", "string")
        else:
            del found["enum"]  # only texts may be enumerated
    if isinstance(found.get("items"), Mapping):
        found["items"] = gemini_schema(found["items"])
    if isinstance(found.get("properties"), Mapping):
        found["properties"] = {name: gemini_schema(inner) for name, inner in found["properties"].items()}
    return found


def _types(found: dict[str, Any]) -> None:
    """Takes null out of a list of types and of alternatives."""
    kinds = found.get("type")
    if isinstance(kinds, list):
        others = [kind for kind in kinds if kind != "null"]
        if len(others) < len(kinds):
            found["nullable"] = True
        found.pop("type")
        if len(others) == 1:
            found["type"] = others[0]
        elif others:
            found["anyOf"] = [{"type": kind} for kind in others]
    if isinstance(found.get("anyOf"), list):
        inner = [choice for choice in found["anyOf"] if choice.get("type") != "null"]
        if len(inner) < len(found["anyOf"]):
            found["nullable"] = True
        found.pop("anyOf")
        if len(inner) == 1:
            found.update({name: value for name, value in gemini_schema(inner[0]).items() if name not in found})
        elif inner:
            found["anyOf"] = [gemini_schema(choice) for choice in inner]
