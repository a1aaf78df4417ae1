"""The appointments in our own database, with the calls that wrote them: for those who run the business."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from integrations.calendar import rows
from integrations.calendar.port import Appointment
from integrations.records.database import Database
from integrations.records.tables import appointments, calendar_writes

__all__ = ["Written", "written_appointments"]


@dataclass(frozen=True, slots=True)
class Written:
    """An appointment, and what wrote it: the ids of the calls with the idempotency keys, in order."""

    appointment: Appointment
    writes: tuple[tuple[str, str], ...]


async def written_appointments(database: Database, zone: ZoneInfo, *, since: dt.datetime | None = None) -> list[Written]:
    """The appointments that end after `since`, cancelled ones among them, by their start. Raises `StorageError`."""
    where = sa.true() if since is None else appointments.c.ends_at > since
    async with database.reading() as connection:
        found = await rows.select_appointments(connection, where, zone)
        wrote = sa.select(calendar_writes.c.appointment_id, calendar_writes.c.call_id, calendar_writes.c.key)
        wrote = wrote.join(appointments, appointments.c.id == calendar_writes.c.appointment_id).where(where)
        done = (await connection.execute(wrote.order_by(calendar_writes.c.at, calendar_writes.c.key))).all()
    writes: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in done:
        writes[row.appointment_id].append((row.call_id, row.key))
    return [Written(one, tuple(writes[one.id])) for one in found]
