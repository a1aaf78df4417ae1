"""What callers in generated calls bring along in each language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from fsm.yaml_source import load_plain

__all__ = ["examples"]

_FOLDER: Final = Path(__file__).parent / "data"


@lru_cache(maxsize=8)
def examples(language: str) -> Mapping[str, Any]:
    """Names, addresses and messages by type of the fact, two of each; `mumbles` is a noise, `join` goes between two wishes."""
    read: Mapping[str, Any] = load_plain((_FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    return read
