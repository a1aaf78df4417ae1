"""The arguments of a tool call: JSON that a model wrote, read strictly, because nothing about it can be trusted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

__all__ = ["clean_text", "read_arguments"]


def read_arguments(raw: str) -> Mapping[str, Any] | None:
    """The JSON object that `raw` is; {} for an empty text, None for anything else.

    Stricter than most readers: a name given twice, NaN and Infinity, half characters and endless nesting are no object.
    """
    if not raw.strip():
        return {}
    try:
        value = json.loads(raw, object_pairs_hook=_object, parse_constant=_no_constant)
        json.dumps(value, ensure_ascii=False).encode()  # half of a surrogate pair could never be written or spoken
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def clean_text(text: str) -> str:
    """`text` with a replacement mark for half characters, which nothing can write."""
    return text.encode("utf-8", "replace").decode() if any("\ud800" <= char <= "\udfff" for char in text) else text


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        message = "a name stands twice in one object"
        raise ValueError(message)
    return found


def _no_constant(name: str) -> Any:
    message = f"{name} is no JSON"
    raise ValueError(message)
