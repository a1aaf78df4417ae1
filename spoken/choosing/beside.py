"""Times on offer that have something beside them, "Wednesday at three with Kim": both that the caller says must fit."""

from __future__ import annotations

from spoken.choosing.cues import Said, offers_of, one_of
from spoken.choosing.times import words_beside
from spoken.choosing.words import point_at
from spoken.reading import NOTHING, Reading, Status

__all__ = ["with_what_is_beside"]


def with_what_is_beside(timed: Reading, said: Said) -> Reading:
    """The offers that a time fits, less those with another person or thing beside it; NOTHING when none is left.

    As it is when the offers have nothing beside their times, or all the same, or when nothing is said of it.
    """
    among = offers_of(timed)
    if not among or timed.status not in (Status.COMPLETE, Status.AMBIGUOUS) or any(choice.start for choice in said.choices):
        return timed
    beside = [words_beside(choice.say, said.language, said.now) for choice in said.choices]
    if not all(beside) or len(set(beside)) < 2:
        return timed
    found = point_at(said.tokens, beside, said.language)
    if found is None or len(found.indexes) == len(said.choices):
        return timed
    both = [index for index in among if index in found.indexes]
    return one_of(both, said.choices, timed.span) if both else NOTHING
