"""What is told in words that only sound like a refusal or a question: "it won't start", of a battery and brakes."""

from __future__ import annotations

from typing import Final

from spoken.choosing.cues import Said, find_cues
from spoken.choosing.deeds import another_named, are_deeds
from spoken.choosing.families import families_at, families_of
from spoken.content_words import content_words

__all__ = ["as_named"]

PHRASE: Final = 2
"""Words of a phrase."""


def as_named(said: Said) -> str | None:
    """The words with such phrases put as the offer of their family; None where there are none, or several offers are of it."""
    if len(said.choices) < 2 or said.timed():
        return None
    data, words = said.data, said.words
    books = (data.negators, data.cues, data.questions, data.because, data.prefer)
    turned = {at for book in books for _, start, end in book.find(words) for at in range(start, end)}
    if not turned:
        return None
    out: list[str] = []
    at = kept = 0
    while at < len(words):
        families, end = families_at(words, at, said.language)
        if families and end - at >= PHRASE and not turned.isdisjoint(range(at, end)):
            offer = _only_one_of(families, said)
            if offer is not None and not _another_deed(said, end, offer):
                start, last = said.span(at, end)
                out += [said.text[kept:start], " ".join(content_words(said.choices[offer].say, said.language))]
                kept = last
        at = max(end, at + 1)
    return "".join([*out, said.text[kept:]]) if out else None


def _another_deed(said: Said, end: int, offer: int) -> bool:
    """Whether what follows names another deed that is on offer: "I can't come, it has to be moved" is about moving."""
    if not are_deeds(said):
        return False
    if another_named(said, find_cues(said)) is not None:
        return True
    behind = (families_at(said.words, at, said.language)[0] for at in range(end, len(said.words)))
    return any(_only_one_of(families, said) not in (None, offer) for families in behind if families)


def _only_one_of(families: frozenset[str], said: Said) -> int | None:
    """The offer that shares more of these families than the others do, or is of nothing else: "a new booking", not "moving a booking"."""
    own = [families_of(choice.say, said.language) for choice in said.choices]
    shared = [(len(families & of_offer), -len(of_offer)) for of_offer in own]
    best = max(shared)
    return shared.index(best) if best[0] and shared.count(best) == 1 else None
