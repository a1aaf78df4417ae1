"""A yes to a number, with a reservation that is about the time only: "yes that's fine but I'm in work till five"."""

from __future__ import annotations

from typing import Final

from frontdesk.brain.utterance.turn import Turn

__all__ = ["yes_but_not_always"]

_OTHERS: Final = (("values", "pick", "other"), ("wants_change",), ("values", "phone"))
"""What speaks of the number, or of another one."""


def yes_but_not_always(turn: Turn) -> bool:
    """Whether the number is right, and only when to be called is told beside it; where a time is chosen, that may be what it moves."""
    if turn.known("slot") is not None:
        return False
    if "reservation" not in turn.read("yes_no", turn.heard.text).mentions or any(turn.heard_phrase(*key) for key in _OTHERS):
        return False
    for token in reversed(turn.heard.tokens[:-1]):
        begun = turn.read("yes_no", turn.heard.only((0, token.end)))
        if begun.complete:
            behind = turn.read("datetime", turn.heard.only((token.end, len(turn.heard.text))))
            return begun.value is True and bool(behind.mentions)
    return False
