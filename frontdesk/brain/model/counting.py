"""How many tokens a request costs, in the encoding of current models (o200k), counted without a network."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module

from integrations.models.port import ModelRequest

__all__ = ["CountTokens", "token_counter", "tools_text"]

CountTokens = Callable[[str], int]


@lru_cache(maxsize=1)
def token_counter() -> CountTokens | None:
    """Counts the tokens of a text; None where the package `rs-bpe`, which is for development only, is not installed."""
    try:
        encoding = import_module("rs_bpe").bpe.openai.o200k_base()
    except ImportError:
        return None

    def count(text: str) -> int:
        return int(encoding.count(text))

    return count


def tools_text(request: ModelRequest) -> str:
    """The tools as they are sent: name, description and schema of each, as JSON without spaces."""
    tools = [{"name": tool.name, "description": tool.description, "parameters": dict(tool.parameters)} for tool in request.tools]
    return json.dumps(tools, separators=(",", ":"), ensure_ascii=False)
