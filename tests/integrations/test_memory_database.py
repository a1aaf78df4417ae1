"""A database in memory outlives the connection of an operation that ran out of time."""

from __future__ import annotations

import asyncio

import sqlalchemy as sa

from integrations.records.opening import open_database

_SLOW = sa.text("with recursive n(x) as (select 1 union all select x + 1 from n limit 400000) select count(*) from n")


async def test_an_operation_out_of_time_does_not_take_the_tables_with_it():
    """An operation that is cancelled inside a statement loses its connection; the next one finds everything where it was."""
    database = await open_database("sqlite://")
    try:
        begun = asyncio.Event()

        async def slow() -> None:
            async with database.reading() as connection:
                begun.set()
                await connection.execute(_SLOW)

        working = asyncio.create_task(slow())
        await begun.wait()
        await asyncio.sleep(0)
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        assert working.cancelled()
        async with database.reading() as connection:
            tables = await connection.run_sync(lambda sync: sa.inspect(sync).get_table_names())
        assert "calls" in tables
    finally:
        await database.close()


async def test_each_database_in_memory_is_one_of_its_own():
    """Two of them share nothing."""
    first, second = await open_database("sqlite://"), await open_database("sqlite://")
    try:
        async with first.writing() as connection:
            await connection.execute(sa.text("create table only_here (id integer)"))
        async with second.reading() as connection:
            tables = await connection.run_sync(lambda sync: sa.inspect(sync).get_table_names())
        assert "only_here" not in tables
    finally:
        await first.close()
        await second.close()
