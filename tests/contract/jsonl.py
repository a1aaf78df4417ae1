"""`frontdesk call --jsonl` as another program sees it: bytes in, lines out, an exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from frontdesk.cli.app import app
from tests.conftest import ROOT

__all__ = ["NOW", "Spoken", "call", "command", "environment", "fixture_file", "within"]

NOW = "2026-06-12T09:00"


@dataclass(frozen=True, slots=True)
class Spoken:
    """What came out of one call. `lines` are all lines of stdout, read as JSON."""

    lines: list[dict[str, Any]]
    code: int
    errors: str
    raw: str

    @property
    def turns(self) -> list[dict[str, Any]]:
        return [line for line in self.lines if "turn" in line]

    @property
    def end(self) -> dict[str, Any]:
        return self.lines[-1]


def command(*options: str) -> list[str]:
    """The command as it is installed, without an installation."""
    return [sys.executable, "-c", "from frontdesk.cli.app import main; main()", "call", "--jsonl", *options]


def environment(**changes: str) -> dict[str, str]:
    """The environment of this test run without our own settings, and with `changes`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FRONTDESK_")}
    return {**kept, "PYTHONPATH": str(ROOT), **changes}


def call(*messages: dict[str, Any] | str | bytes, options: Sequence[str] = (), folder: Path, **changes: str) -> Spoken:
    """Holds one call with a database of its own. Text and bytes are sent as they are, as a line each."""
    sent = b"".join(_line(message) for message in messages)
    done = subprocess.run(
        command("--now", NOW, "--db", f"sqlite:///{folder}/calls.db", *options),
        input=sent,
        capture_output=True,
        cwd=folder,
        env=environment(**changes),
        timeout=60,
        check=False,
    )
    raw = done.stdout.decode("utf-8")
    return Spoken([json.loads(line) for line in raw.splitlines()], done.returncode, done.stderr.decode("utf-8", "replace"), raw)


def within(*messages: dict[str, Any] | str | bytes, options: Sequence[str] = (), folder: Path) -> Spoken:
    """The same without a process of its own, which takes seconds to begin: the command reads these lines, and finds all loaded."""
    given = ("call", "--jsonl", "--now", NOW, "--db", f"sqlite:///{folder}/calls.db", *options)
    unset = {name: None for name in os.environ if name.startswith("FRONTDESK_")}
    done = CliRunner(env=unset).invoke(app, given, input=b"".join(_line(message) for message in messages))
    raw = done.stdout_bytes.decode("utf-8")
    return Spoken([json.loads(line) for line in raw.splitlines()], done.exit_code, done.stderr, raw)


def fixture_file(folder: Path, **content: Any) -> str:
    """A fixture written to a file; gives its path."""
    file = folder / "fixture.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return str(file)


def _line(message: dict[str, Any] | str | bytes) -> bytes:
    if isinstance(message, bytes):
        return message + b"\n"
    return (message if isinstance(message, str) else json.dumps(message, ensure_ascii=False)).encode() + b"\n"
