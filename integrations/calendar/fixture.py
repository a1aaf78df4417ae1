"""A calendar that behaves as a test says: exactly these free times, these appointments, these failures."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from integrations.calendar import rows
from integrations.calendar.local import LocalCalendar
from integrations.calendar.port import Appointment, Contact, FreeSlot, Hold, Resources
from integrations.calendar.timetable import Cell, Timetable, WorkingHours, service_time
from integrations.errors import Closed, SlotTaken, UnknownService
from integrations.failures import FailurePlan
from integrations.records.database import Database
from integrations.records.outbox import OutboxMessage
from integrations.records.tables import appointments, occupancy

__all__ = ["FixtureCalendar", "ListedTimes", "SeedAppointment"]


@dataclass(frozen=True, slots=True)
class SeedAppointment:
    """An appointment that exists before the call begins."""

    service: str
    start: dt.datetime
    name: str
    phone: str | None = None


class ListedTimes:
    """A :class:`Timetable` of given starts: each is bookable once, for any service and member of staff, unless that day is closed."""

    def __init__(self, resources: Resources, starts: Sequence[dt.datetime], closed: Callable[[dt.date], bool]) -> None:
        self._resources = resources
        self._starts = sorted(set(starts))
        self._closed = closed

    def slots(self, service: str, staff: str | None, after: dt.datetime, before: dt.datetime, now: dt.datetime) -> Iterator[FreeSlot]:
        timing = service_time(self._resources, service)
        person = staff or next((person for person in self._resources.staff if person in timing.staff), None)
        if person is None or person not in self._resources.staff:
            message = f"nobody does {service}" if person is None else f"there is nobody called {person}"
            raise UnknownService(message)
        for start in self._starts:
            if after <= start < before and start > now and not self._closed(start.astimezone(self._resources.zone).date()):
                yield FreeSlot(start, start + dt.timedelta(minutes=timing.minutes), person)

    def slot(self, service: str, staff: str, start: dt.datetime, now: dt.datetime) -> FreeSlot:
        for slot in self.slots(service, staff, start, start + dt.timedelta(seconds=1), now):
            return slot
        message = f"{start:%Y-%m-%d %H:%M} is not among the free times"
        raise Closed(message)

    def occupies(self, service: str, staff: str, start: dt.datetime) -> tuple[Cell, ...]:  # noqa: ARG002
        return (("*", int(start.timestamp()) // 60),)


class FixtureCalendar:
    """A :class:`~integrations.calendar.port.Calendar` for tests and rehearsals; timeouts do not really wait.

    `free_slots`: exactly the bookable starts, if given. `fail`: outcomes of `find_slots` (free), `hold` and `commit` (book,
    move, cancel), each one word or a list: ok, timeout, error, taken (somebody else has just got that time; nothing to a
    cancellation). `closed`: the days on which nothing can be booked; those on which nobody works, unless told otherwise.
    """

    def __init__(
        self,
        database: Database,
        resources: Resources,
        *,
        free_slots: Sequence[dt.datetime] | None = None,
        fail: Mapping[str, str | Sequence[str]] | None = None,
        closed: Callable[[dt.date], bool] | None = None,
    ) -> None:
        def nobody_works(day: dt.date) -> bool:
            return not any(resources.hours(person, day) for person in resources.staff)

        self._database = database
        self._resources = resources
        self._free_slots = free_slots
        self._listed = free_slots is not None
        self._timetable: Timetable = (
            WorkingHours(resources) if free_slots is None else ListedTimes(resources, free_slots, closed or nobody_works)
        )
        self._calendar = LocalCalendar(database, resources, timetable=self._timetable)
        self._plan = FailurePlan(fail or {})
        self._others = 0
        self._seeded: set[str] = set()

    def with_resources(self, resources: Resources, closed: Callable[[dt.date], bool]) -> FixtureCalendar:
        """The same calendar for another version of the business: with the same appointments, and what is still to fail."""
        other = FixtureCalendar(self._database, resources, free_slots=self._free_slots, closed=closed)
        other._plan, other._seeded = self._plan, self._seeded
        return other

    async def seed(self, seeds: Sequence[SeedAppointment], *, now: dt.datetime) -> list[Appointment]:
        """Write appointments as booked, with the first member of staff who can; again with the same list, as they were at first."""
        made = []
        for number, seed in enumerate(seeds):
            timing = service_time(self._resources, seed.service)
            able = [person for person in self._resources.staff if person in timing.staff]
            if not able:
                message = f"nobody does {seed.service}"
                raise UnknownService(message)
            identity = hashlib.sha256(f"fixture:{number}:{seed}".encode()).hexdigest()[:20]
            start = seed.start.astimezone(self._resources.zone)
            made.append(
                Appointment(
                    id=f"apt_{identity}",
                    service=seed.service,
                    staff=able[0],
                    start=start,
                    end=(seed.start.astimezone(dt.UTC) + dt.timedelta(minutes=timing.minutes)).astimezone(self._resources.zone),
                    name=seed.name,
                    phone=seed.phone,
                )
            )
        ids = [appointment.id for appointment in made]
        async with self._database.writing() as connection:
            await connection.execute(sa.delete(occupancy).where(occupancy.c.appointment_id.in_(ids)))
            await connection.execute(sa.delete(appointments).where(appointments.c.id.in_(ids)))
            found = await connection.execute(sa.select(occupancy.c.staff, occupancy.c.cell))
            occupied = {(staff, cell) for staff, cell in found}
            for place, appointment in enumerate(made):
                chosen, cells = self._place(appointment, occupied)
                made[place] = chosen
                await rows.insert_appointment(connection, chosen, now)
                if cells:
                    occupied.update(cells)
                    row = {"appointment_id": chosen.id, "hold_call_id": None, "expires_at": None}
                    await connection.execute(sa.insert(occupancy), [{"staff": staff, "cell": cell, **row} for staff, cell in cells])
        self._seeded.update(ids)
        return made

    def _place(self, appointment: Appointment, occupied: set[Cell]) -> tuple[Appointment, tuple[Cell, ...]]:
        """With the first who can and is free then; listed times are bookable whatever the fixture's appointments are."""
        if self._listed:
            return appointment, ()
        timing = service_time(self._resources, appointment.service)
        for person in self._resources.staff:
            cells = self._timetable.occupies(appointment.service, person, appointment.start)
            if person in timing.staff and occupied.isdisjoint(cells):
                return dataclasses.replace(appointment, staff=person), cells
        return appointment, ()

    async def free(
        self,
        service: str,
        *,
        staff: str | None = None,
        after: dt.datetime,
        before: dt.datetime,
        now: dt.datetime,
        call_id: str,
        instead_of: str | None = None,
        limit: int | None = None,
    ) -> list[FreeSlot]:
        self._plan.check("find_slots")
        return await self._calendar.free(
            service, staff=staff, after=after, before=before, now=now, call_id=call_id, instead_of=instead_of, limit=limit
        )

    async def hold(
        self, slot: FreeSlot, service: str, *, call_id: str, now: dt.datetime, minutes: int = 10, instead_of: str | None = None
    ) -> Hold:
        if self._plan.check("hold") == "taken":
            await self._give_to_somebody_else(slot, service, call_id, now)
        return await self._calendar.hold(slot, service, call_id=call_id, now=now, minutes=minutes, instead_of=instead_of)

    async def release(self, call_id: str) -> None:
        await self._calendar.release(call_id)

    async def book(
        self,
        slot: FreeSlot,
        service: str,
        who: Contact,
        *,
        key: str,
        call_id: str,
        now: dt.datetime,
        messages: Sequence[OutboxMessage] = (),
    ) -> Appointment:
        if self._plan.check("commit") == "taken":
            await self._give_to_somebody_else(slot, service, call_id, now)
        return await self._calendar.book(slot, service, who, key=key, call_id=call_id, now=now, messages=messages)

    async def move(
        self, appointment_id: str, slot: FreeSlot, *, key: str, call_id: str, now: dt.datetime, messages: Sequence[OutboxMessage] = ()
    ) -> Appointment:
        if self._plan.check("commit") == "taken":
            service = next((known.service for known in await self.all() if known.id == appointment_id), None)
            if service is not None:
                await self._give_to_somebody_else(slot, service, call_id, now)
        return await self._calendar.move(appointment_id, slot, key=key, call_id=call_id, now=now, messages=messages)

    async def cancel(
        self, appointment_id: str, *, key: str, call_id: str, now: dt.datetime, messages: Sequence[OutboxMessage] = ()
    ) -> Appointment:
        self._plan.check("commit")
        return await self._calendar.cancel(appointment_id, key=key, call_id=call_id, now=now, messages=messages)

    async def of_caller(self, *, phone: str, now: dt.datetime) -> list[Appointment]:
        return await self._calendar.of_caller(phone=phone, now=now)

    async def of_call(self, call_id: str) -> list[Appointment]:
        """Those of this call and those of the fixture."""
        touched = {appointment.id for appointment in await self._calendar.of_call(call_id)}
        return [appointment for appointment in await self.all() if appointment.id in touched | self._seeded]

    async def all(self) -> list[Appointment]:
        return await self._calendar.all()

    async def _give_to_somebody_else(self, slot: FreeSlot, service: str, call_id: str, now: dt.datetime) -> None:
        """Take the time from this call, with whomever it would be: nobody is then offered it again."""
        await self._calendar.release(call_id)
        able = service_time(self._resources, service).staff | {slot.staff}
        for person in self._resources.staff:
            if person in able:
                self._others += 1
                other = f"somebody-else-{self._others}-of-{call_id}"[:64]
                try:
                    await self._calendar.hold(FreeSlot(slot.start, slot.end, person), service, call_id=other, now=now, minutes=24 * 60)
                except (SlotTaken, Closed):
                    continue
