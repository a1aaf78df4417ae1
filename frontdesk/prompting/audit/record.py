"""What is true at this moment of a call: the only things that free wording may state."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

__all__ = ["Done", "Record"]

Done = Literal["booked", "moved", "cancelled", "message", "sms", "email", "held", "transfer"]
"""What has really succeeded in this call."""


@dataclass(frozen=True, slots=True)
class Record:
    """Facts of one call. Prices, durations, opening hours and staff are not here: the auditor has them from the business.

    All moments are aware. `offers` are the free times found and not refused; `appointments` those that the caller has in
    the calendar (the one just booked among them); `taken` are times known to be gone; `full_days` days on which a search
    found nothing. `service` is the service and `day` the day under discussion. `names` are those the caller gave,
    `phones` (E.164) and `emails` those known to be the caller's.
    """

    now: dt.datetime
    offers: tuple[dt.datetime, ...] = ()
    appointments: tuple[dt.datetime, ...] = ()
    taken: tuple[dt.datetime, ...] = ()
    full_days: frozenset[dt.date] = frozenset()
    done: frozenset[Done] = frozenset()
    service: str | None = None
    day: dt.date | None = None
    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
