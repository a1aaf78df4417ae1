"""What must be done after a step, in order. Effects are data; the shell carries them out and reports back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fsm.facts import Fact

__all__ = ["Effect", "HangUp", "Listen", "Run", "Say", "SayFreely", "Transfer", "UseLanguage"]


@dataclass(frozen=True, slots=True)
class Say:
    """Say a line, with what was known at the moment it became due (a later move may change that).

    `facts`, `lists` ("offers", "appointments", "options") and `values` fill its placeholders; `variant` chooses
    among several wordings (0 is the first); `interruptible` is False for what the caller must hear.
    """

    id: str
    line: str
    language: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    lists: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    variant: int = 0
    interruptible: bool = True

    def to_json(self) -> dict[str, Any]:
        data = {name: getattr(self, name) for name in ("id", "line", "language", "values", "variant", "interruptible", "lists")}
        data["facts"] = {name: fact.to_json() for name, fact in self.facts.items()}
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Say:
        """Raises KeyError, TypeError or AttributeError for anything that :meth:`to_json` did not write."""
        facts = {name: Fact.from_json(fact) for name, fact in data["facts"].items()}
        lists = {name: tuple(items) for name, items in data["lists"].items()}
        return cls(**{**data, "facts": facts, "lists": lists})


@dataclass(frozen=True, slots=True)
class SayFreely:
    """Say these sentences of a model, which the audit has passed; whoever spoke them while they came does not repeat them."""

    id: str
    sentences: tuple[str, ...]
    language: str
    interruptible: bool = True


@dataclass(frozen=True, slots=True)
class Run:
    """Run an action, and report with :class:`fsm.events.ActionFinished` under this `id`.

    `facts` is the snapshot it works from and `key` its idempotency key: the same work has the same key.
    `refused` are times that the caller did not want, `refused_near` those whose neighbours are not wanted either.
    `args` are those of the act that asked for it. `timeout_s` is the total deadline in seconds.
    """

    id: str
    action: str
    key: str
    timeout_s: float
    facts: Mapping[str, Fact] = field(default_factory=dict)
    lists: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    args: Mapping[str, Any] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    refused_near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listen:
    """Wait for the caller; after `silence_s` seconds of nothing report :class:`fsm.events.Silence`."""

    silence_s: float


@dataclass(frozen=True, slots=True)
class UseLanguage:
    """Ears and voice change to this language."""

    language: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """The caller now talks to a person; we leave."""


@dataclass(frozen=True, slots=True)
class HangUp:
    """End the call once the lines before have been played."""


Effect = Say | SayFreely | Run | Listen | UseLanguage | Transfer | HangUp
