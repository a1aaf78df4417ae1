"""The one place that opens a database, begins transactions, and turns driver errors into sentences."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event, exc
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from integrations.errors import StorageBusy, StorageError

__all__ = ["Database"]

BUSY_TIMEOUT_S: Final = 2.5
"""How long a writer waits for another process: within the total deadline of one calendar operation."""

_OPTION: Final = "frontdesk_begin"
_MEMORIES: Final = itertools.count(1)
"""Numbers the databases of this process that are kept in memory."""


class Database:
    """An open database with its tables at the current revision. Made by :func:`integrations.records.opening.open_database`.

    Belongs to one event loop. `where` names it in messages.
    """

    def __init__(self, engine: AsyncEngine, where: str) -> None:
        self.where = where
        self._engine = engine
        self._sqlite = engine.dialect.name == "sqlite"
        self._immediate = engine.execution_options(**{_OPTION: "immediate"})
        self._durable = engine.execution_options(**{_OPTION: "durable"})
        # SQLite has one writer: waiting here is fair and cheap, waiting in the driver means sleeping and asking again.
        self._writer = asyncio.Lock()

    @contextlib.asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that sees one moment of the database. Raises `StorageError`."""
        with explained(self.where):
            async with self._engine.connect() as connection:
                yield connection

    @contextlib.asynccontextmanager
    async def writing(self, *, durable: bool = False) -> AsyncIterator[AsyncConnection]:
        """A transaction that commits at the end of the block and rolls back when it raises. Raises `StorageError`.

        `durable`: on the disk before the block is left, even if the power fails the moment after; for what a caller was
        promised. Otherwise a power cut may lose the last second, never half a transaction.
        """
        with explained(self.where):
            if not self._sqlite:
                async with self._engine.begin() as connection:
                    yield connection
                return
            async with self._writer, (self._durable if durable else self._immediate).begin() as connection:
                yield connection

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()


def make_engine(url: sa.URL, fill: Callable[[sqlite3.Connection], object]) -> AsyncEngine:
    """An engine that does not touch the database yet; SQLite gets its settings with every new connection.

    `fill` makes the tables of a database in memory, which is always a new one.
    """
    if not url.drivername.startswith("sqlite"):
        return create_async_engine(url, pool_pre_ping=True)
    settings: dict[str, Any] = {"connect_args": {"timeout": BUSY_TIMEOUT_S, "isolation_level": None}, "pool_reset_on_return": None}
    anchor: sqlite3.Connection | None = None
    if url.database in {None, "", ":memory:"}:
        # One connection, one transaction at a time: connections that share memory lock whole tables against one another.
        settings |= {"poolclass": sa.AsyncAdaptedQueuePool, "pool_size": 1, "max_overflow": 0}
        url, anchor = _kept_in_memory(url)
        fill(anchor)
    engine = create_async_engine(url, **settings)
    if anchor is not None:
        event.listen(engine.sync_engine, "engine_disposed", lambda _: anchor.close())
    event.listen(engine.sync_engine, "connect", _configure)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _kept_in_memory(url: sa.URL) -> tuple[sa.URL, sqlite3.Connection]:
    """A database in memory under a name of its own, and a connection that keeps it.

    What is in memory goes with its last connection, and an operation that runs out of time takes its connection with it.
    """
    name = f"file:frontdesk-{next(_MEMORIES)}?mode=memory&cache=shared"
    query = {"mode": "memory", "cache": "shared", "uri": "true"}
    return url.set(database=name.partition("?")[0], query=query), sqlite3.connect(name, uri=True, check_same_thread=False)


def _configure(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    how = connection.get_execution_options().get(_OPTION)
    if how is not None:
        wanted = "FULL" if how == "durable" else "NORMAL"
        if connection.info.get("synchronous", "NORMAL") != wanted:
            connection.exec_driver_sql(f"PRAGMA synchronous={wanted}")
            connection.info["synchronous"] = wanted
    # A writer takes the lock at once: one that reads first and writes later is refused when another wrote in between.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if how else "BEGIN")


@contextlib.contextmanager
def explained(where: str) -> Iterator[None]:
    """Turn what the driver raises into a `StorageError` with one sentence that says what to do."""
    try:
        yield
    except exc.IntegrityError:
        raise  # a rule of ours at work, for the repository that knows which
    except exc.DBAPIError as error:
        raise _sentence(where, str(error.orig).lower()) from error
    except exc.SQLAlchemyError as error:
        message = f"The database {where} could not be used ({error}); check its address."
        raise StorageError(message) from error
    except OSError as error:
        message = f"The database {where} cannot be reached ({error.strerror or error}); check its address and that it is running."
        raise StorageError(message) from error


def _sentence(where: str, reason: str) -> StorageError:
    advice = (
        ("disk is full", f"The disk is full: free some space for {where}, nothing of this step was written."),
        ("disk i/o error", f"The disk under {where} does not answer; check it, nothing of this step was written."),
        ("not a database", f"{where} is not a database or is damaged; restore it from a backup or move it away to begin a new one."),
        ("malformed", f"The database {where} is damaged; restore it from a backup or move it away to begin a new one."),
        ("readonly", f"{where} cannot be written; give this user write permission to the file and its folder."),
        ("unable to open", f"{where} cannot be opened; check that the folder exists and that this user may write in it."),
        ("no such", f"The tables in {where} are not those of this program ({reason}); move the file away to begin a new one."),
    )
    if "locked" in reason or "busy" in reason:
        return StorageBusy(f"The database {where} has been busy for {BUSY_TIMEOUT_S:g} seconds; try again, or end what keeps it busy.")
    for sign, sentence in advice:
        if sign in reason:
            return StorageError(sentence)
    return StorageError(f"The database {where} could not be used ({reason}); check that it can be reached.")


def describe(url: sa.URL) -> str:
    """How a database is named in messages: the file, or the address without its password."""
    if url.drivername.startswith("sqlite"):
        return str(Path(url.database)) if url.database and url.database != ":memory:" else "in memory"
    return url.render_as_string(hide_password=True)
