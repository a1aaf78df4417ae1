"""Calls and their journals in SQL: one transaction a turn, one statement a table."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from integrations.errors import NumberTaken, Refused
from integrations.records import sql_versions
from integrations.records.database import Database
from integrations.records.port import ActionRecord, CallerRecord, CallRecord, ContentVersion, FactRecord, StaffTask, TurnRecord
from integrations.records.rows import call_of, event_of, insert_actions, insert_events, insert_facts, keep_snapshot, task_of, turn_columns
from integrations.records.tables import actions, callers, calls, facts, journal, tasks, turns

__all__ = ["SqlRecords"]

_AT_ONCE = 500
"""So many ids in one query."""


class SqlRecords:
    """:class:`~integrations.records.port.Records` on the embedded database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept = ""
        """The version that was stored last from here: calls of the same one need not look again."""

    async def start_call(self, call: CallRecord, version: ContentVersion | None = None) -> None:
        if version is not None and version.digest != self._kept:
            await self.keep_version(version, call.started_at)
        row = {name: getattr(call, name) for name in ("id", "business", "graph", "language", "caller", "started_at")}
        try:
            async with self._database.writing() as connection:
                await connection.execute(sa.insert(calls).values(**row))
        except IntegrityError as error:
            message = f"a call with the id {call.id} is stored already"
            raise Refused(message) from error

    async def keep_version(self, version: ContentVersion, at: dt.datetime) -> None:
        try:
            async with self._database.writing() as connection:
                await sql_versions.keep(connection, version, at)
        except IntegrityError:  # another process has just stored it, or a file of it
            async with self._database.writing() as connection:
                await sql_versions.keep(connection, version, at)
        self._kept = version.digest

    async def version(self, digest: str) -> ContentVersion | None:
        async with self._database.reading() as connection:
            return await sql_versions.load(connection, digest)

    async def last_version(self, folder: str) -> ContentVersion | None:
        async with self._database.reading() as connection:
            return await sql_versions.last(connection, folder)

    async def save_turn(
        self,
        call_id: str,
        turn: TurnRecord,
        *,
        facts: Sequence[FactRecord] = (),
        actions: Sequence[ActionRecord] = (),
        journal: Sequence[Mapping[str, Any]] = (),
        journal_from: int = 0,
        snapshot: str | None = None,
    ) -> None:
        try:
            async with self._database.writing() as connection:
                await connection.execute(sa.insert(turns), turn_columns(call_id, turn))
                await insert_facts(connection, call_id, turn.number, facts)
                await insert_actions(connection, call_id, turn.number, actions)
                await insert_events(connection, call_id, journal, journal_from)
                await keep_snapshot(connection, call_id, snapshot)
        except IntegrityError as error:
            message = f"turn {turn.number} of call {call_id} is stored already, or there is no such call"
            raise Refused(message) from error

    async def append_journal(
        self, call_id: str, events: Sequence[Mapping[str, Any]], *, journal_from: int, snapshot: str | None = None
    ) -> None:
        try:
            async with self._database.writing() as connection:
                await insert_events(connection, call_id, events, journal_from)
                await keep_snapshot(connection, call_id, snapshot)
        except IntegrityError as error:
            message = f"event {journal_from} of call {call_id} is stored already, or there is no such call"
            raise Refused(message) from error

    async def end_call(self, call_id: str, *, outcome: str, language: str, at: dt.datetime) -> None:
        still_open = sa.and_(calls.c.id == call_id, calls.c.ended_at.is_(None))
        async with self._database.writing() as connection:
            await connection.execute(sa.update(calls).where(still_open).values(outcome=outcome, language=language, ended_at=at))

    async def journal_of(self, call_id: str) -> list[dict[str, Any]]:
        query = sa.select(journal.c.number, journal.c.event, journal.c.checksum).where(journal.c.call_id == call_id)
        async with self._database.reading() as connection:
            found = (await connection.execute(query.order_by(journal.c.number))).all()
        return [event_of(call_id, expected, row) for expected, row in enumerate(found)]

    async def snapshot_of(self, call_id: str) -> str | None:
        async with self._database.reading() as connection:
            snapshot: str | None = await connection.scalar(sa.select(calls.c.snapshot).where(calls.c.id == call_id))
            return snapshot

    async def call(self, call_id: str) -> CallRecord | None:
        async with self._database.reading() as connection:
            row = (await connection.execute(sa.select(calls).where(calls.c.id == call_id))).one_or_none()
        return None if row is None else call_of(row)

    async def calls(self, *, limit: int | None = 100, since: dt.datetime | None = None) -> list[CallRecord]:
        query = sa.select(calls).order_by(calls.c.started_at.desc(), calls.c.id).limit(limit)
        if since is not None:
            query = query.where(calls.c.started_at >= since)
        async with self._database.reading() as connection:
            return [call_of(row) for row in await connection.execute(query)]

    async def businesses_of(self, call_ids: Iterable[str]) -> dict[str, str]:
        """The name that the business had in each of these calls; those that are not stored are left out."""
        wanted = sorted(call_ids)
        found: dict[str, str] = {}
        async with self._database.reading() as connection:
            for start in range(0, len(wanted), _AT_ONCE):
                query = sa.select(calls.c.id, calls.c.business).where(calls.c.id.in_(wanted[start : start + _AT_ONCE]))
                found |= {row.id: row.business for row in await connection.execute(query)}
        return found

    async def turns_of(self, call_id: str) -> list[TurnRecord]:
        async with self._database.reading() as connection:
            found = await connection.execute(sa.select(turns).where(turns.c.call_id == call_id).order_by(turns.c.number))
            return [
                TurnRecord(
                    number=row.number,
                    at=row.at,
                    state=row.state,
                    language=row.language,
                    heard=None if row.heard is None else json.loads(row.heard),
                    said=tuple(json.loads(row.said)),
                    asks=row.asks,
                    ms=row.ms,
                    fingerprint=row.fingerprint,
                )
                for row in found
            ]

    async def facts_of(self, call_id: str) -> list[tuple[int, FactRecord]]:
        query = sa.select(facts).where(facts.c.call_id == call_id).order_by(facts.c.turn, facts.c.position)
        async with self._database.reading() as connection:
            return [
                (row.turn, FactRecord(row.name, json.loads(row.value), row.source, row.words)) for row in await connection.execute(query)
            ]

    async def actions_of(self, call_id: str) -> list[tuple[int, ActionRecord]]:
        query = sa.select(actions).where(actions.c.call_id == call_id).order_by(actions.c.turn, actions.c.position)
        async with self._database.reading() as connection:
            return [(row.turn, ActionRecord(row.name, row.outcome, json.loads(row.detail))) for row in await connection.execute(query)]

    async def add_task(self, task: StaffTask) -> StaffTask:
        try:
            return await self._add_task(task)
        except IntegrityError:  # another process has just stored the same task, or one with this number
            return await self._add_task(task)

    async def _add_task(self, task: StaffTask) -> StaffTask:
        row = {name: getattr(task, name) for name in StaffTask.__dataclass_fields__ if name != "id"}
        async with self._database.writing(durable=True) as connection:  # the caller was told that somebody will ring back
            stored = (await connection.execute(sa.select(tasks).where(tasks.c.key == task.key))).first()
            if stored is not None:
                return task_of(stored)
            same = sa.select(tasks.c.id).where(tasks.c.number == task.number)
            if task.number is not None and await connection.scalar(same) is not None:
                message = "another task is stored under this number"
                raise NumberTaken(message)
            await connection.execute(sa.insert(tasks).values(**row))
        return task

    async def tasks(self, *, call_id: str | None = None, open_only: bool = False) -> list[StaffTask]:
        query = sa.select(tasks).order_by(tasks.c.id)
        if call_id is not None:
            query = query.where(tasks.c.call_id == call_id)
        if open_only:
            query = query.where(tasks.c.done_at.is_(None))
        async with self._database.reading() as connection:
            return [task_of(row) for row in await connection.execute(query)]

    async def finish_task(self, task_id: int, at: dt.datetime) -> StaffTask | None:
        async with self._database.writing(durable=True) as connection:
            still_open = sa.and_(tasks.c.id == task_id, tasks.c.done_at.is_(None))
            await connection.execute(sa.update(tasks).where(still_open).values(done_at=at))
            row = (await connection.execute(sa.select(tasks).where(tasks.c.id == task_id))).one_or_none()
        return None if row is None else task_of(row)

    async def remember_caller(
        self, phone: str, *, at: dt.datetime, name: str | None = None, email: str | None = None, language: str = ""
    ) -> None:
        known = {"name": name, "email": email, "language": language or None}
        news = {column: value for column, value in known.items() if value is not None}
        again = sa.update(callers).where(callers.c.phone == phone).values(last_call_at=at, calls=callers.c.calls + 1, **news)
        first = sa.insert(callers).values(
            phone=phone, name=name, email=email, language=language, first_call_at=at, last_call_at=at, calls=1
        )
        try:
            async with self._database.writing() as connection:
                if (await connection.execute(again)).rowcount == 0:
                    await connection.execute(first)
        except IntegrityError:  # the same person, on two lines at once
            async with self._database.writing() as connection:
                await connection.execute(again)

    async def caller(self, phone: str) -> CallerRecord | None:
        async with self._database.reading() as connection:
            row = (await connection.execute(sa.select(callers).where(callers.c.phone == phone))).one_or_none()
        return None if row is None else CallerRecord(**{name: getattr(row, name) for name in CallerRecord.__dataclass_fields__})
