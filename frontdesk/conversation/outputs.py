"""What a conversation hands back, in the order in which it is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["ActionDone", "ActionStarted", "Ended", "Ending", "LanguageChanged", "Line", "Listening", "Output", "Turn"]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence for the voice. `name` is the line's name in the content, `interruptible` whether the caller may cut it short."""

    id: str
    text: str
    name: str
    language: str
    interruptible: bool = True


@dataclass(frozen=True, slots=True)
class ActionStarted:
    """Work in the outside world has begun; the silence clock stands still until it is done."""

    id: str
    action: str


@dataclass(frozen=True, slots=True)
class ActionDone:
    """It came out so."""

    id: str
    action: str
    outcome: str


@dataclass(frozen=True, slots=True)
class LanguageChanged:
    """Ears and voice speak this language from here on."""

    language: str


@dataclass(frozen=True, slots=True)
class Listening:
    """The call waits for the caller; this many seconds of nothing are a silence."""

    silence_s: float


@dataclass(frozen=True, slots=True)
class Ended:
    """The call is over once the lines before have been heard. `how`: hang_up (by us), transfer, or hung_up (by the caller)."""

    how: str


Output = Line | ActionStarted | ActionDone | LanguageChanged | Listening | Ended


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn, all of it: the contract of `call --jsonl` (docs/call-contract.md)."""

    turn: int
    state: str
    language: str
    said: tuple[str, ...]
    asks: str | None
    offered: tuple[str, ...]
    facts: Mapping[str, Mapping[str, Any]]
    actions: tuple[Mapping[str, str], ...]
    ended: bool

    def as_json(self) -> dict[str, Any]:
        return {
            "turn": self.turn,
            "state": self.state,
            "language": self.language,
            "said": list(self.said),
            "asks": self.asks,
            "offered": list(self.offered),
            "facts": dict(self.facts),
            "actions": [dict(action) for action in self.actions],
            "ended": self.ended,
        }


@dataclass(frozen=True, slots=True)
class Ending:
    """How the call ended, and what is left of it."""

    outcome: str
    language: str
    path: tuple[str, ...]
    appointments: tuple[Mapping[str, Any], ...]
    messages: tuple[Mapping[str, str], ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "end": True,
            "outcome": self.outcome,
            "language": self.language,
            "path": list(self.path),
            "appointments": [dict(row) for row in self.appointments],
            "messages": [dict(row) for row in self.messages],
        }
