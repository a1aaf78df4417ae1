"""`frontdesk demo --voice` where something is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from frontdesk.cli.app import app


def test_what_is_not_installed_is_named_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without espeak-ng nothing is begun, and the sentence says how to install it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    ended = CliRunner().invoke(app, ["demo", "--voice", str(tmp_path / "made")])
    assert ended.exit_code == 2
    assert len(ended.stderr.splitlines()) == 1
    assert "espeak-ng (Debian: apt-get install espeak-ng)" in ended.stderr
    assert not (tmp_path / "made").exists()
