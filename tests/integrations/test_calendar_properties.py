"""Random callers on one calendar: whatever they do, in whatever order, no minute is sold twice and nothing is lost."""

from __future__ import annotations

import asyncio
import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from integrations.calendar.local import LocalCalendar
from integrations.calendar.port import Appointment, AppointmentStatus, Contact, FreeSlot, Phase, Resources, ServiceTime
from integrations.errors import IntegrationError
from integrations.records.opening import open_database

PARIS = ZoneInfo("Europe/Paris")
NOW = dt.datetime(2026, 6, 15, 10, tzinfo=PARIS)
DAY = dt.datetime(2026, 6, 16, tzinfo=PARIS)
RESOURCES = Resources(
    zone=PARIS,
    services={
        "cut": ServiceTime("cut", (Phase(45),), frozenset({"lea", "tom"})),
        "colour": ServiceTime("colour", (Phase(15), Phase(30, busy=False), Phase(20)), frozenset({"lea"})),
        "odd": ServiceTime("odd", (Phase(7), Phase(11, busy=False), Phase(3)), frozenset({"lea", "tom"})),
    },
    staff=("lea", "tom"),
    hours=lambda _staff, _day: ((dt.time(9), dt.time(12)),),
)

OPERATION = st.tuples(
    st.sampled_from(["hold", "release", "book", "move", "cancel", "repeat", "wait"]),
    st.sampled_from(sorted(RESOURCES.services)),
    st.sampled_from(["lea", "tom"]),
    st.integers(105, 150).map(lambda cell: cell * 5),  # minutes of the day, from before opening until after closing
    st.integers(0, 2),
)


def _busy(appointment: Appointment) -> set[tuple[str, int]]:
    minutes, minute = set(), int(appointment.start.timestamp()) // 60
    for phase in RESOURCES.services[appointment.service].phases:
        if phase.busy:
            minutes.update((appointment.staff, at) for at in range(minute, minute + phase.minutes))
        minute += phase.minutes
    return minutes


async def _play(operations: list[tuple[str, str, str, int, int]]) -> None:
    database = await open_database("sqlite://")
    calendar = LocalCalendar(database, RESOURCES)
    now, answers, ids = NOW, {}, []
    for number, (what, service, staff, minute, caller) in enumerate(operations):
        slot = FreeSlot(DAY + dt.timedelta(minutes=minute), DAY, staff)
        call_id, key = f"call-{caller}", f"key-{number}"
        known = ids[minute % len(ids)] if ids else "apt_none"
        before = await calendar.all()
        try:
            if what == "hold":
                await calendar.hold(slot, service, call_id=call_id, now=now)
            elif what == "release":
                await calendar.release(call_id)
            elif what == "book":
                answers[key] = (slot, service, await calendar.book(slot, service, Contact("X"), key=key, call_id=call_id, now=now))
                ids.append(answers[key][2].id)
            elif what == "move":
                await calendar.move(known, slot, key=key, call_id=call_id, now=now)
            elif what == "cancel":
                await calendar.cancel(known, key=key, call_id=call_id, now=now)
            elif what == "repeat" and answers:
                first = sorted(answers)[minute % len(answers)]
                time, wanted, answer = answers[first]
                assert await calendar.book(time, wanted, Contact("X"), key=first, call_id=call_id, now=now) == answer
                assert await calendar.all() == before
            else:
                now += dt.timedelta(minutes=4)
        except IntegrationError:
            assert await calendar.all() == before
        booked = [row for row in await calendar.all() if row.status is AppointmentStatus.BOOKED]
        minutes = [at for row in booked for at in _busy(row)]
        assert len(minutes) == len(set(minutes))
    for service in RESOURCES.services:  # what is offered can be had
        for free in await calendar.free(service, after=DAY, before=DAY + dt.timedelta(days=1), now=now, call_id="last", limit=3):
            await calendar.hold(free, service, call_id="last", now=now)
    assert {row.id for row in await calendar.all()} == set(ids)
    await database.close()


@settings(max_examples=25, deadline=None)
@given(st.lists(OPERATION, min_size=3, max_size=25))
def test_no_minute_is_sold_twice(operations):
    """Holds, bookings, moves, cancellations and repetitions of three callers: busy minutes of booked rows never meet,
    a refusal changes no row, a repeated key changes nothing, and what is offered can be held."""
    asyncio.run(_play(operations))
