"""The outbox in SQL: claiming is one conditional update a message, so that two relays never send the same one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from integrations.records.database import Database
from integrations.records.outbox import OutboxMessage, OutboxRow, OutboxStatus
from integrations.records.tables import outbox

__all__ = ["SqlOutbox", "write_messages"]


async def write_messages(connection: AsyncConnection, messages: Sequence[OutboxMessage], now: dt.datetime) -> None:
    """Store messages in the caller's transaction; a key that is stored already is left as it is."""
    if not messages:
        return
    keys = [message.key for message in messages]
    known = set(await connection.scalars(sa.select(outbox.c.key).where(outbox.c.key.in_(keys))))
    new: dict[str, OutboxMessage] = {}
    for message in messages:
        if message.key not in known:
            new.setdefault(message.key, message)
    if new:
        await connection.execute(sa.insert(outbox), [_columns(message, now) for message in new.values()])


class SqlOutbox:
    """An :class:`~integrations.records.outbox.Outbox` on the embedded database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, messages: Sequence[OutboxMessage], *, now: dt.datetime) -> None:
        async with self._database.writing() as connection:
            await write_messages(connection, messages, now)

    async def claim(
        self,
        worker: str,
        *,
        now: dt.datetime,
        limit: int = 10,
        lease_s: float = 60.0,
        call_id: str | None = None,
        channel: str | None = None,
    ) -> list[OutboxRow]:
        due = sa.or_(
            sa.and_(outbox.c.status == OutboxStatus.PENDING.value, outbox.c.due_at <= now),
            sa.and_(outbox.c.status == OutboxStatus.SENDING.value, outbox.c.leased_until <= now),
        )
        wanted = sa.select(outbox).where(due).order_by(outbox.c.id).limit(limit)
        if call_id is not None:
            wanted = wanted.where(outbox.c.call_id == call_id)
        if channel is not None:
            wanted = wanted.where(outbox.c.channel == channel)
        claimed = []
        # Durable: a claim forgotten in a power cut would be a message sent twice.
        async with self._database.writing(durable=True) as connection:
            for row in (await connection.execute(wanted)).all():
                lease = {
                    "status": OutboxStatus.SENDING.value,
                    "worker": worker,
                    "leased_until": now + dt.timedelta(seconds=lease_s),
                    "attempts": row.attempts + 1,
                }
                unchanged = sa.and_(outbox.c.id == row.id, outbox.c.attempts == row.attempts, due)
                result = await connection.execute(sa.update(outbox).where(unchanged).values(**lease))
                if result.rowcount == 1:
                    claimed.append(_from_row(row, status=OutboxStatus.SENDING, attempts=row.attempts + 1))
        return claimed

    async def mark_sent(self, key: str, *, worker: str, now: dt.datetime, reference: str | None = None) -> bool:
        return await self._settle(key, worker, status=OutboxStatus.SENT.value, sent_at=now, reference=reference, error=None)

    async def mark_failed(self, key: str, *, worker: str, error: str, retry_at: dt.datetime | None = None) -> bool:
        if retry_at is None:
            return await self._settle(key, worker, status=OutboxStatus.FAILED.value, error=error)
        return await self._settle(key, worker, status=OutboxStatus.PENDING.value, error=error, due_at=retry_at)

    async def messages(self, *, call_id: str | None = None, status: OutboxStatus | None = None) -> list[OutboxRow]:
        query = sa.select(outbox).order_by(outbox.c.id)
        if call_id is not None:
            query = query.where(outbox.c.call_id == call_id)
        if status is not None:
            query = query.where(outbox.c.status == status.value)
        async with self._database.reading() as connection:
            return [_from_row(row) for row in await connection.execute(query)]

    async def _settle(self, key: str, worker: str, **values: object) -> bool:
        mine = sa.and_(outbox.c.key == key, outbox.c.status == OutboxStatus.SENDING.value, outbox.c.worker == worker)
        async with self._database.writing(durable=True) as connection:
            change = sa.update(outbox).where(mine).values(worker=None, leased_until=None, **values)
            return (await connection.execute(change)).rowcount == 1


def _columns(message: OutboxMessage, now: dt.datetime) -> dict[str, Any]:
    return {
        "key": message.key,
        "channel": message.channel,
        "recipient": message.to,
        "subject": message.subject,
        "body": message.body,
        "purpose": message.purpose,
        "language": message.language,
        "call_id": message.call_id,
        "status": OutboxStatus.PENDING.value,
        "attempts": 0,
        "created_at": now,
        "due_at": now,
    }


def _from_row(row: Any, *, status: OutboxStatus | None = None, attempts: int | None = None) -> OutboxRow:
    return OutboxRow(
        message=OutboxMessage(
            key=row.key,
            to=row.recipient,
            body=row.body,
            channel=row.channel,
            purpose=row.purpose,
            call_id=row.call_id,
            language=row.language,
            subject=row.subject,
        ),
        status=status or OutboxStatus(row.status),
        attempts=row.attempts if attempts is None else attempts,
        created_at=row.created_at,
        due_at=row.due_at,
        sent_at=row.sent_at,
        reference=row.reference,
        error=row.error,
    )
