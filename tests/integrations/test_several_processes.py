"""Several processes on one database, and one that dies in the middle."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from integrations.calendar.local import LocalCalendar
from integrations.calendar.port import AppointmentStatus, Contact
from integrations.errors import SlotTaken
from integrations.records.opening import open_database
from integrations.records.outbox import OutboxMessage, OutboxStatus
from integrations.records.sql_outbox import SqlOutbox
from integrations.records.tables import occupancy

ROOT = Path(__file__).parents[2]
WRITERS = Path(__file__).with_name("writers.py")


@pytest.fixture
def start(monkeypatch):
    """Start `writers.py` with these arguments."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))

    def begin(*arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, str(WRITERS), *arguments]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)

    return begin


def _race(processes: list[subprocess.Popen[str]]) -> list[list[str]]:
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    answers = []
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        out, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        answers.append(json.loads(out))
    return answers


async def test_every_time_is_won_once_over_processes(url, start, salon):
    """Three processes try every hour three times each, on a database that none has made yet: nine winners, no other row."""
    answers = _race([start("compete", url, name) for name in ("one", "two", "three")])
    database = await open_database(url)
    try:
        rows = await LocalCalendar(database, salon.resources).all()
    finally:
        await database.close()
    assert sorted(won for answer in answers for won in answer) == sorted(row.id for row in rows)
    assert [row.start.hour for row in rows] == list(range(9, 18))


async def test_every_message_is_claimed_once_over_processes(url, start, salon):
    """Two relays empty one outbox: each message is sent by exactly one of them."""
    database = await open_database(url)
    outbox = SqlOutbox(database)
    await outbox.add([OutboxMessage(f"m{number}", "+33612345678", "Bonjour") for number in range(20)], now=salon.now)
    answers = _race([start("claim", url, name) for name in ("one", "two")])
    sent = await outbox.messages(status=OutboxStatus.SENT)
    await database.close()
    assert sorted(key for answer in answers for key in answer) == sorted(f"m{number}" for number in range(20))
    assert len(sent) == 20


@pytest.mark.parametrize("after_s", [0.03, 0.11])
async def test_a_process_that_is_killed_leaves_whole_transactions(url, start, salon, after_s):
    """Wherever it was: every appointment has its message, booked ones own exactly their cells, cancelled ones none."""
    process = start("book", url)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    await asyncio.sleep(after_s)
    process.kill()
    process.communicate(timeout=60)
    database = await open_database(url)
    try:
        rows = await LocalCalendar(database, salon.resources).all()
        messages = await SqlOutbox(database).messages()
        async with database.reading() as connection:
            owners = [row.appointment_id for row in await connection.execute(sa.select(occupancy.c.appointment_id))]
    finally:
        await database.close()
    booked = [row.id for row in rows if row.status is AppointmentStatus.BOOKED]
    assert len(messages) == len(rows)
    assert len(booked) <= 1
    assert owners == booked * 9


async def test_a_writer_that_dies_leaves_nothing_half_written(url, start, salon):
    """Gone between hold and commit: no appointment; the hold blocks until it runs out, the unfinished write not at all."""
    process = start("die", url)
    process.communicate(timeout=60)
    assert process.returncode == 9
    database = await open_database(url)
    calendar = LocalCalendar(database, salon.resources)
    try:
        assert await calendar.all() == []
        await calendar.book(salon.slot("16 10:00"), "cut", Contact("A"), key="k", call_id="a", now=salon.now)
        with pytest.raises(SlotTaken):
            await calendar.book(salon.slot("16 09:00"), "cut", Contact("A"), key="k2", call_id="a", now=salon.now)
        later = salon.at("15 10:10")
        await calendar.book(salon.slot("16 09:00"), "cut", Contact("A"), key="k2", call_id="a", now=later)
    finally:
        await database.close()
