"""Somebody who is only told of: "I have to pick up my daughter at six" wants nothing for her, and nothing at six."""

from __future__ import annotations

import re
from typing import Final

from frontdesk.brain.turn import Turn

__all__ = ["leave_out_who_is_told_of"]

_STOPS: Final = re.compile(r"[,;.!?]")
_WISH_AGAIN: Final = {("values", "correction"), ("values", "lead"), ("values", "retake"), ("values", "so")}
"""Phrases that lead from what was told back to the wish: "… so rather in the morning"."""


def leave_out_who_is_told_of(turn: Turn) -> None:
    """Takes what is told, to the end of its clause, so that nobody reads a service or a time in it."""
    for match in turn.matches:
        if match.key != ("values", "service", "told_of"):
            continue
        start, end = turn.span_of(match)
        stop = _STOPS.search(turn.heard.text, end)
        again = [turn.span_of(other)[0] for other in turn.matches if other.key[:2] in _WISH_AGAIN and turn.span_of(other)[0] >= end]
        turn.heard.take((start, min([*again, stop.start() if stop else len(turn.heard.text)])))
