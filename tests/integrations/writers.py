"""Run in a process of its own by the tests: a writer that competes, and one that dies in the middle.

python writers.py compete URL NAME | python writers.py die URL | python writers.py claim URL NAME | python writers.py book URL
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import os
import sys
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from integrations.calendar.local import LocalCalendar
from integrations.calendar.port import Contact, FreeSlot, Phase, Resources, ServiceTime
from integrations.errors import SlotTaken
from integrations.records.opening import open_database
from integrations.records.outbox import OutboxMessage
from integrations.records.sql_outbox import SqlOutbox
from integrations.records.tables import appointments, occupancy

PARIS = ZoneInfo("Europe/Paris")
NOW = dt.datetime(2026, 6, 15, 10, tzinfo=PARIS)
RESOURCES = Resources(
    zone=PARIS,
    services={"cut": ServiceTime("cut", (Phase(45),), frozenset({"lea"}))},
    staff=("lea",),
    hours=lambda _staff, _day: ((dt.time(9), dt.time(19)),),
)


def slot(hour: int) -> FreeSlot:
    start = dt.datetime(2026, 6, 16, hour, tzinfo=PARIS)
    return FreeSlot(start, start + dt.timedelta(minutes=45), "lea")


async def compete(url: str, name: str) -> list[str]:
    """Try to book every hour of the day, several times over; say what was won."""
    database = await open_database(url)
    calendar = LocalCalendar(database, RESOURCES)

    async def attempt(hour: int, number: int) -> str | None:
        try:
            key = f"{name}-{hour}-{number}"
            return (await calendar.book(slot(hour), "cut", Contact(name), key=key, call_id=key, now=NOW)).id
        except SlotTaken:
            return None

    print("ready", flush=True)
    sys.stdin.readline()
    won = await asyncio.gather(*(attempt(hour, number) for hour in range(9, 18) for number in range(3)))
    await database.close()
    return [appointment for appointment in won if appointment]


async def die(url: str) -> None:
    """Hold nine o'clock, begin to write ten o'clock, and be gone."""
    database = await open_database(url)
    await LocalCalendar(database, RESOURCES).hold(slot(9), "cut", call_id="dying", now=NOW)
    async with database.writing(durable=True) as connection:
        row = {
            "service": "cut",
            "staff": "lea",
            "starts_at": NOW,
            "ends_at": NOW,
            "name": "X",
            "note": "",
            "language": "",
            "status": "booked",
        }
        await connection.execute(sa.insert(appointments).values(id="half", version=1, created_at=NOW, changed_at=NOW, **row))
        await connection.execute(
            sa.insert(occupancy).values(staff="lea", cell=int(slot(10).start.timestamp()) // 300, appointment_id="half")
        )
        os._exit(9)


async def book(url: str) -> None:
    """Book and cancel one time after another, each with its message, until somebody ends this process."""
    database = await open_database(url)
    calendar = LocalCalendar(database, RESOURCES)
    print("ready", flush=True)
    for number in range(100_000):
        messages = [OutboxMessage(f"sms-{number}", "+33612345678", "Bonjour")]
        who = Contact("Marie", "+33612345678")
        call = {"call_id": f"c{number}", "now": NOW}
        made = await calendar.book(slot(9 + number % 9), "cut", who, key=f"book-{number}", messages=messages, **call)
        await calendar.cancel(made.id, key=f"cancel-{number}", **call)


async def claim(url: str, name: str) -> list[str]:
    """Claim and send everything there is, a few at a time."""
    database = await open_database(url)
    outbox, sent = SqlOutbox(database), []
    print("ready", flush=True)
    sys.stdin.readline()
    while rows := await outbox.claim(name, now=NOW, limit=3):
        for row in rows:
            sent.append(row.message.key)
            await outbox.mark_sent(row.message.key, worker=name, now=NOW)
    await database.close()
    return sent


async def main() -> None:
    what, url, *rest = sys.argv[1:]
    if what == "die":
        await die(url)
    elif what == "book":
        await book(url)
    else:
        print(json.dumps(await (compete if what == "compete" else claim)(url, *rest)))


if __name__ == "__main__":
    asyncio.run(main())
