"""What an utterance that may not be over yet amounts to: on the phone, that decides how long a pause ends it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, Protocol, runtime_checkable

from frontdesk.brain.sure import is_sure
from frontdesk.brain.utterance.turn import Turn
from fsm.proposals import Proposal
from fsm.view import View
from spoken.reading import Status

__all__ = ["ListeningBrain", "SoFar", "amounts_to"]


class SoFar(StrEnum):
    """How far an answer has come."""

    COMPLETE = "complete"
    """It answers what was asked; a pause is its end."""
    BEGINNING = "beginning"
    """It is a valid beginning: six digits of ten, a sentence that breaks off at “at”, a message being dictated."""
    LISTENING = "listening"
    """“Mhm”: while we speak, a sign of listening; once we have asked, whatever it is as an answer."""
    UNCLEAR = "unclear"
    """Nothing that tells."""


_NO_TIMES: Final = frozenset({"phone", "email", "name", "reference", "birth_date"})


@runtime_checkable
class ListeningBrain(Protocol):
    """A brain that can be asked about interim transcripts: at once, without a model, many times in one utterance."""

    def so_far(self, text: str, view: View) -> SoFar: ...


_WHOLE_ACTS: Final = frozenset({"yes", "no", "goodbye", "wants_human", "asks_repeat", "asks_question", "switch_language", "refuses_offers"})
"""What the caller can do in a word, and then waits."""


def amounts_to(turn: Turn | None, proposal: Proposal) -> SoFar:
    """What the rules' reading of an utterance amounts to, as an answer to what `turn` was asked."""
    if turn is None:
        return SoFar.UNCLEAR
    asks = turn.view.asks
    if any(match.whole and match.key[:2] == ("values", "listening") for match in turn.matches):
        return SoFar.LISTENING
    if turn.view.asks_type == "text" or any(doubt.fact == asks and doubt.so_far for doubt in proposal.doubts):
        return SoFar.BEGINNING
    sure = is_sure(turn, proposal)
    done = any(act.name in _WHOLE_ACTS for act in proposal.acts)
    if sure and done and not proposal.facts:
        return SoFar.COMPLETE
    if _breaks_off(turn):
        return SoFar.BEGINNING
    answered = done or any(fact.name == asks for fact in proposal.facts)
    return SoFar.COMPLETE if answered and sure else SoFar.UNCLEAR


def _breaks_off(turn: Turn) -> bool:
    """Whether it ends in the middle of a time: “on Tuesday at …”. What dictates digits is no time."""
    if turn.view.asks_type in _NO_TIMES:
        return False
    reading = turn.read("datetime", turn.heard.text)
    return reading.status is Status.PREFIX and reading.span is not None and reading.span[1] >= turn.heard.tokens[-1].end
