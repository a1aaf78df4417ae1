"""An SMS sender that fails as planned, around one that works."""

from __future__ import annotations

from collections.abc import Sequence

from integrations.failures import FailurePlan
from integrations.records.outbox import OutboxMessage
from integrations.sms.port import Receipt, Sms

__all__ = ["FailingSms"]


class FailingSms:
    """`fail`: ok, timeout or error; one word for every attempt, or a list used attempt by attempt."""

    def __init__(self, sms: Sms, fail: str | Sequence[str]) -> None:
        self._sms = sms
        self._plan = FailurePlan({"sms": fail})

    async def send(self, message: OutboxMessage) -> Receipt:
        self._plan.check("sms")
        return await self._sms.send(message)
