"""Choosing the offer that is all the others: "do the lot", "alles", "las dos, ya que estamos"."""

from __future__ import annotations

from spoken.choosing.cues import Said, chosen
from spoken.choosing.whole import holds_the_others
from spoken.numerals import cardinal_at
from spoken.reading import Reading

__all__ = ["by_whole"]


def by_whole(said: Said) -> Reading | None:
    """The offer that holds the others, where words for all of it are said and nothing is refused; None elsewhere."""
    found = [(start, end) for _, start, end in said.data.wholes.find(said.words)]
    found += [(at, at + 2) for at in range(min(1, len(said.words) - 1)) if _counts_the_parts(said, at)]
    if not found or said.negations() or said.timed():
        return None
    first, last = found[0]
    if last - first == 1 and not all(
        at == first or said.words[at] in said.data.idle_words or said.little(at) for at in range(len(said.words))
    ):
        return None
    whole = holds_the_others([choice.say for choice in said.choices], said.language)
    return chosen(whole, said.span(first, last)) if whole is not None else None


def _counts_the_parts(said: Said, at: int) -> bool:
    """ "Las dos", where the third offer is both of them together."""
    number = cardinal_at(said.words, at + 1, said.language) if said.words[at] in said.data.definites else None
    return number is not None and number[0] == len(said.choices) - 1 and said.words[at].endswith("s")
