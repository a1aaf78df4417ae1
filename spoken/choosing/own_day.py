"""What the hours of the caller's own day leave of the times on offer: "I work till three", "before work, I start at ten"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from spoken.choosing.cues import Cue, Said, one_of
from spoken.choosing.phrases import choice_book
from spoken.choosing.times import HALF_DAY, minutes_of, moment_of, windows_of
from spoken.choosing.windows import TIME_WORDS, heard
from spoken.lexicon import load
from spoken.normalise import fold, fold_words
from spoken.numerals import cardinal_at
from spoken.reading import Reading

__all__ = ["by_own_day"]

DECIDE: Final = frozenset({"position", "last", "second_last", "middle", "none", "any", "both", "other", "others", "wishes", "asks"})
"""Cues that other readers know."""
EARLIEST_START: Final = 5 * 60
LATEST_END: Final = 9 * 60
"""Minutes on a clock of twelve hours: nobody begins work before five in the morning, and few end it after nine in the evening."""


def by_own_day(said: Said, cues: Sequence[Cue]) -> Reading | None:
    """The offers behind the end of the caller's day or before its beginning; None where no such hour is told.

    Of parts of the day none of which lies so, it is the last, or the first.
    """
    ends = [(found, start, end) for found, start, end in choice_book(said.language, "day_ends").find(said.words) if _ends(said, start, end)]
    told = ends or list(choice_book(said.language, "day_begins").find(said.words))
    if not told or any(cue.kind in DECIDE for cue in cues):
        return None
    if any(True for _ in choice_book(said.language, "day_breaks").find(said.words)):
        return None  # "at one I get out for lunch"
    decided = [end for _, start, end in said.data.then.find(said.words) if start >= told[0][2] and end < len(said.words)]
    if decided and heard(said.after(decided[-1]), said).mentions & TIME_WORDS:
        return None  # "I start early, so five o'clock"
    parts = _parts_on_offer(said)
    clock = parts or [minutes_of(start) for start in said.starts() if start]
    hour = _hour(said, *told[0][1:]) if len(clock) == len(said.choices) > 1 else None
    if hour is None:
        return None
    bound = _on_the_clock(hour, bool(ends))
    left = [index for index, minutes in enumerate(clock) if (minutes >= bound if ends else minutes < bound)]
    if not left and parts:
        left = [clock.index(max(clock) if ends else min(clock))]
    return one_of(left, said.choices, said.span(0, len(said.words))) if 0 < len(left) < len(clock) else None


def _ends(said: Said, start: int, end: int) -> bool:
    """Whether words end a day: "bin vor (sechs nie daheim)" does with a "never" only, behind it or in it."""
    if not any(last == end and first > start for _, first, last in choice_book(said.language, "shifts_back").find(said.words)):
        return True
    never = [at for at in range(start, len(said.words)) if said.words[at] in said.data.nevers]
    return bool(never) or any(first >= start for first, _ in said.negations()) or any(first >= start for first, _ in _rarely(said))


def _rarely(said: Said) -> list[tuple[int, int]]:
    return [(start, end) for _, start, end in choice_book(said.language, "rarely").find(said.words)]


def _on_the_clock(minutes: int, ends: bool) -> int:
    """The minute of the day that an hour of work is: "I finish at six" is in the evening, "I start at ten" in the morning."""
    if minutes >= HALF_DAY + EARLIEST_START:
        return minutes
    early = LATEST_END if ends else EARLIEST_START
    return minutes % HALF_DAY + (HALF_DAY if minutes % HALF_DAY < early else 0)


def _hour(said: Said, start: int, end: int) -> int | None:
    """The only hour that is told, in minutes of the day: from a phrase on, behind it, or in the whole."""
    texts = [said.text[said.tokens[at].start :] for at in (start, end) if at < len(said.words)]
    for text in (*texts, said.text):
        reading = heard(text, said)
        hours = {minutes for window in windows_of(reading) if (minutes := _told(window)) is not None}
        if reading.mentions & TIME_WORDS == {"time"} and len(hours) == 1:
            return hours.pop()
    number = cardinal_at(said.words, end, said.language) if end < len(said.words) else None
    return number[0] * 60 if number is not None and number[0] < HALF_DAY // 30 and said.idle(number[1]) else None  # "jusqu'à quinze"


def _told(window: Mapping[str, Any]) -> int | None:
    """The hour that a window is told by: where it ends or begins, in minutes of the day; None for a day or a part of one."""
    if window.get("grain") not in ("minute", "hour"):
        return None
    at = window.get("end") if window.get("until") else window.get("start")
    return minutes_of(dt.datetime.fromisoformat(at)) if at else None


def _parts_on_offer(said: Said) -> list[int]:
    """When each offer is, in minutes of the day, where all are parts of the day by their names; else empty."""
    parts: Any = load(said.language, "choice")["counted_parts"]
    found: list[int] = []
    for choice in said.choices:
        words = fold_words(choice.say)
        phrase = next((str(phrase) for phrase, nouns in parts.items() if any(fold(str(noun)) in words for noun in nouns)), choice.say)
        moments = [moment for window in windows_of(heard(phrase, said)) if (moment := moment_of(window))]
        if not moments or any(cardinal_at(words, at, said.language) for at in range(len(words))):
            return []
        found.append(minutes_of(moments[0]))
    return found
