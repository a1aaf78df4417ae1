"""Calls over a real line on this machine, measured where the caller stands: how long until an answer is heard, and what a call costs.

Ears, understanding and voice answer at once: the ears are emulated and know what is said by its sound, the rules understand, espeak-ng
speaks. What is measured is everything else: the line there and back, finding out that the caller has finished, and our own time.

Three workers hold the same conversation on the same line:
`frontdesk`, ours; `defaults`, LiveKit's agents as they come, with the same ears and voice; `bare`, which answers every final
transcript with a sentence and knows nothing of turns: so much the line itself takes.

`make bench-line` runs it in about six minutes, `python bench/line/measure.py bare` one of them. It needs what `make test-line` needs, and
says so where something is missing.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from measuring import figure, percentile  # noqa: E402

from deploy import loopback_line  # noqa: E402

CALLS, OPEN_CALLS = 3, 3
HERE = Path(__file__).parent
WORKERS = (("frontdesk", ROOT / "agent_main.py"), ("defaults", HERE / "defaults_agent.py"), ("bare", HERE / "bare_agent.py"))


def main() -> None:
    logging.getLogger("livekit").setLevel(logging.CRITICAL)  # a line that is cut at the end of a call is no error
    reason = missing()
    if reason:
        print(f"not measured: {reason}")
        return
    with tempfile.TemporaryDirectory() as folder, a_line(Path(folder)) as environment:
        for name, entry in WORKERS:
            if sys.argv[1:] and name not in sys.argv[1:]:
                continue
            measure(name, entry, Path(folder) / name, environment)


def missing() -> str:
    """What is lacking here, in one sentence; empty when nothing is."""
    import importlib.util
    import shutil

    if importlib.util.find_spec("livekit.agents") is None:
        return "the voice extra is not installed: make voice"
    if shutil.which("espeak-ng") is None:
        return "espeak-ng is not installed: apt-get install espeak-ng"
    return loopback_line.why_not()


@contextmanager
def a_line(folder: Path) -> Iterator[Mapping[str, str]]:
    """A server of our own, stopped at the end."""
    from tests.line.worker import free_ports

    own = loopback_line.Line(free_ports(3), folder / "line")
    loopback_line.start(own)
    try:
        yield own.environment
    finally:
        loopback_line.stop(own)


def measure(name: str, entry: Path, folder: Path, environment: Mapping[str, str]) -> None:
    """Gaps, the greeting, and memory of one worker."""
    from tests.emulators.deepgram_emulator import KEY, DeepgramEmulator
    from tests.line.script import teach
    from tests.line.test_calls import FRENCH
    from tests.line.thread_loop import thread_loop
    from tests.line.worker import running_worker

    folder.mkdir()
    ears = DeepgramEmulator(final_after_s=0.0)
    teach(ears, FRENCH)
    with thread_loop() as loop:
        loop.run(ears.start())
        try:
            given = {**environment, "DEEPGRAM_API_KEY": KEY, "DEEPGRAM_BASE_URL": ears.url, "FRONTDESK_VOICE_SPEED": "280"}
            with running_worker(folder, given, entry=entry) as worker:
                greeted, gaps = asyncio.run(gaps_of_calls(environment))
                if not gaps or not greeted:
                    print(f"{name}: no answer was heard")
                    return
                figure(f"{name}: gap, median of {len(gaps)} turns", percentile(gaps, 0.5), "s")
                figure(f"{name}: gap, p95", percentile(gaps, 0.95), "s")
                figure(f"{name}: rings until the greeting is heard, median of {len(greeted)} calls", percentile(greeted, 0.5), "s")
                if name == "frontdesk":
                    for open_calls, megabytes in asyncio.run(memory(environment, worker)):
                        figure(f"{name}: worker with {open_calls} calls open", megabytes, "MB")
            missed = [one for connection in ears.connections for one in connection.missed]
            if missed:
                print(f"  not understood, and left out: {missed}")
        finally:
            loop.run(ears.stop())


async def gaps_of_calls(environment: Mapping[str, str]) -> tuple[list[float], list[float]]:
    """From ringing to the greeting, and from each last sound of the caller's to the first that came back; a call after the other."""
    from tests.line.caller import NotHeard, ringing
    from tests.line.script import play
    from tests.line.test_calls import FRENCH

    greeted, gaps = [], []
    for number in range(CALLS):
        async with ringing(environment, agent_name="frontdesk", number=f"+3361234567{number}") as caller:
            try:
                await play(caller, FRENCH)
            except NotHeard as error:
                print(f"  a call went wrong: {error}")
            greeted += [stretch.start - caller.rang_at for stretch in caller.heard[:1]]
            # Longer is no answer to this turn but what is said to silence; it is told above as not understood.
            gaps += [gap for gap in caller.gaps_s if gap < 7]
            await asyncio.sleep(3)
    return greeted, gaps


async def memory(environment: Mapping[str, str], worker: object) -> list[tuple[int, float]]:
    """Megabytes of all processes of the worker, shared pages counted once, with so many calls open."""
    from contextlib import AsyncExitStack

    from tests.line.caller import ringing
    from tests.line.worker import Worker

    assert isinstance(worker, Worker)
    await asyncio.sleep(5)
    found = [(0, _megabytes(worker.processes()))]
    async with AsyncExitStack() as calls:
        for number in range(OPEN_CALLS):
            caller = await calls.enter_async_context(ringing(environment, agent_name="frontdesk", number=f"+3361234566{number}"))
            await caller.listen(within_s=40)
            await asyncio.sleep(5)  # the next idle process is made meanwhile
            found.append((number + 1, _megabytes(worker.processes())))
    return found


def _megabytes(processes: list[int]) -> float:
    total = 0
    for pid in processes:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


if __name__ == "__main__":
    main()
