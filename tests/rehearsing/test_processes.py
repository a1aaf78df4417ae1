"""Work in several processes: the results in the order of the items, and errors of one sentence."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from frontdesk.rehearsing.errors import CaseProblems, ProcessEnded
from frontdesk.rehearsing.processes import spread
from fsm.problems import Problem

ITEMS = range(60)


@contextmanager
def at_work(notes: Path | None = None) -> Iterator[Callable[[int], tuple[int, int]]]:
    yield lambda item: (item, os.getpid())
    if notes is not None:
        (notes / str(os.getpid())).touch()


@contextmanager
def unable() -> Iterator[Callable[[int], int]]:
    raise CaseProblems((Problem("wrong", "file.yaml", 1, 1, "It is wrong.", "Mend it."),))
    yield abs


@contextmanager
def killed() -> Iterator[Callable[[int], int]]:
    yield lambda item: os._exit(9) if item == 7 else item


def test_results_come_in_the_order_of_the_items(tmp_path: Path) -> None:
    """From several processes, each of which ends what it began."""
    results = list(spread(partial(at_work, tmp_path), ITEMS, 2))
    assert [item for item, _ in results] == list(ITEMS)
    processes = {process for _, process in results}
    assert os.getpid() not in processes
    assert {int(file.name) for file in tmp_path.iterdir()} == processes


@pytest.mark.parametrize(("items", "processes"), [(ITEMS, 1), (range(39), 8)])
def test_one_process_or_few_items_stay_here(items: range, processes: int) -> None:
    """No other process is begun for them."""
    assert list(spread(at_work, items, processes)) == [(item, os.getpid()) for item in items]


@pytest.mark.parametrize("processes", [1, 2])
def test_what_is_raised_comes_back_whole(processes: int) -> None:
    """With what it carries."""
    with pytest.raises(CaseProblems) as raised:
        list(spread(unable, ITEMS, processes))
    assert [problem.code for problem in raised.value.problems] == ["wrong"]


def test_a_process_that_is_killed_is_told_in_a_sentence() -> None:
    """What to do is in it."""
    with pytest.raises(ProcessEnded, match="--jobs 1"):
        list(spread(killed, ITEMS, 2))
