"""`frontdesk phone` against a real LiveKit server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping

import pytest

pytest.importorskip("livekit.api", reason="the voice extra is not installed: make voice")

pytestmark = pytest.mark.line

NUMBER = "+33199001234"


@pytest.fixture
def phone(line: Mapping[str, str], monkeypatch: pytest.MonkeyPatch):
    """Runs the command; gives its exit code and everything it printed."""
    for name, value in line.items():
        monkeypatch.setenv(name, value)

    def run(*words: str) -> tuple[int, str]:
        command = [sys.executable, "-c", "from frontdesk.cli.app import main; main()", "phone", *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        return done.returncode, done.stdout + done.stderr

    return run


def test_set_up_shown_changed_and_taken_back(phone) -> None:
    """The server has what was asked for, a second run changes nothing, and what others have made stays."""
    assert phone("show")[0] == 1
    assert "Would make the trunk" in phone("setup", "--number", NUMBER, "--dry-run")[1]
    assert "no trunks" in phone("show")[1]

    assert phone("setup", "--number", NUMBER)[0] == 0
    assert phone("setup", "--number", NUMBER) == (0, "Nothing to change.\n")
    code, shown = phone("show")
    assert code == 0
    assert NUMBER in shown
    assert "the agent frontdesk" in shown

    code, told = phone("setup", "--number", NUMBER, "--trunk-name", "second")
    assert code == 2
    assert "belongs to the trunk “frontdesk”" in told
    assert phone("setup", "--trunk-name", "open")[0] == 2

    assert "from 192.0.2.0/24 (was: from every address)" in phone("setup", "--allow", "192.0.2.0/24")[1]
    assert NUMBER in phone("show")[1]
    assert phone("setup", "--number", "+33199001299", "--trunk-name", "second")[0] == 0
    assert phone("remove")[0] == 0
    assert "“second”" in phone("show", "--trunk-name", "second")[1]
    assert phone("remove", "--trunk-name", "second")[0] == 0
    assert phone("remove") == (0, "Nothing to change.\n")


def test_a_wrong_secret_is_told_from_no_server(phone, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two things to do about, in one sentence each."""
    monkeypatch.setenv("LIVEKIT_API_SECRET", "x" * 40)
    assert "does not take LIVEKIT_API_KEY" in phone("show")[1]
    monkeypatch.setenv("LIVEKIT_URL", "ws://127.0.0.1:1")
    assert "There is no LiveKit server" in phone("show")[1]
