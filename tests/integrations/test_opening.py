"""Opening a database: new, old, foreign, broken; each in one sentence."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from integrations.errors import StorageBusy, StorageError
from integrations.records.database import Database
from integrations.records.migrations.upgrade import configuration
from integrations.records.opening import open_database
from integrations.records.port import CallRecord
from integrations.records.sql_records import SqlRecords
from integrations.records.tables import METADATA, REVISION

ROOT = Path(__file__).parents[2]

# The SQLite driver's own thread may speak once more after a connection to a broken file was given up; the loop is gone by then.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")


def _shape(path: Path) -> list[tuple[str, str, str]]:
    with sqlite3.connect(path) as connection:
        found = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    connection.close()
    return [(kind, name, " ".join((sql or "").replace('"', "").split())) for kind, name, sql in found]


def _inspected(path: Path) -> dict[str, object]:
    engine = sa.create_engine(f"sqlite:///{path}")
    found = sa.inspect(engine)
    shape = {
        table: {
            "columns": [(c["name"], str(c["type"]), c["nullable"], c["primary_key"]) for c in found.get_columns(table)],
            "indexes": sorted((i["name"], tuple(i["column_names"]), bool(i["unique"])) for i in found.get_indexes(table)),
            "unique": sorted((u["name"], tuple(u["column_names"])) for u in found.get_unique_constraints(table)),
            "foreign": sorted((f["name"], tuple(f["constrained_columns"]), f["referred_table"]) for f in found.get_foreign_keys(table)),
            "key": (found.get_pk_constraint(table)["name"], tuple(found.get_pk_constraint(table)["constrained_columns"])),
        }
        for table in found.get_table_names()
        if table != "alembic_version"
    }
    engine.dispose()
    return shape


def _migrate(path: Path, target: str) -> None:
    from alembic import command

    engine = sa.create_engine(f"sqlite:///{path}")
    config = configuration()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, target)
    engine.dispose()


async def test_a_new_database_equals_a_migrated_one(url, tmp_path):
    """The tables made at once are those that the migrations make, names of keys and indexes included."""
    await (await open_database(url)).close()
    migrated = tmp_path / "migrated.db"
    _migrate(migrated, "head")
    assert _inspected(tmp_path / "var" / "calls.db") == _inspected(migrated)


def test_the_revision_of_the_tables_is_the_last_migration():
    """A new database is stamped with the revision that the migrations end at."""
    from alembic.script import ScriptDirectory

    assert ScriptDirectory.from_config(configuration()).get_heads() == [REVISION]


def test_the_tables_are_what_the_migrations_make(tmp_path):
    """Alembic finds nothing left to change between a migrated database and the tables in code."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    path = tmp_path / "migrated.db"
    _migrate(path, "head")
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), METADATA) == []
    engine.dispose()


async def test_an_older_database_is_brought_up_to_date(tmp_path, monkeypatch):
    """A database of an earlier revision is migrated when it is opened, and its rows stay."""
    from integrations.records.migrations import upgrade as module

    scripts = tmp_path / "migrations"
    (scripts / "versions").mkdir(parents=True)
    origin = Path(module.__file__).parent
    for file in (origin / "env.py", origin / "script.py.mako", *(origin / "versions").glob("0*.py")):
        (scripts / file.relative_to(origin)).write_text(file.read_text())
    (scripts / "versions" / "more.py").write_text(
        "from alembic import op\nimport sqlalchemy as sa\n"
        f"revision = 'more'\ndown_revision = '{REVISION}'\nbranch_labels = None\ndepends_on = None\n"
        "def upgrade():\n    with op.batch_alter_table('calls') as batch:\n        batch.add_column(sa.Column('mood', sa.String(8)))\n"
    )
    url = f"sqlite:///{tmp_path}/calls.db"
    old = await open_database(url)
    await SqlRecords(old).start_call(CallRecord("kept", dt.datetime(2026, 6, 15, tzinfo=dt.UTC)))
    await old.close()

    def moved() -> object:
        config = configuration()
        config.set_main_option("script_location", str(scripts))
        return config

    monkeypatch.setattr(module, "configuration", moved)
    monkeypatch.setattr("integrations.records.opening.REVISION", "more")
    new = await open_database(url)
    async with new.reading() as connection:
        rows = (await connection.execute(sa.text("SELECT id, mood FROM calls"))).all()
        assert (await connection.execute(sa.text("SELECT version_num FROM alembic_version"))).scalar() == "more"
    await new.close()
    assert rows == [("kept", None)]


async def test_a_database_of_a_newer_version_is_refused(url, tmp_path):
    """A revision that this program does not know is not touched."""
    await (await open_database(url)).close()
    with sqlite3.connect(tmp_path / "var" / "calls.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(StorageError, match="newer version of this program"):
        await open_database(url)


async def test_a_database_of_another_program_is_refused(tmp_path):
    """Somebody else's tables are not written into."""
    with sqlite3.connect(tmp_path / "other.db") as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")
    connection.close()
    before = _shape(tmp_path / "other.db")
    with pytest.raises(StorageError, match="holds tables of another program"):
        await open_database(f"sqlite:///{tmp_path}/other.db")
    assert _shape(tmp_path / "other.db") == before


async def test_opening_again_keeps_everything(url, salon):
    """The second opening finds the rows of the first."""
    first = await open_database(url)
    await SqlRecords(first).start_call(CallRecord("a", salon.now))
    await first.close()
    second = await open_database(url)
    assert [call.id for call in await SqlRecords(second).calls()] == ["a"]
    await second.close()


def _one_sentence(error: StorageError) -> bool:
    text = str(error)
    return text.endswith(".") and "\n" not in text and "Traceback" not in text and "sqlalche.me" not in text


@pytest.mark.parametrize("address", ["not an address", "sqlite:/calls.db", "nosuch://host/db", "oracle://u:secret@h/db", ""])
async def test_a_wrong_address_is_one_sentence(address):
    """What cannot be an address, or needs a driver that is not there, is said so, without passwords."""
    with pytest.raises(StorageError) as caught:
        await open_database(address)
    assert _one_sentence(caught.value)
    assert "secret" not in str(caught.value)


async def test_a_file_that_is_no_database_is_one_sentence(tmp_path):
    """A damaged or foreign file is named, with what to do, and left as it is."""
    path = tmp_path / "calls.db"
    path.write_bytes(b"this is no database at all, but long enough to look like one" * 100)
    with pytest.raises(StorageError, match=r"is not a database or is damaged") as caught:
        await open_database(f"sqlite:///{path}")
    assert _one_sentence(caught.value)
    assert path.read_bytes().startswith(b"this is no database")


async def test_a_folder_in_the_way_is_one_sentence(tmp_path):
    """The path of a folder, or below a file, cannot be opened as a database."""
    (tmp_path / "file").write_text("x")
    for path in (tmp_path, tmp_path / "file" / "calls.db"):
        with pytest.raises(StorageError) as caught:
            await open_database(f"sqlite:///{path}")
        assert _one_sentence(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
async def test_a_folder_that_may_not_be_written_is_one_sentence(tmp_path):
    """Without permission the sentence says which permission."""
    (tmp_path / "closed").mkdir(mode=0o500)
    with pytest.raises(StorageError) as caught:
        await open_database(f"sqlite:///{tmp_path}/closed/calls.db")
    assert _one_sentence(caught.value)


async def test_a_file_that_may_not_be_written_is_one_sentence(url, salon):
    """A database that can be read but not written says which permission is missing."""
    database = await open_database(url)
    async with database.reading() as connection:
        await connection.execute(sa.text("PRAGMA query_only=1"))
    with pytest.raises(StorageError, match=r"cannot be written; give this user write permission") as caught:
        await SqlRecords(database).start_call(CallRecord("a", salon.now))
    assert _one_sentence(caught.value)
    await database.close()


async def test_a_damaged_file_is_one_sentence(url, salon, tmp_path):
    """Pages overwritten by something else are noticed when they are read."""
    database = await open_database(url)
    records = SqlRecords(database)
    await records.start_call(CallRecord("a", salon.now))
    await records.append_journal("a", [{"n": n, "text": "x" * 500} for n in range(100)], journal_from=0)
    await database.close()
    path = tmp_path / "var" / "calls.db"
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xa5" * (len(content) - 4096))

    async def read() -> None:
        damaged = await open_database(url)
        try:
            await SqlRecords(damaged).journal_of("a")
        finally:
            await damaged.close()

    with pytest.raises(StorageError, match=r"is damaged|not those of this program") as caught:
        await read()
    assert _one_sentence(caught.value)


async def test_a_full_disk_is_one_sentence_and_nothing_is_half_written(url, salon):
    """When the space runs out in the middle of a turn, the turn is not there at all, and the database still works."""
    database = await open_database(url)
    records = SqlRecords(database)
    await records.start_call(CallRecord("a", salon.now))
    async with database.reading() as connection:
        pages = (await connection.execute(sa.text("PRAGMA page_count"))).scalar()
    await database.close()

    database = await open_database(url)
    async with database.reading() as connection:
        await connection.execute(sa.text(f"PRAGMA max_page_count={pages + 2}"))
    records = SqlRecords(database)
    with pytest.raises(StorageError, match=r"^The disk is full") as caught:
        await records.append_journal("a", [{"n": n, "text": "x" * 2000} for n in range(50)], journal_from=0, snapshot="x")
    assert _one_sentence(caught.value)
    assert await records.journal_of("a") == []
    assert await records.snapshot_of("a") is None
    await records.append_journal("a", [{"n": 0}], journal_from=0)
    await database.close()


async def test_a_database_that_others_keep_busy_is_one_sentence(url, salon, monkeypatch):
    """Another process that does not let go makes a retryable error, not an endless wait."""
    monkeypatch.setattr("integrations.records.database.BUSY_TIMEOUT_S", 0.1)
    path = url.removeprefix("sqlite:///")
    database = await open_database(url)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StorageBusy) as caught:
            await SqlRecords(database).start_call(CallRecord("a", salon.now))
        assert caught.value.retryable
        assert _one_sentence(caught.value)
    finally:
        other.execute("ROLLBACK")
        other.close()
    await SqlRecords(database).start_call(CallRecord("a", salon.now))
    await database.close()


async def test_a_server_that_does_not_answer_is_one_sentence(monkeypatch):
    """A refused connection names the address without its password."""
    from integrations.records.database import explained

    with pytest.raises(StorageError, match=r"^The database there cannot be reached \(Connection refused\); .*\.$"), explained("there"):
        raise ConnectionRefusedError(111, "Connection refused")


async def test_what_is_promised_is_flushed_to_the_disk(url):
    """A durable transaction runs with synchronous=FULL (2), an ordinary one with NORMAL (1), on the same connections."""
    database: Database = await open_database(url)
    for durable, level in ((True, 2), (False, 1), (True, 2)):
        async with database.writing(durable=durable) as connection:
            assert (await connection.execute(sa.text("PRAGMA synchronous"))).scalar() == level
            assert (await connection.execute(sa.text("PRAGMA journal_mode"))).scalar() == "wal"
            assert (await connection.execute(sa.text("PRAGMA foreign_keys"))).scalar() == 1
    await database.close()


def test_opening_an_up_to_date_database_does_not_load_alembic(tmp_path):
    """Alembic costs a good part of a second: it is imported only when there is something to migrate."""
    code = (
        "import asyncio, sys\nfrom integrations.records.opening import open_database\n"
        f"async def main():\n    for _ in range(2):\n        await (await open_database('sqlite:///{tmp_path}/calls.db')).close()\n"
        "asyncio.run(main())\nassert 'alembic' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})


def test_the_ports_do_not_load_a_database():
    """Whoever only names the ports pays for none of their providers."""
    ports = "errors calendar.port calendar.timetable records.port records.outbox sms.port sms.segments telephony.port failures deadline"
    code = f"import sys\nfor port in {ports.split()}: __import__('integrations.' + port)\nassert 'sqlalchemy' not in sys.modules\n"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})


async def test_a_database_of_before_versions_of_content_keeps_its_calls(tmp_path):
    """Calls and turns of the first revision are read after the second; what it did not know is not there."""
    path = tmp_path / "old.db"
    _migrate(path, "0001")
    with sqlite3.connect(path) as connection:
        connection.execute(
            "INSERT INTO calls (id, business, graph, language, started_at) VALUES ('old', 'salon', 'abc', 'fr', '2026-06-15 08:00:00')"
        )
        connection.execute(
            "INSERT INTO turns (call_id, number, at, state, language, said, ms)"
            " VALUES ('old', 0, '2026-06-15 08:00:00', 'greet', 'fr', '[\"Bonjour\"]', 1.0)"
        )
    connection.close()
    database = await open_database(f"sqlite:///{path}")
    records = SqlRecords(database)
    [turn] = await records.turns_of("old")
    call = await records.call("old")
    assert (turn.said, turn.fingerprint) == (("Bonjour",), None)
    assert call is not None
    assert await records.version(call.graph) is None
    await database.close()


async def test_a_database_of_before_numbers_of_tasks_has_those_that_callers_were_told(tmp_path):
    """They are taken out of the text; of two that met, the first task has it."""
    path = tmp_path / "old.db"
    _migrate(path, "0002")
    rows = [("r1", "report", "[123456, 47219306] pipe"), ("r2", "report", "[123456] roof"), ("r3", "report", "[000007] car")]
    with sqlite3.connect(path) as connection:
        connection.executemany(
            "INSERT INTO tasks (key, kind, text, language, created_at) VALUES (?, ?, ?, 'en', '2026-06-15 08:00:00')",
            [*rows, ("m1", "message", "[999999] no report")],
        )
    connection.close()
    database = await open_database(f"sqlite:///{path}")
    tasks = await SqlRecords(database).tasks()
    assert [(task.key, task.number) for task in tasks] == [("r1", "123456"), ("r2", None), ("r3", "000007"), ("m1", None)]
    await database.close()
