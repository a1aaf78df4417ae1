"""Choosing the offer that is all the others: "do the lot", "alles", "las dos, ya que estamos"."""

from __future__ import annotations

from typing import Final

from spoken.choosing.cues import Said, chosen
from spoken.choosing.whole import bare, holds_the_others, less_their_head
from spoken.numerals import cardinal_at
from spoken.reading import Reading
from spoken.word_likeness import stem

__all__ = ["by_whole"]

MAX_PART: Final = 4
"""Words that name a part of it: "and the beard (as well)"."""


def by_whole(said: Said) -> Reading | None:
    """The offer that holds the others, where words for all of it are said and nothing is refused; None elsewhere."""
    found = [(start, end) for _, start, end in said.data.wholes.find(said.words)]
    found += [(at, at + 2) for at in range(min(1, len(said.words) - 1)) if _counts_the_parts(said, at)]
    if said.negations() or said.timed():
        return None
    if not found:
        return _with_a_part(said)
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


def _with_a_part(said: Said) -> Reading | None:
    """ "The beard as well", of hair, beard, and both: the offer that is called as this part and all the others."""
    ends = len(said.words) - 1
    also = next((start for start in (ends - 1, ends) if start > 0 and " ".join(said.words[start:]) in said.data.alsos), None)
    if also is None or also > MAX_PART:
        return None
    parts = less_their_head(tuple(choice.say for choice in said.choices), said.language)
    own = frozenset[str]().union(*parts)
    told = {plain for word in said.words[:also] if (plain := bare(stem(word, said.language), own, said.language)) in own}
    whole = holds_the_others([choice.say for choice in said.choices], said.language)
    if whole is None or frozenset(told) not in parts or parts.index(frozenset(told)) == whole:
        return None
    return chosen(whole, said.span(0, len(said.words)))
