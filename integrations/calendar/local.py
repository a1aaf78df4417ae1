"""The business's own calendar, in the database that holds the records: one transaction for an appointment and its messages.

Why nothing is booked twice: an appointment or a hold owns cells of five minutes of somebody's time, and the primary key of
`occupancy` is (staff, cell). The same :class:`Timetable` says which cells when a slot is offered and when it is written.
SQLite takes its write lock before it looks (BEGIN IMMEDIATE); elsewhere the key refuses the second of two writers.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import hashlib
from collections.abc import AsyncIterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from integrations.calendar import rows
from integrations.calendar.occupied import clear_holds, give_up_hold, occupy, require_free, taken_cells, taken_sentence, without_own
from integrations.calendar.port import Appointment, AppointmentStatus, Contact, FreeSlot, Hold, Resources
from integrations.calendar.timetable import Timetable, WorkingHours
from integrations.deadline import in_time
from integrations.errors import SlotTaken, StorageError, Unavailable, UnknownAppointment
from integrations.records.database import Database
from integrations.records.outbox import OutboxMessage
from integrations.records.sql_outbox import write_messages
from integrations.records.tables import appointments, calendar_writes, holds, occupancy

__all__ = ["LocalCalendar"]

_FIRST_PIECE, _LONGEST_PIECE = dt.timedelta(days=2), dt.timedelta(days=28)


class LocalCalendar:
    """A :class:`~integrations.calendar.port.Calendar` on the embedded database.

    Raises `TimedOut` after `deadline_s`, `Unavailable` when the database cannot be used.
    """

    def __init__(self, database: Database, resources: Resources, *, timetable: Timetable | None = None, deadline_s: float = 4.0) -> None:
        self._database = database
        self._zone = resources.zone
        self._timetable: Timetable = timetable or WorkingHours(resources)
        self.deadline_s = deadline_s
        """How long one request may take altogether."""
        self.left_behind: set[asyncio.Task[Any]] = set()

    @in_time
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
        found: list[FreeSlot] = []
        starts: set[dt.datetime] = set()
        piece = before - after if limit is None else _FIRST_PIECE
        async with self._reading() as connection:
            moved = None if instead_of is None else await rows.appointment(connection, instead_of, self._zone)
            while after < before and (limit is None or len(starts) < limit):
                until = min(before, after + piece)
                slots = sorted(self._timetable.slots(service, staff, after, until, now), key=lambda slot: slot.start)
                wanted = [(slot, self._timetable.occupies(service, slot.staff, slot.start)) for slot in slots]
                taken = await taken_cells(connection, [cell for _, cells in wanted for cell in cells], now, call_id, instead_of)
                for slot, cells in wanted:
                    if taken.isdisjoint(cells) and not _same_time(slot, moved, staff):
                        if limit is not None and len(starts) == limit and slot.start not in starts:
                            break
                        starts.add(slot.start)
                        found.append(self._local(slot))
                after, piece = until, min(2 * piece, _LONGEST_PIECE)
        return found

    @in_time
    async def hold(
        self, slot: FreeSlot, service: str, *, call_id: str, now: dt.datetime, minutes: int = 10, instead_of: str | None = None
    ) -> Hold:
        expires = now + dt.timedelta(minutes=minutes)
        slot = self._timetable.slot(service, slot.staff, slot.start, now)
        async with self._writing(slot) as connection:
            await clear_holds(connection, now, call_id)
            cells = self._timetable.occupies(service, slot.staff, slot.start)
            await require_free(connection, slot, cells, now, call_id, instead_of)
            if instead_of is not None:  # the moved appointment keeps its own cells until the move
                cells = await without_own(connection, cells, instead_of)
            await connection.execute(
                sa.insert(holds).values(
                    call_id=call_id, service=service, staff=slot.staff, starts_at=slot.start, ends_at=slot.end, expires_at=expires
                )
            )
            await occupy(connection, cells, hold_call_id=call_id, expires_at=expires)
        return Hold(call_id, service, self._local(slot), expires)

    @in_time
    async def release(self, call_id: str) -> None:
        async with self._writing() as connection:
            await give_up_hold(connection, call_id)

    @in_time
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
        request = _fingerprint("book", service, slot.staff, slot.start.isoformat(), who.name, who.phone or "")
        try:
            async with self._writing(slot, durable=True) as connection:
                if (answer := await rows.answered(connection, key, request, self._zone)) is not None:
                    return answer
                slot = self._timetable.slot(service, slot.staff, slot.start, now)
                await clear_holds(connection, now, call_id)
                cells = self._timetable.occupies(service, slot.staff, slot.start)
                await require_free(connection, slot, cells, now, call_id, None)
                made = Appointment(
                    id="apt_" + hashlib.sha256(key.encode()).hexdigest()[:20],
                    service=service,
                    staff=slot.staff,
                    start=slot.start.astimezone(self._zone),
                    end=slot.end.astimezone(self._zone),
                    name=who.name,
                    phone=who.phone,
                    email=who.email,
                    note=who.note,
                    language=who.language,
                )
                await rows.insert_appointment(connection, made, now)
                await occupy(connection, cells, appointment_id=made.id)
                await rows.remember(connection, made, key=key, operation="book", request=request, call_id=call_id, now=now)
                await write_messages(connection, messages, now)
                return made
        except SlotTaken:
            return await self._first_answer(key, request)

    @in_time
    async def move(
        self, appointment_id: str, slot: FreeSlot, *, key: str, call_id: str, now: dt.datetime, messages: Sequence[OutboxMessage] = ()
    ) -> Appointment:
        request = _fingerprint("move", appointment_id, slot.staff, slot.start.isoformat())
        try:
            async with self._writing(slot, durable=True) as connection:
                if (answer := await rows.answered(connection, key, request, self._zone)) is not None:
                    return answer
                before, version = await rows.booked(connection, appointment_id, self._zone)
                slot = self._timetable.slot(before.service, slot.staff, slot.start, now)
                await clear_holds(connection, now, call_id)
                cells = self._timetable.occupies(before.service, slot.staff, slot.start)
                await require_free(connection, slot, cells, now, call_id, appointment_id)
                after = rows.at(before, slot, self._zone)
                await rows.change(connection, after, version, now)
                await connection.execute(sa.delete(occupancy).where(occupancy.c.appointment_id == appointment_id))
                await occupy(connection, cells, appointment_id=appointment_id)
                await rows.remember(connection, after, key=key, operation="move", request=request, call_id=call_id, now=now)
                await write_messages(connection, messages, now)
                return after
        except SlotTaken:
            return await self._first_answer(key, request)

    @in_time
    async def cancel(
        self, appointment_id: str, *, key: str, call_id: str, now: dt.datetime, messages: Sequence[OutboxMessage] = ()
    ) -> Appointment:
        request = _fingerprint("cancel", appointment_id)
        async with self._writing(durable=True) as connection:
            if (answer := await rows.answered(connection, key, request, self._zone)) is not None:
                return answer
            before, version = await rows.booked(connection, appointment_id, self._zone)
            after = rows.with_status(before, AppointmentStatus.CANCELLED)
            await rows.change(connection, after, version, now)
            await connection.execute(sa.delete(occupancy).where(occupancy.c.appointment_id == appointment_id))
            await rows.remember(connection, after, key=key, operation="cancel", request=request, call_id=call_id, now=now)
            await write_messages(connection, messages, now)
            return after

    @in_time
    async def of_caller(self, *, phone: str, now: dt.datetime) -> list[Appointment]:
        mine = sa.and_(
            appointments.c.phone == phone, appointments.c.status == AppointmentStatus.BOOKED.value, appointments.c.starts_at > now
        )
        async with self._reading() as connection:
            return await rows.select_appointments(connection, mine, self._zone)

    @in_time
    async def of_call(self, call_id: str) -> list[Appointment]:
        touched = sa.select(calendar_writes.c.appointment_id).where(calendar_writes.c.call_id == call_id)
        async with self._reading() as connection:
            return await rows.select_appointments(connection, appointments.c.id.in_(touched), self._zone)

    @in_time
    async def all(self) -> list[Appointment]:
        async with self._reading() as connection:
            return await rows.select_appointments(connection, sa.true(), self._zone)

    def _local(self, slot: FreeSlot) -> FreeSlot:
        return FreeSlot(slot.start.astimezone(self._zone), slot.end.astimezone(self._zone), slot.staff)

    async def _first_answer(self, key: str, request: str) -> Appointment:
        """Two writers with one key: the loser gets what the winner wrote; with two keys, the time is taken."""
        async with self._reading() as connection:
            if (answer := await rows.answered(connection, key, request, self._zone)) is not None:
                return answer
        message = "somebody else has this time"
        raise SlotTaken(message)

    @contextlib.asynccontextmanager
    async def _reading(self) -> AsyncIterator[AsyncConnection]:
        try:
            async with self._database.reading() as connection:
                yield connection
        except StorageError as error:
            raise Unavailable(str(error)) from error

    @contextlib.asynccontextmanager
    async def _writing(self, slot: FreeSlot | None = None, *, durable: bool = False) -> AsyncIterator[AsyncConnection]:
        try:
            async with self._database.writing(durable=durable) as connection:
                yield connection
        except StorageError as error:
            raise Unavailable(str(error)) from error
        except IntegrityError as error:
            if slot is None:
                message = "the appointment was changed by somebody else at the same moment"
                raise UnknownAppointment(message) from error
            raise SlotTaken(taken_sentence(slot)) from error


def _same_time(slot: FreeSlot, moved: Appointment | None, staff: str | None) -> bool:
    """Whether a move would change nothing; with another member of staff, asked for by name, it would."""
    return moved is not None and slot.start == moved.start and (staff is None or slot.staff == moved.staff)


def _fingerprint(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
