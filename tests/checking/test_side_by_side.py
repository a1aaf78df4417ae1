"""Parts of a check side by side find what they find one after another, whatever becomes of the processes."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from frontdesk.bootstrap.reading import Folders
from frontdesk.checking import side_by_side as module
from frontdesk.checking.memo import Memo
from frontdesk.checking.side_by_side import processors, side_by_side
from frontdesk.checking.whole import examine_folders

SLIPS = {
    "en": 'confirm:\n  give_up: "Say banana, or no."\nslot:\n  reask:\n    - "Press nine, or wait."\n    - "Free are {offers}."\n',
    "fr": 'confirm:\n  give_up: "Dites banane, ou non."\n',
}


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
