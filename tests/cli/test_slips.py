"""A slip of the hand is answered in one sentence that says what to do, with exit code 2, whichever command it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from frontdesk.cli.app import app

ON_A_BUSINESS = [
    "check",
    "test",
    "record",
    "coverage",
    "paths",
    "doctor",
    "graph",
    "prompt greet",
    "simulate",
    "demo",
    "call --jsonl",
    "understand",
]


def said(*arguments: str) -> str:
    """What stands on standard error, one line. Nothing is on standard output, and the exit code is 2."""
    done = CliRunner().invoke(app, arguments)
    assert isinstance(done.exception, SystemExit), done.exception
    assert (done.exit_code, done.stdout) == (2, "")
    [line] = done.stderr.splitlines()
    return line


@pytest.mark.parametrize("command", ON_A_BUSINESS)
def test_the_folder_is_not_there_or_holds_no_business(command: str, tmp_path: Path) -> None:
    """What a folder lacks is that of the salon: of a folder that has nothing at all it would be said that it is in order."""
    (tmp_path / "photos").mkdir()
    missing = said(*command.split(), "--business", str(tmp_path / "missing"))
    assert missing == f"There is no folder {tmp_path / 'missing'}; --business names one that holds states.yaml, business.yaml or prompts/."
    nothing = said(*command.split(), "--business", str(tmp_path))
    assert nothing == f"The folder {tmp_path} holds no business; --business names one with states.yaml, business.yaml or prompts/."


def test_every_command_on_a_business_is_tried() -> None:
    """A new one, too."""
    named = {command.name or command.callback.__name__: command.callback for command in app.registered_commands if command.callback}
    on_a_business = {name for name, callback in named.items() if "business" in callback.__annotations__}
    assert on_a_business == {command.split()[0] for command in ON_A_BUSINESS}


@pytest.mark.parametrize("command", ["replay --all --with", "diff .", "diff"])
def test_another_folder_is_not_there_or_holds_no_business(command: str, tmp_path: Path) -> None:
    """Of an edit as well."""
    assert said(*command.split(), str(tmp_path / "missing")).startswith(f"There is no folder {tmp_path / 'missing'}")
    assert said(*command.split(), str(tmp_path)).startswith(f"The folder {tmp_path} holds no business; ")


@pytest.mark.parametrize("command", ["replay --all", "record", "graph --traffic", "graph --call call_1"])
def test_a_database_that_is_not_there_is_not_made(command: str, tmp_path: Path) -> None:
    """By those who only look into it."""
    file = tmp_path / "folder" / "calls.db"
    line = said(*command.split(), "--db", f"sqlite:///{file}")
    assert line == f"There is no database {file}; hold a call with frontdesk call first, or name another one."
    assert not file.parent.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("graph -o graph.gif", "A picture is SVG or PNG, not GIF; name the file graph.svg or graph.png."),
        ("test --junit missing/report.xml", "The report missing/report.xml cannot be written; name a file in a folder that is there."),
        ("test --junit .", "The report . cannot be written; name a file in a folder that is there."),
        ("coverage --json --mermaid", "Give --json or --mermaid; not both."),
        ("paths --write --language de", "Give --language or --write; not both: paths are the same in every language."),
        ("simulate --language it --calls 1000", "There are no callers who speak “it”; they speak de, en, es, fr."),
        (
            "call --now 2026-06-12T09:00",
            "There is no terminal to type a call into; give --jsonl, or only --business and --language for the demo.",
        ),
    ],
)
def test_what_cannot_be_done_is_said_at_once(arguments: str, words: str) -> None:
    """Before minutes of work, and before something else is done instead."""
    assert said(*arguments.split()) == words
