"""Answers to a question of the business's own: the options of a choice, and other words for its yes and no.

Both stand in the phrases, by the name of the fact: `values: {cover: {public: […], private: […]}, allergies: {no: […]}}`.
"""

from __future__ import annotations

from typing import Final

from frontdesk.brain.utterance.phrases import Match
from frontdesk.brain.utterance.turn import Turn

__all__ = ["read_own_answer", "read_own_choice"]

_HEARD_ELSEWHERE: Final = frozenset({"intent", "agreed", "anything_else"})
"""Questions whose answers are read with all that hangs on them."""


def read_own_choice(turn: Turn) -> None:
    """The option that was said, where a choice is asked for. Two different ones are none: the question is put again.

    Of options said one after the other with words of correction between them, the last is meant ("private, no, public").
    """
    asks = turn.view.asks
    if asks is None or turn.view.asks_type != "choice" or asks in _HEARD_ELSEWHERE:
        return
    said = _said(turn, asks)
    if len({match.key for match in said}) > 1:
        cues = [match.plain for match in turn.matches if match.key[:2] in {("values", "retake"), ("values", "correction")}]
        between = any(said[-2].plain[1] <= cue[0] and cue[1] <= said[-1].plain[0] for cue in cues)
        said = said[-1:] if between else []
    if said:
        turn.found.fact(asks, said[-1].key[2], turn.span_of(said[-1]))


def read_own_answer(turn: Turn) -> bool:
    """Whether a question with yes or no was answered in words of its own ("I'm allergic to nuts"); then that is what was found."""
    asks = turn.view.asks
    if asks is None or asks in _HEARD_ELSEWHERE or turn.found.questions:
        return False
    said = {match.key[2] for match in _said(turn, asks)} & {"yes", "no"}
    if len(said) != 1:
        return False
    turn.found.act(said.pop())
    return True


def _said(turn: Turn, fact: str) -> list[Match]:
    """The phrases for values of a fact in the order in which they were said, without those that lie within a longer one."""
    found = [match for match in turn.matches if match.key[:2] == ("values", fact)]
    return [
        match
        for match in found
        if not any(other.plain[0] <= match.plain[0] and match.plain[1] <= other.plain[1] and match.length < other.length for other in found)
    ]
