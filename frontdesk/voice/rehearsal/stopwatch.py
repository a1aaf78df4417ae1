"""Notes, from outside, when each step of a turn was done: around a brain, around a conversation, behind a voice."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from livekit.agents import tts
from livekit.agents.metrics import TTSMetrics

from frontdesk.brain.listening import ListeningBrain, SoFar
from frontdesk.brain.port import Brain
from frontdesk.conversation.incoming import Heard, Incoming
from frontdesk.conversation.outputs import ActionDone, ActionStarted, Line, Output
from frontdesk.voice.carrier import Held
from fsm.call import Call
from fsm.proposals import Proposal
from fsm.view import View

__all__ = ["Moments", "Stopwatch"]


@dataclass(slots=True)
class Moments:
    """When the steps of one turn were done, in seconds of the monotonic clock; None: it did not come to that."""

    turn_ended: float
    """The caller's turn was taken to be over."""
    understood: float | None = None
    answered: float | None = None
    """The first line was handed over to be said."""
    actions_s: float = 0.0
    """How long actions took until then."""


@dataclass(slots=True)
class Stopwatch:
    """The moments of each turn of a call, and every first sound of a sentence that the voice made."""

    turns: dict[int, Moments] = field(default_factory=dict)
    """By the number of the turn; the greeting is 0."""
    first_sounds: list[float] = field(default_factory=list)
    _now: Moments | None = None

    def around(self, brain: Brain) -> Brain:
        """The same brain, measured."""
        return _TimedBrain(brain, self)

    def watch(self, conversation: Held) -> Held:
        """The same conversation, measured."""
        return _TimedConversation(conversation, self)

    def listen_to(self, voice: tts.TTS[str]) -> None:
        """Notes when the voice begins a sentence."""
        voice.on("metrics_collected", self._on_sentence)

    def begin(self) -> Moments:
        self._now = Moments(time.monotonic())
        return self._now

    def understood(self) -> None:
        if self._now is not None and self._now.understood is None:
            self._now.understood = time.monotonic()

    def _on_sentence(self, metrics: TTSMetrics) -> None:
        # They are told when the sentence has been made, by the clock of the machine.
        age_s = time.time() - metrics.timestamp  # noqa: TID251 - LiveKit measures with it
        self.first_sounds.append(time.monotonic() - age_s - metrics.duration + metrics.ttfb)


class _TimedBrain:
    def __init__(self, brain: Brain, stopwatch: Stopwatch) -> None:
        self._brain, self._stopwatch = brain, stopwatch

    async def read(self, text: str, view: View) -> Proposal:
        proposal = await self._brain.read(text, view)
        self._stopwatch.understood()
        return proposal

    async def read_key(self, key: str, view: View) -> Proposal:
        proposal = await self._brain.read_key(key, view)
        self._stopwatch.understood()
        return proposal

    def so_far(self, text: str, view: View) -> SoFar:
        return self._brain.so_far(text, view) if isinstance(self._brain, ListeningBrain) else SoFar.UNCLEAR


class _TimedConversation:
    def __init__(self, conversation: Held, stopwatch: Stopwatch) -> None:
        self._conversation, self._stopwatch = conversation, stopwatch

    @property
    def call(self) -> Call:
        return self._conversation.call

    @property
    def view(self) -> View:
        return self._conversation.view

    @property
    def pauses_s(self) -> tuple[float, float] | None:
        return self._conversation.pauses_s

    def so_far(self, text: str) -> SoFar:
        return self._conversation.so_far(text)

    def aside(self, name: str) -> Line | None:
        return self._conversation.aside(name)

    def start(self) -> AsyncIterator[Output]:
        return self._timed(self._conversation.start())

    def feed(self, incoming: Incoming | Heard) -> AsyncIterator[Output]:
        outputs = self._conversation.feed(incoming)
        return outputs if isinstance(incoming, Heard) else self._timed(outputs)

    async def _timed(self, outputs: AsyncIterator[Output]) -> AsyncIterator[Output]:
        moments, acting_since = self._stopwatch.begin(), 0.0
        async for output in outputs:
            if moments.answered is None:
                now = time.monotonic()
                if isinstance(output, ActionStarted):
                    acting_since = now
                elif isinstance(output, ActionDone):
                    moments.actions_s += now - acting_since
                elif isinstance(output, Line):
                    moments.answered = now
            self._stopwatch.turns[self._conversation.call.turn] = moments
            yield output
