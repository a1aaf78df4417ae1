"""What the line on this machine says when it cannot be had, and what it never does."""

from __future__ import annotations

import socket
import stat
from pathlib import Path

import pytest

from deploy import loopback_line
from deploy.loopback_line import Line, NoLine


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with nothing on its path, and no server built yet."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(loopback_line, "SERVER", tmp_path / "livekit-server")
    monkeypatch.setattr(loopback_line, "GO_ELSEWHERE", str(tmp_path))
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    return tmp_path


def _program(folder: Path, name: str, says: str) -> None:
    program = folder / name
    program.write_text(f"#!/bin/sh\necho '{says}'\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def test_without_redis_it_says_what_to_run(bare: Path) -> None:
    """One sentence with the command; nothing is installed for somebody who may not."""
    assert "apt-get install redis-server" in loopback_line.why_not()
    with pytest.raises(NoLine, match="apt-get install redis-server"):
        loopback_line.start(Line(7880, bare / "line"))


@pytest.mark.parametrize(("version", "missing"), [("", "which is not installed"), ("go1.24.3", "is go1.24.3")])
def test_without_a_go_that_can_build_it_says_so(bare: Path, version: str, missing: str) -> None:
    """No Go and an old Go are two different things to do about."""
    _program(bare, "redis-server", "")
    if version:
        _program(bare, "go", version)
    told = loopback_line.why_not()
    assert "Go 1.25 or later" in told
    assert missing in told


def test_a_server_that_is_built_needs_no_go(bare: Path) -> None:
    """Go is needed once."""
    _program(bare, "redis-server", "")
    _program(bare, "livekit-server", "")
    assert loopback_line.why_not() == ""


def test_a_taken_port_is_named(bare: Path) -> None:
    """It does not start beside a stranger, and does not end the stranger."""
    _program(bare, "redis-server", "")
    _program(bare, "livekit-server", "")
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        port = stranger.getsockname()[1]
        with pytest.raises(NoLine, match=f"Port {port} of 127.0.0.1 is taken"):
            loopback_line.start(Line(port - 2, bare / "line"))
        assert stranger.fileno() >= 0


def test_the_secret_is_for_its_owner_only(bare: Path) -> None:
    """Settings and secret are not readable by others on the machine, and nothing listens elsewhere than on 127.0.0.1."""
    line = Line(7880, bare / "line")
    line.folder.mkdir()
    loopback_line.write_environment(line)
    assert stat.S_IMODE(line.env_file.stat().st_mode) == 0o600
    assert len(line.environment["LIVEKIT_API_SECRET"]) >= 32
    config = loopback_line.config(line)
    assert 'bind_addresses: ["127.0.0.1"]' in config
    assert "0.0.0.0" not in config


def test_a_process_id_of_somebody_else_is_left_alone(bare: Path) -> None:
    """A file with the number of a process that was not started in the folder of the line counts as not running."""
    line = Line(7880, bare / "line")
    line.folder.mkdir()
    (line.folder / "redis.pid").write_text("1", encoding="utf-8")
    loopback_line.stop(line)
    assert not (line.folder / "redis.pid").exists()
