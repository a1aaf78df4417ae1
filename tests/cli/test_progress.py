"""What takes minutes says so first, and in a terminal how far it has come; what it prints stays what it prints."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from frontdesk.cli import coverage
from frontdesk.cli.progress import Progress
from fsm.yaml_source import load_plain
from tests.conftest import ROOT


class Terminal(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        return True


class Enough(Exception):
    """So much has been seen."""


def seen(stderr: io.StringIO, run: Callable[[io.StringIO, io.StringIO], object]) -> str:
    """What stands on standard error when the work proper has told something for the first time."""
    stdout = io.StringIO()
    with pytest.raises(Enough):
        run(stdout, stderr)
    assert stdout.getvalue() == ""
    return stderr.getvalue()


@pytest.fixture
def working(monkeypatch: pytest.MonkeyPatch) -> None:
    """The work tells of its first step, and is enough."""

    def made(*given: object) -> None:
        told = given[-1]
        assert isinstance(told, Progress)
        told("exploring")
        raise Enough

    monkeypatch.setattr(coverage, "make_paths", made)


@pytest.mark.usefixtures("working")
def test_making_paths_says_at_once_what_takes_so_long() -> None:
    """In a file nothing else follows; in a terminal the step that it is at."""
    states = len(load_plain((ROOT / "states.yaml").read_text(encoding="utf-8"))["states"])
    begins = f"Making paths through {states} states, and against faults put in on purpose: some minutes …\n"
    assert seen(io.StringIO(), lambda out, err: coverage.write_paths(None, out, err)) == begins
    assert seen(Terminal(), lambda out, err: coverage.write_paths(None, out, err)) == f"{begins}\r\033[Kexploring"


@pytest.mark.usefixtures("working")
def test_coverage_says_what_it_holds_and_what_it_has_to_make(root: Path, tmp_path: Path) -> None:
    """A business with a graph of its own and no paths has them made, which takes longest."""
    (tmp_path / "states.yaml").write_bytes((root / "states.yaml").read_bytes())
    said = seen(io.StringIO(), lambda out, err: coverage.print_coverage(tmp_path, out, err, as_json=True, picture=False))
    first, second = said.splitlines()
    assert first == "Holding paths, calls and goals and watching where they come by: some minutes …"
    assert second == (
        f"There is no {tmp_path / 'paths/paths.yaml'}: paths are made for the moment, some minutes; frontdesk paths --write keeps them."
    )


def test_nothing_is_left_of_the_count_in_a_terminal() -> None:
    """What is printed afterwards begins on an empty line."""
    terminal = Terminal()
    progress = Progress(terminal)
    progress("paths: 1 of 2")
    progress("paths: 2 of 2")
    progress.ends()
    assert terminal.getvalue() == "\r\033[Kpaths: 1 of 2\r\033[Kpaths: 2 of 2\r\033[K"
