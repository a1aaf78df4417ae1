"""When the rules have understood enough that nobody else need be asked."""

from __future__ import annotations

from typing import Final

from frontdesk.brain.utterance.turn import Turn
from fsm.proposals import Proposal

__all__ = ["is_sure", "unread"]

_FEW: Final = 2
"""So many words may be left unread: "a cut, if that's possible"."""
_MANY: Final = 6
"""More words than this left unread beside a clear answer are a story: "… it's for my sister's wedding on the twentieth"."""
_SHORTEST: Final = 4
"""Letters of a word that may mean something; shorter ones are articles and the like in our languages."""
_ANSWERS: Final = frozenset({"yes", "no"})
_CLEAR: Final = frozenset({"wants_human", "asks_repeat", "switch_language"})
"""Acts that are what was meant, whatever was said around them."""


def is_sure(turn: Turn, proposal: Proposal) -> bool:
    """Whether a reading of the rules stands by itself.

    It does when it answers what was asked: with the fact, with a beginning or several meanings of it, with yes or no, unless a
    whole story was told around it. It also does when hardly a word that may mean something was left unread. "Er …" is nothing to
    understand.
    """
    if turn.book.only_fillers(turn.heard):
        return True
    if proposal.empty:
        return False
    asks, left = turn.view.asks, len(unread(turn))
    if any(fact.name == asks for fact in proposal.facts) or any(doubt.fact == asks for doubt in proposal.doubts):
        return left <= _MANY
    acts = {act.name for act in proposal.acts}
    return left <= (_MANY if acts & (_ANSWERS | _CLEAR) else _FEW)


def unread(turn: Turn) -> list[str]:
    """The words that no reader took and no phrase holds, short ones left out."""
    spans = [turn.span_of(match) for match in turn.matches]
    greeting = turn.book.greeting(turn.heard)
    if greeting is not None:
        spans.append(greeting)
    return [
        token.raw
        for token in turn.heard.untaken()
        if len(token.text) >= _SHORTEST and not any(start < token.end and token.start < end for start, end in spans)
    ]
