"""A wish for a time, as a value: windows of local wall time, and what they say about a time on offer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

__all__ = ["Wish", "at_exactly", "contains", "covers", "day_of", "on_any_day", "windows_of"]

Wish = list[dict[str, Any]]

_MANY: Final = 4
"""Days that nobody names one by one."""


def at_exactly(start: str) -> dict[str, Any]:
    """A window for one time that begins with the form "2026-06-16T15:00"."""
    return {"start": start[:16], "end": None, "grain": "minute", "from": False, "until": False}


def windows_of(value: Any) -> Wish:
    """The windows of a reading's value or of a fact: always a list."""
    if isinstance(value, Mapping):
        return [dict(value)]
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [dict(window) for window in value if isinstance(window, Mapping)]
    return []


def contains(wish: Wish, start: str) -> bool:
    """Whether a time of the form "2026-06-16T15:00" lies within one of the windows."""
    for window in wish:
        begins, ends = window["start"], window["end"]
        if ends is None and not window.get("from"):
            if begins[:16] == start[:16]:
                return True
        elif ends is None and window["grain"] in {"minute", "hour", "part_of_day"}:  # "Thursday after five" ends with Thursday
            if begins[:10] == start[:10] and begins[:16] <= start[:16]:
                return True
        elif begins[:16] <= start[:16] and (ends is None or start[:16] < ends[:16]):
            return True
    return False


def covers(window: Mapping[str, Any], day: dt.date) -> bool:
    """Whether some of the day lies within a window."""
    end = window["end"]
    begins = dt.datetime.fromisoformat(window["start"])
    if end is None:
        return begins.date() == day or (begins.date() < day and bool(window.get("from")) and window["grain"] != "minute")
    return begins.date() <= day and dt.datetime.combine(day, dt.time()) < dt.datetime.fromisoformat(end)


def day_of(wish: Wish) -> dt.date | None:
    """The day that a wish is about, when it is about one."""
    days = {window["start"][:10] for window in wish}
    if len(days) != 1:
        return None
    for window in wish:
        end = window["end"]
        if end is not None and dt.datetime.fromisoformat(end) - dt.datetime.fromisoformat(window["start"]) > dt.timedelta(days=1):
            return None
        if end is None and window.get("from") and window["grain"] in {"day", "week", "month"}:
            return None
    return dt.date.fromisoformat(days.pop())


def on_any_day(wish: Wish) -> bool:
    """Whether a wish names the same stretch of so many days that no day was meant: "some time in the afternoon"."""
    times = {(window["start"][11:], (window["end"] or "")[11:]) for window in wish}
    return len(wish) >= _MANY and len(times) == 1 and times != {("00:00", "00:00")}
