"""A telephone line on this machine: LiveKit's server and Redis on 127.0.0.1, for trying calls and for tests.

`python deploy/loopback_line.py start|stop|prepare`; `make line`, `make line-stop` and `make test-line` call it. Standard library only.

The server is built once with Go from its public module; Redis comes from the system. Nothing listens on another address than
127.0.0.1, and the key of the line is made anew for each folder. It is for a developer's machine, not for real callers.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
VERSION: Final = "1.11.0"
"""The newest release that `go install` can build: later ones have `replace` directives in their go.mod."""

MODULE: Final = f"github.com/livekit/livekit-server/cmd/server@v{VERSION}"
SERVER: Final = ROOT / "build" / "line" / f"livekit-server-{VERSION}"
GO_AT_LEAST: Final = (1, 25)
GO_ELSEWHERE: Final = "/usr/local/go/bin"
"""Where its installer puts it, whether or not the path knows."""

READY_S: Final = 20.0


class NoLine(Exception):
    """The line cannot be had on this machine; the message is one sentence that says what to do."""


@dataclass(frozen=True)
class Line:
    """One line: `folder` keeps its settings, logs and process ids; it takes the ports `port` to `port` + 2."""

    port: int
    folder: Path

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}"

    @property
    def redis_port(self) -> int:
        """Where Redis listens; LiveKit's SIP service, which can be put beside the line, needs it as well."""
        return self.port + 2

    @property
    def env_file(self) -> Path:
        """What a process needs to use the line, as `NAME=value` lines; it holds the secret and is readable by its owner only."""
        return self.folder / "line.env"

    @property
    def environment(self) -> dict[str, str]:
        """The content of `env_file`. Raises NoLine when the line was never started."""
        try:
            text = self.env_file.read_text(encoding="utf-8")
        except FileNotFoundError:
            raise NoLine("The line was never started here: make line.") from None
        return dict(line.split("=", 1) for line in text.splitlines() if "=" in line)


def why_not() -> str:
    """Why the line cannot be started here, in one sentence; empty when it can."""
    try:
        _redis()
        if not SERVER.exists():
            _go()
    except NoLine as error:
        return str(error)
    return ""


def prepare() -> None:
    """Installs what is missing and can be installed: Redis where we may, the server where Go is. Raises NoLine."""
    try:
        _redis()
    except NoLine:
        _install_redis()
    _build_server()


def start(line: Line) -> None:
    """Starts both and waits until they answer; when they run already nothing happens. Raises NoLine."""
    prepare()
    line.folder.mkdir(parents=True, exist_ok=True)
    if not line.env_file.exists():
        write_environment(line)
    elif line.environment["LIVEKIT_URL"] != line.url:
        raise NoLine(f"{line.env_file} belongs to a line on another port; stop that one and remove the file, or choose another folder.")
    if not _running(line, "redis"):
        _must_be_free(line.redis_port)
        no_files = ("--save", "", "--appendonly", "no", "--daemonize", "no")
        _spawn(line, "redis", [_redis(), "--bind", "127.0.0.1", "--port", str(line.redis_port), *no_files])
    _wait(line, "redis", lambda: _pongs(line.redis_port))
    if not _running(line, "livekit"):
        _must_be_free(line.port)
        settings = line.folder / "livekit.yaml"
        _write_private(settings, config(line))
        _spawn(line, "livekit", [str(SERVER), "--config", str(settings.resolve())])
    _wait(line, "livekit", lambda: _answers(line.port))


def stop(line: Line) -> None:
    """Ends both, if they run. Their settings stay."""
    for name in ("livekit", "redis"):
        pid = _running(line, name)
        if pid:
            _end(pid)
        _pid_file(line, name).unlink(missing_ok=True)


def write_environment(line: Line) -> None:
    """Makes a key for the line, and the file that tells it."""
    _write_private(line.env_file, f"LIVEKIT_URL={line.url}\nLIVEKIT_API_KEY=loopback\nLIVEKIT_API_SECRET={secrets.token_hex(24)}\n")


def config(line: Line) -> str:
    """The settings of LiveKit's server."""
    keys = line.environment
    # The interface and the addresses: otherwise media is taken on every address of the machine. Its TCP port cannot be bound to
    # one address, so it is off. node_ip: otherwise a public address is looked for, by STUN.
    return "\n".join(
        (
            f"port: {line.port}",
            'bind_addresses: ["127.0.0.1"]',
            "rtc:",
            "  tcp_port: 0",
            f"  udp_port: {line.port + 1}",
            '  interfaces: {includes: ["lo"]}',
            '  ips: {includes: ["127.0.0.1/32"]}',
            "  node_ip: 127.0.0.1",
            "  use_external_ip: false",
            "  enable_loopback_candidate: true",
            f"redis: {{address: 127.0.0.1:{line.redis_port}}}",
            f"keys: {{{keys['LIVEKIT_API_KEY']}: {keys['LIVEKIT_API_SECRET']}}}",
            "logging: {level: info}",
            "",
        )
    )


# -- what must be there ------------------------------------------------------------------------------------------------


def _redis() -> str:
    found = shutil.which("redis-server")
    if found is None:
        raise NoLine("The line needs Redis: apt-get install redis-server (as root), then try again.")
    return found


def _install_redis() -> None:
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("apt-get") is None:
        _redis()
    command = ["apt-get", "install", "--yes", "--no-install-recommends", "redis-server"]
    print(f"Installing Redis: {' '.join(command)}", file=sys.stderr)
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    _redis()


def _go() -> str:
    found = shutil.which("go") or shutil.which("go", path=GO_ELSEWHERE)
    wanted = ".".join(map(str, GO_AT_LEAST))
    if found is None:
        raise NoLine(f"The line's server is built with Go {wanted} or later, which is not installed: see https://go.dev/doc/install.")
    told = subprocess.run([found, "env", "GOVERSION"], capture_output=True, text=True, check=False, cwd="/").stdout.strip()
    numbers = tuple(int(part) for part in told.removeprefix("go").split(".")[:2] if part.isdigit())
    if numbers < GO_AT_LEAST:
        raise NoLine(f"The line's server is built with Go {wanted} or later; {found} is {told or 'of an unknown version'}.")
    return found


def _build_server() -> None:
    if SERVER.exists():
        return
    go = _go()
    print(f"Building LiveKit's server {VERSION} (once, a few minutes) ...", file=sys.stderr)
    into = SERVER.parent / "building"
    into.mkdir(parents=True, exist_ok=True)
    built = subprocess.run([go, "install", MODULE], env={**os.environ, "GOBIN": str(into)}, capture_output=True, text=True, check=False)
    if built.returncode != 0:
        last = (built.stderr.strip().splitlines() or ["no message"])[-1]
        raise NoLine(f"Go could not build LiveKit's server: {last}")
    (into / "server").replace(SERVER)
    into.rmdir()


# -- processes ---------------------------------------------------------------------------------------------------------


_children: dict[int, subprocess.Popen[bytes]] = {}
"""Those that this process has started: it has to take note of their end."""


def _pid_file(line: Line, name: str) -> Path:
    return line.folder / f"{name}.pid"


def _running(line: Line, name: str) -> int:
    """The process id, 0 when it does not run. A number that some other program has got since counts as not running."""
    try:
        pid = int(_pid_file(line, name).read_text(encoding="utf-8"))
        os.kill(pid, 0)
    except (FileNotFoundError, ValueError, ProcessLookupError, PermissionError):
        return 0
    if Path("/proc/self/cwd").is_symlink():  # other systems have no /proc: then the number is believed
        try:
            at = Path(f"/proc/{pid}/cwd").readlink()
        except OSError:  # what we may not look at was not started by us
            return 0
        if at != line.folder.resolve():
            return 0
    return pid


def _spawn(line: Line, name: str, command: list[str]) -> None:
    with (line.folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=line.folder, start_new_session=True)
    _children[process.pid] = process
    _pid_file(line, name).write_text(str(process.pid), encoding="utf-8")


def _end(pid: int) -> None:
    for sign, patience_s in ((signal.SIGTERM, 8.0), (signal.SIGKILL, 2.0)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, sign)
        until = time.monotonic() + patience_s
        while time.monotonic() < until:
            if pid in _children and _children[pid].poll() is not None:
                del _children[pid]
                return
            try:
                os.kill(pid, 0)
            except ProcessLookupError:
                return
            time.sleep(0.05)


def _wait(line: Line, name: str, ready: object) -> None:
    assert callable(ready)
    until = time.monotonic() + READY_S
    while not ready():
        if time.monotonic() > until or not _alive(line, name):
            lines = (line.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace").splitlines()
            stop(line)
            raise NoLine(f"{name} did not start; its last words: {lines[-1] if lines else 'none'}")
        time.sleep(0.1)


def _alive(line: Line, name: str) -> bool:
    pid = _running(line, name)
    if not pid:
        return False
    return pid not in _children or _children[pid].poll() is None


def _must_be_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise NoLine(
                f"Port {port} of 127.0.0.1 is taken; choose others, as in make line LINE_PORT=7980 LINE_FOLDER=var/line-2."
            ) from None


def _pongs(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=0.5) as asked:
        asked.sendall(b"PING\r\n")
        return asked.recv(16).startswith(b"+PONG")
    return False


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1) as answer:
        return bool(answer.status == 200)
    return False


def _write_private(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")


def main() -> int:
    """The command. Exit code 2 with one sentence when there can be no line."""
    parser = argparse.ArgumentParser(description="A LiveKit line on 127.0.0.1.")
    parser.add_argument("do", choices=["start", "stop", "prepare"])
    parser.add_argument("--port", type=int, default=7880, help="first of three ports (default 7880)")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "line", help="where its settings, logs and process ids are kept")
    given = parser.parse_args()
    line = Line(given.port, given.folder)
    if given.do == "prepare":
        try:
            prepare()
        except NoLine as error:
            print(error, file=sys.stderr)
        return 0
    if given.do == "stop":
        stop(line)
        print("The line is down.")
        return 0
    try:
        start(line)
    except NoLine as error:
        print(error, file=sys.stderr)
        return 2
    shown = os.path.relpath(line.env_file)
    print(f"The line is up at {line.url}. For a shell that uses it: set -a; . {shown}; set +a")
    return 0


if __name__ == "__main__":
    sys.exit(main())
