"""Work for several processors.

:func:`beside`, :func:`side_by_side` and :func:`mapped` fork, so that their processes have everything that was read; what they
find comes back over a pipe. :func:`spread` begins processes anew, each of which prepares by itself: for work that has threads,
files or a loop of its own, and for systems that do not bear a fork.
"""

from __future__ import annotations

import atexit
import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

__all__ = ["Begin", "ProcessEnded", "beside", "cores", "mapped", "processors", "side_by_side", "spread"]

Item = TypeVar("Item")
Result = TypeVar("Result")

Begin = Callable[[], AbstractContextManager[Callable[[Item], Result]]]
"""Prepares a process, and gives what it does with each item for as long as it is needed."""

_NUMBER: Final = 4
"""Bytes of the number of a part in the pipe from which processes take them; a pipe holds 65,536."""
_MOST_PARTS: Final = 16_000

_WORTH_A_PROCESS: Final = 40
"""So many calls take longer than another process takes to load a business."""
_MOST_PROCESSES: Final = 60


class ProcessEnded(Exception):
    """A process that worked for us is gone; the message says what to do."""


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def processors() -> int:
    """As :func:`cores`, for work that is forked: 1 where that is not safe, because the system or another thread does not bear it."""
    if sys.platform != "linux" or len(list(Path("/proc/self/task").iterdir())) > 1:
        return 1
    return cores()


# -- forked: everything that was read is there ---------------------------------------------------------------------


@contextmanager
def beside(work: Callable[[], Result], processes: int) -> Iterator[Callable[[], Result]]:
    """Begins `work`, and gives what waits for its result; with one process, it is done when it is asked for.

    What a child could not do, or could not send, is done here when it is asked for.
    """
    if processes < 2:
        yield work
        return
    with _left(1) as left, _children([work], left, 1) as (pipe,):

        def result() -> Result:
            found: Mapping[int, Result] = _received(pipe)
            return found[0] if found else work()

        yield result


def mapped(work: Callable[[Item], Result], items: Sequence[Item], processes: int) -> list[Result]:
    """What comes of each item, in their order; see :func:`side_by_side`."""
    return side_by_side([partial(work, item) for item in items], processes)


def side_by_side(parts: Sequence[Callable[[], Result]], processes: int) -> list[Result]:
    """What each part comes to, in their order, whoever does it. Each process takes the first part that is left.

    Parts must not rest on what another one changes. What a child could not do, or could not send, is done here, so that an
    error is the one that it would be without children.
    """
    found: dict[int, Result] = {}
    if 1 < len(parts) <= _MOST_PARTS and processes > 1:
        with _left(len(parts)) as left, _children(parts, left, min(processes, len(parts)) - 1) as sent:
            found.update((number, parts[number]()) for number in _taken(left))
            for pipe in sent:
                found.update(_received(pipe))
    return [found[number] if number in found else part() for number, part in enumerate(parts)]


@contextmanager
def _left(count: int) -> Iterator[int]:
    """A pipe with the numbers of all parts."""
    left, put = os.pipe()
    try:
        os.write(put, b"".join(number.to_bytes(_NUMBER) for number in range(count)))
        os.close(put)
        yield left
    finally:
        os.close(left)


def _taken(left: int) -> Iterator[int]:
    while number := os.read(left, _NUMBER):
        yield int.from_bytes(number)


@contextmanager
def _children(parts: Sequence[Callable[[], object]], left: int, count: int) -> Iterator[list[int]]:
    """Processes that take part, each with the pipe on which it sends what it has found."""
    pipes: list[int] = []
    children: list[int] = []
    gc.freeze()  # else the first collection in a child would copy all that was read
    try:
        for _ in range(count):
            here, there = os.pipe()
            child = os.fork()
            if not child:
                for ours in (*pipes, here):
                    os.close(ours)  # else whoever sends what nobody waits for would wait for itself
                _work_in_child(parts, left, there)
            os.close(there)
            pipes.append(here)
            children.append(child)
        yield pipes
    finally:
        gc.unfreeze()
        for pipe in pipes:
            os.close(pipe)
        for child in children:
            os.waitpid(child, 0)


def _work_in_child(parts: Sequence[Callable[[], object]], left: int, there: int) -> None:
    """Never returns, and leaves what the parent has open alone."""
    try:
        found = {number: parts[number]() for number in _taken(left)}
        with os.fdopen(there, "wb") as pipe:
            pickle.dump(found, pipe)
    finally:
        os._exit(0)


def _received(pipe: int) -> Mapping[int, Result]:
    """What a child has sent; nothing where it came to a bad end."""
    with os.fdopen(os.dup(pipe), "rb") as sent:
        content = sent.read()
    try:
        found: Mapping[int, Result] = pickle.loads(content)  # noqa: S301 - written by our own child
    except (EOFError, pickle.UnpicklingError):
        return {}
    return found


# -- begun anew: each prepares by itself ---------------------------------------------------------------------------


def spread(begin: Begin[Item, Result], items: Sequence[Item], processes: int) -> Iterator[Result]:
    """What the work makes of each item, in the order of the items, as it comes.

    `begin` is called once in each process, and gives the work for as long as it is needed; with several processes it must be
    picklable, as items and results must. Few items are worth no second process. What the work raises is raised here. Raises
    ProcessEnded.
    """
    if processes < 2 or len(items) < _WORTH_A_PROCESS:
        with begin() as work:
            yield from map(work, items)
        return
    import multiprocessing  # only now: a check needs none of this, and is over before all of it is loaded
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    with ProcessPoolExecutor(
        min(processes, _MOST_PROCESSES), multiprocessing.get_context("spawn"), _leave_interrupts_to_the_parent
    ) as pool:
        try:
            yield from pool.map(_in_process, [begin] * len(items), items)
        except BrokenProcessPool as error:
            raise ProcessEnded("A process that held calls was ended from outside, perhaps for want of memory; try --jobs 1.") from error


_work: Callable[[Any], Any] | None = None
"""What this process does with an item, once it has begun."""


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _in_process(begin: Begin[Any, Any], item: Any) -> Any:
    global _work  # noqa: PLW0603 - a process of the pool has no other place of its own
    if _work is None:  # not in the initializer of the pool: what is raised there never comes back
        begun = ExitStack()
        _work = begun.enter_context(begin())
        atexit.register(begun.close)
    return _work(item)
