"""Answers that brought nothing, and when to give up."""

from __future__ import annotations

from fsm.draft import Draft
from fsm.machine import GAVE_UP
from fsm.moving import REASK, due

__all__ = ["give_up", "not_understood"]


def not_understood(draft: Draft) -> None:
    """Counts an answer that brought nothing; gives up when the limit of the state is reached."""
    draft.attempts += 1
    limit = draft.graph.limits[draft.state].attempts
    if limit is not None and draft.attempts >= limit and draft.graph.machine.knows(GAVE_UP, draft.state):
        give_up(draft)
    else:
        due(draft, REASK)


def give_up(draft: Draft) -> bool:
    """Leaves the state for where the graph goes when nothing more comes of it, and returns whether it was left.

    The machine must know the way.
    """
    if draft.spec.ask is not None:
        draft.say(f"{draft.state}.give_up")
    return draft.graph.machine.fire(GAVE_UP, draft)
