"""The same work for many things at once, in processes that have everything from the one that begins it."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

__all__ = ["mapped"]

Item = TypeVar("Item")
Result = TypeVar("Result")

_work: Final[list[Callable[[Any], Any]]] = []


def mapped(work: Callable[[Item], Result], items: Sequence[Item], processes: int) -> list[Result]:
    """What comes of each, in their order. What goes wrong in a process goes wrong here."""
    if processes < 2 or len(items) < 2:
        return [work(item) for item in items]
    _work.append(work)
    try:
        with multiprocessing.get_context("fork").Pool(processes) as pool:
            return pool.map(_do, items, chunksize=1)
    finally:
        _work.pop()


def _do(item: Any) -> Any:
    return _work[-1](item)
