"""Wishes in the form of a negative question: "could you not do the Tuesday", "könnt ich nicht am Dienstag"."""

from __future__ import annotations

from spoken.choosing.cues import COMPARISONS, Said
from spoken.choosing.phrases import choice_book

__all__ = ["with_the_wish_alone"]


def with_the_wish_alone(said: Said) -> Said:
    """The words without a "not" that asks for what follows; as they are where it may refuse what stands before ("Dienstag ginge nicht").

    What asks for another time ("could we not do later") is left to the readers that know it.
    """
    found = list(choice_book(said.language, "negative_wishes").find(said.words))
    if not found:
        return said
    cues = [(kind, start, end) for (kind, _), start, end in said.data.cues.find(said.words)]
    if any(kind in COMPARISONS for kind, _, _ in cues):
        return said
    wishes = [(start, end) for kind, start, end in cues if kind in ("wishes", "none")]
    places = [
        (start, end)
        for _, start, end in found
        if not said.idle(end) and _begins_a_clause(said, start) and not any(first < end and start < last for first, last in wishes)
    ]
    rest = said.part(said.without(places)) if places else said
    return rest if rest.words else said


def _begins_a_clause(said: Said, at: int) -> bool:
    """Whether nothing stands before a place that a "not" could refuse: a pause, an "and", or nothing that says anything."""
    if not at or said.paused_before(at) or said.idle_between(0, at):
        return True
    if said.words[at - 1] in said.data.ands | said.data.joiners:
        return True
    books = (said.data.buts, said.data.then, said.data.instead, said.data.noes, said.data.faults, said.data.for_me)
    return any(end == at for book in books for _, _, end in book.find(said.words))
