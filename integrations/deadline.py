"""A total deadline for one request to the outside world, kept even when what is cut off takes its time to clean up."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Coroutine
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from integrations.errors import TimedOut

__all__ = ["HasDeadline", "in_time"]


class HasDeadline(Protocol):
    @property
    def deadline_s(self) -> float:
        """How long one request may take altogether, retries and waiting included."""
        ...

    @property
    def left_behind(self) -> set[asyncio.Task[Any]]:
        """Requests that were cut off and are still cleaning up: the event loop itself keeps only weak references."""
        ...


P = ParamSpec("P")
T = TypeVar("T")
Self = TypeVar("Self", bound=HasDeadline)
Method = Callable[Concatenate[Self, P], Coroutine[Any, Any, T]]


def in_time(method: Method[Self, P, T]) -> Method[Self, P, T]:
    """Let a method raise `TimedOut` when it has not answered after `deadline_s` of its object.

    What it was doing is cancelled and rolled back behind the caller's back: a driver may need seconds to let go.
    """

    @functools.wraps(method)
    async def timed(self: Self, /, *args: P.args, **kwargs: P.kwargs) -> T:
        task = asyncio.ensure_future(method(self, *args, **kwargs))
        try:
            done, _ = await asyncio.wait({task}, timeout=self.deadline_s)
        except asyncio.CancelledError:
            _leave(task, self.left_behind)
            raise
        if done:
            return task.result()
        _leave(task, self.left_behind)
        message = f"no answer within {self.deadline_s:g} seconds"
        raise TimedOut(message)

    return timed


def _leave(task: asyncio.Task[Any], left_behind: set[asyncio.Task[Any]]) -> None:
    def forget(_: asyncio.Task[Any]) -> None:
        left_behind.discard(task)
        if not task.cancelled():
            task.exception()  # nobody waits for it any more

    left_behind.add(task)
    task.add_done_callback(forget)
    task.cancel()
