"""The moment of speaking: wall clock, opening hours, what is under discussion."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from spoken.context import Context

__all__ = ["BUSINESS_DAY", "Moment"]

BUSINESS_DAY: Final = (480, 1140)
"""Minutes from midnight that a business is taken to be open when nothing is known: eight to nineteen o'clock."""


@dataclass(slots=True)
class Moment:
    """What resolving needs to know; all times are wall times of the business."""

    now: dt.datetime
    """Naive wall time, to the minute."""
    aware: dt.datetime
    context: Context
    conventions: Mapping[str, Any]
    past: bool = False
    """Dates in the past are wanted too (a date of birth)."""
    _typical: list[tuple[int, int]] = field(default_factory=list)

    @property
    def today(self) -> dt.date:
        return self.now.date()

    @property
    def same(self) -> dt.datetime | None:
        """The appointment being moved, as wall time."""
        kept = self.context.same_as
        if kept is None:
            return None
        return kept.astimezone(self.aware.tzinfo).replace(tzinfo=None) if kept.tzinfo else kept

    def _hours(self, day: dt.date) -> tuple[int, int] | None:
        if self.context.hours is None:
            return BUSINESS_DAY
        hours = self.context.hours(day)
        if not hours:
            return None
        close = hours[-1][1]
        return (hours[0][0].hour * 60 + hours[0][0].minute, (close.hour * 60 + close.minute) or 1440)

    def opening(self, day: dt.date | None) -> tuple[int, int] | None:
        """From the first opening to the last closing of `day`, in minutes; of a usual day when closed or not known."""
        if self.context.hours is None:
            return BUSINESS_DAY
        if day is not None:
            hours = self._hours(day)
            if hours is not None:
                return hours
        if not self._typical:
            week = [self._hours(self.today + dt.timedelta(days=n)) for n in range(1, 8)]
            known = [hours for hours in week if hours is not None]
            self._typical.append((min(h[0] for h in known), max(h[1] for h in known)) if known else BUSINESS_DAY)
        return self._typical[0]

    def open_until(self, day: dt.date) -> dt.datetime | None:
        """When the business closes that day, or `None` when it stays closed."""
        hours = self._hours(day)
        return None if hours is None else dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=hours[1])
