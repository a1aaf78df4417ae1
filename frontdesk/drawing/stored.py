"""The paths of calls that were held: their journals, replayed against the graph they were held with."""

from __future__ import annotations

import json
from dataclasses import dataclass

from fsm.call import Call
from fsm.errors import EngineError
from fsm.graph import Graph
from fsm.journal import event_from_json, replay
from integrations.errors import StorageError
from integrations.records.opening import open_database
from integrations.records.sql_records import SqlRecords

__all__ = ["NoSuchCall", "Traffic", "path_of", "paths_of_all"]

Path = tuple[tuple[str, str], ...]
"""The moves of one call in order."""

_MOST_CALLS = 100_000


class NoSuchCall(Exception):
    """The path of a call cannot be told; the message is one sentence."""


@dataclass(frozen=True)
class Traffic:
    """The paths of all calls that were held with a graph, and how many others there are."""

    paths: tuple[Path, ...]
    of_other_versions: int
    damaged: int


async def path_of(url: str, graph: Graph, call_id: str) -> Path:
    """The moves of one stored call. Raises NoSuchCall, and StorageError for the database."""
    database = await open_database(url)
    try:
        records = SqlRecords(database)
        known = {call.id: call for call in await records.calls(limit=_MOST_CALLS)}
        if call_id not in known:
            raise NoSuchCall(f"There is no call {call_id} in the database; --db names another one.")
        if await _version(records, call_id) != graph.digest:
            raise NoSuchCall(f"The call {call_id} was held with another version of the graph; draw it with that version.")
        return await _path(records, graph, call_id, known[call_id].language)
    finally:
        await database.close()


async def paths_of_all(url: str, graph: Graph) -> Traffic:
    """The moves of every stored call. Raises StorageError for the database."""
    database = await open_database(url)
    paths, others, damaged = [], 0, 0
    try:
        records = SqlRecords(database)
        for call in await records.calls(limit=_MOST_CALLS):
            try:
                if await _version(records, call.id) != graph.digest:
                    others += 1
                    continue
                paths.append(await _path(records, graph, call.id, call.language))
            except (EngineError, StorageError):  # one damaged call hides none of the others
                damaged += 1
        return Traffic(tuple(paths), others, damaged)
    finally:
        await database.close()


async def _version(records: SqlRecords, call_id: str) -> str | None:
    """The graph that a call was held with; the prices and hours of the business are of no matter here."""
    snapshot = await records.snapshot_of(call_id)
    return Call.from_json(snapshot).graph if snapshot else None


async def _path(records: SqlRecords, graph: Graph, call_id: str, language: str) -> Path:
    events = [event_from_json(json.dumps(event)) for event in await records.journal_of(call_id)]
    return tuple(move for made in replay(graph, call_id, language, events) for move in made.moves)
