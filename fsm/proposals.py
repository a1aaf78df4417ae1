"""What a brain makes of the caller's words: proposals, which the engine accepts or refuses.

Rules and model speak this one language, so that every test of the engine holds for both. A proposal never
names a state, a call, a customer or an appointment that was not found for this caller.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Act", "Doubt", "Option", "Proposal", "ProposedFact"]


@dataclass(frozen=True, slots=True)
class ProposedFact:
    """A value read from the caller's words. `words` must stand in the utterance, letter for letter."""

    name: str
    value: Any
    words: str


@dataclass(frozen=True, slots=True)
class Act:
    """Something the caller does besides giving facts: an act of the graph, or "yes" and "no" to what was asked."""

    name: str
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Option:
    """One meaning of an ambiguous utterance, with the words to say it by."""

    value: Any
    say: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A fact half heard: several meanings (`options`), or a valid beginning (`so_far`)."""

    fact: str
    words: str
    options: tuple[Option, ...] = ()
    so_far: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """All that one utterance, or one key, may mean.

    `generation` is that of the view it was made from; the engine refuses a proposal made from an older one.
    `language` is the language heard, when it is sure. `typing` says that keypad digits are still expected.
    `by` is "rules", "model", "keypad" or "knowledge" (a quoted passage). `reply` are sentences of a model that passed the
    audit: they are only said in a state with `free: true`, and only where nothing else of the proposal was taken; the
    engine's question follows them.
    """

    generation: int
    facts: tuple[ProposedFact, ...] = ()
    acts: tuple[Act, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    language: str | None = None
    typing: bool = False
    by: str = "rules"
    reply: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was understood."""
        return not (self.facts or self.acts or self.doubts or self.reply)
