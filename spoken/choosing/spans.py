"""What a time in an answer comes to beside the words around it: what is left of all time, a week, a comparison, praise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from spoken.choosing.cues import Said

__all__ = ["hour_left_out", "in_that_week", "inside", "left_of", "praised_before"]

REST: Final = 2
"""So many windows at least are left where some time is taken out."""
WEEKS: Final = 2
A_WEEK: Final = dt.timedelta(days=7)
"""In so many weeks the reader of times leaves out a weekday that does not suit."""


def left_of(windows: Sequence[Mapping[str, Any]], starts: Sequence[dt.datetime | None], now: dt.datetime) -> list[int] | None:
    """ "Thursday at noon I can't": the offers in what is left of all time; None where the windows are not such a rest."""
    if len(windows) < REST or not windows[-1].get("from") or str(windows[0].get("start"))[:16] > now.isoformat()[:16]:
        return None
    never = _every_week(windows)
    wall = [start.replace(tzinfo=None).isoformat()[:16] if start and start.weekday() != never else "" for start in starts]
    return [
        index
        for index, at in enumerate(wall)
        if at and any(str(window["start"]) <= at and (not window.get("end") or at < str(window["end"])) for window in windows)
    ]


def hour_left_out(windows: Sequence[Mapping[str, Any]]) -> tuple[dt.time, dt.time] | None:
    """The hour that alone is left out of a day, from and until: "pas seize heures" is the day before it and the day after it."""
    if len(windows) != 2:
        return None
    (first, until), (since, last) = ((window["start"], window.get("end")) for window in windows)
    if not until or not last or not first.endswith("T00:00") or not last.endswith("T00:00") or not first[:10] == since[:10] < last[:10]:
        return None
    return dt.datetime.fromisoformat(until).time(), dt.datetime.fromisoformat(since).time()


def _every_week(windows: Sequence[Mapping[str, Any]]) -> int | None:
    """ "Saturdays I can't": the weekday that is left out of two weeks, and means those after them as well."""
    out = [str(one.get("end")) for one, then in pairwise(windows) if str(then.get("start"))[10:] == str(one.get("end"))[10:] == "T00:00"]
    days = [dt.date.fromisoformat(day[:10]) for day in out]
    return days[0].weekday() if len(days) == WEEKS and days[1] - days[0] == A_WEEK else None


def in_that_week(windows: Sequence[Mapping[str, Any]], said: Said) -> list[int]:
    """ "In two weeks", which is no day on offer: those in the week of that day."""
    if len(windows) != 1 or windows[0].get("grain") != "day" or not any(True for _ in said.data.week_counts.find(said.words)):
        return []
    day = dt.datetime.fromisoformat(windows[0]["start"]).date()
    return [index for index, start in enumerate(said.starts()) if start and start.date().isocalendar()[:2] == day.isocalendar()[:2]]


def inside(span: tuple[int, int] | None, compared: Sequence[tuple[int, int]], said: Said) -> bool:
    """ "The earliest you have": no time but the comparison itself."""
    places = [said.span(*place) for place in compared if place[1] - place[0] > 1]
    return span is not None and any(start < span[0] and span[1] <= end for start, end in places)


def praised_before(said: Said, span: tuple[int, int], at: int) -> bool:
    """ "Saturday is perfect, I don't sleep anyway": praise between what is named and a "not" keeps them apart."""
    first = next((index for index, token in enumerate(said.tokens) if token.start >= span[1]), len(said.words))
    return any(first <= start < at for _, start, _ in said.data.praise.find(said.words))
