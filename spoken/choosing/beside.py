"""Times on offer that have something beside them, "Wednesday at three with Kim": both that the caller says must fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spoken.choosing.cues import Cue, Said, chosen, offers_of, one_of
from spoken.choosing.times import words_beside
from spoken.choosing.words import point_at
from spoken.reading import NOTHING, Reading, Status

__all__ = ["by_place_beside", "with_what_is_beside"]

FIRST: Final = frozenset({"earliest", "earlier"})
LAST: Final = frozenset({"latest", "later", "last"})


def by_place_beside(said: Said, cues: Sequence[Cue]) -> Reading | None:
    """ "The earlier one with Aoife", "the second with Léa": counted or compared among the times of the one that is named; else None."""
    places = [cue for cue in cues if cue.kind in FIRST | LAST | {"position"}]
    if len(places) != 1 or said.negated(places[0].start) or (found := _beside(said)) is None:
        return None
    [cue] = places
    starts = said.starts()
    among = [index for index in found if starts[index]]
    if not 1 < len(among) < len(said.choices) or len(among) < len(found):
        return None
    order = sorted(among, key=lambda index: starts[index] or said.now)
    if cue.kind in ("earlier", "later") and len(order) > 2:
        return one_of(order[:-1] if cue.kind == "earlier" else order[1:], said.choices, said.span(cue.start, cue.end))
    at = 0 if cue.kind in FIRST else len(order) - 1 if cue.kind in LAST else cue.position - 1
    return chosen(order[at], said.span(cue.start, cue.end)) if at < len(order) else None


def with_what_is_beside(timed: Reading, said: Said) -> Reading:
    """The offers that a time fits, less those with another person or thing beside it; NOTHING when none is left.

    As it is when the offers have nothing beside their times, or all the same, or when nothing is said of it.
    """
    among = offers_of(timed)
    if not among or timed.status not in (Status.COMPLETE, Status.AMBIGUOUS) or (found := _beside(said)) is None:
        return timed
    both = [index for index in among if index in found]
    return one_of(both, said.choices, timed.span) if both else NOTHING


def _beside(said: Said) -> Sequence[int] | None:
    """The times on offer that have what is named beside them; None where none is named, or all have the same."""
    if any(choice.start for choice in said.choices):
        return None
    beside = [words_beside(choice.say, said.language, said.now) for choice in said.choices]
    if not all(beside) or len(set(beside)) < 2:
        return None
    found = point_at(said.tokens, beside, said.language)
    return None if found is None or len(found.indexes) == len(said.choices) else found.indexes
