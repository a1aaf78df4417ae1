"""Broken businesses: each file is one slip on the shipped folder, and `frontdesk check` must find just this one, at its place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from frontdesk.bootstrap.reading import DEFAULTS, Folders
from frontdesk.checking.whole import examine_folders
from fsm.problems import Problem
from fsm.yaml_source import load_plain
from tests.checking.shipped_memo import MEMO
from tests.examples import unless_in_sample

HERE = Path(__file__).parent
CASES = sorted(HERE.glob("*.yaml"))
CONTENT = ("states.yaml", "business.yaml", "prompts", "knowledge")


@dataclass(frozen=True)
class Broken:
    """A copy of the shipped folder with a slip in it."""

    folder: Path
    files: dict[str, str]

    def problems(self) -> tuple[Problem, ...]:
        return examine_folders(Folders(defaults=self.folder), MEMO).problems

    def line_of(self, file: str, words: str) -> int:
        """The line that these words end on, or that their → points at; they must be found once."""
        text = self.files.get(file) or (DEFAULTS / file).read_text(encoding="utf-8")
        before, arrow, after = words.partition("→")
        assert text.count(before + after) == 1, f"{words!r} stands {text.count(before + after)} times in {file}"
        return text[: text.index(before + after) + len(before if arrow else before.rstrip())].count("\n") + 1


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped folder, of links; always the same one, so that only the files of a slip are read again."""
    folder = tmp_path_factory.mktemp("copy")
    for name in CONTENT:
        for path in [DEFAULTS / name, *sorted((DEFAULTS / name).rglob("*"))]:
            there = folder / path.relative_to(DEFAULTS)
            if path.is_dir():
                there.mkdir()
            else:
                there.symlink_to(path)
    return folder


@contextmanager
def broken(case: dict[str, Any], folder: Path) -> Iterator[Broken]:
    """The copy with the changes of a case; afterwards it is whole again."""
    files: dict[str, str] = {}
    for change in case["change"]:
        file = change["in"]
        text = files.get(file) or (DEFAULTS / file).read_text(encoding="utf-8")
        assert text.count(change["old"]) == 1, f"{change['old']!r} stands {text.count(change['old'])} times in {file}"
        files[file] = text.replace(change["old"], change["new"])
    for name, text in files.items():
        (folder / name).unlink()
        (folder / name).write_text(text, encoding="utf-8")
    try:
        yield Broken(folder, files)
    finally:
        for name in files:
            (folder / name).unlink()
            (folder / name).symlink_to(DEFAULTS / name)


def _case(file: Path) -> Any:
    """One that only the exploration of all calls finds takes seconds; tests/fsm/broken has the same on a tiny graph."""
    explored = "example:" in file.read_text(encoding="utf-8")
    return pytest.param(file, id=file.stem, marks=pytest.mark.slow if explored else unless_in_sample(file.stem, 4))


@pytest.mark.parametrize("file", [_case(file) for file in CASES])
def test_one_slip_is_one_problem(file: Path, copy: Path) -> None:
    """The problem of the slip, and no other, with what to do about it and, where it takes a call to see it, the call."""
    case = load_plain(file.read_text(encoding="utf-8"))
    expected = case["expect"]
    with broken(case, copy) as there:
        found = there.problems()
        line = there.line_of(expected["in"], expected["line"])
    assert [(problem.code, problem.file, problem.line) for problem in found] == [(expected["code"], expected["in"], line)]
    (problem,) = found
    assert problem.column >= 1
    assert problem.message.endswith(".")
    assert problem.hint or problem.code == "unknown-value"
    assert all(any(words in turn for turn in problem.example) for words in expected.get("example", ()))
    assert bool(problem.example) == ("example" in expected)


def test_there_are_forty() -> None:
    """Forty slips of owners, in every kind of file that they edit."""
    cases = [load_plain(file.read_text(encoding="utf-8")) for file in CASES]
    assert len(cases) >= 40
    edited = {"/".join(change["in"].split("/")[:2]) for case in cases for change in case["change"]}
    prompts = {f"prompts/{part}" for part in ("lines", "answers", "sms", "states", "phrases")}
    assert edited == {"states.yaml", "business.yaml", *prompts}
    assert len({case["about"] for case in cases}) == len(cases)


def test_without_a_slip_there_is_no_problem(copy: Path) -> None:
    """What the broken folders are made from is whole."""
    with broken({"change": []}, copy) as there:
        assert there.problems() == ()
