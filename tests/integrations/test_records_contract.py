"""Records: a turn is stored whole or not at all, and a journal comes back as it was written."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from integrations.errors import CorruptJournal, NumberTaken, Refused
from integrations.records.opening import open_database
from integrations.records.port import ActionRecord, CallRecord, FactRecord, StaffTask, TurnRecord
from integrations.records.sql_records import SqlRecords
from integrations.records.tables import METADATA, journal


@pytest.fixture(params=["file", "memory"])
async def records(request, url):
    database = await open_database(url if request.param == "file" else "sqlite://")
    yield SqlRecords(database)
    await database.close()


@pytest.fixture
def call(salon):
    return CallRecord("call-1", salon.now, "fr", "+33612345678", "salon", "graph-abc")


def _turn(number: int, salon: object) -> TurnRecord:
    said = ("Très bien.", "Quel jour ?")
    return TurnRecord(number, salon.now, "slot", "fr", {"say": "l'après-midi; DROP TABLE calls;--"}, said, "when", 1.5)  # type: ignore[attr-defined]


async def test_a_call_is_stored_from_start_to_end(records, call, salon):
    """What was known at the start, then how it ended; the first ending stays."""
    await records.start_call(call)
    assert await records.calls() == [call]
    await records.end_call("call-1", outcome="booked", language="de", at=salon.now + dt.timedelta(minutes=3))
    await records.end_call("call-1", outcome="abandoned", language="fr", at=salon.now + dt.timedelta(minutes=9))
    ended = (await records.calls())[0]
    assert (ended.outcome, ended.language, ended.ended_at) == ("booked", "de", salon.now + dt.timedelta(minutes=3))


async def test_a_call_starts_once(records, call):
    """The same id again is refused."""
    await records.start_call(call)
    with pytest.raises(Refused):
        await records.start_call(call)


async def test_a_turn_comes_back_whole(records, call, salon):
    """Turn, facts, actions, events and snapshot of one turn are read as they were written."""
    await records.start_call(call)
    learnt = [
        FactRecord("when", [{"start": "2026-06-16T12:00", "end": None}], "speech", "l'après-midi"),
        FactRecord("slot", None, "speech"),
    ]
    done = [ActionRecord("find_slots", "ok", {"found": 3})]
    events = [{"type": "heard", "text": "l’après-midi \u2028 😀\x00"}, {"type": "moved", "to": "slot"}]
    await records.save_turn("call-1", _turn(1, salon), facts=learnt, actions=done, journal=events, snapshot='{"state":"slot"}')
    assert await records.turns_of("call-1") == [_turn(1, salon)]
    assert await records.facts_of("call-1") == [(1, fact) for fact in learnt]
    assert await records.actions_of("call-1") == [(1, action) for action in done]
    assert await records.journal_of("call-1") == events
    assert await records.snapshot_of("call-1") == '{"state":"slot"}'


async def test_a_refused_turn_leaves_nothing(records, call, salon):
    """Two processes that run the same call: the second one's turn is refused whole, events and snapshot included."""
    await records.start_call(call)
    await records.save_turn("call-1", _turn(1, salon), journal=[{"n": 0}], snapshot="first")
    with pytest.raises(Refused):
        await records.save_turn("call-1", _turn(2, salon), facts=[FactRecord("a", 1, "speech")], journal=[{"n": "x"}], snapshot="second")
    with pytest.raises(Refused):
        await records.save_turn("call-1", _turn(1, salon), journal=[{"n": 1}], journal_from=1, snapshot="second")
    assert [turn.number for turn in await records.turns_of("call-1")] == [1]
    assert await records.facts_of("call-1") == []
    assert await records.journal_of("call-1") == [{"n": 0}]
    assert await records.snapshot_of("call-1") == "first"


async def test_a_turn_of_an_unknown_call_is_refused(records, salon):
    """A turn belongs to a call that was started."""
    with pytest.raises(Refused):
        await records.save_turn("nobody", _turn(1, salon))


async def test_events_between_turns_are_appended(records, call):
    """The journal goes on where it stopped."""
    await records.start_call(call)
    await records.append_journal("call-1", [{"n": 0}, {"n": 1}], journal_from=0)
    await records.append_journal("call-1", [{"n": 2}], journal_from=2, snapshot="x")
    assert await records.journal_of("call-1") == [{"n": 0}, {"n": 1}, {"n": 2}]
    assert await records.snapshot_of("call-1") == "x"
    with pytest.raises(Refused):
        await records.append_journal("call-1", [{"n": 9}], journal_from=2)


async def test_an_unknown_call_has_an_empty_journal(records):
    """Nothing was written: nothing is read, and there is no snapshot."""
    assert await records.journal_of("nobody") == []
    assert await records.snapshot_of("nobody") is None


@pytest.mark.parametrize(
    "damage",
    [
        sa.delete(journal).where(journal.c.number == 1),
        sa.update(journal).where(journal.c.number == 1).values(event='{"n":7}'),
        sa.update(journal).where(journal.c.number == 1).values(event="{"),
        sa.update(journal).where(journal.c.number == 1).values(event="[]", checksum=223132457),
    ],
    ids=["an event is missing", "an event was changed", "an event is cut off", "an event is no object"],
)
async def test_a_damaged_journal_is_one_sentence(records, call, damage):
    """Replaying from a journal that is not what was written would invent a call: it is refused, naming call and event."""
    await records.start_call(call)
    await records.append_journal("call-1", [{"n": 0}, {"n": 1}, {"n": 2}], journal_from=0)
    async with records._database.writing() as connection:
        await connection.execute(damage)
    with pytest.raises(CorruptJournal, match=r"^The journal of call call-1 .* event 1; .*\.$"):
        await records.journal_of("call-1")


async def test_tasks_for_staff_are_stored_once(records, salon):
    """A task has who, what and when; its key makes it one; open ones can be asked for."""
    task = StaffTask("t1", "callback", "Rappeler au sujet du mariage", salon.now, "call-1", "Marie", "+33612345678", "fr")
    await records.add_task(task)
    await records.add_task(StaffTask("t1", "callback", "other", salon.now))
    await records.add_task(StaffTask("t2", "sms_failed", "x", salon.now, done_at=salon.now))
    assert (await records.tasks())[0] == task
    assert [one.key for one in await records.tasks(open_only=True)] == ["t1"]
    assert [one.key for one in await records.tasks(call_id="call-1")] == ["t1"]


async def test_no_two_tasks_have_the_same_number(records, salon):
    """What a caller was told leads to one task; the same task again is told as it is stored, and tasks without a number are many."""
    first = StaffTask("t1", "report", "a burst pipe", salon.now, number="123456")
    assert await records.add_task(first) == first
    with pytest.raises(NumberTaken):
        await records.add_task(StaffTask("t2", "report", "a broken window", salon.now, number="123456"))
    assert await records.add_task(StaffTask("t1", "report", "again", salon.now, number="654321")) == first
    for key in ("t3", "t4"):
        await records.add_task(StaffTask(key, "callback", "x", salon.now))
    assert [task.number for task in await records.tasks()] == ["123456", None, None]


async def test_a_number_that_two_lines_give_at_once_stays_with_one_of_them(records, salon):
    """The database decides, not who looked first."""
    tasks = [StaffTask(f"t{key}", "report", "x", salon.now, number="123456") for key in range(8)]
    results = await asyncio.gather(*(records.add_task(task) for task in tasks), return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["NumberTaken"] * 7 + ["StaffTask"]


async def test_callers_are_remembered_by_number(records, salon):
    """Calls are counted; what was not said this time is kept from before."""
    later = salon.now + dt.timedelta(days=1)
    await records.remember_caller("+33612345678", at=salon.now, name="Marie", language="fr")
    await records.remember_caller("+33612345678", at=later, email="m@example.org")
    found = await records.caller("+33612345678")
    assert (found.name, found.email, found.language, found.calls) == ("Marie", "m@example.org", "fr", 2)
    assert (found.first_call_at, found.last_call_at) == (salon.now, later)
    assert await records.caller("+33700000000") is None


async def test_a_time_without_zone_is_never_stored(records):
    """A naive time is a bug and must be seen."""
    with pytest.raises(Exception, match="without zone"):
        await records.start_call(CallRecord("x", dt.datetime(2026, 6, 15, 10)))  # noqa: DTZ001
    assert await records.calls() == []


def test_every_index_and_key_has_a_name():
    """Migrations can only change what has a name."""
    assert all(index.name for table in METADATA.tables.values() for index in table.indexes | table.constraints)


async def test_what_a_caller_sends_is_stored_whatever_it_is(records, call, salon):
    """NULs, half surrogate pairs and endless names neither stop a turn nor reach another table; events come back exactly."""
    await records.start_call(call)
    hostile = "a\x00b\ud800c'; DROP TABLE calls;-- \U0001f600\u2028"
    turn = TurnRecord(1, salon.now, "slot", "fr", {"say": hostile}, (hostile,))
    await records.save_turn("call-1", turn, facts=[FactRecord("name", hostile, "speech", hostile)], journal=[{"say": hostile}])
    await records.add_task(StaffTask("t1", "message", hostile, salon.now, name="x" * 10_000))
    assert await records.turns_of("call-1") == [turn]
    assert await records.journal_of("call-1") == [{"say": hostile}]
    stored = (await records.facts_of("call-1"))[0][1]
    assert (stored.value, stored.words) == (hostile, "ab?c'; DROP TABLE calls;-- \U0001f600\u2028")
    assert [len(task.name) for task in await records.tasks()] == [200]


@pytest.mark.parametrize("dialect", [postgresql.dialect(), mysql.dialect()], ids=["postgresql", "mariadb"])
def test_the_tables_can_be_made_elsewhere(dialect):
    """Every table and index is SQL that PostgreSQL and MariaDB are given: no text without length in a key, times to the microsecond."""
    script = "\n".join(
        str(statement.compile(dialect=dialect))
        for table in METADATA.sorted_tables
        for statement in (CreateTable(table), *map(CreateIndex, table.indexes))
    )
    assert "CREATE TABLE occupancy" in script
    if dialect.name == "mysql":
        assert "DATETIME(6)" in script
        assert " DATETIME " not in script
