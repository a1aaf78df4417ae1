"""Whole turns of a booking: brain, engine, actions and database; in process, and over the pipe of `call --jsonl`."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measuring import BOOKING, CALLER, NOW, ROOT, booking, content, figure, install, percentile, turn

from fsm.outcome import outcome

IN_PROCESS, OVER_THE_PIPE = 40, 5
_COMMAND = "from frontdesk.cli.app import main; main()"


async def in_process(folder: Path) -> tuple[list[float], float, float]:
    """Milliseconds of each turn, of the slowest turn of the very first call, and seconds of processor time for one call."""
    loaded, taken = content(), []
    booked = 0
    async with install(f"sqlite:///{folder}/turns.db", loaded) as app:
        began_all, first = 0.0, 0.0
        for number in range(-1, IN_PROCESS):
            if number == 0:  # the call before loads what is loaded once
                first, taken, booked, began_all = max(taken), [], 0, time.process_time()
            call = app.conversation(language="fr", caller=CALLER)
            async for _ in call.start():
                pass
            for words in booking(number):
                began = time.perf_counter()
                await turn(call, words)
                taken.append((time.perf_counter() - began) * 1000)
            booked += outcome(call.call) == "booked"
        spent = time.process_time() - began_all
    print(f"{booked} of {IN_PROCESS} calls ended in a booking")
    return taken, first, spent / IN_PROCESS


def over_the_pipe(folder: Path) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds of each turn seen from outside, as the turn itself says it, and until the greeting."""
    outside, inside, greeting = [], [], []
    for number in range(OVER_THE_PIPE):
        began = time.perf_counter()
        arguments = [
            "call",
            "--jsonl",
            "--language",
            "fr",
            "--now",
            NOW.isoformat(),
            "--caller",
            CALLER,
            "--db",
            f"sqlite:///{folder}/{number}.db",
        ]
        with subprocess.Popen(
            [sys.executable, "-c", _COMMAND, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdout.readline()
            greeting.append((time.perf_counter() - began) * 1000)
            for words in booking(number):
                began = time.perf_counter()
                process.stdin.write(json.dumps({"say": words}) + "\n")
                process.stdin.flush()
                line = json.loads(process.stdout.readline())
                outside.append((time.perf_counter() - began) * 1000)
                inside.append(line.get("ms", 0.0))
                if line.get("ended"):
                    break
            process.stdin.close()
            process.stdout.read()
    return outside, inside, greeting


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        taken, first, a_call_s = asyncio.run(in_process(folder))
        outside, inside, greeting = over_the_pipe(folder)
    p50 = percentile(taken, 0.5)
    figure("turn in process, p50", p50, "ms")
    figure("turn in process, p99", percentile(taken, 0.99), "ms", beside=[f"{percentile(taken, 0.99) / p50:.1f} times the median"])
    figure("slowest turn of the first call", first, "ms", beside=["loads what is loaded once"])
    figure("turn over the pipe, p50", percentile(outside, 0.5), "ms", beside=[f"{percentile(outside, 0.5) / p50:.2f} of in process"])
    figure(
        "turn over the pipe, p99", percentile(outside, 0.99), "ms", beside=[f"as the turn says itself: {percentile(inside, 0.99):.1f} ms"]
    )
    figure(
        "start of the command to greeting, p50", percentile(greeting, 0.5), "ms", beside=[f"{percentile(greeting, 0.5) / p50:.0f} turns"]
    )
    figure("processor time of a whole call", a_call_s * 1000, "ms", beside=[f"{len(BOOKING)} turns, appointment and message written"])
    figure(
        "calls a second on one core",
        1 / a_call_s,
        "calls/s",
        beside=[f"about {300 / a_call_s:,.0f} calls at a time, when a call lasts five minutes"],
    )


if __name__ == "__main__":
    main()
