"""`frontdesk diff`: folders and git revisions, sentences and JSON, and an exit code for CI."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from frontdesk.cli.diff import print_diff
from frontdesk.cli.options import BadOption

NOT_ASKED = "Cancel no longer asks for confirmation: the call goes from confirm_cancel to cancel_it without a yes."


def run(old: Path | str, new: Path | str, **options: object) -> tuple[int, str]:
    out = io.StringIO()
    return print_diff(str(old), str(new), out, **options), out.getvalue()  # type: ignore[arg-type]


@pytest.fixture
def folders(root: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A business folder, and the same after an edit that no longer asks before it cancels."""
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        folder.mkdir()
        shutil.copy(root / "states.yaml", folder)
    text = (new / "states.yaml").read_text(encoding="utf-8")
    (new / "states.yaml").write_text(text.replace("{if: {agreed: true}, to: cancel_it}", "{to: cancel_it}"), encoding="utf-8")
    return old, new


def test_sentences_come_with_grades_and_a_summary(folders: tuple[Path, Path]) -> None:
    """The gravest change first; a version that `check` refuses is said to be one."""
    code, said = run(*folders)
    lines = said.splitlines()
    assert code == 0
    assert lines[0] == f"dangerous  {NOT_ASKED}  (states.yaml)"
    assert lines[2] == "2 changes: 1 dangerous, 1 to look at, 0 harmless."
    assert lines[3].startswith("It would not go live: frontdesk check finds ")


def test_nothing_changes(folders: tuple[Path, Path]) -> None:
    """Two copies mean the same."""
    assert run(folders[0], folders[0]) == (0, "Nothing changes for callers.\n")


def test_a_slip_that_changes_nothing_yet_is_no_calm(folders: tuple[Path, Path]) -> None:
    """Where a key is misspelt the old value may still hold; that nothing changes would be the wrong thing to say of it."""
    text = (folders[0] / "states.yaml").read_text(encoding="utf-8")
    (folders[1] / "states.yaml").write_text(text + "colour: red\n", encoding="utf-8")
    code, said = run(*folders)
    assert code == 0
    assert said == f"It would not go live: frontdesk check finds 1 problem in {folders[1]}.\n"


def test_a_sentence_that_would_not_be_said_is_told(folders: tuple[Path, Path]) -> None:
    """What stops a version in its sentences or phrases stops it as much as what does in its graph."""
    shutil.copy(folders[0] / "states.yaml", folders[1])
    lines = folders[1] / "prompts" / "lines" / "en.yaml"
    lines.parent.mkdir(parents=True)
    lines.write_text('greet:\n  ask: "What can I do for you at 10?"\n', encoding="utf-8")
    assert run(*folders)[1].endswith(f"It would not go live: frontdesk check finds 1 problem in {folders[1]}.\n")
    assert json.loads(run(*folders, as_json=True)[1])["problems"] == 1


def test_exit_code_for_ci(folders: tuple[Path, Path]) -> None:
    """1 when a change is of the grade that was named, or a graver one."""
    old, new = folders
    assert run(old, new, fail_on="dangerous")[0] == 1
    assert run(old, new, fail_on="look")[0] == 1
    assert run(old, old, fail_on="look")[0] == 0


def test_json_for_programs(folders: tuple[Path, Path]) -> None:
    """One object: every change, and how many there are of each grade."""
    data = json.loads(run(*folders, as_json=True)[1])
    assert data["changes"][0] == {"grade": "dangerous", "sentence": NOT_ASKED, "file": "states.yaml"}
    assert data["counts"] == {"dangerous": 1, "look": 1, "harmless": 0}
    assert data["problems"] >= 1


def test_the_old_version_may_be_a_git_revision(folders: tuple[Path, Path]) -> None:
    """What was committed is compared with what stands in the folder."""
    old, new = folders

    def git(*words: str) -> None:
        subprocess.run(["git", "-C", str(old), "-c", "user.name=Owner", "-c", "user.email=owner@example.org", *words], check=True)

    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message", "First")
    shutil.copy(new / "states.yaml", old)
    assert NOT_ASKED in run("HEAD", old)[1]


def test_what_is_no_version_is_named(folders: tuple[Path, Path], tmp_path: Path) -> None:
    """A misspelt folder, a revision that does not exist, a graph that cannot be read."""
    for odd in ("nowhere", "--output=x"):
        with pytest.raises(BadOption, match="There is no folder"):
            run(odd, folders[0])
    with pytest.raises(BadOption, match="There is no folder"):
        run("nowhere", "nowhere either")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "states.yaml").write_text("", encoding="utf-8")
    with pytest.raises(BadOption, match="The graph cannot be read"):
        run(folders[0], tmp_path / "broken")


def test_a_business_that_brings_only_some_files_takes_the_rest_from_the_defaults(folders: tuple[Path, Path], root: Path) -> None:
    """A folder with nothing but the shipped graph is the shipped business."""
    assert run(root, folders[0])[1] == "Nothing changes for callers.\n"
