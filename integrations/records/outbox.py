"""Messages to be sent: written in the transaction of what they announce, sent by a relay afterwards, each once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

__all__ = ["Outbox", "OutboxMessage", "OutboxRow", "OutboxStatus"]


class OutboxStatus(StrEnum):
    PENDING = "pending"
    """Waiting, or waiting again after a failure that may pass."""
    SENDING = "sending"
    """Claimed by a relay; when its lease runs out, pending again."""
    SENT = "sent"
    FAILED = "failed"
    """Given up; staff were told."""


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """What is to be sent. The same `key` is stored once, however often it is handed in."""

    key: str
    """Made by the engine from the call and what the message announces; at most 128 characters."""
    to: str
    """E.164 for sms, an address for mail."""
    body: str
    channel: str = "sms"
    purpose: str = "confirmation"
    """confirmation, staff, reminder…: who reads it and why."""
    call_id: str | None = None
    language: str = ""
    subject: str = ""
    """For mail."""


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A stored message and how far it came."""

    message: OutboxMessage
    status: OutboxStatus
    attempts: int
    """How often sending was begun."""
    created_at: dt.datetime
    due_at: dt.datetime
    """Not to be sent before."""
    sent_at: dt.datetime | None = None
    reference: str | None = None
    """The sender's own id of the message, once sent."""
    error: str | None = None
    """Why the last attempt failed."""


class Outbox(Protocol):
    """Every method raises `StorageError` when the database cannot be used."""

    async def add(self, messages: Sequence[OutboxMessage], *, now: dt.datetime) -> None:
        """Store messages that announce nothing else; those whose key is stored already are left as they are."""
        ...

    async def claim(
        self,
        worker: str,
        *,
        now: dt.datetime,
        limit: int = 10,
        lease_s: float = 60.0,
        call_id: str | None = None,
        channel: str | None = None,
    ) -> list[OutboxRow]:
        """Take due messages for sending, oldest first; no other worker gets them until the lease has run out.

        A message whose worker died is handed out again after the lease, so senders get the message's key for their own deduplication.
        """
        ...

    async def mark_sent(self, key: str, *, worker: str, now: dt.datetime, reference: str | None = None) -> bool:
        """Record success; False when the message is no longer this worker's."""
        ...

    async def mark_failed(self, key: str, *, worker: str, error: str, retry_at: dt.datetime | None = None) -> bool:
        """Record a failure: pending again from `retry_at`, or given up when that is None; False when no longer this worker's."""
        ...

    async def messages(self, *, call_id: str | None = None, status: OutboxStatus | None = None) -> list[OutboxRow]:
        """Stored messages in the order in which they were written."""
        ...
