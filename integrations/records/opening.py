"""Open a database by its address: a new one is created, an old one is brought up to date, a foreign one is refused."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.schema import CreateIndex, CreateTable

from integrations.errors import StorageBusy, StorageError
from integrations.records.database import Database, describe, make_engine
from integrations.records.tables import METADATA, REVISION

__all__ = ["open_database"]

_DRIVERS: Final = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "mariadb": "mariadb+asyncmy"}
_ATTEMPTS: Final = 20
_PAUSE_S: Final = 0.05

VERSION_TABLE: Final = sa.Table("alembic_version", sa.MetaData(), sa.Column("version_num", sa.String(32), nullable=False))
_VERSION: Final = sa.insert(VERSION_TABLE).values(version_num=REVISION)


async def open_database(url: str, *, create: bool = True) -> Database:
    """Open `sqlite:///path/calls.db` (or `sqlite://`, in memory), creating the folder, the file and the tables it lacks.

    `create` False: a file that is not there is an error, for those who only look at what is stored.

    Raises `StorageError` with one sentence that says what to do.
    """
    address = _address(url)
    where = describe(address)
    (_make_folder if create else _look_for)(address, where)
    try:
        engine = make_engine(address, _fill)
    except (exc.SQLAlchemyError, ImportError) as error:
        message = f"The database address {where} cannot be used ({error}); install its driver or use sqlite:///path/calls.db."
        raise StorageError(message) from error
    database = Database(engine, where)
    try:
        await _patiently(database)
    except BaseException:
        await database.close()
        raise
    return database


def _address(url: str) -> sa.URL:
    try:
        address = sa.make_url(url)
    except exc.ArgumentError as error:
        message = f"{url!r} is not the address of a database; write it as sqlite:///path/calls.db."
        raise StorageError(message) from error
    return address.set(drivername=_DRIVERS.get(address.drivername, address.drivername))


def _is_file(address: sa.URL) -> bool:
    return address.drivername.startswith("sqlite") and bool(address.database) and address.database != ":memory:"


def _look_for(address: sa.URL, where: str) -> None:
    if _is_file(address) and not Path(str(address.database)).exists():
        message = f"There is no database {where}; hold a call with frontdesk call first, or name another one."
        raise StorageError(message)


def _make_folder(address: sa.URL, where: str) -> None:
    if not _is_file(address):
        return
    folder = Path(str(address.database)).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"The folder {folder} for {where} cannot be made ({error.strerror}); create it or choose another one."
        raise StorageError(message) from error


async def _patiently(database: Database) -> None:
    """Several processes may open the same new file at once; switching it to WAL does not wait for the others by itself."""
    for _ in range(_ATTEMPTS):
        try:
            return await _prepare(database)
        except StorageBusy:
            await asyncio.sleep(_PAUSE_S)
    return await _prepare(database)


async def _prepare(database: Database) -> None:
    async with database.reading() as connection:
        if await _revision(connection, database.where) == REVISION:
            return
    async with database.writing(durable=True) as connection:
        found = await _revision(connection, database.where)  # again: another process may have been faster
        if found is None:
            await _create(connection)
        elif found != REVISION:
            from integrations.records.migrations.upgrade import upgrade

            await connection.run_sync(upgrade, found, database.where)


async def _revision(connection: AsyncConnection, where: str) -> str | None:
    """The migration the database is at; None when it is empty. Raises `StorageError` when its tables are not ours."""
    tables = await connection.run_sync(lambda sync: sa.inspect(sync).get_table_names())
    if not tables:
        return None
    if VERSION_TABLE.name not in tables:
        message = f"{where} holds tables of another program; choose another file."
        raise StorageError(message)
    found: str | None = await connection.scalar(sa.select(VERSION_TABLE.c.version_num))
    if found is None:
        message = f"{where} does not say which version wrote it; restore it from a backup."
        raise StorageError(message)
    return found


async def _create(connection: AsyncConnection) -> None:
    for statement in _statements():
        await connection.execute(statement)
    await connection.execute(_VERSION)


def _statements() -> Iterator[sa.ExecutableDDLElement]:
    for table in [*METADATA.sorted_tables, VERSION_TABLE]:
        yield CreateTable(table)
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            yield CreateIndex(index)


def _fill(memory: sqlite3.Connection) -> None:
    """Every rehearsed call has a database of its own in memory: forty statements by way of the driver would take longer than the call."""
    memory.executescript(_script())


@lru_cache(maxsize=1)
def _script() -> str:
    dialect = sqlite.dialect()
    version = str(_VERSION.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    return ";\n".join([*(str(statement.compile(dialect=dialect)) for statement in _statements()), version])
