"""More precise lines: nothing is free at half past six because the day ends at six, and a move changes nothing but the time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from frontdesk.prompting.scene import Scene, as_moment

__all__ = ["PRECISE", "PRECISE_LINES", "precise_line"]

PRECISE: Final[Mapping[str, tuple[str, ...]]] = {
    "slot.full": ("slot.no_later", "slot.no_earlier", "slot.outside_hours", "slot.too_tight"),
    "slot.not_with": ("slot.not_done_by",),
    "amend.ask": ("amend.ask_move",),
    "when.ask": ("when.ask_move",),
    "greet.ask": ("intent.ask_which",),
    "intent.ask": ("intent.ask_which",),
}
"""Lines that no graph names, by the more general one instead of which each may be said, where there is such a line."""

PRECISE_LINES: Final = frozenset(line for lines in PRECISE.values() for line in lines)


def precise_line(scene: Scene) -> str | None:
    """The line that fits better than the one that is due, or None."""
    choose = _CHOICES.get(scene.line)
    return choose(scene) if choose is not None else None


def _amend(scene: Scene) -> str | None:
    return "amend.ask_move" if scene.fact("intent") == "reschedule" else None


def _when(scene: Scene) -> str | None:
    """Whoever moves an appointment hears which one it is, before a new time is found for it."""
    moves = scene.fact("intent") == "reschedule" and scene.detail("appointment").get("start")
    return "when.ask_move" if moves else None


def _intent(scene: Scene) -> str | None:
    """Whoever has spoken of an appointment of theirs is asked what is to become of it."""
    return "intent.ask_which" if scene.fact("which") and not scene.fact("intent") else None


def _full(scene: Scene) -> str | None:
    """Why nothing is free, when it is not because others were faster: every wish lies outside the hours, or too close to their end.

    Who wants it later, or earlier, than what was on offer has named no time, and hears that there is none on that day.
    """
    than_offered = scene.value("than_offered")
    if than_offered:
        return f"slot.no_{than_offered}"
    reasons = {_reason(scene, window) for window in scene.fact("when") or ()}
    return reasons.pop() if len(reasons) == 1 else None


def _reason(scene: Scene, window: Mapping[str, Any]) -> str | None:
    """About one wish for an open day; None when an appointment of this length would lie within the opening hours."""
    start, end = as_moment(window.get("start")), as_moment(window.get("end"))
    if start is None or start.date() != scene.day or (end is not None and end - start > dt.timedelta(days=1)):
        return None
    hours = scene.business.hours_of(start.date())
    length = dt.timedelta(minutes=scene.business.duration_min(scene.service)) if scene.service else dt.timedelta()
    reason = "slot.outside_hours" if hours else None
    for span_start, span_end in hours:
        opens, closes = (dt.datetime.combine(start.date(), time) for time in (span_start, span_end))
        begins = max(start, opens)
        if begins >= closes or not (begins == start if end is None else begins < end):
            continue
        if begins + length <= closes:
            return None
        reason = "slot.too_tight"
    return reason


def _not_with(scene: Scene) -> str | None:
    """Who never does a service is not busy: the caller hears that, and who does it."""
    staff, service = scene.fact("staff"), scene.service
    never = staff is not None and service is not None and scene.business.never_does(staff, service)
    return "slot.not_done_by" if never else None


_CHOICES: Final[Mapping[str, Callable[[Scene], str | None]]] = {
    "slot.full": _full,
    "slot.not_with": _not_with,
    "amend.ask": _amend,
    "when.ask": _when,
    "greet.ask": _intent,
    "intent.ask": _intent,
}
