"""When the things on offer begin, and whether they lie in the times that a caller named."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from spoken.choosing.phrases import choice_words
from spoken.context import Choice, Context
from spoken.reading import Reading

__all__ = [
    "HALF_DAY",
    "choice_fits",
    "is_a_day",
    "is_bound",
    "minutes_of",
    "moment_of",
    "only_loose",
    "part_of",
    "starts_of",
    "windows_of",
    "words_beside",
]

HALF_DAY: Final = 12 * 60
"""Minutes."""
WORDS_OF_DAY: Final = 3
"""So many words before its hour may name the day of an offer."""
_SOME_DAY: Final = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
"""A midnight: an hour alone is the same on every day."""
WHOLE_DAYS: Final = ("day", "week", "month")
"""What may be on offer with no time of the day."""
SOME_TIME_AGO: Final = (31, 124)
"""Days before today from which dates on offer are read that are in no order from today on."""
HALF_A_YEAR: Final = dt.timedelta(days=183)
MIN_IN_ORDER: Final = 2
WEEKEND: Final = 3
"""Days that come together in every week."""


def windows_of(reading: Reading) -> Iterator[Mapping[str, Any]]:
    """Every window of time that a reading holds, chosen or possible."""
    for value in [reading.value, *(item.value for item in reading.alternatives)]:
        if isinstance(value, dict):
            yield value
        elif isinstance(value, list):
            yield from (item for item in value if isinstance(item, dict))


@lru_cache(maxsize=1024)
def _read(say: str, language: str, now: dt.datetime) -> Reading:
    """The times in the words of an offer. `now` is a midnight."""
    from spoken.when.reader import read_when

    return read_when(say, "datetime", language, now, Context(trusting=True), aloud=False)


class _InTwo(NamedTuple):
    """An offer as it is mostly made, a day and then its hour: when it may begin, and where its time ends in its words."""

    starts: tuple[dt.datetime, ...]
    end: int


@lru_cache(maxsize=1024)
def _in_two(say: str, language: str, now: dt.datetime) -> _InTwo | None:
    """An offer read as a day and an hour apart, which are kept: of the next offers most have one of them. `now` is a midnight.

    None where it is no such pair; then it is read as a whole.
    """
    at = next((found for word in choice_words(language).at_hour if (found := say.find(f" {word} ")) > 0), 0)
    if not at or say.count(" ", 0, at) >= WORDS_OF_DAY:
        return None
    day, hour = _read(say[:at], language, now), _read(say[at + 1 :], language, _SOME_DAY)
    if day.span != (0, at) or day.mentions != {"day"} or not hour.span or hour.span[0] or hour.mentions != {"time"}:
        return None
    days = list(windows_of(day))
    if any(window.get("grain") != "day" or window.get("from") or window.get("until") for window in days):
        return None
    hours = [start.time() for window in windows_of(hour) if (start := moment_of(window)) is not None]
    dates = {dt.datetime.fromisoformat(window["start"]).date() for window in days}
    starts = tuple(sorted(dt.datetime.combine(date, time) for date in dates for time in hours))
    return _InTwo(starts, at + 1 + hour.span[1]) if starts else None


def words_beside(say: str, language: str, now: dt.datetime) -> str:
    """What an offer is called besides its time: "with Kim" of "Wednesday at three with Kim"."""
    today = _midnight(now)
    if (pair := _in_two(say, language, today)) is not None:
        return say[pair.end :].strip()
    first, last = _read(say, language, today).span or (0, 0)
    return f"{say[:first]} {say[last:]}".strip()


@lru_cache(maxsize=1024)
def _days_of(say: str, language: str, now: dt.datetime) -> tuple[dt.datetime, ...]:
    """The times that a choice may speak of when it was given in words only, in order: one a day. `now` is a midnight.

    An offer means both its weekday and its date: "Monday the twelfth", where the next twelfth is a Friday, is months ahead.
    """
    days = _days_read(say, language, now)
    if len(days) == 2 and days[0].weekday() != days[1].weekday() and days[0].day != days[1].day:
        month = now.replace(day=1)
        for _ in range(12):
            month = (month + dt.timedelta(days=40)).replace(day=1)
            if not any(_falls_on(month, *pair) for pair in (days, days[::-1])):
                continue
            later = _days_read(say, language, month - dt.timedelta(days=1))
            if len(later) == 1:
                return later
    return days


def _falls_on(month: dt.datetime, weekday_of: dt.datetime, date_of: dt.datetime) -> bool:
    """Whether the date of one day lies, in a month, on the weekday of the other."""
    return date_of.day <= monthrange(month.year, month.month)[1] and month.replace(day=date_of.day).weekday() == weekday_of.weekday()


def _every_start(say: str, language: str, now: dt.datetime) -> set[dt.datetime]:
    """Every time that an offer may begin at, in either half of a day. `now` is a midnight."""
    if (pair := _in_two(say, language, now)) is not None:
        return set(pair.starts)
    windows = list(windows_of(_read(say, language, now)))
    if windows and all(noons := [_noon_of(window) for window in windows]):
        return {noon for noon in noons if noon}
    return {start for window in windows if (start := moment_of(window)) is not None}


def _days_read(say: str, language: str, now: dt.datetime) -> tuple[dt.datetime, ...]:
    starts = _every_start(say, language, now)
    if len({minutes_of(start) % HALF_DAY for start in starts}) != 1:
        return ()
    # "At seven" with no hours known: rather in the evening.
    latest = {start.date(): start for start in sorted(starts)}
    return tuple(latest[day].replace(tzinfo=now.tzinfo) for day in sorted(latest))


def part_of(say: str, language: str, now: dt.datetime) -> tuple[int, int] | None:
    """From when to when a part of the day on offer lasts, in minutes of the day; None where that is not what is on offer."""
    windows = list(windows_of(_read(say, language, _midnight(now))))
    if len(windows) != 1 or windows[0].get("grain") != "part_of_day" or not (windows[0].get("start") and windows[0].get("end")):
        return None
    start, end = (dt.datetime.fromisoformat(windows[0][key]) for key in ("start", "end"))
    return (minutes_of(start), minutes_of(end)) if start.date() == end.date() else None


def moment_of(window: Mapping[str, Any]) -> dt.datetime | None:
    """When an offer begins; a part of the day is held against other times by its middle, and noon by twelve o'clock."""
    if not window.get("start") or window.get("grain") not in ("minute", "hour", "part_of_day"):
        return None
    start = dt.datetime.fromisoformat(window["start"])
    if window["grain"] != "part_of_day" or not window.get("end"):
        return start
    middle = start + (dt.datetime.fromisoformat(window["end"]) - start) / 2
    return middle.replace(hour=12, minute=0) if middle.hour == 12 else middle


def _noon_of(window: Mapping[str, Any]) -> dt.datetime | None:
    """The middle of a day that is on offer with no time ("Friday the nineteenth"), or of the first day of a week or month."""
    if not window.get("start") or window.get("grain") not in WHOLE_DAYS or window.get("from") or window.get("until"):
        return None
    return dt.datetime.fromisoformat(window["start"]).replace(hour=12, minute=0)


def is_a_day(say: str, language: str, now: dt.datetime) -> bool:
    """Whether an offer is a day, and no time of it."""
    windows = list(windows_of(_read(say, language, _midnight(now))))
    return bool(windows) and all(_noon_of(window) for window in windows)


def starts_of(choices: Sequence[Choice], language: str, now: dt.datetime) -> list[dt.datetime | None]:
    """When each choice begins, in the time zone of `now`; None for one that speaks of no time.

    Today's weekday or date is this one or the next: offers are made in the order of time, so that it is the nearer one that
    comes behind the offer before it.
    """
    starts = _starts_from(choices, language, now)
    if _in_order(starts):
        return starts
    if _in_order(sooner := _before_noon(starts, choices, language, now)):
        return sooner
    earlier = (_starts_from(choices, language, now - dt.timedelta(days=days)) for days in SOME_TIME_AGO)
    return next((found for found in earlier if all(found) and len(set(found)) == len(found) and _in_order(found)), starts)


def _before_noon(
    starts: Sequence[dt.datetime | None], choices: Sequence[Choice], language: str, now: dt.datetime
) -> list[dt.datetime | None]:
    """ "Tuesday at 7.30, or Tuesday at 1.15": what comes before another time of its day, and may be in the morning, is."""
    found = list(starts)
    for at in range(len(found) - 2, -1, -1):
        start, behind = found[at], found[at + 1]
        if start is None or behind is None or start.date() != behind.date() or start <= behind or choices[at].start:
            continue
        morning = start - dt.timedelta(minutes=HALF_DAY)
        if morning.replace(tzinfo=None) in _every_start(choices[at].say, language, _midnight(now)):
            found[at] = morning
    return found


def _in_order(starts: Sequence[dt.datetime | None]) -> bool:
    """Whether offers begin one after the other, and within some months: days that have just passed are read a year ahead."""
    known = [start for start in starts if start]
    return known == sorted(known) and (len(known) < MIN_IN_ORDER or known[-1] - known[0] < HALF_A_YEAR)


def _starts_from(choices: Sequence[Choice], language: str, now: dt.datetime) -> list[dt.datetime | None]:
    starts: list[dt.datetime | None] = []
    # From midnight on: a slot that begins at this minute, or has just begun, is today's and not next week's.
    today = _midnight(now)
    before: dt.datetime | None = None
    for choice in choices:
        days = (choice.start.astimezone(now.tzinfo),) if choice.start else _days_of(choice.say, language, today)
        start = next((day for day in days if before is None or day > before), days[0] if days else None)
        if start is not None and before is not None and start < before and choice.start is None:
            start = _week_after(start, before, choice.say, language)
        starts.append(start)
        before = start or before
    return starts


def _week_after(start: dt.datetime, before: dt.datetime, say: str, language: str) -> dt.datetime:
    """ "Tuesday, Wednesday or Friday", said on a Thursday: the Friday behind that Wednesday; a date stays what it is."""
    later = next((day for day in _days_of(say, language, _midnight(before)) if day > before), None)
    return later if later is not None and (later.date() - start.date()).days % 7 == 0 else start


def _midnight(now: dt.datetime) -> dt.datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def minutes_of(moment: dt.datetime) -> int:
    """Minutes since midnight on the clock."""
    return moment.hour * 60 + moment.minute


def is_bound(window: Mapping[str, Any]) -> bool:
    """Whether a window is open to one side."""
    return bool(window.get("from") or window.get("until"))


def only_loose(windows: Sequence[Mapping[str, Any]]) -> bool:
    """ "le plus tôt possible" is a comparison here, and "later" no time: nothing definite was named."""
    return all(window.get("from") and window.get("grain") in ("minute", "hour", "day") and window.get("end") is None for window in windows)


def choice_fits(
    window: Mapping[str, Any], start: dt.datetime, told: frozenset[str], twelve: bool, text: str, language: str, now: dt.datetime
) -> bool:
    """Whether a choice that begins at `start` lies in a window.

    `told`: what the words name (time, day, part), and whether their only time is a stretch ("between two and four").
    `twelve`: an hour may as well lie in the other half of the day.
    """
    begin = dt.datetime.fromisoformat(window["start"]) if window.get("start") else None
    end = dt.datetime.fromisoformat(window["end"]) if window.get("end") else None
    wall = start.replace(tzinfo=None)
    if begin is None and end is None:
        return False
    open_day = bool(window.get("from")) and end is None and begin is not None and window.get("grain") == "day"
    if "day" in told and not (wall >= begin if open_day and begin else _day_fits(begin, end, wall, text, language, now)):
        return False
    if "time" in told and "stretch" not in told and begin is not None and not (window.get("from") or window.get("until")):
        distance = abs(minutes_of(wall) - minutes_of(begin))
        return distance == 0 or (twelve and distance == HALF_DAY and begin.hour <= 12)
    if told & {"part", "time"}:
        after = begin is None or minutes_of(wall) >= minutes_of(begin)
        before = end is None or (minutes_of(end) or 24 * 60) > minutes_of(wall)
        return after and before
    return True


def _day_fits(begin: dt.datetime | None, end: dt.datetime | None, wall: dt.datetime, text: str, language: str, now: dt.datetime) -> bool:
    if begin is None:
        return end is not None and wall < end
    last = max(begin.date(), (end - dt.timedelta(minutes=1)).date()) if end else begin.date()
    if begin.date() <= wall.date() <= last:
        return True
    days = [begin + dt.timedelta(days=day) for day in range((last - begin.date()).days + 1)]
    if len(days) > WEEKEND or not any(day.weekday() == wall.weekday() or (day.day == wall.day and len(days) == 1) for day in days):
        return False
    # A weekday of a later week, or a day of a later month: read the words again as if it were the day before that choice, or two.
    # "Tomorrow" is another day then.
    return all(_is_read_as(begin, wall, text, language, now, ago) for ago in (1, 2))


def _is_read_as(begin: dt.datetime, wall: dt.datetime, text: str, language: str, now: dt.datetime, ago: int) -> bool:
    """Whether the words are of a day to somebody who says them some days before it."""
    from spoken.when.reader import read_when

    then = (wall - dt.timedelta(days=ago)).replace(hour=0, minute=0, tzinfo=now.tzinfo)
    again = read_when(text, "datetime", language, then, Context(trusting=True), aloud=False)
    days = {str(window.get("start"))[:10] for window in windows_of(again)}
    if again.value is None and begin.day != wall.day and any(day.endswith(f"-{begin.day:02}") for day in days):
        return False  # "Monday the fifth": the twelfth is the Monday of it, and not the fifth
    return wall.date().isoformat() in days
