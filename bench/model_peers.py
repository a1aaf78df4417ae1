"""The own time of a turn that asks a model: ours, pipecat's flows and LiveKit's agents, one after the other on this machine.

The same turn for all, in text: words that no rule reads, a tool call, a question back. Every model is scripted and answers at once, so
that what is measured is everything around it: building the requests, reading the answers, moving on, the reply. Ours asks the model
once; theirs ask it twice, once for the tool and once for the words, and with a real model the second request is waited for.
The others are measured where `make bench-peers` has installed them, in an environment of their own.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

from measuring import ROOT, clock, content, figure, install, percentile, turn

from frontdesk.conversation.conversation import Conversation
from frontdesk.conversation.ports import Ports
from frontdesk.testing import ScriptedModel, Step, call, reply
from integrations.models.openai import chat_body
from integrations.models.port import ModelEvent, ModelRequest

TURNS, FIRST = 300, 20
_WORDS = (
    ("hide", "tame", "soften", "rescue", "conquer", "banish", "disguise"),
    ("silvery", "ghostly", "pewter", "wintry", "smoky", "moonlit", "ashen"),
    ("bits", "wisps", "patches", "whatsits", "thingies", "invaders", "corners"),
)
SENTENCES = tuple(f"well it ought to {verb} those {kind} {what} nicely somehow" for verb, kind, what in itertools.product(*_WORDS))
"""What the caller says: no sentence twice, since readers remember what they have read."""
PEERS_PYTHON = ROOT / "build" / "bench-peers" / "bin" / "python"
PEERS = (
    ("pipecat flows", "pipecat_turn.py", ()),
    ("livekit agents, in place", "livekit_turn.py", ()),
    ("livekit agents, with a handoff", "livekit_turn.py", ("handoff",)),
)


Taken = tuple[float, float]
"""Milliseconds of a turn by the clock, and by the processor: the second does not grow when others use the machine."""


class Answers(ScriptedModel):
    """Scripted, and the request is made into the body that a server would get, as the others do."""

    async def stream(self, request: ModelRequest, *, deadline_s: float) -> AsyncGenerator[ModelEvent, None]:
        json.dumps(chat_body(request, "scripted"))
        async for event in super().stream(request, deadline_s=deadline_s):
            yield event


class Forgets:
    """Records that are not kept: the others keep none."""

    async def start_call(self, *given, **more) -> None: ...
    async def save_turn(self, *given, **more) -> None: ...
    async def end_call(self, *given, **more) -> None: ...


def _points_at_colour(request: ModelRequest) -> tuple[Step, ...]:
    return reply(call("say_service", words=" ".join(request.messages[-1].text.split()[6:8]), number=6))


async def ours(folder: Path, *, kept: bool) -> list[Taken]:
    """Whole turns, from the caller's words to the line of the engine; with the database, or without."""
    model = Answers((), otherwise=_points_at_colour)
    loaded = content(model)
    taken = []
    async with install(f"sqlite:///{folder}/peers-{kept}.db", loaded) as app:
        ports: Ports = app.ports if kept else replace(app.ports, records=Forgets())
        for number in range(TURNS + FIRST):
            held = Conversation(loaded, ports, call_id=f"call_{number}", clock=clock, language="en")
            async for _ in held.start():
                pass
            await turn(held, "I'd like to make an appointment")
            asked = len(model.requests)
            began, spent = time.perf_counter(), time.process_time()
            await turn(held, SENTENCES[number])
            if number >= FIRST:
                taken.append(((time.perf_counter() - began) * 1000, (time.process_time() - spent) * 1000))
            assert len(model.requests) == asked + 1, "the turn took another number of requests than one"
            assert "colour" in held.turn().said[-1], "the service was not asked back"
    return taken


def theirs(script: str, options: tuple[str, ...]) -> list[Taken]:
    """Their turns, from a process of their own."""
    command = [str(PEERS_PYTHON), str(ROOT / "bench" / "peers" / script), str(TURNS), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        sys.exit(f"{script} failed:\n{done.stderr[-2000:]}")
    return [(clock_ms, spent_ms) for clock_ms, spent_ms in json.loads(done.stdout.splitlines()[-1])]


def show(name: str, taken: list[Taken], than: list[Taken] | None = None) -> None:
    for label, of, share in (("p50", 0, 0.5), ("p99", 0, 0.99), ("processor, p50", 1, 0.5)):
        value, own = (percentile([one[of] for one in turns], share) for turns in (taken, than or taken))
        figure(f"{name}, {label}", value, "ms", beside=[f"{value / own:.1f} times ours"] if than else ())


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        bare = asyncio.run(ours(Path(folder), kept=False))
        show("ours", bare)
        show("ours, with the call stored", asyncio.run(ours(Path(folder), kept=True)))
    if not PEERS_PYTHON.is_file():
        print("pipecat flows, livekit agents: not compared, they are not installed; make bench-peers does it (750 MB in build/)")
        return
    for name, script, options in PEERS:
        show(name, theirs(script, options), bare)


if __name__ == "__main__":
    main()
