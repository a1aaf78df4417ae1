"""SMS that go nowhere: each is a JSON line in a file, or kept in memory. For the demo, tests and a first day without a contract."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from integrations.errors import Unavailable
from integrations.records.outbox import OutboxMessage
from integrations.sms.port import Receipt
from integrations.sms.segments import segments

__all__ = ["OutboxFileSms"]


class OutboxFileSms:
    """An :class:`~integrations.sms.port.Sms` that appends to `path`, or only to `sent` when there is none.

    A key that this object has sent already is answered and not written again.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._receipts: dict[str, Receipt] = {}
        self.sent: list[OutboxMessage] = []
        """What was sent, in order."""

    async def send(self, message: OutboxMessage) -> Receipt:
        if message.key in self._receipts:
            return self._receipts[message.key]
        if self._path is not None:
            line = {"key": message.key, "to": message.to, "body": message.body, "purpose": message.purpose, "call_id": message.call_id}
            try:
                await asyncio.to_thread(_append, self._path, json.dumps(line, ensure_ascii=False))
            except OSError as error:
                text = f"{self._path} cannot be written ({error.strerror}); check the folder and the space left"
                raise Unavailable(text) from error
        receipt = Receipt(reference=f"file-{message.key}", segments=segments(message.body))
        self._receipts[message.key] = receipt
        self.sent.append(message)
        return receipt


def _append(path: Path, line: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
