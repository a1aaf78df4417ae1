"""The same work for many items, in one process or in several: the results come in the order of the items either way."""

from __future__ import annotations

import atexit
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, ExitStack
from typing import Any, Final, TypeVar

from frontdesk.rehearsing.errors import ProcessEnded

__all__ = ["cores", "spread"]

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

Begin = Callable[[], AbstractContextManager[Callable[[_Item], _Result]]]

_WORTH_A_PROCESS: Final = 40
"""So many calls take longer than another process takes to load a business."""
_MOST_PROCESSES: Final = 60

_work: Callable[[Any], Any] | None = None
"""What this process does with an item, once it has begun."""


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(begin: Begin[_Item, _Result], items: Sequence[_Item], processes: int) -> Iterator[_Result]:
    """What the work makes of each item, in the order of the items.

    `begin` is called once in each process, and gives the work for as long as it is needed; with several processes it must be
    picklable, as items and results must. Few items are worth no second process. What the work raises is raised here. Raises
    ProcessEnded.
    """
    if processes < 2 or len(items) < _WORTH_A_PROCESS:
        with begin() as work:
            yield from map(work, items)
        return
    with ProcessPoolExecutor(
        min(processes, _MOST_PROCESSES), multiprocessing.get_context("spawn"), _leave_interrupts_to_the_parent
    ) as pool:
        try:
            yield from pool.map(_in_process, [begin] * len(items), items)
        except BrokenProcessPool as error:
            raise ProcessEnded("A process that held calls was ended from outside, perhaps for want of memory; try --jobs 1.") from error


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _in_process(begin: Begin[Any, Any], item: Any) -> Any:
    global _work  # noqa: PLW0603 - a process of the pool has no other place of its own
    if _work is None:  # not in the initializer of the pool: what is raised there never comes back
        begun = ExitStack()
        _work = begun.enter_context(begin())
        atexit.register(begun.close)
    return _work(item)
