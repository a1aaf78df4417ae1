"""What is on offer, and what the reader of times makes of parts of an answer: each read when first needed, and once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from spoken.choosing.phrases import choice_words
from spoken.choosing.times import is_a_day, starts_of
from spoken.context import Choice, Context
from spoken.normalise import Token
from spoken.reading import Reading

if TYPE_CHECKING:
    from spoken.choosing.cues import Cue

__all__ = ["Offers"]


class Offers:
    """The things on offer while one answer is read; forgotten with it."""

    __slots__ = ("_heard", "_starts", "_timed", "_whole_days", "choices", "context", "cues", "data", "language", "now", "words")

    def __init__(self, language: str, now: dt.datetime, context: Context) -> None:
        self.language = language
        self.data = choice_words(language)
        self.now = now
        self.context = context
        self.choices: tuple[Choice, ...] = context.choices
        self._starts: list[dt.datetime | None] | None = None
        self._timed: bool | None = None
        self._whole_days: bool | None = None
        self._heard: dict[tuple[str, bool], Reading] = {}
        self.words: dict[str, tuple[tuple[Token, ...], tuple[str, ...]]] = {}
        """The tokens without signs, and their words, of the parts that were cut so far."""
        self.cues: dict[str, tuple[Cue, ...]] = {}
        """The telling phrases of parts, as far as they were looked for."""

    def among(self, indexes: Sequence[int]) -> Offers:
        """Some of the offers, as if nothing else had been offered."""
        some = Offers(self.language, self.now, replace(self.context, choices=tuple(self.choices[index] for index in indexes)))
        starts = self.starts()
        some._starts = [starts[index] for index in indexes]
        some._heard, some.words = self._heard, self.words
        return some

    def starts(self) -> list[dt.datetime | None]:
        """When each thing on offer begins."""
        if self._starts is None:
            self._starts = starts_of(self.choices, self.language, self.now)
        return self._starts

    def timed(self) -> bool:
        """Whether any of them is a time; mostly the first one says."""
        if self._timed is None:
            first = starts_of(self.choices[:1], self.language, self.now) if self._starts is None else self._starts
            self._timed = any(first) or any(self.starts())
        return self._timed

    def whole_days(self) -> bool:
        """Whether all of them are days with no time."""
        if self._whole_days is None:
            self._whole_days = not any(choice.start for choice in self.choices) and all(
                is_a_day(choice.say, self.language, self.now) for choice in self.choices
            )
        return self._whole_days

    def heard(self, text: str, whole_day: bool) -> Reading:
        """The days and times in some words. `whole_day`: as if today had only begun."""
        begin = len(text) - len(text.lstrip())
        key = (text.strip(), whole_day)
        if key not in self._heard:
            from spoken.when.reader import read_when

            now = self.now.replace(hour=0, minute=0, second=0, microsecond=0) if whole_day else self.now
            beside = Context(hours=self.context.hours, holidays=self.context.holidays, trusting=True)
            self._heard[key] = read_when(key[0], "datetime", self.language, now, beside, aloud=False)
        found = self._heard[key]
        return replace(found, span=(found.span[0] + begin, found.span[1] + begin)) if begin and found.span else found
