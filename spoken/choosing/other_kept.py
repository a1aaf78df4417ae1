"""Of two, the one that is named, where the other is to stay as it is: "the Friday one please, the other one's fine"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from spoken.choosing.cues import Cue, Said, chosen, find_cues
from spoken.choosing.hearing import Mentioned
from spoken.choosing.phrases import choice_book
from spoken.choosing.refusals import refuses
from spoken.reading import Reading

__all__ = ["by_keeping_the_other"]

BETWEEN: Final = 3
"""Words between the other one and what is said of it: "la otra | me la | quedo"."""


def by_keeping_the_other(said: Said, read: Callable[[str], Reading], mentioned: Mentioned) -> Reading | None:
    """The only offer that is named before the other one, which is kept, or behind it; None where nothing of the kind is said."""
    if len(said.choices) < 2 or any(True for _ in choice_book(said.language, "alsos").find(said.words)):
        return None
    other = next((cue for cue in find_cues(said) if cue.kind == "other"), None)
    if other is None:
        return None
    kept = _kept(said, other, "keeps_it") or _kept(said, other, "stays")
    clause = kept or _kept(said, other, "is_well")
    if clause is None:
        return None
    first, last = clause
    ahead = said.part(said.before(first)) if first else None
    if ahead is not None and ahead.words:
        meant = read(ahead.text)
        if refuses(ahead, find_cues(ahead)) or not meant.complete or meant.value is None:
            return None  # "Friday's no good, the other one's fine"
        named = mentioned(ahead.text)
        return chosen(next(iter(named)), said.span(0, first)) if len(named) == 1 and _says_little(said, last) else None
    if not kept or last >= len(said.words):
        return None
    named = mentioned(said.after(last))
    return chosen(next(iter(named)), said.span(last, len(said.words))) if len(named) == 1 else None


def _kept(said: Said, other: Cue, key: str) -> tuple[int, int] | None:
    """Where it is said of the other one that it stays: "keep the other", "the other one stays"; never where that is denied."""
    for _, start, end in choice_book(said.language, key).find(said.words):
        if said.negated(start):
            continue
        if 0 <= start - other.end <= BETWEEN and not any(map(said.paused_before, range(other.end, start + 1))):
            return other.start, end
        if key == "keeps_it" and end == other.start:
            return _with_who(said, start), other.end
    return None


def _with_who(said: Said, start: int) -> int:
    """The beginning of "(I'll) keep"."""
    return start - 1 if start and said.little(start - 1) else start


def _says_little(said: Said, last: int) -> bool:
    """Whether hardly anything follows: "leave the other | as it is"."""
    return len(said.words) - last <= BETWEEN
