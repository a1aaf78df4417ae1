"""Parts of a check side by side, on as many processors as there are.

Children are forked, so that they have everything that was read; what they find comes back over a pipe.
"""

from __future__ import annotations

import gc
import os
import pickle
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

__all__ = ["processors", "side_by_side"]

T = TypeVar("T")

_MOST_PARTS: Final = 255
"""The number of a part is one byte in the pipe from which processes take them."""


def processors() -> int:
    """How many processes can work at once: 1 where a fork is not safe, because the system or another thread does not bear it."""
    if sys.platform != "linux" or len(list(Path("/proc/self/task").iterdir())) > 1:
        return 1
    return len(os.sched_getaffinity(0))


def side_by_side(parts: Sequence[Callable[[], T]], processes: int) -> list[T]:
    """What each part comes to, in their order, whoever does it. Each process takes the first part that is left.

    Parts must not rest on what another one changes. What a child could not do, or could not send, is done here, so that an
    error is the one that it would be without children.
    """
    found: dict[int, T] = {}
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
        os.write(put, bytes(range(count)))
        os.close(put)
        yield left
    finally:
        os.close(left)


def _taken(left: int) -> Iterator[int]:
    while number := os.read(left, 1):
        yield number[0]


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
                _work(parts, left, there)
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


def _work(parts: Sequence[Callable[[], object]], left: int, there: int) -> None:
    """In a child: never returns, and leaves what the parent has open alone."""
    try:
        found = {number: parts[number]() for number in _taken(left)}
        with os.fdopen(there, "wb") as pipe:
            pickle.dump(found, pipe)
    finally:
        os._exit(0)


def _received(pipe: int) -> Mapping[int, T]:
    """What a child has sent; nothing where it came to a bad end."""
    with os.fdopen(os.dup(pipe), "rb") as sent:
        content = sent.read()
    try:
        found: Mapping[int, T] = pickle.loads(content)  # noqa: S301 - written by our own child
    except (EOFError, pickle.UnpicklingError):
        return {}
    return found
