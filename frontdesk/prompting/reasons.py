"""The more precise reason: nothing is free at half past six because the day ends at six."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from frontdesk.prompting.scene import Scene, as_moment

__all__ = ["PRECISE_LINES", "precise_line"]

PRECISE_LINES: Final[Mapping[str, str]] = {"slot.full": "slot.outside_hours"}
"""A line, and the one said instead where the business is open that day, but not at the time wished for."""


def precise_line(scene: Scene) -> str | None:
    """The name of the line that gives the reason more precisely, or None. Needs the wish (`when`) and the day spoken of."""
    precise = PRECISE_LINES.get(scene.line)
    windows = scene.fact("when") or ()
    if precise is None or scene.day is None or not windows:
        return None
    return precise if all(_outside_hours(scene, window) for window in windows) else None


def _outside_hours(scene: Scene, window: Mapping[str, Any]) -> bool:
    """Whether the wish is about one open day, and no appointment of this length lies in it within the opening hours."""
    start, end = as_moment(window.get("start")), as_moment(window.get("end"))
    if start is None or start.date() != scene.day or (end is not None and end - start > dt.timedelta(days=1)):
        return False
    hours = scene.business.hours_of(start.date())
    length = dt.timedelta(minutes=scene.business.duration_min(scene.service)) if scene.service else dt.timedelta()
    for opens, closes in hours:
        first = max(start, dt.datetime.combine(start.date(), opens))
        last = dt.datetime.combine(start.date(), closes) - length
        if first <= last and (first == start if end is None else first < end):
            return False
    return bool(hours)
