"""What a caller wants as to time, over several turns: a correction keeps what was not said anew.

A wish is a list of windows in the JSON form of `docs/architecture.md`.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from spoken.when.clock import PARTS, part_of
from spoken.when.window import DAY, Window, from_json, subtract

__all__ = ["Direction", "merge", "settled", "shift"]

Json = Mapping[str, Any]
Direction = Literal["later", "earlier", "other_day"]

_DAY_LIMIT = 31
_AROUND = 2
"""So many windows at least are what is left around something refused."""
_HORIZON = 14
"""So many days ahead "another day" looks at the same part of the day."""


def _windows(value: Sequence[Json] | Json | None) -> list[Window]:
    if not value:
        return []
    return [from_json(one) for one in ([value] if isinstance(value, Mapping) else value)]


def _json(windows: Iterable[Window]) -> list[dict[str, Any]]:
    return [window.as_json() for window in dict.fromkeys(windows)]


def _midnight(moment: dt.datetime) -> dt.datetime:
    return moment.replace(hour=0, minute=0)


def _has_time(window: Window) -> bool:
    """Whether a window says something about the time of day."""
    return window.instant or window.start.time() != dt.time() or (window.end is not None and window.end.time() != dt.time())


def _dates(window: Window, today: dt.date) -> list[dt.date]:
    first = max(window.start.date(), today)
    if window.end is None:
        return [first] if window.instant or _has_time(window) else [first + DAY * n for n in range(7)]
    last = (window.end - dt.timedelta(minutes=1)).date()
    return [first + DAY * n for n in range(min(_DAY_LIMIT, (last - first).days + 1))]


def _as_part(window: Window) -> Window:
    """An exact time loosened to its part of the day, which is what a caller keeps in mind when the day changes."""
    if not window.instant:
        return window
    start, end = PARTS[part_of(window.start.hour * 60 + window.start.minute)]
    base = _midnight(window.start)
    return Window(base + dt.timedelta(minutes=start), base + dt.timedelta(minutes=end), "part_of_day")


def _on_date(window: Window, date: dt.date) -> Window:
    """The time of day of `window` on another date."""
    move = dt.datetime.combine(date, dt.time()) - _midnight(window.start)
    return replace(window, start=window.start + move, end=None if window.end is None else window.end + move)


def merge(
    new: Sequence[Json] | Json, mentions: frozenset[str], old: Sequence[Json] | Json | None, now: dt.datetime
) -> list[dict[str, Any]]:
    """The wish after `new` was said on top of `old`.

    `mentions` is that of the reading of `new`. A new day keeps the old part of the day, an exact time becoming its
    part (CALL.md section 3); a bare new time or part keeps the old day; a mere refusal ("not Wednesday either") leaves the rest of
    what was wished; everything else replaces. `now` is aware.
    """
    said, before = _windows(new), _windows(old)
    holes = _left_out(said, now.replace(tzinfo=None))
    if holes and (left := subtract(before, holes)):
        return _json(left)
    today = now.date()
    timed = bool(mentions & {"time", "part"})
    if not before or not said or ("day" in mentions and timed) or not mentions:
        return _json(said)
    if "day" in mentions:
        times = [_as_part(w) for w in before if _has_time(w) and len(_dates(w, w.start.date())) == 1]
        short = [w for w in said if not _has_time(w) and w.end is not None and len(_dates(w, today)) <= 14]
        if not times or len(short) != len(said):
            return _json(said)
        by_time = {(w.start.time(), w.end.time() if w.end else None): w for w in times}
        return _json(_on_date(w, date) for day in said for date in _dates(day, today) for w in by_time.values())
    dates = list(dict.fromkeys(date for w in before for date in _dates(w, today)))
    if not dates or len(dates) > _DAY_LIMIT:
        return _json(said)
    moved = [_on_date(w, date) for date in dates for w in said]
    wall = now.replace(tzinfo=None)
    ahead = [w for w in moved if (w.end or w.start) > wall or w.opens]
    return _json(ahead or moved)


def _left_out(said: Sequence[Window], now: dt.datetime) -> list[Window]:
    """What a mere refusal leaves out of all the time there is; nothing for any other wish."""
    if len(said) < _AROUND or said[0].start > _midnight(now) + DAY or not said[-1].opens:
        return []
    today = [Window(_midnight(now), said[0].start, "day")] if said[0].start > now else []
    return [*today, *(Window(before.end, after.start, "day") for before, after in itertools.pairwise(said) if before.end is not None)]


def settled(wish: Sequence[Json] | Json | None, booked: dt.datetime | None) -> list[dict[str, Any]]:
    """The wish with what is relative to the appointment being moved put in its place.

    `moved_min`: so many minutes after it, on the day that the window names, else on that of the appointment. `of` says what is counted
    from it: its "day" (a bare hour), its "week" (a bare weekday: in that week where the window lies in an earlier one), all that is
    "later" or "earlier" that day, or the week that is so many `weeks` after its own.
    As long as the appointment is not known the window stands as it is.
    """
    return [_settled(one, booked) for one in ([wish] if isinstance(wish, Mapping) else wish or ())]


def _settled(window: Json, booked: dt.datetime | None) -> dict[str, Any]:
    if booked is None or not window.keys() & {"moved_min", "of"}:
        return dict(window)
    if window.get("of") in ("later", "earlier"):
        found = shift(window["of"], [booked], booked.replace(hour=0, minute=0))
        return found[0] if found else dict(window)
    day = dt.datetime.fromisoformat(str(window["start"])).date() if window.get("end") or "moved_min" not in window else booked.date()
    if window.get("of") == "day":
        day = booked.date()
    elif window.get("of") == "week":
        day = max(day, booked.date() + DAY * (day.weekday() - booked.weekday())) if day.weekday() != booked.weekday() else day
    elif window.get("of") == "weeks":
        day = booked.date() - DAY * booked.weekday() + DAY * 7 * int(window["weeks"])
    if "moved_min" not in window:
        return _on_date(from_json(window), day).as_json()
    start = dt.datetime.combine(day, booked.time()) + dt.timedelta(minutes=int(window["moved_min"]))
    return Window(start, None, "minute").as_json()


def shift(
    direction: Direction, offered: Sequence[dt.datetime], now: dt.datetime, old: Sequence[Json] | Json | None = None
) -> list[dict[str, Any]]:
    """Where to look next when the caller wants something later, earlier or on another day than what was `offered`.

    `offered` are wall times of the business (naive, or aware in its zone), `now` is aware in its zone. "later" and
    "earlier" stay on the day when only one was offered, and go on from there (or back to now) when several were;
    "other_day" keeps the part of the day of the `old` wish and leaves out the days offered. Empty when nothing
    was offered or when nothing can be earlier.
    """
    times = sorted(moment.replace(tzinfo=None) for moment in offered)
    wall = now.replace(tzinfo=None, second=0, microsecond=0)
    if not times:
        return []
    first, last = times[0], times[-1]
    one_day = first.date() == last.date()
    if direction == "later":
        start = last + dt.timedelta(minutes=1)
        end = _midnight(last) + DAY if one_day else None
        return _json([Window(start, end, "minute" if one_day else "day", opens=True)])
    if direction == "earlier":
        start = max(wall, _midnight(first)) if one_day else wall
        return _json([Window(start, first, "minute", closes=True)]) if start < first else []
    days = {moment.date() for moment in times}
    kept = [_as_part(w) for w in _windows(old) if _has_time(w) and not (w.end is None and not w.instant)]
    if kept:
        begin = wall.date()
        dates = [begin + DAY * n for n in range(_HORIZON) if begin + DAY * n not in days]
        moved = [_on_date(kept[0], date) for date in dates]
        return _json(w for w in moved if (w.end or w.start) > wall)
    found: list[Window] = []
    start = wall
    for date in sorted(days):
        midnight = dt.datetime.combine(date, dt.time())
        if start < midnight:
            found.append(Window(start, midnight, "day"))
        start = midnight + DAY
    return _json([*found, Window(start, None, "day", opens=True)])
