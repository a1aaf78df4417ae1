"""The ways to understand a wish in the form that was asked for: date, time or window."""

from __future__ import annotations

import datetime as dt
from typing import Any

from spoken.when.saying import say_date, say_time, say_window
from spoken.when.window import Window, as_value
from spoken.when.wish import MAX_WAYS, Group, Wish

__all__ = ["for_kind", "may_lie_ahead", "only_what_differs", "said_aloud", "unlike_values", "values_of"]


def values_of(ways: list[list[Window]], expect: str) -> list[Any]:
    """What the ways to understand a wish come to in the form that was asked for."""
    if expect == "datetime":
        return [as_value(way) for way in ways]
    found: list[str] = []
    for way in ways:
        for window in way:
            if expect == "time":
                if not window.instant:
                    return []
                found.append(window.start.strftime("%H:%M"))
            else:
                longer = window.end is not None and window.end - window.start > dt.timedelta(days=1)
                if longer or (window.closes and window.grain == "day"):
                    return []
                found.append(window.start.strftime("%Y-%m-%d"))
    return list(dict.fromkeys(found))


def may_lie_ahead(windows: list[Window], now: dt.datetime) -> bool:
    """Whether an appointment may lie in these windows: none of a day gone by, and none that ends before it begins."""
    today = dt.datetime.combine(now.date(), dt.time())
    return all((window.end or max(window.start, today if window.opens else window.start)) >= max(window.start, today) for window in windows)


def said_aloud(value: Any, expect: str, language: str, now: dt.datetime) -> str:
    """A value as a caller would hear it."""
    if expect in ("date", "birth_date"):
        return say_date(dt.date.fromisoformat(value), language, now)
    if expect == "time":
        return say_time(dt.time.fromisoformat(value), language)
    return say_window(value, language, now)


def unlike_values(values: list[Any]) -> list[Any]:
    """Different values, in order, and no more than can be asked about."""
    kept: list[Any] = []
    for value in values:
        if value not in kept:
            kept.append(value)
    return kept[:MAX_WAYS]


def for_kind(wish: Wish, expect: str) -> Wish:
    """Only the days for a date, only the times for a time."""
    if expect == "datetime":
        return wish
    groups: list[Group] = []
    for group in wish.groups:
        if expect == "birth_date":
            days = [day for day in group.days if day["k"] == "date" and "y" in day]
            groups += [Group(days)] if days else []
        elif expect == "date" and group.days:
            groups.append(Group(list(group.days)))
        elif expect == "time" and group.times:
            times = [{"k": "clock", "hour": 12, "exact": True} if t == {"k": "part", "part": "noon"} else t for t in group.times]
            groups.append(Group([], times))
    ruled_out = [g for g in wish.ruled_out if g.days and not g.times] if expect == "date" and groups else []
    return Wish(groups, ruled_out, wish.used)


def only_what_differs(values: list[Any]) -> list[Any]:
    """How to tell some wishes apart: without the windows that are in all of them, where each has another.

    "Thursday, or Friday after four": nobody wants to hear the Thursday twice when it is asked which Friday is meant.
    """
    lists = [value if isinstance(value, list) else [value] for value in values]
    apart = [[window for window in one if not all(window in other for other in lists)] for one in lists]
    return [one[0] if len(one) == 1 else one for one in apart] if all(apart) else values
