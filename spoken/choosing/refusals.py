"""All of the things on offer at once: none of them, any of them, both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spoken.choosing.cues import Cue, Said, chosen, several
from spoken.choosing.whole import holds_the_others, means
from spoken.reading import Reading

__all__ = ["none_of_them", "refuses"]

MAX_REST: Final = 6
"""Other words that may stand beside "none"."""
CLOSE: Final = 1
"""Words between what speaks of all of them and what refuses it."""


def none_of_them(said: Said, cues: Sequence[Cue]) -> Reading | None:
    """None, any or all of the things on offer, by phrases about all of them; None where there is no such phrase."""
    told = min((start for _, start, _ in said.data.provisos.find(said.words)), default=len(said.words))
    idle = {at for book in (said.data.idle, said.data.intensifiers) for _, start, end in book.find(said.words) for at in range(start, end)}
    idle |= {at for cue in cues if cue.kind in ("any", "both", "none", "yes") for at in range(cue.start, cue.end)}
    telling = told if refuses(said, cues) else told - len({at for at in idle if at < told})
    for cue in cues:
        rest = told - (cue.end - cue.start)
        span = said.span(cue.start, cue.end)
        if cue.kind == "none" and rest <= MAX_REST + 4:
            return chosen(None, span)
        if cue.kind == "both" and any(
            other.kind in ("refused", "none") and CLOSE >= other.start - cue.end >= cue.start - other.end - CLOSE for other in cues
        ):
            return chosen(None, span)  # "no good any of those, we're in Spain"
        if cue.kind not in ("any", "both") or telling > MAX_REST:
            continue
        if cue.kind == "both" and refuses(said, cues):
            return chosen(None, span)
        if (
            cue.kind == "both"
            and not said.timed()
            and (whole := holds_the_others([choice.say for choice in said.choices], said.language)) is not None
        ):
            return chosen(whole, span)
        indifferent = [index for index, choice in enumerate(said.choices) if means(cue.kind, choice.say, said.language)]
        if len(indifferent) == 1:
            return chosen(indifferent[0], span)  # "peu importe" is itself on offer
        return several(range(len(said.choices)), said.choices, span, "any")
    return None


def refuses(said: Said, cues: Sequence[Cue]) -> bool:
    """A negation, a refusal or a fault anywhere: "both don't work for me", "both are awkward"."""
    agreed = {at for cue in cues if cue.kind in ("yes", "any", "both") for at in range(cue.start, cue.end)}
    if any(start not in agreed for _, start, _ in said.data.faults.find(said.words)):
        return True
    return any(cue.kind in ("none", "refused") for cue in cues) or any(
        start not in agreed for _, start, _ in said.data.negators.find(said.words)
    )
