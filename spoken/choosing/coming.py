"""Who wants to come, where an appointment may be booked, moved or cancelled: "I've never been to you and I'd like to come in"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spoken.choosing.cues import COMPARISONS, Cue, Said, chosen
from spoken.choosing.deeds import MOVES, are_deeds
from spoken.choosing.families import acts, families_at, families_of
from spoken.choosing.phrases import choice_book
from spoken.reading import Reading

__all__ = ["by_wish_to_come"]

BOOKING: Final = "newbooking"
DEEDS: Final = frozenset({"newbooking", "moving", "changing", "cancelling"})
NEAR: Final = 4
"""Words between a "not" or "never" and the visit that never was."""
DECIDE: Final = COMPARISONS | {"wishes", "none", "asks", "other", "others", "both", "refused"}
"""Cues of another wish, or of none."""


def by_wish_to_come(said: Said, cues: Sequence[Cue]) -> Reading | None:
    """The booking on offer, for who wants to come or to have something done, or never was here; None where another deed is told too."""
    if not are_deeds(said):
        return None
    books = [index for index, choice in enumerate(said.choices) if BOOKING in families_of(choice.say, said.language)]
    told = [families_at(said.words, at, said.language)[0] for at in range(len(said.words))]
    if len(books) != 1 or any(families & (DEEDS - {BOOKING}) for families in told):
        return None
    new = _never_came(said)
    owned = [(start, end) for _, start, end in choice_book(said.language, "has_one").find(said.words)]
    if any(not any(start <= place < end for start, end in new) for place, _ in said.negations()):
        return None  # "I don't want to come"
    if any(cue.kind in DECIDE and not any(start <= cue.start < end for start, end in [*new, *owned]) for cue in cues):
        return None
    if new or not _wants_something(said, told):
        return chosen(books[0], (0, len(said.text))) if new else None
    if owned:
        moves = [index for index, choice in enumerate(said.choices) if families_of(choice.say, said.language) & MOVES]
        return chosen(moves[0], (0, len(said.text))) if len(moves) == 1 else None  # "I've one on Monday and I'd like to come on Tuesday"
    other = any(True for _ in choice_book(said.language, "not_coming").find(said.words))
    return None if other else chosen(books[0], (0, len(said.text)))


def _never_came(said: Said) -> list[tuple[int, int]]:
    """Where somebody tells that he was never here, from the "not" to the visit; not only that he was not there once."""
    nots = [at for at, word in enumerate(said.words) if word in said.data.nevers]
    if any(True for _ in choice_book(said.language, "yet").find(said.words)):
        nots += [start for start, _ in said.negations()]
    visits = [(start, end) for _, start, end in choice_book(said.language, "visited").find(said.words)]
    return [(min(at, start), max(at + 1, end)) for at in nots for start, end in visits if -NEAR <= start - at <= NEAR]


def _wants_something(said: Said, told: list[frozenset[str]]) -> bool:
    """Whether a wish is followed by coming, or by something that is done."""
    wishes = [end for _, _, end in choice_book(said.language, "wants").find(said.words)]
    if not wishes:
        return False
    done = [at for at, families in enumerate(told) if families & acts(said.language) - DEEDS and not said.little(at)]
    comes = [start for _, start, _ in choice_book(said.language, "comes").find(said.words)]
    return any(at >= wishes[0] for at in [*comes, *done])
