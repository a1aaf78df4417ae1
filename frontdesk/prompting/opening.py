"""When a business opens next."""

from __future__ import annotations

import datetime as dt
from typing import Final

from frontdesk.business import Business

__all__ = ["next_opening"]

_LOOK_AHEAD_DAYS: Final = 60


def next_opening(business: Business, moment: dt.datetime) -> tuple[dt.date, dt.time] | None:
    """The day and time at which the business opens next after a wall time; None when it does not within two months."""
    for offset in range(_LOOK_AHEAD_DAYS):
        day = moment.date() + dt.timedelta(days=offset)
        for start, _ in business.hours_of(day):
            if offset or start > moment.time():
                return day, start
    return None
