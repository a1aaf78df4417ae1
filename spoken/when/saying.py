"""Say dates, times and windows: for the ear in words, for a message in figures.

Templates and words are in `spoken/data/<language>/when-say.yaml`. What is said here is read back as the same value
by :func:`spoken.when.read_when`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any, Literal

from spoken.when.clock import PARTS
from spoken.when.language import read_data
from spoken.when.window import Window, from_json

__all__ = ["Style", "say_date", "say_slot", "say_slots", "say_time", "say_window"]

Style = Literal["spoken", "written"]
Conjunction = Literal["or", "and"]


@lru_cache(maxsize=8)
def _data(language: str) -> dict[str, Any]:
    return read_data(language, "when-say.yaml")


def _needs_year(date: dt.date, now: dt.datetime | None) -> bool:
    """A date is understood as the next of its name; any other needs its year."""
    if now is None:
        return False
    today = now.date()
    if date < today:
        return True
    return (date.year, date.month, date.day) >= (today.year + 1, today.month, today.day)


def say_date(date: dt.date, language: str, now: dt.datetime | None = None, *, style: Style = "spoken") -> str:
    """Weekday, day and month: "mardi seize juin", "Tuesday 16 June"; the year only when it is not the coming one.

    Raises :class:`spoken.errors.UnknownLanguage`.
    """
    data = _data(language)
    words = data["numbers"]
    ordinals = data.get("ordinals")
    day = ordinals[date.day - 1] if ordinals else data.get("first", words[1]) if date.day == 1 else words[date.day]
    year = ""
    if _needs_year(date, now):
        # A century is said with its words, and its first ten years in their own way ("two thousand and five").
        if style == "written":
            year = str(date.year)
        else:
            century, rest = divmod(date.year, 100)
            form = data["years"].get(century, {}).get("bare" if not rest else "low" if rest < 10 else "high")
            year = form.format(rest=words[rest]) if form else str(date.year)
    name = f"{style}_year" if year else style
    return str(data["date"][name]).format(
        weekday=data["weekdays"][date.weekday()], day=day, d=date.day, month=data["months"][date.month - 1], year=year
    )


def _clock_words(time: dt.time, data: Mapping[str, Any]) -> str:
    """The time without the half of the day: "half past three"."""
    rules = data["time"]
    exact = rules["exact"].get(f"{time.hour:02}:{time.minute:02}")
    if exact is not None:
        return str(exact)
    form = rules["minutes"].get(time.minute)
    if form is None:
        form = rules["below_ten"] if time.minute < 10 else rules["minutes"]["else"]
    hours = rules["hours"]
    return str(form).format(
        hour=hours[time.hour % len(hours)], next=hours[(time.hour + 1) % len(hours)], minute=data["numbers"][time.minute]
    )


def _half(time: dt.time, data: Mapping[str, Any]) -> str:
    """The template that adds the half of the day, or `{time}` when the time needs none."""
    rules = data["time"]
    if f"{time.hour:02}:{time.minute:02}" in rules["exact"]:
        return "{time}"
    return str(next(form for first, form in reversed(rules["halves"]) if time.hour * 60 + time.minute >= first * 60))


def _written_time(time: dt.time, data: Mapping[str, Any]) -> str:
    rules = data["time"]
    form = rules["written_hour"] if time.minute == 0 else rules["written"]
    half = rules["written_halves"][time.hour >= 12] if "written_halves" in rules else ""
    return str(form).format(h=time.hour, h12=(time.hour - 1) % 12 + 1, mm=f"{time.minute:02}", half=half)


def say_time(time: dt.time, language: str, *, style: Style = "spoken") -> str:
    """A time of day: "quinze heures trente", "half past three in the afternoon", written "15h30", "3:30 pm"."""
    data = _data(language)
    if style == "written":
        return _written_time(time, data)
    return _half(time, data).format(time=_clock_words(time, data))


def _joined(items: Sequence[str], conjunction: str, data: Mapping[str, Any]) -> str:
    if len(items) == 1:
        return items[0]
    return f"{', '.join(items[:-1])} {data['join'][conjunction]} {items[-1]}"


def say_slot(slot: dt.datetime, language: str, now: dt.datetime | None = None, *, style: Style = "spoken") -> str:
    """One instant: "mardi seize juin à quinze heures trente"."""
    return say_slots([slot], language, now, style=style)


def say_slots(
    slots: Sequence[dt.datetime],
    language: str,
    now: dt.datetime | None = None,
    conjunction: Conjunction = "or",
    *,
    style: Style = "spoken",
) -> str:
    """Several instants, in the order given; each new day is said before its times. Empty for no slots.

    Neighbouring times share the half of the day: "at two, three or half past four in the afternoon".
    """
    data = _data(language)
    groups: list[str] = []
    for date, times in groupby(slots, key=lambda slot: slot.date()):
        said: list[str] = []
        of_day = [slot.time() for slot in times]
        for index, time in enumerate(of_day):
            if style == "written":
                said.append(_written_time(time, data))
                continue
            half = _half(time, data)
            following = of_day[index + 1] if index + 1 < len(of_day) else None
            shared = following is not None and _half(following, data) == half and _same_half(time, following)
            said.append(_clock_words(time, data) if shared else half.format(time=_clock_words(time, data)))
        clock = _joined(said, conjunction, data)
        groups.append(str(data["slot"][style]).format(date=say_date(date, language, now, style=style), time=clock))
    if not groups:
        return ""
    return groups[0] if len(groups) == 1 else f"{', '.join(groups[:-1])}, {data['join'][conjunction]} {groups[-1]}"


def _same_half(one: dt.time, other: dt.time) -> bool:
    return (one.hour < 12) == (other.hour < 12)


def _part(window: Window, data: Mapping[str, Any]) -> str | None:
    midnight = dt.datetime.combine(window.start.date(), dt.time())
    if window.end is None or window.grain != "part_of_day":
        return None
    bounds = (int((window.start - midnight).total_seconds()) // 60, int((window.end - midnight).total_seconds()) // 60)
    for name, part in PARTS.items():
        if part == bounds and name in data["parts"]:
            return str(data["parts"][name])
    return None


def _say_one(window: Window, language: str, now: dt.datetime | None, style: Style) -> str:
    data = _data(language)
    forms: Mapping[str, str] = data["window"]
    if window.instant:
        return say_slot(window.start, language, now, style=style)
    date = say_date(window.start.date(), language, now, style=style)
    time = say_time(window.start.time(), language, style=style)
    if window.end is None:
        if now is not None and window.start == now.replace(tzinfo=None, second=0, microsecond=0):
            return forms["any" if window.grain == "day" else "asap"]
        return forms["from_day" if window.grain == "day" else "from_time"].format(date=date, time=time)
    last = (window.end - dt.timedelta(minutes=1)).date()
    until = say_date(last, language, now, style=style)
    end = say_time(window.end.time(), language, style=style)
    if window.closes:
        if window.end.time() == dt.time():
            return forms["until_day"].format(date=until)
        same = window.start.date() == window.end.date()
        return forms["until_time" if same else "until_then"].format(date=until, time=end)
    if window.grain == "week":
        return forms["week"].format(date=date)
    if window.grain == "month":
        return forms["month"].format(month=data["months"][window.start.month - 1])
    part = _part(window, data)
    if part is not None:
        return forms["part"].format(date=date, part=part)
    if last != window.start.date():
        return forms["days"].format(date=date, until=until)
    if window.start.time() == dt.time() and window.end.time() == dt.time():
        return date
    if window.opens:
        return forms["from_time"].format(date=date, time=time)
    return forms["between"].format(date=date, time=time, end=end)


def say_window(
    window: Mapping[str, Any] | Sequence[Mapping[str, Any]],
    language: str,
    now: dt.datetime | None = None,
    *,
    style: Style = "spoken",
) -> str:
    """A window in the JSON form of a reading, or several: "mercredi dix-sept juin l'après-midi"."""
    windows = [window] if isinstance(window, Mapping) else list(window)
    shown = [_say_one(from_json(one), language, now, style) for one in windows]
    return _joined(shown, "or", _data(language)) if shown else ""
