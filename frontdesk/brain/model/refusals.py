"""Why something that a model did was not taken, as a typed answer, and how often that happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Counts", "Reason", "Refusal"]

Reason = Literal[
    "unknown-tool",  # a tool that the state does not offer, or that does not exist
    "malformed",  # arguments that are no JSON object, or of the wrong kind
    "unexpected-argument",  # ids, values, anything that the tool does not take
    "unknown-value",  # an enumeration's value that it does not list
    "repeated",  # the same call again
    "parallel",  # another call of the same tool beside it
    "too-many",  # more calls than a turn can mean
    "not-said",  # words that the caller did not say
    "not-resolved",  # words that the readers make nothing of
    "contradicts",  # words that the readers understand otherwise
    "unknown-choice",  # a number that was not on offer
    "no-consent",  # a yes that the whole utterance is not
    "not-free",  # text where the state allows none
    "not-true",  # a sentence that the audit cut
    "broken-off",  # an answer without its end
]
"""Stable words, for logs and counts."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """`what` is the tool, never the caller's words."""

    reason: Reason
    what: str


@dataclass(slots=True)
class Counts:
    """What happened since the start. Whoever runs the line reads it; nothing is decided by it."""

    turns: int = 0
    by_rules: int = 0
    requests: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    sentences: int = 0

    def refuse(self, refusal: Refusal) -> None:
        self.refusals[refusal.reason] += 1

    def as_json(self) -> Mapping[str, object]:
        """For a status page or a log."""
        return {
            "turns": self.turns,
            "by_rules": self.by_rules,
            "requests": self.requests,
            "failures": dict(self.failures),
            "refusals": dict(self.refusals),
            "sentences": self.sentences,
        }
