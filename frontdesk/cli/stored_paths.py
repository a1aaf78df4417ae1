"""The paths of calls that were held, for `frontdesk graph`: their journals, made again with the graph they were held with."""

from __future__ import annotations

from dataclasses import dataclass

from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.replaying.errors import CannotReplay
from frontdesk.replaying.stored import Contents, StoredCall, read_call
from fsm.errors import EngineError
from fsm.graph import Graph, compile_graph
from fsm.journal import replay
from fsm.spec import GraphSpec
from integrations.errors import StorageError
from integrations.records.opening import open_database
from integrations.records.sql_records import SqlRecords

__all__ = ["HeldCall", "NoSuchPath", "Traffic", "path_of", "paths_of_all"]

Path = tuple[tuple[str, str], ...]
"""The moves of one call in order."""


class NoSuchPath(Exception):
    """The path of a call cannot be told; the message is one sentence."""


@dataclass(frozen=True)
class HeldCall:
    """The path of a call, and the graph that it was held with."""

    path: Path
    spec: GraphSpec


@dataclass(frozen=True)
class Traffic:
    """The paths of all calls that were held with a graph; how many others there are, and how many cannot be made again."""

    paths: tuple[Path, ...]
    of_other_versions: int
    damaged: int


async def path_of(url: str, spec: GraphSpec, call_id: str) -> HeldCall:
    """The path of one stored call, whichever version it was held with. Raises NoSuchPath, and StorageError for the database."""
    database = await open_database(url, create=False)
    try:
        records = SqlRecords(database)
        record = await records.call(call_id)
        if record is None:
            raise NoSuchPath(f"There is no call {call_id} in the database; --db names another one.")
        call = await read_call(records, record)
        graph = compile_graph(spec, CATALOGUE)
        if call.graph != graph.digest:
            graph = (await Contents(records).of(call)).graph
        return HeldCall(_path(call, graph), graph.spec)
    except (CannotReplay, EngineError) as error:
        raise NoSuchPath(f"The path of the call {call_id} cannot be drawn. {error}") from None
    finally:
        await database.close()


async def paths_of_all(url: str, spec: GraphSpec) -> Traffic:
    """The paths of the stored calls that were held with this graph. Raises StorageError for the database."""
    database = await open_database(url, create=False)
    graph = compile_graph(spec, CATALOGUE)
    paths, others, damaged = [], 0, 0
    try:
        records = SqlRecords(database)
        for record in await records.calls(limit=None):
            try:
                call = await read_call(records, record)
                if call.graph == graph.digest:
                    paths.append(_path(call, graph))
                else:
                    others += 1
            except (CannotReplay, EngineError, StorageError):  # one damaged call hides none of the others
                damaged += 1
        return Traffic(tuple(paths), others, damaged)
    finally:
        await database.close()


def _path(call: StoredCall, graph: Graph) -> Path:
    return tuple(move for made in replay(graph, call.record.id, call.started.language, call.events) for move in made.moves)
