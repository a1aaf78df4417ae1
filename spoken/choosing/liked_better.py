"""What is called the better one, whatever is told of the other: "Friday's better, I'm in Dublin on Monday"."""

from __future__ import annotations

from collections.abc import Sequence

from spoken.choosing.cues import Cue, Said, chosen
from spoken.choosing.hearing import Mentioned
from spoken.choosing.phrases import choice_book
from spoken.reading import Reading

__all__ = ["by_what_is_better"]


def by_what_is_better(said: Said, cues: Sequence[Cue], mentioned: Mentioned) -> Reading | None:
    """The only offer before "is better", where another is named behind it; None where something is refused or taken back before that.

    A word alone ("lieber", "better") may be said of what follows.
    """
    for _, start, end in choice_book(said.language, "better").find(said.words):
        if not start or end == start + 1 or said.idle(end) or not said.data.joiners.isdisjoint(said.words):
            continue
        turned = any(first < start for first, _ in said.negations()) or any(cue.kind == "refused" and cue.start < start for cue in cues)
        back = any(first >= end for book in (said.data.corrections, said.data.instead) for _, first, _ in book.find(said.words))
        named = frozenset[int]() if turned or back else mentioned(said.before(start))
        if len(named) == 1 and (other := mentioned(said.after(end))) and other.isdisjoint(named):
            return chosen(next(iter(named)), said.span(0, end))
    return None
