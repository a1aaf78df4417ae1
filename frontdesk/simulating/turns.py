"""What goes back and forth between a call and a simulated caller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

__all__ = ["Heard", "Kind", "Reply"]

Kind = Literal["opening", "answer", "aside", "refusal", "correction", "end"]


@dataclass(frozen=True, slots=True)
class Heard:
    """What reaches a caller of one turn, and nothing else: the words, the language, the question, the offers."""

    text: str
    language: str
    asks: str | None
    offered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the caller does. `meant` is what is said before the line spoils it; `messages` are what arrives, or keys and silences."""

    kind: Kind
    meant: str = ""
    messages: tuple[Mapping[str, Any], ...] = ()
