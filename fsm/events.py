"""What happens in a call. Events are the only way in; time and ids come with them (E2, E3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fsm.facts import Fact
from fsm.proposals import Proposal

__all__ = ["ActionFinished", "CallStarted", "Event", "Faulted", "HungUp", "KeyPressed", "LinesHeard", "Silence", "Spoke"]


@dataclass(frozen=True, slots=True)
class CallStarted:
    """The call is answered. `at` is ISO 8601 with offset; `caller` is E.164, or None for a withheld number.

    `facts` are what is known before the first word: the switches of the business. `content` is the digest of everything
    that the call is held with, empty where nobody keeps versions.
    """

    at: str
    language: str
    caller: str | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    content: str = ""


@dataclass(frozen=True, slots=True)
class Spoke:
    """The caller said something, and a brain read it. `said` are sentences that it spoke itself while it was still reading."""

    at: str
    text: str
    proposal: Proposal
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """The caller pressed one key: 0-9, * or #."""

    at: str
    key: str
    proposal: Proposal


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing was heard for `seconds`."""

    at: str
    seconds: float


@dataclass(frozen=True, slots=True)
class ActionFinished:
    """An action came to an end.

    `id` is that of its :class:`fsm.effects.Run`; any other is late and changes nothing. `facts` are name -> value
    (and `words`, `source`), `lists` fill what can be picked from, `values` are placeholders for lines, `line` is a
    line that the action chose (an answer to a question).
    """

    at: str
    id: str
    outcome: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    lists: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    line: str | None = None


@dataclass(frozen=True, slots=True)
class LinesHeard:
    """What the caller really heard of our last lines: all of them, or `heard` words of a sentence broken off."""

    at: str
    whole: bool
    heard: str = ""


@dataclass(frozen=True, slots=True)
class HungUp:
    """The caller is gone."""

    at: str


@dataclass(frozen=True, slots=True)
class Faulted:
    """A fault of ours: a step could not be made. Whatever runs is given up, and so is the present state.

    `instead_of_turn`: it was the caller's turn that could not be taken; this one stands for it.
    """

    at: str
    instead_of_turn: bool = False


Event = CallStarted | Spoke | KeyPressed | Silence | ActionFinished | LinesHeard | HungUp | Faulted
