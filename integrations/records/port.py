"""What the business wants kept of its calls. All times are aware; every method raises `StorageError` when the database cannot be used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

__all__ = [
    "ActionRecord",
    "CallRecord",
    "CallerRecord",
    "ContentVersion",
    "FactRecord",
    "Records",
    "StaffTask",
    "TurnRecord",
]

JsonObject = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CallRecord:
    """A call, from its start to its end."""

    id: str
    started_at: dt.datetime
    language: str = ""
    caller: str | None = None
    """The caller's number in E.164, None when withheld."""
    business: str = ""
    graph: str = ""
    """Digest of the :class:`ContentVersion` that the call was begun with."""
    ended_at: dt.datetime | None = None
    outcome: str | None = None
    """As in the end line of the call: booked, moved, cancelled, answered, message, transferred, abandoned, failed."""


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """One turn: what was heard, what was said."""

    number: int
    at: dt.datetime
    state: str
    language: str
    heard: JsonObject | None = None
    """The input as it came: {"say": …}, {"dtmf": …}, {"silence_s": …}, {"hangup": true}; None for the greeting."""
    said: tuple[str, ...] = ()
    asks: str | None = None
    ms: float = 0.0
    fingerprint: str | None = None
    """Of the call and of its effects after this turn (:func:`fsm.journal.fingerprint`); None where it was not taken."""


@dataclass(frozen=True, slots=True)
class FactRecord:
    """A fact that was learnt, corrected or dropped (value None) in a turn."""

    name: str
    value: Any
    source: str
    """speech, keypad, caller_id or record."""
    words: str = ""
    """The caller's words it came from."""


@dataclass(frozen=True, slots=True)
class ActionRecord:
    """An action of a turn and its outcome."""

    name: str
    outcome: str
    detail: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ContentVersion:
    """The files that a call was held with, as they were. Equal digests mean equal files under equal names."""

    digest: str
    folder: str
    """Whose version it is: the folder of the business on this machine, empty for the defaults."""
    files: Mapping[str, bytes] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class StaffTask:
    """Something a person has to do. The same `key` is stored once."""

    key: str
    kind: str
    """callback, message, sms_failed…"""
    text: str
    created_at: dt.datetime
    call_id: str | None = None
    name: str | None = None
    phone: str | None = None
    language: str = ""
    done_at: dt.datetime | None = None
    number: str | None = None
    """The number that the caller was told, where there is one; no two tasks have the same."""
    id: int | None = field(default=None, compare=False)
    """Given by the database, in the order of storing: by it staff name a task. None until it is read back."""


@dataclass(frozen=True, slots=True)
class CallerRecord:
    """Somebody who called before, by number."""

    phone: str
    name: str | None
    email: str | None
    language: str
    first_call_at: dt.datetime
    last_call_at: dt.datetime
    calls: int


class Records(Protocol):
    """Calls, their turns and their journals; what staff must do; who called before."""

    async def start_call(self, call: CallRecord, version: ContentVersion | None = None) -> None:
        """Store a new call, and with it the version that it was begun with. Raises `Refused` when the id is known already."""
        ...

    async def keep_version(self, version: ContentVersion, at: dt.datetime) -> None:
        """Store a version that serves from `at` on; one that is stored already is known to serve again."""
        ...

    async def version(self, digest: str) -> ContentVersion | None:
        """A version as it was stored. Raises `CorruptJournal` when some of it is damaged or missing."""
        ...

    async def last_version(self, folder: str) -> ContentVersion | None:
        """The version of a folder that served last. Raises like :meth:`version`."""
        ...

    async def save_turn(
        self,
        call_id: str,
        turn: TurnRecord,
        *,
        facts: Sequence[FactRecord] = (),
        actions: Sequence[ActionRecord] = (),
        journal: Sequence[JsonObject] = (),
        journal_from: int = 0,
        snapshot: str | None = None,
    ) -> None:
        """Store everything of one turn in one transaction.

        `journal` are the events since the last turn, `journal_from` is the number of those stored before.
        Raises `Refused` when that turn or those events are stored already: another process runs the same call.
        """
        ...

    async def append_journal(self, call_id: str, events: Sequence[JsonObject], *, journal_from: int, snapshot: str | None = None) -> None:
        """Store events between turns. Raises `Refused` like :meth:`save_turn`."""
        ...

    async def end_call(self, call_id: str, *, outcome: str, language: str, at: dt.datetime) -> None:
        """Record how the call ended; the first ending stays."""
        ...

    async def journal_of(self, call_id: str) -> list[dict[str, Any]]:
        """The events of a call in order, empty for an unknown one. Raises `CorruptJournal`."""
        ...

    async def snapshot_of(self, call_id: str) -> str | None:
        """The call as it was last saved, as the JSON text that was handed in."""
        ...

    async def call(self, call_id: str) -> CallRecord | None:
        """One call, None for an unknown one."""
        ...

    async def calls(self, *, limit: int | None = 100, since: dt.datetime | None = None) -> list[CallRecord]:
        """The latest calls, newest first; with `since` those that started then or later, with `limit` None all of them."""
        ...

    async def turns_of(self, call_id: str) -> list[TurnRecord]: ...

    async def facts_of(self, call_id: str) -> list[tuple[int, FactRecord]]:
        """Every fact with the turn it was learnt in, in order."""
        ...

    async def actions_of(self, call_id: str) -> list[tuple[int, ActionRecord]]:
        """Every action with its turn, in order."""
        ...

    async def add_task(self, task: StaffTask) -> StaffTask:
        """Store a task for staff; one whose key is stored already is left as it is. Returns the one that is stored.

        Raises `NumberTaken` when another task has its number.
        """
        ...

    async def tasks(self, *, call_id: str | None = None, open_only: bool = False) -> list[StaffTask]:
        """Tasks for staff, oldest first."""
        ...

    async def finish_task(self, task_id: int, at: dt.datetime) -> StaffTask | None:
        """Record that a task is done; the first time stays. Returns it, None for an unknown one."""
        ...

    async def remember_caller(
        self, phone: str, *, at: dt.datetime, name: str | None = None, email: str | None = None, language: str = ""
    ) -> None:
        """Count a call from this number and keep what is known of the person."""
        ...

    async def caller(self, phone: str) -> CallerRecord | None:
        """Who called from this number before."""
        ...
