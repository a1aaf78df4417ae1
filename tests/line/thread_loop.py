"""An event loop in a thread of its own: for servers that outlive a test, since every test has a loop of its own."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Coroutine, Iterator
from typing import Any, TypeVar

__all__ = ["ThreadLoop", "thread_loop"]

_T = TypeVar("_T")


class ThreadLoop:
    """Use :func:`thread_loop`."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, _T], *, within_s: float = 15.0) -> _T:
        """Runs it there and waits for it here."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(within_s)

    def end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()


@contextlib.contextmanager
def thread_loop() -> Iterator[ThreadLoop]:
    """A running loop while the block lasts."""
    loop = ThreadLoop()
    try:
        yield loop
    finally:
        loop.end()
