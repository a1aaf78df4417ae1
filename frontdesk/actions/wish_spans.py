"""A wish for a time, as the spans of real time in which an appointment may begin."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

__all__ = ["WishSpan", "wish_spans"]

_SOON: Final = dt.timedelta(minutes=15)
_ONE_DAY: Final = dt.timedelta(days=1)
_NEAR_MIN: Final = 90
"""So many minutes from a wished time of day, it is still about that time on another day."""


@dataclass(frozen=True, slots=True)
class WishSpan:
    """Starts in [after, before), aware. `exact` is the one instant wished for, `open_ended` a wish without a last day.

    `than_offered`: "later" or "earlier" than the times that were on offer, on their day.
    """

    after: dt.datetime
    before: dt.datetime
    exact: bool = False
    open_ended: bool = False
    than_offered: str = ""

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The days that it touches, at most thirty-one."""
        last = (self.before - dt.timedelta(minutes=1)).date()
        count = min((last - self.after.date()).days, 30)
        return tuple(self.after.date() + dt.timedelta(days=offset) for offset in range(count + 1))

    def goes_on(self, start: dt.datetime) -> bool:
        """Whether a time lies where the caller wants to hear on: who wants it later than all on offer is offered nothing before."""
        if self.than_offered == "later":
            return start >= self.after
        return self.than_offered != "earlier" or start < self.before or start.date() > self.after.date()

    @property
    def one_day(self) -> bool:
        return len(self.days) == 1

    def holds_time(self, time: dt.time) -> bool:
        """Whether this time of day lies in the span, on whichever day; always for a span of whole days."""
        if self.exact:
            return abs(_minutes(time) - _minutes(self.after.time())) <= _NEAR_MIN
        if not self.one_day:
            return True
        if self.than_offered == "later":  # nothing is later that day: on another one what lay last will do
            return _minutes(time) >= _minutes(self.after.time()) - _NEAR_MIN
        end = _minutes(self.before.time()) or 24 * 60
        return _minutes(self.after.time()) <= _minutes(time) < end


def wish_spans(wish: Sequence[Mapping[str, Any]], zone: ZoneInfo, now: dt.datetime, horizon: dt.datetime) -> list[WishSpan]:
    """The spans of the windows of a wish, in the order in which the caller named them. Both limits are aware."""
    return [_span(window, zone, now, horizon) for window in wish]


def _span(window: Mapping[str, Any], zone: ZoneInfo, now: dt.datetime, horizon: dt.datetime) -> WishSpan:
    start = dt.datetime.fromisoformat(str(window["start"])).replace(tzinfo=zone)
    end = dt.datetime.fromisoformat(str(window["end"])).replace(tzinfo=zone) if window.get("end") else None
    if end is not None:
        return WishSpan(start, end, than_offered=_than_offered(window, start, end))
    if window.get("until"):
        return WishSpan(min(now, start), start)
    if window.get("from"):
        soon = abs(start - now) <= _SOON
        if soon or window.get("grain") not in {"minute", "hour", "part_of_day"}:
            return WishSpan(max(start, now), max(horizon, start + dt.timedelta(days=1)), open_ended=True)
        midnight = (start + dt.timedelta(days=1)).replace(hour=0, minute=0)
        return WishSpan(start, midnight)
    return WishSpan(start, start + dt.timedelta(minutes=1), exact=True)


def _than_offered(window: Mapping[str, Any], start: dt.datetime, end: dt.datetime) -> str:
    """Whether a window goes on from what was offered: "later" to the end of its day, "earlier" back to where that begins, or to now."""
    if window.get("grain") != "minute" or end - start > _ONE_DAY:
        return ""
    return "later" if window.get("from") else "earlier" if window.get("until") else ""


def _minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute
