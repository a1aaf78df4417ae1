"""`frontdesk test` and `frontdesk record` as commands: what they print where, and their exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from frontdesk.cli.app import app

CALL = """
title: Hangs up
language: en
call:
  - caller: hangs up
end: {outcome: abandoned}
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A business folder with one call."""
    (tmp_path / "calls").mkdir()
    (tmp_path / "calls" / "hangs_up.yaml").write_text(CALL, encoding="utf-8")
    return tmp_path


def test_all_went_as_written(folder: Path) -> None:
    """Exit code 0, and a report for the build server."""
    done = run("test", "--business", str(folder), "--junit", str(folder / "report.xml"), "--only", "hangs_up", "--only", "vans")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "1 call: all went as written.\n", "")
    assert 'tests="1" failures="0"' in (folder / "report.xml").read_text(encoding="utf-8")


def test_something_went_otherwise(folder: Path) -> None:
    """Exit code 1, and the dialogue."""
    (folder / "calls" / "hangs_up.yaml").write_text(CALL.replace("abandoned", "booked"), encoding="utf-8")
    done = run("test", "--business", str(folder))
    assert done.exit_code == 1
    assert "   !! the outcome is abandoned, not booked\n" in done.stdout


def test_nothing_can_be_held(folder: Path) -> None:
    """Exit code 2, and a sentence on standard error."""
    done = run("test", "--business", str(folder), "--only", "vans")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "No call is called “vans”; the first of 1 is calls/hangs_up[en].\n"
    (folder / "business.yaml").write_text("version: 1\n", encoding="utf-8")
    done = run("test", "--business", str(folder))
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.endswith("nothing was started.\n")


def test_a_call_is_recorded_by_name_or_the_last_one(folder: Path) -> None:
    """Not both; and a database that is not there has neither."""
    done = run("record", "call_1", "--last")
    assert (done.exit_code, done.stderr) == (2, "Name a call, or --last; not both.\n")
    done = run("record", "--db", f"sqlite:///{folder / 'calls.db'}")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("There is no database ")
