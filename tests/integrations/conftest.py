"""A small salon, a database in a file, and every provider of a port."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from integrations.calendar.fixture import FixtureCalendar
from integrations.calendar.local import LocalCalendar
from integrations.calendar.port import Calendar, FreeSlot, Phase, Resources, ServiceTime
from integrations.records.database import Database
from integrations.records.opening import open_database

PARIS = ZoneInfo("Europe/Paris")


def _hours(staff: str, day: dt.date) -> tuple[tuple[dt.time, dt.time], ...]:
    if day.weekday() in {0, 6} or day == dt.date(2026, 7, 14):
        return ()
    if staff == "mia":
        return ((dt.time(9), dt.time(13)),)
    return ((dt.time(9), dt.time(12)), (dt.time(13), dt.time(19)))


@dataclass(frozen=True)
class Salon:
    """Monday 15 June 2026, ten o'clock; closed on Sundays, Mondays and the 14th of July; lunch from twelve to one."""

    now: dt.datetime = field(default_factory=lambda: dt.datetime(2026, 6, 15, 10, tzinfo=PARIS))
    resources: Resources = field(
        default_factory=lambda: Resources(
            zone=PARIS,
            services={
                "cut": ServiceTime("cut", (Phase(45),), frozenset({"lea", "tom", "mia"})),
                "beard": ServiceTime("beard", (Phase(20),), frozenset({"tom"})),
                "colour": ServiceTime("colour", (Phase(30), Phase(45, busy=False), Phase(30)), frozenset({"lea"})),
                "fringe": ServiceTime("fringe", (Phase(15),), frozenset({"lea"})),
                "odd": ServiceTime("odd", (Phase(7),), frozenset({"tom"})),
                "nobody": ServiceTime("nobody", (Phase(30),), frozenset()),
            },
            staff=("lea", "tom", "mia"),
            hours=_hours,
        )
    )

    def at(self, text: str) -> dt.datetime:
        """A wall time of June 2026 in Paris: "16 15:00", or any "2026-07-14 09:00"."""
        return dt.datetime.fromisoformat(text if len(text) > 9 else f"2026-06-{text}").replace(tzinfo=PARIS)

    def slot(self, text: str, staff: str = "lea", service: str = "cut") -> FreeSlot:
        start = self.at(text)
        return FreeSlot(start, start + dt.timedelta(minutes=self.resources.services[service].minutes), staff)

    def with_resources(self, **changes: object) -> Resources:
        return replace(self.resources, **changes)

    async def starts(self, calendar: Calendar, service: str = "cut", **query: object) -> list[str]:
        """Free times as "16 15:00 lea", on the 16th unless told otherwise."""
        wanted = {"after": self.at("16 00:00"), "before": self.at("17 00:00"), "now": self.now, "call_id": "asking"} | query
        return [f"{slot.start:%d %H:%M} {slot.staff}" for slot in await calendar.free(service, **wanted)]  # type: ignore[arg-type]


@pytest.fixture
def salon() -> Salon:
    return Salon()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/var/calls.db"


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = await open_database(url)
    yield opened
    await opened.close()


@pytest.fixture
def local(database: Database, salon: Salon) -> LocalCalendar:
    return LocalCalendar(database, salon.resources)


@pytest.fixture(params=["local", "fixture of working hours", "fixture of listed times"])
def calendar(request: pytest.FixtureRequest, database: Database, salon: Salon) -> Calendar:
    """Every provider of the calendar port, each with Tuesday the 16th from nine to eleven free, among other times."""
    build: dict[str, Callable[[], Calendar]] = {
        "local": lambda: LocalCalendar(database, salon.resources),
        "fixture of working hours": lambda: FixtureCalendar(database, salon.resources),
        "fixture of listed times": lambda: FixtureCalendar(
            database, salon.resources, free_slots=[salon.at(f"16 {time}") for time in ("09:00", "09:45", "10:30", "11:15", "15:00")]
        ),
    }
    return build[request.param]()
