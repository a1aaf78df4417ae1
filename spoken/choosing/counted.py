"""A position among days, weeks, weekdays or parts of the day: "the second Wednesday", "the first day", "the last evening"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from spoken.choosing.cues import COMPARISONS, Said, one_of, several
from spoken.choosing.phrases import choice_book
from spoken.choosing.times import windows_of
from spoken.choosing.windows import TIME_WORDS, fitting, heard
from spoken.lexicon import load, phrases
from spoken.normalise import PhraseBook, fold, fold_words
from spoken.numerals import cardinal_at
from spoken.reading import Reading

__all__ = ["by_count"]

PLACES: Final = {"last": -1, "earliest": 0, "earlier": 0, "latest": -1, "later": -1}
MAX_HOW_MANY: Final = 4
"""Words of "of the two", between a position and what is counted."""


@dataclass(frozen=True, slots=True)
class _Nouns:
    days: frozenset[str]
    weeks: frozenset[str]
    parts: PhraseBook[str]
    """Nouns for parts of the day, with how somebody says it as a time ("in the morning")."""
    one_of: PhraseBook[bool]
    all: frozenset[str]
    """The first words of all of them."""

    def at(self, words: Sequence[str], at: int) -> bool:
        """Whether one stands at a place."""
        return at < len(words) and words[at] in self.all and (words[at] not in self.parts.begins or self.part(words, at) is not None)

    def part(self, words: Sequence[str], at: int) -> str | None:
        """How the part of the day that a noun at a place names is said as a time."""
        found = self.parts.at(words, at)
        return found[0] if found else None


@lru_cache(maxsize=16)
def _nouns(language: str) -> _Nouns:
    data: Any = load(language, "choice")
    parts = PhraseBook({str(noun): str(said) for said, nouns in data["counted_parts"].items() for noun in nouns})
    days, weeks = (frozenset(fold(word) for word in phrases(language, "choice", key)) for key in ("counted_days", "counted_weeks"))
    weekdays = frozenset(fold(word) for word in phrases(language, "choice", "weekdays"))
    return _Nouns(days, weeks, parts, choice_book(language, "one_of"), days | weeks | weekdays | parts.begins)


def by_count(said: Said) -> Reading | None:
    """The offers at a position among those of a kind of day or time; None when no position is counted so."""
    nouns = _nouns(said.language)
    if nouns.all.isdisjoint(said.words) or not said.timed():
        return None
    for _, start, end in nouns.one_of.find(said.words):
        at = _behind_how_many(said, end, nouns)
        fits = [index for group in _in_groups(said, at, nouns) for index in group] if at > end and nouns.at(said.words, at) else []
        if 1 < len(fits) < len(said.choices) and not said.negated(start):
            return several(sorted(fits), said.choices, said.span(start, at + 1))  # "one of the two afternoons"
    for (kind, position), start, end in said.data.cues.find(said.words):
        nth = {"position": position - 1, "second_last": -2}.get(kind, PLACES.get(kind))
        inside = (
            kind == "position" and end > start + 1 and said.words[end - 1] in nouns.days | nouns.weeks
        )  # "am zweiten Tag", which is a phrase for the second
        at = end - 1 if inside else end if nth is None else _behind_how_many(said, end, nouns)
        if nth is None or not nouns.at(said.words, at) or said.negated(start):
            continue
        if kind == "earliest" and at == end:
            continue  # "der nächste Freitag", "nächste Woche" are days
        groups = _in_groups(said, at, nouns)
        if kind in COMPARISONS and (len(groups) < 2 or (kind in ("earlier", "later") and len(groups) > 2)):
            continue
        if not groups or (len(groups) == 1 and nth > 0):
            if 0 <= nth < len(said.choices) and groups:
                return one_of(sorted({nth, *groups[0]}), said.choices, said.span(start, at + 1))  # of one Wednesday "the second"
            continue
        if -len(groups) <= nth < len(groups):
            return one_of(groups[nth], said.choices, said.span(start, at + 1))
        if 0 <= nth < len(said.choices) and nouns.part(said.words, at) is None:
            return several(sorted(index for group in groups for index in group), said.choices, said.span(start, at + 1))
    return None


def _behind_how_many(said: Said, at: int, nouns: _Nouns) -> int:
    """Behind "of the two" or, before a part of the day, "in the", where that stands at a place; else the place itself."""
    counted = False
    for here in range(at, min(at + MAX_HOW_MANY, len(said.words))):
        number = cardinal_at(said.words, here, said.language)
        if number is not None or said.data.together.at(said.words, here) is not None or said.words[here] in said.data.pairs:
            counted = True
        elif nouns.at(said.words, here) or not (said.little(here) or said.words[here] in said.data.definites):
            return here if counted or nouns.part(said.words, here) is not None else at
    return at


def _in_groups(said: Said, at: int, nouns: _Nouns) -> list[list[int]]:
    """The offers of the kind that a noun at a place names, those on the same day or in the same week together, in order of time."""
    noun, starts = said.words[at], said.starts()
    if (part := nouns.part(said.words, at)) is not None:
        reading = heard(part, said)
        fits = fitting(list(windows_of(reading)), starts, reading.mentions & TIME_WORDS, part, said)
        return [[index] for index in sorted(fits, key=lambda index: starts[index] or said.now)]
    if noun in said.data.weekdays:
        fits = [index for index, choice in enumerate(said.choices) if _is_called(noun, choice.say, said.data.weekdays) and starts[index]]
        groups = _grouped(fits, [start.date() if start else None for start in starts])
        return groups if len(groups) > 1 else [[index] for index in fits]
    if not all(starts):
        return [[index] for index in range(len(starts))]
    week = noun in nouns.weeks
    keys = [(start.date() - dt.timedelta(days=start.weekday() if week else 0)) if start else None for start in starts]
    groups = _grouped(range(len(starts)), keys)
    return groups if len(groups) > 1 else []


def _is_called(weekday: str, say: str, weekdays: AbstractSet[str]) -> bool:
    """Whether an offer is on a weekday by its words, be it said of several ("Wednesdays") or not."""
    return any(weekday.startswith(word) for word in weekdays & set(fold_words(say)))


def _grouped(indexes: Sequence[int], keys: Sequence[dt.date | None]) -> list[list[int]]:
    found: dict[dt.date, list[int]] = {}
    for index in indexes:
        if (key := keys[index]) is not None:
            found.setdefault(key, []).append(index)
    return [found[key] for key in sorted(found)]
