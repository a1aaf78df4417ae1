"""Who takes leave where only a detail of what they told is asked for: it is passed on without that, as for who hangs up there."""

from __future__ import annotations

from typing import Final

from frontdesk.brain.utterance.turn import RINGS_AGAIN, Turn

__all__ = ["leave_out_the_detail"]

_DETAILS: Final = frozenset({"phone", "reference"})
"""Kinds of facts that a message or a report is good enough without."""


def leave_out_the_detail(turn: Turn) -> None:
    """ "Thanks, bye", said to "do you have your policy number at hand?", leaves the number out, and throws no report away.

    Who rings again says all of it then.
    """
    if turn.heard_phrase(*RINGS_AGAIN) is not None:
        return
    if turn.found.has("goodbye") and turn.view.asks_type in _DETAILS and turn.known("message") is not None:
        turn.found.drop("goodbye")
        turn.found.act("never_mind")
