"""A conversation, a mouth, ears and a line that do what a test says, for the carrier."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Self

from frontdesk.brain.listening import SoFar
from frontdesk.conversation.incoming import Heard
from frontdesk.conversation.outputs import Ended, Line, Listening
from frontdesk.voice.carrier import Carrier
from frontdesk.voice.ports import Hearing, Spoken

LETTER_S = 0.05
LISTEN = Listening(8.0)
BYE = Ended("hang_up")


@dataclass(frozen=True)
class Work:
    """An action that takes so long."""

    seconds: float


def line(text: str, name: str = "slot.ask", *, interruptible: bool = True) -> Line:
    return Line(name, text, name, "fr", interruptible)


class ScriptedConversation:
    """Answers what it is fed with the next of `turns`, whatever it was. `fed` is what it was fed, with the time."""

    def __init__(self, *turns: Sequence[Any]) -> None:
        self.turns = list(turns)
        self.fed: list[tuple[float, Any]] = []
        self.call = SimpleNamespace(id="call_1", ended=None)
        self.view = SimpleNamespace(turn=0, language="fr", asks="slot", generation=1)
        self.pauses_s: tuple[float, float] | None = None
        self.answers: dict[str, SoFar] = {}
        self._busy = False

    @property
    def incoming(self) -> list[Any]:
        return [what for _, what in self.fed]

    def so_far(self, text: str) -> SoFar:
        return self.answers.get(text, SoFar.UNCLEAR)

    def aside(self, name: str) -> Line | None:
        return line("Un instant.", name)

    async def start(self) -> AsyncIterator[Any]:
        async for output in self._outputs():
            yield output

    async def feed(self, incoming: Any) -> AsyncIterator[Any]:
        assert not self._busy, "fed from two tasks at once"
        self.fed.append((now(), incoming))
        if isinstance(incoming, Heard):
            return
        self.view.turn += 1
        self.view.generation += 1
        async for output in self._outputs():
            yield output

    async def _outputs(self) -> AsyncIterator[Any]:
        due = self.turns.pop(0) if self.turns else [BYE]
        self._busy = True
        try:
            if any(isinstance(step, Ended) for step in due) and not any(isinstance(step, Work) for step in due):
                self.call.ended = "hang_up"
            for step in due:
                if isinstance(step, Work):
                    await asyncio.sleep(step.seconds)
                else:
                    if isinstance(step, Ended):
                        self.call.ended = step.how
                    yield step
        finally:
            self._busy = False


class ScriptedMouth:
    """Takes `LETTER_S` for a letter. `said` is every line with its beginning, its end and what became of it."""

    def __init__(self) -> None:
        self.said: list[tuple[float, float, str, Spoken]] = []
        self.lines: list[Line] = []
        self.stuck = False
        self._stop = asyncio.Event()

    async def say(self, due: Line) -> Spoken:
        began = now()
        self.lines.append(due)
        self._stop.clear()
        try:
            async with asyncio.timeout(None if self.stuck else len(due.text) * LETTER_S):
                await self._stop.wait()
            spoken = Spoken(False, due.text[: round((now() - began) / LETTER_S)])
        except TimeoutError:
            spoken = Spoken(True, due.text)
        self.said.append((began, now(), due.text, spoken))
        return spoken

    def stop(self) -> None:
        self._stop.set()

    @property
    def texts(self) -> list[str]:
        return [text for _, _, text, _ in self.said]


class ScriptedEars:
    def __init__(self) -> None:
        self.told: list[Hearing] = []
        self.forgotten = 0

    def listen(self, hearing: Hearing) -> None:
        self.told.append(hearing)

    def forget(self) -> None:
        self.forgotten += 1


class ScriptedLine:
    ended_at: float | None = None

    async def hang_up(self) -> None:
        self.ended_at = now()


class Stage:
    """A carrier among scripted parts. Inside `async with` the call is under way."""

    def __init__(self, *turns: Sequence[Any], any_language: bool = False) -> None:
        self.conversation = ScriptedConversation(*turns)
        self.mouth, self.ears, self.line = ScriptedMouth(), ScriptedEars(), ScriptedLine()
        self.carrier = Carrier(self.conversation, self.mouth, self.ears, self.line, any_language=any_language)
        self.task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self.task = asyncio.create_task(self.carrier.run())
        return self

    async def __aexit__(self, *_: object) -> None:
        self.carrier.gone()
        await asyncio.gather(self.task, return_exceptions=True)

    @property
    def incoming(self) -> list[Any]:
        return self.conversation.incoming


def now() -> float:
    return round(asyncio.get_running_loop().time(), 3)


async def until(seconds: float) -> None:
    """Waits until this moment of the call."""
    await asyncio.sleep(max(0.0, seconds - asyncio.get_running_loop().time()))
