"""The clock of a rehearsed call."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from frontdesk.bootstrap.clock import machine_clock

if TYPE_CHECKING:
    from frontdesk.conversation.ports import Clock

__all__ = ["BadTime", "clock_at"]


class BadTime(Exception):
    """What was given is no time; the message is one sentence."""


def clock_at(text: str | None, zone: ZoneInfo) -> Clock:
    """The machine's clock, or one that stands still at an ISO time; without offset it is wall time in `zone`.

    Raises BadTime.
    """
    if text is None:
        return machine_clock
    try:
        moment = dt.datetime.fromisoformat(re.sub(r"Z$", "+00:00", text.strip()))
    except ValueError as error:
        raise BadTime(f"“{text}” is no time; write it as 2026-06-12T09:00.") from error
    fixed = moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)
    return lambda: fixed
