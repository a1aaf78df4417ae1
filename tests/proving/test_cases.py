"""`frontdesk test` holds the generated paths of a business beside its calls."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from frontdesk.proving.cases import path_cases
from frontdesk.rehearsing.errors import CaseProblems
from frontdesk.rehearsing.stages import Stages
from frontdesk.rehearsing.suite import rehearse
from fsm.yaml_source import load_plain
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def stages() -> Iterator[Stages]:
    """The salon, loaded once."""
    with Stages() as opened:
        yield opened


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A folder's own paths: the first one of the salon, and the same with another end."""
    first = load_plain((ROOT / "tests" / "paths" / "paths.yaml").read_text(encoding="utf-8"))["paths"][0]
    *turns, last = first["turns"]
    other = {**first, "turns": [*turns, {**last, "state": "greet"}]}
    file = tmp_path / "paths" / "paths.yaml"
    file.parent.mkdir()
    file.write_text(yaml.safe_dump({"paths": [first, other]}), encoding="utf-8")
    return file


async def test_a_path_is_a_case_in_every_language(file: Path, stages: Stages) -> None:
    """What goes otherwise is shown as in any other call."""
    cases = path_cases(file.parent.parent, stages)
    assert [case.id for case in cases] == [
        f"paths/{number}[{language}]" for number in ("001", "002") for language in ("fr", "de", "en", "es")
    ]
    good, bad = [await rehearse(case, stages) for case in (cases[2], cases[6])]
    assert good.wrong == ()
    assert any(line.startswith("      caller: ") for line in good.shown)
    assert bad.shown[:-1] == good.shown
    assert bad.wrong[0].endswith("not “greet”")


def test_a_file_that_cannot_be_read_is_a_problem_and_none_is_none(file: Path, stages: Stages) -> None:
    """Its name is said, and what to do."""
    file.write_text("paths: {}\n- x", encoding="utf-8")
    with pytest.raises(CaseProblems, match=r"paths/paths.yaml:0:0: wrong-paths: .* Write it anew with `frontdesk paths --write`."):
        path_cases(file.parent.parent, stages)
    file.unlink()
    assert path_cases(file.parent.parent, stages) == []


@pytest.mark.parametrize(
    ("key", "otherwise", "sentence"),
    [
        ("through", ["greet"], "it goes through intent, not greet"),
        ("achieves", ["booked"], "it achieves nothing, not booked"),
        ("learns", [], "it learns intent=book, not nothing"),
        ("forgets", ["when"], "it forgets nothing, not when"),
    ],
)
def test_what_else_a_turn_comes_to_is_held_too(file: Path, stages: Stages, key: str, otherwise: list[str], sentence: str) -> None:
    """States on the way, what is achieved, and facts: each has its own sentence."""
    data = load_plain(file.read_text(encoding="utf-8"))
    data["paths"][0]["turns"][1][key] = otherwise
    file.write_text(yaml.safe_dump(data), encoding="utf-8")
    played = asyncio.run(rehearse(path_cases(file.parent.parent, stages)[0], stages))
    assert played.wrong == (sentence,)
