"""What a call knows, and how it came to know it (E4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

__all__ = ["Fact", "Origin"]


class Origin(StrEnum):
    """Where a fact came from. Spoken and typed values outrank remembered ones."""

    SPEECH = "speech"
    KEYPAD = "keypad"
    CALLER_ID = "caller_id"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Fact:
    """A value with its provenance.

    `value` is JSON-ready; `turn` is the number of the caller's turn it was learnt in; `words` are the caller's,
    empty for a record; `detail` is what was on offer when it was picked from a list (the offer, the appointment).
    """

    value: Any
    source: Origin
    turn: int
    words: str = ""
    detail: Mapping[str, Any] | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "value": self.value,
            "source": self.source.value,
            "turn": self.turn,
            "words": self.words,
            "detail": dict(self.detail) if self.detail is not None else None,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Fact:
        """Raises KeyError, ValueError or TypeError for anything that :meth:`to_json` did not write."""
        return cls(data["value"], Origin(data["source"]), int(data["turn"]), str(data["words"]), data["detail"])
