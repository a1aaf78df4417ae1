"""Anybody will do: said of persons, it is no wish for any time."""

from __future__ import annotations

from frontdesk.brain.services.things import ANYONE
from frontdesk.brain.utterance.turn import WHOEVER, Turn

__all__ = ["read_whoever"]


def read_whoever(turn: Turn) -> None:
    """ "With whoever", "no matter who": anybody, also unasked; the words are about persons, and no wish for any time."""
    match = turn.heard_phrase(*WHOEVER)
    if match is None or turn.found.questions or turn.view.asks in {"name", "message"}:
        return
    turn.found.fact("staff", ANYONE, turn.span_of(match))
