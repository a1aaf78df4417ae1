"""When could somebody come, and what would they occupy: asked with the same code when offering and when writing.

Pure: nothing here knows what is already booked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Protocol

from integrations.calendar.port import FreeSlot, Resources, ServiceTime
from integrations.errors import Closed, UnknownService

__all__ = ["CELL_MIN", "Cell", "Timetable", "WorkingHours", "local_instant"]

CELL_MIN: Final = 5
"""Occupied time is counted in cells of five minutes since 1970, UTC. A busy phase takes every cell it touches."""

Cell = tuple[str, int]
"""Whose time, and which cell of it."""


class Timetable(Protocol):
    """The rules for a business's time."""

    def slots(self, service: str, staff: str | None, after: dt.datetime, before: dt.datetime, now: dt.datetime) -> Iterator[FreeSlot]:
        """What could be offered that starts in [after, before), by start, then by preference of staff. Raises `UnknownService`."""
        ...

    def slot(self, service: str, staff: str, start: dt.datetime, now: dt.datetime) -> FreeSlot:
        """The slot that starts then, with the end that the service gives it. Raises `Closed`, `UnknownService`."""
        ...

    def occupies(self, service: str, staff: str, start: dt.datetime) -> tuple[Cell, ...]:
        """What that appointment takes from others."""
        ...


class WorkingHours:
    """Everybody's working intervals, with services in phases: in a gap the stylist is free for somebody else.

    The whole visit, gaps included, lies within one working interval, so that nobody sits in a closed salon with colour on.
    Starts lie on the grid of wall time. An hour that the clocks skip is not offered; of an hour that comes twice, the first.
    """

    def __init__(self, resources: Resources) -> None:
        self._resources = resources
        self._grid = dt.timedelta(minutes=resources.grid_min)

    def slots(self, service: str, staff: str | None, after: dt.datetime, before: dt.datetime, now: dt.datetime) -> Iterator[FreeSlot]:
        timing = service_time(self._resources, service)
        who = self._able(timing, staff)
        earliest = max(after, now + dt.timedelta(minutes=self._resources.lead_min))
        latest = min(before, now + dt.timedelta(days=self._resources.horizon_days))
        day = earliest.astimezone(self._resources.zone).date() - dt.timedelta(days=1)  # a shift may go on past midnight
        while earliest < latest and day <= latest.astimezone(self._resources.zone).date():
            found = [
                (start, rank, slot)
                for rank, person in enumerate(who)
                for slot in self._of_day(timing, person, day, earliest, latest)
                if earliest <= (start := slot.start) < latest
            ]
            found.sort(key=lambda entry: entry[:2])
            for _, _, slot in found:
                yield slot
            day += dt.timedelta(days=1)

    def slot(self, service: str, staff: str, start: dt.datetime, now: dt.datetime) -> FreeSlot:
        timing = service_time(self._resources, service)
        self._able(timing, staff)
        end = start + dt.timedelta(minutes=timing.minutes)
        day = start.astimezone(self._resources.zone).date()
        shifts = [*self._intervals(staff, day - dt.timedelta(days=1)), *self._intervals(staff, day)]
        if start > now and any(begin <= start and end <= close for begin, close in shifts):
            return FreeSlot(start, end, staff)
        message = f"{staff} does not work at {start.astimezone(self._resources.zone):%Y-%m-%d %H:%M}"
        raise Closed(message)

    def occupies(self, service: str, staff: str, start: dt.datetime) -> tuple[Cell, ...]:
        first, offset = divmod(int(start.timestamp()) // 60, CELL_MIN)
        return tuple([(staff, first + relative) for relative in _busy_cells(service_time(self._resources, service), offset)])

    def _able(self, timing: ServiceTime, staff: str | None) -> list[str]:
        if staff is None:
            return [person for person in self._resources.staff if person in timing.staff]
        if staff not in timing.staff:
            message = f"{staff} does not do {timing.id}"
            raise UnknownService(message)
        return [staff]

    def _intervals(self, staff: str, day: dt.date) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        for opens, closes in self._resources.hours(staff, day):
            last = day + dt.timedelta(days=1) if closes <= opens else day
            begin, end = local_instant(day, opens, self._resources), local_instant(last, closes, self._resources)
            if begin is not None and end is not None:
                yield begin, end

    def _of_day(self, timing: ServiceTime, staff: str, day: dt.date, earliest: dt.datetime, latest: dt.datetime) -> Iterator[FreeSlot]:
        """The slots of the intervals that begin on `day` and reach into [earliest, latest)."""
        length = dt.timedelta(minutes=timing.minutes)
        for begin, end in self._intervals(staff, day):
            if end > earliest and begin < latest:
                for start in self._on_grid(begin, end):
                    if start + length > end:
                        break
                    yield FreeSlot(start, start + length, staff)

    def _on_grid(self, begin: dt.datetime, end: dt.datetime) -> Iterator[dt.datetime]:
        """The instants in [begin, end) whose wall time is on the grid, in UTC."""
        zone = self._resources.zone
        first, last = begin.astimezone(zone), end.astimezone(zone)
        wall = first.replace(tzinfo=None)
        midnight = dt.datetime.combine(wall.date(), dt.time())
        wall = midnight + -((midnight - wall) // self._grid) * self._grid  # up to the next line of the grid
        if first.utcoffset() == last.utcoffset():
            start = begin + (wall - first.replace(tzinfo=None))
            while start < end:
                yield start
                start += self._grid
            return
        while wall < last.replace(tzinfo=None):  # the clocks change in between
            instant = local_instant(wall.date(), wall.time(), self._resources)
            if instant is not None:
                yield instant
            wall += self._grid


def service_time(resources: Resources, service: str) -> ServiceTime:
    """Raises `UnknownService`."""
    try:
        return resources.services[service]
    except KeyError:
        message = f"there is no service {service!r}"
        raise UnknownService(message) from None


def local_instant(day: dt.date, time: dt.time, resources: Resources) -> dt.datetime | None:
    """The instant of a wall time, in UTC; None for a time that the clocks skip, the first of a time that comes twice."""
    wall = dt.datetime.combine(day, time, resources.zone)
    instant = wall.astimezone(dt.UTC)
    return instant if instant.astimezone(resources.zone).replace(tzinfo=None) == wall.replace(tzinfo=None) else None


@lru_cache(maxsize=1024)
def _busy_cells(timing: ServiceTime, offset: int) -> tuple[int, ...]:
    """The cells that the busy phases touch, counted from the cell that the start lies in, `offset` minutes into it."""
    cells: set[int] = set()
    minute = offset
    for phase in timing.phases:
        if phase.busy:
            cells.update(range(minute // CELL_MIN, -(-(minute + phase.minutes) // CELL_MIN)))
        minute += phase.minutes
    return tuple(sorted(cells))
