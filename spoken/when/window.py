"""Windows of wall time, and taking some away from others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

__all__ = ["DAY", "Window", "as_value", "from_json", "subtract"]

DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """Local wall times without zone. `end` is exclusive; without it the window is an instant, or open if `opens`."""

    start: dt.datetime
    end: dt.datetime | None
    grain: str
    opens: bool = False
    """Said as "from … on": `from` in JSON."""
    closes: bool = False
    """Said as "until …": `until` in JSON."""

    @property
    def instant(self) -> bool:
        return self.end is None and not self.opens

    def as_json(self) -> dict[str, Any]:
        return {
            "start": self.start.isoformat(timespec="minutes"),
            "end": None if self.end is None else self.end.isoformat(timespec="minutes"),
            "grain": self.grain,
            "from": self.opens,
            "until": self.closes,
        }


def from_json(value: Mapping[str, Any]) -> Window:
    """The window that a JSON value stands for; raises `KeyError` or `ValueError` when it is none."""
    end = value["end"]
    return Window(
        dt.datetime.fromisoformat(value["start"]),
        None if end is None else dt.datetime.fromisoformat(end),
        value["grain"],
        bool(value.get("from")),
        bool(value.get("until")),
    )


def as_value(windows: Iterable[Window]) -> Any:
    """One window as a mapping, several as a list: the value of a reading."""
    values = [window.as_json() for window in windows]
    return values[0] if len(values) == 1 else values


def subtract(windows: Iterable[Window], forbidden: Iterable[Window]) -> list[Window]:
    """What remains of `windows`, in order, without the `forbidden` ones; a rest keeps its grain when it is whole."""
    remaining = list(windows)
    for hole in forbidden:
        if hole.end is None:
            continue
        kept: list[Window] = []
        for window in remaining:
            if window.instant:
                if not hole.start <= window.start < hole.end:
                    kept.append(window)
                continue
            if (window.end is not None and window.end <= hole.start) or window.start >= hole.end:
                kept.append(window)
                continue
            grain = hole.grain if hole.grain in ("minute", "part_of_day") else "day"
            if window.start < hole.start:
                kept.append(replace(window, end=hole.start, grain=grain, opens=False))
            if window.end is None or window.end > hole.end:
                kept.append(replace(window, start=hole.end, grain=grain))
        remaining = kept
    return remaining
