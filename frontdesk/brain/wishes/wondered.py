"""An hour that is said with a "no" and is asked for all the same: "half past ten isn't possible?"."""

from __future__ import annotations

from typing import Final

from frontdesk.brain.utterance.heard import Span
from frontdesk.brain.utterance.turn import Turn

__all__ = ["INSTEAD", "WONDERED", "is_asked_for", "only_tags"]

WONDERED: Final = ("values", "wondered")
"""Ways to say "no" of an hour: `of_us` and `any` may ask for it, `told` is said of the caller."""
INSTEAD: Final = (*WONDERED, "instead")
"""Ways to ask for another hour behind one that was refused: "three's no good, is there nothing at four?"."""


def is_asked_for(turn: Turn, hour: Span) -> bool:
    """Whether something is asked of us, and not told of the caller: "I can't do ten", "ten isn't possible, I'm at work".

    What is in doubt is not asked for: nothing is held for who may not come then.
    """
    if turn.heard_phrase(*WONDERED, "of_us"):
        return True
    said = [turn.span_of(match) for match in turn.matches if match.key == (*WONDERED, "any")]
    if not said or turn.heard_phrase(*WONDERED, "told"):
        return False
    end = max(hour[1], *(stop for _, stop in said))
    return only_tags(turn, end)


def only_tags(turn: Turn, end: int) -> bool:
    """Whether nothing is said behind that place but what makes a question of it: "at all", "by any chance"."""
    tags = [turn.span_of(match) for match in turn.matches if match.key == (*WONDERED, "tag")]
    question = turn.heard.text.find("?", end)
    until = question if question >= 0 else len(turn.heard.text)
    behind = (token for token in turn.heard.tokens if end <= token.start < until)
    return all(any(start <= token.start < stop for start, stop in tags) for token in behind)
