"""Work in several processes: what it comes to in one, in the same order, whatever becomes of the others."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from frontdesk import processes as module
from frontdesk.bootstrap.reading import Folders
from frontdesk.checking.memo import Memo
from frontdesk.checking.whole import examine_folders
from frontdesk.processes import ProcessEnded, beside, mapped, processors, side_by_side, spread
from frontdesk.rehearsing.errors import CaseProblems
from fsm.problems import Problem

SLIPS = {
    "en": 'confirm:\n  give_up: "Say banana, or no."\nslot:\n  reask:\n    - "Press nine, or wait."\n    - "Free are {offers}."\n',
    "fr": 'confirm:\n  give_up: "Dites banane, ou non."\n',
}

ITEMS = range(60)


def where(number: int, done: Path) -> tuple[int, int]:
    """Its number and process; it waits until another process has done a part as well."""
    (done / str(os.getpid())).touch()
    for _ in range(5_000):
        if len(list(done.iterdir())) > 1:
            break
        time.sleep(0.002)
    return number, os.getpid()


def test_several_processes_take_part(tmp_path: Path) -> None:
    """Results come in the order of the parts, whoever has worked on them."""
    found = side_by_side([partial(where, number, tmp_path) for number in range(7)], 2)
    assert [number for number, _ in found] == list(range(7))
    assert len({process for _, process in found}) == 2


@pytest.mark.parametrize("processes", [1, 2, 9])
def test_an_error_is_that_of_the_part(processes: int) -> None:
    """A part that fails fails here, not without a word in a child."""

    def fails() -> int:
        raise LookupError("nothing there")

    with pytest.raises(LookupError, match="nothing there"):
        side_by_side([lambda: 1, fails, fails, lambda: 2], processes)


@pytest.mark.parametrize("end", [lambda: os._exit(3), lambda: os.kill(os.getpid(), signal.SIGKILL)], ids=["leaves", "is killed"])
def test_a_child_that_comes_to_a_bad_end(end: Callable[[], None]) -> None:
    """What it had taken is done here."""
    parent = os.getpid()

    def part(number: int) -> int:
        if os.getpid() != parent:
            end()
        return number

    assert side_by_side([partial(part, number) for number in range(5)], 4) == [0, 1, 2, 3, 4]


def test_work_beside_ours(tmp_path: Path) -> None:
    """It is done by another process while we go on, or here where there is only one."""
    with beside(os.getpid, 1) as result:
        assert result() == os.getpid()
    with beside(partial(where, 7, tmp_path), 2) as result:
        ours = where(3, tmp_path)  # each waits for the other
        theirs = result()
    assert [number for number, _ in (ours, theirs)] == [3, 7]
    assert ours[1] != theirs[1]


def test_work_beside_ours_that_nobody_asks_for() -> None:
    """It holds nobody up, however much it would send."""
    with beside(lambda: "x" * 1_000_000, 2):
        pass


def test_work_beside_ours_that_comes_to_a_bad_end() -> None:
    """What a child does not bring is done here; an error is raised where the result is asked for."""
    parent = os.getpid()
    with beside(lambda: os.getpid() if os.getpid() == parent else os._exit(3), 2) as result:
        assert result() == parent

    def fails() -> int:
        raise LookupError("nothing there")

    with beside(fails, 2) as broken, pytest.raises(LookupError, match="nothing there"):
        broken()


def test_a_check_finds_the_same(tmp_path: Path) -> None:
    """The same problems in the same order, and the same is known afterwards, with the file that remembers it."""
    for language, text in SLIPS.items():
        file = tmp_path / "prompts" / "lines" / f"{language}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    alone, together = Memo(), Memo(tmp_path / "understood.json")
    one = examine_folders(Folders(tmp_path), alone)
    several = examine_folders(Folders(tmp_path), together, processes=3)
    assert [problem.code for problem in one.problems] == ["not-understood"] * 3
    assert several.problems == one.problems
    assert several.tokens == one.tokens
    assert together.learnt == alone.learnt
    assert Memo(tmp_path / "understood.json").knows(min(alone.learnt))


def test_no_fork_beside_other_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child has none of the other threads, and whatever these hold stays held."""
    monkeypatch.setattr(module.Path, "iterdir", lambda _: iter([Path("1"), Path("2")]))
    assert processors() == 1
    monkeypatch.setattr(module.Path, "iterdir", lambda _: iter([Path("1")]))
    assert processors() == (len(os.sched_getaffinity(0)) if module.sys.platform == "linux" else 1)


def test_as_many_items_as_there_are(tmp_path: Path) -> None:
    """More than a byte counts to, each done once by one of the processes."""

    def work(item: int) -> int:
        with (tmp_path / "done").open("a", encoding="utf-8") as done:
            done.write(f"{item}\n")
        return item * 2

    assert mapped(work, range(700), 3) == [2 * item for item in range(700)]
    assert sorted((tmp_path / "done").read_text(encoding="utf-8").split(), key=int) == [str(item) for item in range(700)]


# -- begun anew ------------------------------------------------------------------------------------------------------


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
