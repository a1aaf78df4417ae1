"""Appointments as rows, and the answers remembered for idempotency keys."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from integrations.calendar.port import Appointment, AppointmentStatus, FreeSlot
from integrations.errors import KeyReused, UnknownAppointment
from integrations.records.tables import appointments, calendar_writes

__all__ = ["answered", "appointment", "at", "booked", "change", "insert_appointment", "remember", "select_appointments", "with_status"]


def at(appointment: Appointment, slot: FreeSlot, zone: ZoneInfo) -> Appointment:
    """The appointment at another time."""
    return dataclasses.replace(appointment, staff=slot.staff, start=slot.start.astimezone(zone), end=slot.end.astimezone(zone))


def with_status(appointment: Appointment, status: AppointmentStatus) -> Appointment:
    return dataclasses.replace(appointment, status=status)


async def insert_appointment(connection: AsyncConnection, made: Appointment, now: dt.datetime) -> None:
    await connection.execute(sa.insert(appointments).values(id=made.id, version=1, created_at=now, changed_at=now, **_columns(made)))


async def change(connection: AsyncConnection, after: Appointment, version: int, now: dt.datetime) -> None:
    """Compare and set. Raises `UnknownAppointment` when somebody else changed the row since it was read."""
    same = sa.and_(appointments.c.id == after.id, appointments.c.version == version)
    result = await connection.execute(sa.update(appointments).where(same).values(version=version + 1, changed_at=now, **_columns(after)))
    if result.rowcount != 1:
        message = f"the appointment {after.id} was changed by somebody else at the same moment"
        raise UnknownAppointment(message)


async def appointment(connection: AsyncConnection, appointment_id: str, zone: ZoneInfo) -> Appointment | None:
    row = (await connection.execute(sa.select(appointments).where(appointments.c.id == appointment_id))).one_or_none()
    return None if row is None else _from_row(row, zone)


async def booked(connection: AsyncConnection, appointment_id: str, zone: ZoneInfo) -> tuple[Appointment, int]:
    """A booked appointment and the version of its row. Raises `UnknownAppointment`."""
    wanted = sa.and_(appointments.c.id == appointment_id, appointments.c.status == AppointmentStatus.BOOKED.value)
    row = (await connection.execute(sa.select(appointments).where(wanted))).one_or_none()
    if row is None:
        message = f"there is no booked appointment {appointment_id}"
        raise UnknownAppointment(message)
    return _from_row(row, zone), row.version


async def select_appointments(connection: AsyncConnection, where: sa.ColumnElement[bool], zone: ZoneInfo) -> list[Appointment]:
    query = sa.select(appointments).where(where).order_by(appointments.c.starts_at, appointments.c.staff, appointments.c.id)
    return [_from_row(row, zone) for row in await connection.execute(query)]


async def answered(connection: AsyncConnection, key: str, request: str, zone: ZoneInfo) -> Appointment | None:
    """What this key was answered before. Raises `KeyReused` when it stood for another request."""
    row = (await connection.execute(sa.select(calendar_writes).where(calendar_writes.c.key == key))).one_or_none()
    if row is None:
        return None
    if row.request != request:
        message = f"the idempotency key {key!r} was used for another request before"
        raise KeyReused(message)
    stored = json.loads(row.answer)
    times = {name: dt.datetime.fromisoformat(stored[name]).astimezone(zone) for name in ("start", "end")}
    return Appointment(**stored | times | {"status": AppointmentStatus(stored["status"])})


async def remember(
    connection: AsyncConnection, answer: Appointment, *, key: str, operation: str, request: str, call_id: str, now: dt.datetime
) -> None:
    stored = dataclasses.asdict(answer) | {"start": answer.start.isoformat(), "end": answer.end.isoformat()}
    await connection.execute(
        sa.insert(calendar_writes).values(
            key=key,
            operation=operation,
            request=request,
            call_id=call_id,
            appointment_id=answer.id,
            answer=json.dumps(stored, ensure_ascii=False, sort_keys=True),
            at=now,
        )
    )


def _columns(made: Appointment) -> dict[str, Any]:
    return {
        "service": made.service,
        "staff": made.staff,
        "starts_at": made.start,
        "ends_at": made.end,
        "name": made.name,
        "phone": made.phone,
        "email": made.email,
        "note": made.note,
        "language": made.language,
        "status": made.status.value,
    }


def _from_row(row: Any, zone: ZoneInfo) -> Appointment:
    return Appointment(
        id=row.id,
        service=row.service,
        staff=row.staff,
        start=row.starts_at.astimezone(zone),
        end=row.ends_at.astimezone(zone),
        name=row.name,
        phone=row.phone,
        email=row.email,
        status=AppointmentStatus(row.status),
        note=row.note,
        language=row.language,
    )
