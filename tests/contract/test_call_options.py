"""Options of `frontdesk call` that cannot be used: one sentence, exit code 2, nothing on stdout, never a traceback."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from frontdesk.cli.app import app
from tests.conftest import ROOT

# A file that cannot be opened ends a call before the driver's thread has ended; that thread's last word finds no loop any more.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with things that options may wrongly name."""
    for name in ("FRONTDESK_BUSINESS", "FRONTDESK_DB", "FRONTDESK_OUTBOX", "FRONTDESK_LOG_LEVEL"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "no-json.json").write_text("free_slots: []", encoding="utf-8")
    (tmp_path / "list.json").write_text("[]", encoding="utf-8")
    (tmp_path / "unknown-key.json").write_text('{"free_slot": []}', encoding="utf-8")
    (tmp_path / "unknown-service.json").write_text(
        '{"appointments": [{"service": "tattoo", "start": "2026-06-16T11:00", "name": "A"}]}', encoding="utf-8"
    )
    (tmp_path / "no-time.json").write_text('{"free_slots": ["2026-02-30T11:00"]}', encoding="utf-8")
    (tmp_path / "unknown-failure.json").write_text('{"fail": {"commit": "perhaps"}}', encoding="utf-8")
    (tmp_path / "text.db").write_text("this is no database, but long enough to be taken for one " * 30, encoding="utf-8")
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "states.yaml").write_text("version: 1\nstart: nowhere\nstates: {}\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "options",
    [
        ["--now", "tomorrow"],
        ["--now", "2026-13-01T09:00"],
        ["--caller", "Marie"],
        ["--caller", "0612345678"],
        ["--fixture", "{files}/missing.json"],
        ["--fixture", "{files}"],
        ["--fixture", "{files}/no-json.json"],
        ["--fixture", "{files}/list.json"],
        ["--fixture", "{files}/unknown-key.json"],
        ["--fixture", "{files}/unknown-service.json"],
        ["--fixture", "{files}/no-time.json"],
        ["--fixture", "{files}/unknown-failure.json"],
        ["--business", "{files}/missing"],
        ["--business", "{files}/text.db"],
        ["--db", "nonsense"],
        ["--db", "sqlite:///{files}/text.db"],
        ["--db", "sqlite:////proc/calls.db"],
        ["--brain", "model"],
    ],
    ids=" ".join,
)
def test_an_option_that_cannot_be_used_is_told_in_one_sentence(options: list[str], files: Path) -> None:
    """The sentence says what to do; there is no traceback and no half a call."""
    given = [option.replace("{files}", str(files)) for option in options]
    defaults = [] if "--db" in options else ["--db", "sqlite://"]
    result = CliRunner().invoke(app, ["call", "--jsonl", *defaults, *given], input="")
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1, result.stderr
    assert "Traceback" not in result.stderr
    assert result.stderr.strip().endswith((".", "…"))


@pytest.mark.parametrize("options", [["--language", "it"], ["--calendar", "moon"], ["--brain", "human"], ["--surprise"]], ids=" ".join)
def test_a_value_that_does_not_exist_is_refused(options: list[str]) -> None:
    """What the command line itself can see to be wrong is exit code 2 with the values that exist, or the usage."""
    result = CliRunner().invoke(app, ["call", "--jsonl", *options], input="")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


def test_broken_content_starts_no_call(files: Path) -> None:
    """Every problem is listed with its place, and nothing is answered."""
    result = CliRunner().invoke(app, ["call", "--jsonl", "--db", "sqlite://", "--business", str(files / "broken")], input="")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "states.yaml:" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_help_names_every_option() -> None:
    """What can be given is written where one looks first."""
    result = CliRunner().invoke(app, ["call", "--help"], env={"COLUMNS": "200"})
    assert result.exit_code == 0
    for option in ("--business", "--jsonl", "--language", "--now", "--caller", "--fixture", "--db", "--brain", "--calendar"):
        assert option in result.output
    assert str(ROOT) not in result.output


def test_logs_name_no_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the finest level, too, neither name nor number of a caller nor a word that was said is logged."""
    monkeypatch.setenv("FRONTDESK_LOG_LEVEL", "debug")
    monkeypatch.delenv("FRONTDESK_BUSINESS", raising=False)
    said = ("une coupe femme mardi à quinze heures", "Dupont", "zéro six douze trente-quatre cinquante-six soixante-dix-huit", "oui", "oui")
    result = subprocess.run(
        [
            sys.executable,
            "-c",
            "from frontdesk.cli.app import main; main()",
            "call",
            "--jsonl",
            "--db",
            "sqlite://",
            "--now",
            "2026-06-12T09:00",
        ],
        input="".join(json.dumps({"say": text}) + "\n" for text in said),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert '"Dupont"' in result.stdout
    assert not re.search(r"dupont|0612345678|33612345678|quinze", result.stderr, re.IGNORECASE)
