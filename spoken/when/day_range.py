"""Whole days, and the arithmetic of months that descriptions of days share."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

__all__ = ["ONE_DAY", "ONE_WEEK", "DayRange", "Option", "dates_in", "month_start", "single"]

ONE_DAY: Final = dt.timedelta(days=1)
ONE_WEEK: Final = dt.timedelta(days=7)
_MAX_DAYS: Final = 31
_OPEN_DAYS: Final = 7
"""Something on "any day" is offered for so many days."""


@dataclass(frozen=True, slots=True)
class DayRange:
    """Whole days; `end` is exclusive, `None` for "from then on"."""

    start: dt.date
    end: dt.date | None
    grain: str = "day"
    opens: bool = False
    closes: bool = False
    perhaps_today: bool = False
    """A weekday named on that weekday: only if the time is still to come and the day is open."""
    at: str = ""
    """`now` when the window begins this minute rather than at midnight."""

    @property
    def single(self) -> bool:
        return self.end is not None and (self.end - self.start).days == 1


Option = tuple[DayRange, ...]
"""One way to understand a description; several ranges when it names several days."""


def single(day: dt.date, *, perhaps_today: bool = False) -> Option:
    """One day."""
    return (DayRange(day, day + ONE_DAY, perhaps_today=perhaps_today),)


def dates_in(day: DayRange, since: dt.date) -> list[dt.date]:
    """The dates of a range from `since` on, as many as can be told."""
    first = max(day.start, since)
    last = day.end if day.end is not None else first + ONE_DAY * _OPEN_DAYS
    return [first + ONE_DAY * n for n in range(min(_MAX_DAYS, max(0, (last - first).days)))]


def month_start(day: dt.date, months: int) -> dt.date:
    """The first of the month that lies `months` after that of `day`."""
    index = day.year * 12 + day.month - 1 + months
    return dt.date(index // 12, index % 12 + 1, 1)
