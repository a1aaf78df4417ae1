"""The clock of this machine."""

from __future__ import annotations

import datetime as dt

__all__ = ["machine_clock"]


def machine_clock() -> dt.datetime:
    """The present moment by the clock of this machine."""
    return dt.datetime.now(dt.UTC)
