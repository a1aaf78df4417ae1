"""An event loop whose time passes only while everybody waits: a call with its silences is held in a moment, the same every time."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

__all__ = ["VirtualTimeLoop", "run_in_virtual_time"]

T = TypeVar("T")


class _Selector(selectors.DefaultSelector):
    """Does not wait for the time to pass; moves it on, once nothing has happened for `patience_s` of real time."""

    def __init__(self, patience_s: float) -> None:
        super().__init__()
        self.patience_s = patience_s
        self.passed_s = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            return super().select(None)
        happened = super().select(self.patience_s if timeout > 0 else 0)
        if not happened and timeout > 0:
            self.passed_s += timeout
        return happened


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """`patience_s` is how long real work in other threads (a database) may take before the clock moves without it."""

    def __init__(self, patience_s: float = 0.0) -> None:
        self._passing = _Selector(patience_s)
        super().__init__(self._passing)

    def time(self) -> float:
        """Seconds since the loop was made."""
        return self._passing.passed_s


def run_in_virtual_time(main: Coroutine[Any, Any, T], *, patience_s: float = 0.0) -> T:
    """As `asyncio.run`, in a :class:`VirtualTimeLoop`."""
    with asyncio.Runner(loop_factory=lambda: VirtualTimeLoop(patience_s)) as runner:
        return runner.run(main)
