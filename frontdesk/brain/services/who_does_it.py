"""Who does it: "it's always Léa who does my hair" wishes for Léa, and is nobody's own name."""

from __future__ import annotations

from typing import Final

from frontdesk.brain.services.things import ANYONE
from frontdesk.brain.utterance.turn import Turn

__all__ = ["read_who_does_it"]

_USUALLY: Final = ("values", "staff", "who_does_it")
_BY: Final = ("values", "staff", "by")
"""What wishes for somebody where a name was asked for, and nowhere else needs to be told from one."""


def read_who_does_it(turn: Turn) -> None:
    """Somebody of the business, before anybody reads a name in the words that name them."""
    if turn.found.questions or turn.heard_phrase("values", "staff", "none_of") is not None:
        return
    match = turn.heard_phrase(*_USUALLY) or (turn.heard_phrase(*_BY) if turn.view.asks == "name" else None)
    if match is None:
        return
    span = turn.span_of(match)
    reading = turn.read("staff", turn.heard.only(span), names=turn.business.staff_vocabulary(turn.language))
    if reading.complete and reading.value != ANYONE:
        turn.found.fact("staff", reading.value, span)
