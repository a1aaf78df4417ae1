"""`agent_main.py start` as a process, and what it has written into its database."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

__all__ = ["Stored", "Worker", "free_ports", "running_worker"]

_ROOT: Final = Path(__file__).parent.parent.parent
_REGISTERED_WITHIN_S: Final = 90.0


def free_ports(count: int) -> int:
    """The first of so many ports in a row of 127.0.0.1 that nobody uses."""
    for first in range(17880, 60000, count + 1):
        with contextlib.ExitStack() as probes:
            try:
                for port in range(first, first + count):
                    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
                        probe = probes.enter_context(socket.socket(socket.AF_INET, kind))
                        probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return first
    raise RuntimeError("no free ports")


@dataclass
class Worker:
    """A worker that runs. `port` is where it says whether it is well."""

    process: subprocess.Popen[bytes]
    port: int
    folder: Path

    @property
    def log(self) -> str:
        """What it has written so far."""
        return (self.folder / "worker.log").read_text(encoding="utf-8", errors="replace")

    @property
    def stored(self) -> Stored:
        return Stored(self.folder / "calls.db")

    def about(self) -> dict[str, Any]:
        """What it says of itself."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/worker", timeout=3) as answer:
            told: dict[str, Any] = json.load(answer)
        return told

    @property
    def is_registered(self) -> bool:
        """Whether calls come. Its port answers before that, and a call that comes earlier is lost."""
        return '"registered worker"' in self.log

    def processes(self) -> list[int]:
        """Its own id and those of its children and theirs."""
        parents: dict[int, int] = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        found = [self.process.pid]
        for pid in found:
            found += [child for child, parent in parents.items() if parent == pid]
        return found

    def stop(self) -> None:
        """Ends it, kindly first. A worker that holds a call would wait for that call's end."""
        everything = self.processes()
        self.process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(8)
        for pid in everything:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(5)


@contextlib.contextmanager
def running_worker(folder: Path, environment: Mapping[str, str], *, entry: Path = _ROOT / "agent_main.py") -> Iterator[Worker]:
    """A worker with a database in `folder`, registered; stopped at the end whatever happens."""
    port = free_ports(1)
    given = {
        **os.environ,
        "FRONTDESK_DB": f"sqlite:///{folder}/calls.db",
        "FRONTDESK_OUTBOX": str(folder / "outbox"),
        "FRONTDESK_WORKER_PORT": str(port),
        "FRONTDESK_LOG_LEVEL": "info",
        "FRONTDESK_VOICE_SPEED": "280",  # what is said does not matter here, and a minute of tests does
        **environment,
    }
    for name in ("FRONTDESK_BUSINESS", "OPENAI_API_KEY", "GEMINI_API_KEY", "ELEVEN_API_KEY"):
        given.pop(name, None)
    with (folder / "worker.log").open("wb") as log:
        command = [sys.executable, str(entry), "start"]
        process = subprocess.Popen(command, cwd=_ROOT, env=given, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    worker = Worker(process, port, folder)
    try:
        until = time.monotonic() + _REGISTERED_WITHIN_S
        while not worker.is_registered:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the worker did not register; its last words: {worker.log[-1500:]}")
            time.sleep(0.2)
        yield worker
    finally:
        worker.stop()


@dataclass(frozen=True)
class Stored:
    """The database of a worker, looked at from outside."""

    path: Path

    def rows(self, sql: str, *values: object) -> list[dict[str, Any]]:
        """What a query finds."""
        with contextlib.closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=5)) as database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute(sql, values)]

    def last_call(self, caller: str | None, *, within_s: float = 15.0) -> dict[str, Any]:
        """The last call of a caller, once it has been stored as ended."""
        until = time.monotonic() + within_s
        while True:
            found = self.rows("select * from calls where caller is ? order by started_at desc limit 1", caller)
            if found and found[0]["ended_at"] is not None:
                return found[0]
            if time.monotonic() > until:
                raise AssertionError(f"no ended call of this caller is stored: {found}")
            time.sleep(0.1)

    def turns(self, call_id: str) -> list[dict[str, Any]]:
        return self.rows("select * from turns where call_id = ? order by number", call_id)
