"""Keeps a call while it goes on, in order, without letting the caller wait for a slow database."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final

from integrations.errors import IntegrationError, Refused

__all__ = ["PATIENCE_S", "Keeper"]

_log = logging.getLogger(__name__)

PATIENCE_S: Final = 0.8
"""So long a caller waits for a turn to be stored, in all; what is not stored by then is stored later."""

Write = Callable[[], Awaitable[None]]


class Keeper:
    """Writes of one call, done one after the other by one task; one that fails is tried again with the next turn.

    Nothing is cancelled when the patience ends: a write that was cut off may have been done all the same.
    """

    def __init__(self, call_id: str) -> None:
        self._call_id = call_id
        self._due: deque[tuple[str, Write]] = deque()
        self._task: asyncio.Task[None] | None = None
        self._closed = False

    @property
    def behind(self) -> bool:
        """Whether something still waits to be stored."""
        return bool(self._due)

    def add(self, what: str, write: Write) -> None:
        """Puts a write after those that are due. `what` names it in the log and says nothing about the caller."""
        if not self._closed:
            self._due.append((what, write))

    async def settle(self, patience_s: float | None = PATIENCE_S) -> None:
        """Writes what is due, and comes back when that is done, has failed, or the patience is over; None waits for the end."""
        if self._task is None or self._task.done():
            self._task = asyncio.ensure_future(self._write())
        await asyncio.wait({self._task}, timeout=patience_s)

    async def _write(self) -> None:
        while self._due:
            what, write = self._due[0]
            try:
                await write()
            except Refused as error:  # the call is another's, or its rows are not what we left: nothing more can be added to it
                self._log(what, error)
                self._closed = True
                self._due.clear()
                return
            except IntegrationError as error:
                self._log(what, error)
                return
            self._due.popleft()

    def _log(self, what: str, error: IntegrationError) -> None:
        # A caller is answered all the same.
        _log.error("%s of call %s was not stored: %s", what, self._call_id, type(error).__name__)
