"""The short form in which the corpora write what is expected.

`06-16` a day, `06-16 15:00` an instant, `06-16 14:00-16:00` a range (with ` part`: a part of the day),
`06-16 17:00+` from then on, `..06-16 12:00` until then, `06-13..06-14` days, `06-15..06-21 week`, `06-18+` days from
then on, `..06-19` until that day inclusive; ` | ` between windows, `? a // b` for an ambiguous one; `prefix`, `nothing`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final
from zoneinfo import ZoneInfo

from spoken.context import Context
from spoken.reading import Reading, Status
from spoken.when.reader import read_when

__all__ = ["TUESDAY", "read_on_a_tuesday", "shorthand"]

TUESDAY: Final = dt.datetime(2026, 3, 10, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))


def read_on_a_tuesday(text: str, language: str, expect: str = "datetime") -> str:
    """What some words mean on that Tuesday to somebody who knows nothing else."""
    return shorthand(read_when(text, expect, language, TUESDAY, Context()))


def _day(moment: dt.datetime) -> str:
    return moment.strftime("%m-%d" if moment.year == 2026 else "%Y-%m-%d")


def _window(value: dict[str, Any]) -> str:
    start = dt.datetime.fromisoformat(value["start"])
    end = None if value["end"] is None else dt.datetime.fromisoformat(value["end"])
    clock = f"{start:%H:%M}"
    if value["from"]:
        if value["grain"] == "day" and clock == "00:00":
            return f"{_day(start)}+"
        if end is not None:
            return f"{_day(start)} {clock}-{end:%H:%M}+"
        return f"{_day(start)} {clock}+" + (" day" if value["grain"] == "day" else "")
    if end is None:
        return f"{_day(start)} {clock}"
    last = _day(end - dt.timedelta(minutes=1))
    if value["until"]:
        return f"..{last}" if f"{end:%H:%M}" == "00:00" else f"..{_day(end)} {end:%H:%M}"
    if clock == "00:00" and f"{end:%H:%M}" == "00:00":
        if last == _day(start):
            return last
        return f"{_day(start)}..{last}" + ("" if value["grain"] == "day" else f" {value['grain']}")
    if start.date() == end.date():
        return f"{_day(start)} {clock}-{end:%H:%M}" + (" part" if value["grain"] == "part_of_day" else "")
    return f"{_day(start)} {clock}..{_day(end)} {end:%H:%M}"


def _value(value: Any) -> str:
    if isinstance(value, str):
        return value
    windows = value if isinstance(value, list) else [value]
    return " | ".join(_window(one) for one in windows)


def shorthand(reading: Reading) -> str:
    """A reading in the short form of the corpora."""
    if reading.status is Status.COMPLETE:
        return _value(reading.value)
    if reading.status is Status.AMBIGUOUS:
        return "? " + " // ".join(_value(one.value) for one in reading.alternatives)
    return str(reading.status)
