"""A real line for a whole run: LiveKit's server and Redis, emulated ears, and a worker. Started once, stopped whatever happens."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from deploy import loopback_line
from tests.line.worker import Worker, free_ports, running_worker

collect_ignore = [] if importlib.util.find_spec("livekit") else ["caller.py"]


@dataclass(frozen=True)
class Stage:
    """What a call needs. `ears` is a `DeepgramEmulator`."""

    line: Mapping[str, str]
    worker: Worker
    ears: object


_STATUS = pytest.StashKey[int]()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    session.config.stash[_STATUS] = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Once all is told, leaves without taking the interpreter down around LiveKit's native threads.

    One of them that calls back while Python ends is unwound by Python 3.11 (`PyThread_exit_thread`), and Rust aborts the whole
    process for that: a run of green calls would end in "Aborted" now and then.
    """
    if "livekit.rtc" in sys.modules and _STATUS in config.stash:
        config.get_terminal_writer().flush()
        os._exit(config.stash[_STATUS])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A red call is told with what the ears made of it."""
    report = yield
    stage = getattr(item, "funcargs", {}).get("stage")
    if report.failed and stage is not None:
        told = [f"{one.language} {one.audio_s:.0f} s: {one.finals} {one.missed}" for one in stage.ears.connections]
        report.sections.append(("ears", "\n".join(told)))
        report.sections.append(("worker", stage.worker.log[-4000:]))
    return report


@pytest.fixture(scope="session")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    """LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET of a server of our own. Skips where there can be none, and says why."""
    if importlib.util.find_spec("livekit") is None or importlib.util.find_spec("livekit.agents") is None:
        pytest.skip("the voice extra is not installed: make voice")
    reason = loopback_line.why_not()
    if reason:
        pytest.skip(reason)
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed: apt-get install espeak-ng")
    own = loopback_line.Line(free_ports(3), tmp_path_factory.mktemp("line"))
    loopback_line.start(own)
    try:
        yield own.environment
    finally:
        loopback_line.stop(own)


@pytest.fixture(scope="session")
def stage(line: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The line with a worker that has registered, and ears that can be told what will be said."""
    from tests.emulators.deepgram_emulator import KEY, DeepgramEmulator
    from tests.line.thread_loop import thread_loop

    folder: Path = tmp_path_factory.mktemp("worker")
    with thread_loop() as loop:
        ears = DeepgramEmulator()
        loop.run(ears.start())
        try:
            with running_worker(folder, {**line, "DEEPGRAM_API_KEY": KEY, "DEEPGRAM_BASE_URL": ears.url}) as worker:
                yield Stage(line, worker, ears)
        finally:
            loop.run(ears.stop())
