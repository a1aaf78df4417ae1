"""Stored calls as they are read back, and the content that each was begun with."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from frontdesk.bootstrap.content import load_version
from frontdesk.bootstrap.errors import ContentProblems
from frontdesk.conversation.ports import Content
from frontdesk.replaying.errors import CannotReplay, Damaged
from fsm.errors import CorruptJournal as UnreadableEvent
from fsm.events import CallStarted, Event
from fsm.journal import event_from_json
from integrations.errors import CorruptJournal
from integrations.records.port import CallRecord, Records, TurnRecord

__all__ = ["Contents", "Moment", "StoredCall", "read_call"]


@dataclass(frozen=True, slots=True)
class StoredCall:
    """Everything that is kept of a call. `graph` is the name that its snapshot gives to the graph."""

    record: CallRecord
    started: CallStarted
    events: Sequence[Event]
    turns: Sequence[TurnRecord]
    actions: Mapping[int, Sequence[tuple[str, str]]]
    snapshot: str
    graph: str

    @property
    def wall(self) -> dt.datetime:
        """When it began, wall time of the business."""
        return dt.datetime.fromisoformat(self.started.at).replace(tzinfo=None)


async def read_call(records: Records, record: CallRecord) -> StoredCall:
    """A stored call. Raises CannotReplay where something of it is missing or damaged, and what the records raise."""
    try:
        events = [event_from_json(json.dumps(event)) for event in await records.journal_of(record.id)]
        snapshot = await records.snapshot_of(record.id)
        graph = str(json.loads(snapshot)["graph"]) if snapshot else ""
    except (CorruptJournal, UnreadableEvent) as error:
        raise Damaged(str(error)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise Damaged("Its snapshot is damaged; restore the database from a backup.") from error
    if not events or not isinstance(events[0], CallStarted) or snapshot is None:
        raise CannotReplay("Nothing of it was stored but its start.")
    actions: dict[int, list[tuple[str, str]]] = {}
    for turn, action in await records.actions_of(record.id):
        actions.setdefault(turn, []).append((action.name, action.outcome))
    return StoredCall(record, events[0], events, await records.turns_of(record.id), actions, snapshot, graph)


class Contents:
    """The contents of stored versions, each loaded once; `moment` is their clock."""

    def __init__(self, records: Records, moment: Moment | None = None) -> None:
        self._records = records
        self._moment = moment or Moment()
        self._loaded: dict[str, Content | CannotReplay] = {}

    async def of(self, call: StoredCall) -> Content:
        """The content that a call was begun with. Raises CannotReplay."""
        digest = call.record.graph
        if digest not in self._loaded:
            self._loaded[digest] = await self._load(digest)
        found = self._loaded[digest]
        if isinstance(found, CannotReplay):
            raise found
        return found

    async def _load(self, digest: str) -> Content | CannotReplay:
        try:
            version = await self._records.version(digest)
            if version is None:
                return CannotReplay(f"The content that it was begun with ({digest}) has not been kept.")
            return load_version(version, self._moment)
        except CorruptJournal as error:
            return Damaged(str(error))
        except ContentProblems as error:
            first = error.problems[0]
            return CannotReplay(f"This program cannot use the content that it was begun with ({digest}) any more: {first.message}")


class Moment:
    """A clock that stands where it was put: the moment of the event that is being read."""

    def __init__(self) -> None:
        self.now = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now
