"""A calendar that cannot answer says so in time, and nothing is left behind."""

from __future__ import annotations

import asyncio
import sqlite3

import pytest

from integrations.calendar.local import LocalCalendar
from integrations.calendar.port import Contact
from integrations.errors import TimedOut, Unavailable
from integrations.records.database import BUSY_TIMEOUT_S
from integrations.records.opening import open_database

WHO = Contact("Marie Dupont", "+33612345678")


@pytest.fixture
def busy(database, url):
    """Another process holds the write lock."""
    other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    yield other
    if other.in_transaction:
        other.execute("ROLLBACK")
    other.close()


async def test_the_total_deadline_holds_and_the_same_key_can_be_tried_again(database, salon, busy):
    """Cut off at the deadline, whatever the driver waits for; afterwards the same commit goes through, once."""
    hasty = LocalCalendar(database, salon.resources, deadline_s=0.05)
    async with asyncio.timeout(BUSY_TIMEOUT_S / 2):
        with pytest.raises(TimedOut):
            await hasty.book(salon.slot("16 09:00"), "cut", WHO, key="k", call_id="a", now=salon.now)
    busy.execute("ROLLBACK")
    calendar = LocalCalendar(database, salon.resources)
    made = await calendar.book(salon.slot("16 09:00"), "cut", WHO, key="k", call_id="a", now=salon.now)
    assert await calendar.all() == [made]


async def test_looking_for_times_does_not_wait_for_writers(database, salon, busy):
    """Readers see the last committed state while somebody writes."""
    assert await salon.starts(LocalCalendar(database, salon.resources, deadline_s=1.0))


async def test_a_database_that_is_gone_is_an_unavailable_calendar(url, salon, tmp_path, monkeypatch):
    """What goes wrong underneath is heard as: the calendar cannot be reached."""
    monkeypatch.setattr("integrations.records.database.BUSY_TIMEOUT_S", 0.1)
    database = await open_database(url)
    other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(Unavailable, match="busy"):
            await LocalCalendar(database, salon.resources).hold(salon.slot("16 09:00"), "cut", call_id="a", now=salon.now)
    finally:
        other.execute("ROLLBACK")
        other.close()
        await database.close()
