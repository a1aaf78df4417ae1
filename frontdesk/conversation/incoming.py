"""What can come in from a caller, whatever carries the call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["Gone", "Heard", "Incoming", "Key", "Quiet", "Words", "as_record"]


@dataclass(frozen=True, slots=True)
class Words:
    """The caller said this."""

    text: str


@dataclass(frozen=True, slots=True)
class Key:
    """The caller pressed one key: 0-9, * or #."""

    key: str


@dataclass(frozen=True, slots=True)
class Quiet:
    """Nothing was heard for so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Gone:
    """The caller hung up."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the caller really heard of our last turn. It is no turn and is never answered; it goes before what broke us off.

    `whole`: everything that mattered; `words`: what was heard, in our words. Text has no need of it: what is written was read.
    """

    whole: bool
    words: str = ""


Incoming = Words | Key | Quiet | Gone
"""What the caller may do, each of them a turn."""


def as_record(incoming: Incoming) -> dict[str, Any]:
    """As it is stored, and as it is written in `call --jsonl`."""
    if isinstance(incoming, Words):
        return {"say": incoming.text}
    if isinstance(incoming, Key):
        return {"dtmf": incoming.key}
    if isinstance(incoming, Quiet):
        return {"silence_s": incoming.seconds}
    return {"hangup": True}
