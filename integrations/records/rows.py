"""Records as rows of the tables, and back."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from integrations.errors import CorruptJournal
from integrations.records.port import ActionRecord, CallRecord, FactRecord, StaffTask, TurnRecord
from integrations.records.tables import actions, calls, facts, journal

__all__ = ["call_of", "event_of", "insert_actions", "insert_events", "insert_facts", "keep_snapshot", "task_of", "turn_columns"]


def task_of(row: Any) -> StaffTask:
    """The task in a row."""
    return StaffTask(**{name: getattr(row, name) for name in StaffTask.__dataclass_fields__})


def call_of(row: Any) -> CallRecord:
    """The call in a row."""
    return CallRecord(
        id=row.id,
        started_at=row.started_at,
        language=row.language,
        caller=row.caller,
        business=row.business,
        graph=row.graph,
        ended_at=row.ended_at,
        outcome=row.outcome,
    )


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair, kept as an escape
        text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return text


def turn_columns(call_id: str, turn: TurnRecord) -> dict[str, Any]:
    """The row of a turn."""
    return {
        "call_id": call_id,
        "number": turn.number,
        "at": turn.at,
        "state": turn.state,
        "language": turn.language,
        "heard": None if turn.heard is None else _json(turn.heard),
        "said": _json(list(turn.said)),
        "asks": turn.asks,
        "ms": turn.ms,
        "fingerprint": turn.fingerprint,
    }


async def insert_facts(connection: AsyncConnection, call_id: str, turn: int, learnt: Sequence[FactRecord]) -> None:
    if learnt:
        rows = [
            {
                "call_id": call_id,
                "turn": turn,
                "position": position,
                "name": fact.name,
                "value": _json(fact.value),
                "source": fact.source,
                "words": fact.words,
            }
            for position, fact in enumerate(learnt)
        ]
        await connection.execute(sa.insert(facts), rows)


async def insert_actions(connection: AsyncConnection, call_id: str, turn: int, done: Sequence[ActionRecord]) -> None:
    if done:
        rows = [
            {
                "call_id": call_id,
                "turn": turn,
                "position": position,
                "name": action.name,
                "outcome": action.outcome,
                "detail": _json(action.detail),
            }
            for position, action in enumerate(done)
        ]
        await connection.execute(sa.insert(actions), rows)


async def insert_events(connection: AsyncConnection, call_id: str, events: Sequence[Mapping[str, Any]], first: int) -> None:
    if events:
        lines = [_json(event) for event in events]
        rows = [
            {"call_id": call_id, "number": number, "event": line, "checksum": zlib.crc32(line.encode())}
            for number, line in enumerate(lines, first)
        ]
        await connection.execute(sa.insert(journal), rows)


async def keep_snapshot(connection: AsyncConnection, call_id: str, snapshot: str | None) -> None:
    if snapshot is not None:
        await connection.execute(sa.update(calls).where(calls.c.id == call_id).values(snapshot=snapshot))


def event_of(call_id: str, expected: int, row: Any) -> dict[str, Any]:
    """The event in a row; raises CorruptJournal when it is damaged, or not the `expected` one."""
    if row.number != expected:
        message = f"The journal of call {call_id} lacks event {expected}; it cannot be replayed, restore the database from a backup."
        raise CorruptJournal(message)
    damaged = f"The journal of call {call_id} is damaged at event {expected}; it cannot be replayed, restore the database from a backup."
    if zlib.crc32(row.event.encode()) != row.checksum:
        raise CorruptJournal(damaged)
    try:
        event = json.loads(row.event)
    except json.JSONDecodeError as error:
        raise CorruptJournal(damaged) from error
    if not isinstance(event, dict):
        raise CorruptJournal(damaged)
    return event
