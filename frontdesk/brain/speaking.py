"""A brain that may speak while it still thinks: sentences as they pass the audit, then the proposal."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from frontdesk.brain.port import Brain
from fsm.proposals import Proposal
from fsm.view import View

__all__ = ["Said", "Sentence", "SpeakingBrain"]


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was said on the line in this call."""

    who: Literal["caller", "frontdesk"]
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that may be spoken at once, in this language. It stands in the `reply` of the proposal that follows, too."""

    text: str
    language: str


@runtime_checkable
class SpeakingBrain(Brain, Protocol):
    """A brain whose words may be heard before it has come to its proposal."""

    def converse(self, text: str, view: View, said: Sequence[Said] = ()) -> AsyncGenerator[Sentence | Proposal, None]:
        """Sentences, then one proposal, which is always the last. `said` are the last turns, oldest first, without `text`.

        Never raises for what a caller says or a model does. Read it within `contextlib.aclosing`: closing it ends the request.
        """
        ...
