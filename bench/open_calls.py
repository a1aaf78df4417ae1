"""Memory of calls that are open at the same time, in the middle of a booking."""

from __future__ import annotations

import asyncio
import gc
import tempfile
import tracemalloc
from pathlib import Path

from measuring import booking, content, figure, install, turn

CALLS, TURNS = 200, 5


def resident_kib() -> int:
    """Memory of this process as the system counts it."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0


async def measure(folder: Path) -> None:
    async with install(f"sqlite:///{folder}/open.db", content()) as app:
        warm = app.conversation(language="fr", caller="+33600000000")
        async for _ in warm.start():
            pass
        for words in booking(0)[:TURNS]:
            await turn(warm, words)
        gc.collect()
        resident = resident_kib()
        tracemalloc.start()
        calls = []
        for number in range(CALLS):
            call = app.conversation(language="fr", caller=f"+336{number:08d}")
            async for _ in call.start():
                pass
            for words in booking(number)[:TURNS]:
                await turn(call, words)
            calls.append(call)
        gc.collect()
        held, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        figure("memory of an open call", held / CALLS / 1024, "KiB", beside=[f"{CALLS} calls, {TURNS} turns each"])
        snapshot = len(calls[0].call.to_json()) / 1024
        figure("its snapshot as JSON", snapshot, "KiB", beside=[f"{held / CALLS / 1024 / snapshot:.1f} times that in memory"])
        figure("peak above what is held", (peak - held) / 1024, "KiB", beside=["one turn under way"])
        figure(
            "the process before the first of them",
            resident / 1024,
            "MiB",
            beside=[f"{resident * 1024 / (held / CALLS):,.0f} open calls weigh as much"],
        )


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        asyncio.run(measure(Path(name)))


if __name__ == "__main__":
    main()
