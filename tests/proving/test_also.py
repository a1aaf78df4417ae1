"""Calls that are written down for the paths."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.bootstrap.content import Folders, load_content
from frontdesk.bootstrap.reading import read_all
from frontdesk.proving.also import paths_also
from frontdesk.proving.covering import GeneratedPath
from frontdesk.proving.script import BadScript, read_paths
from frontdesk.proving.situations import NOW
from tests.conftest import ROOT

INSURER = ROOT / "examples" / "insurance"


def made_of(file: Path, business: Path | None = None) -> list[GeneratedPath]:
    folders = Folders(business)
    return paths_also(file, load_content(folders, lambda: NOW), read_all(folders).phrases)


@pytest.mark.parametrize(("folder", "business"), [(ROOT / "tests", None), (INSURER, INSURER)], ids=["salon", "insurer"])
def test_the_stored_paths_have_them_as_they_go_now(folder: Path, business: Path | None) -> None:
    """Each comes to a limit of visits, and stands among the stored paths."""
    made = made_of(folder / "paths" / "also.yaml", business)
    assert [sum(name.endswith(".visits") for name in path.covers) for path in made] == [1] * len(made)
    stored = {(path.setting, path.turns) for path in read_paths(folder / "paths" / "paths.yaml")}
    assert {(path.setting, path.turns) for path in made} <= stored


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- setting: {number: shown}\n  turns: [intent=book, 'hold: ok']\n", "call number 1 cannot go"),
        ("- setting: {number: shown}\n  turns: [Books!]\n", "nothing that a caller can do"),
        ("- turns: ['yes']\n", "no file of calls"),
        ("yes\n", "no file of calls"),
    ],
)
def test_a_call_that_cannot_go_so_is_told(text: str, says: str, tmp_path: Path) -> None:
    """Which call it is, or what is wrong with the file."""
    file = tmp_path / "also.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadScript, match=says):
        made_of(file)


def test_there_need_be_none(tmp_path: Path) -> None:
    """Most businesses have no such file."""
    assert made_of(tmp_path / "also.yaml") == []
