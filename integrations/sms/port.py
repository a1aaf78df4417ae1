"""What the business wants from text messages: this text to this number, once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from integrations.records.outbox import OutboxMessage

__all__ = ["Receipt", "Sms"]


@dataclass(frozen=True, slots=True)
class Receipt:
    """The message was accepted for delivery."""

    reference: str
    """The sender's own id of the message."""
    segments: int
    """How many SMS it is paid as."""


class Sms(Protocol):
    async def send(self, message: OutboxMessage) -> Receipt:
        """Hand the message over; with the same `message.key` again, a provider that can tell sends nothing.

        Raises `Refused` when this number can never receive it, `Unavailable` or `TimedOut` when it may work later.
        """
        ...
