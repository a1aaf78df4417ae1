"""What is told in words that only sound like a refusal or a question: "it won't start", of a battery and brakes."""

from __future__ import annotations

from typing import Final

from spoken.choosing.cues import Said
from spoken.choosing.families import families_at, families_of
from spoken.content_words import content_words

__all__ = ["as_named"]

PHRASE: Final = 2
"""Words of a phrase."""


def as_named(said: Said) -> str | None:
    """The words with such phrases put as the offer of their family; None where there are none, or several offers are of it."""
    if len(said.choices) < PHRASE:
        return None
    data, words = said.data, said.words
    books = (data.negators, data.cues, data.questions, data.because)
    turned = {at for book in books for _, start, end in book.find(words) for at in range(start, end)}
    out: list[str] = []
    at = kept = 0
    while turned and at < len(words):
        families, end = families_at(words, at, said.language)
        if families and end - at >= PHRASE and not turned.isdisjoint(range(at, end)):
            offer = _only_one_of(families, said)
            if offer is not None and not said.timed():
                start, last = said.span(at, end)
                out += [said.text[kept:start], " ".join(content_words(said.choices[offer].say, said.language))]
                kept = last
        at = max(end, at + 1)
    return "".join([*out, said.text[kept:]]) if out else None


def _only_one_of(families: frozenset[str], said: Said) -> int | None:
    """The offer that shares more of these families than the others do."""
    shared = [len(families & families_of(choice.say, said.language)) for choice in said.choices]
    return shared.index(max(shared)) if max(shared) and shared.count(max(shared)) == 1 else None
