"""A whole rehearsed call: the real carrier, agent and session, between a scripted caller and a scripted world."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final, Self

from livekit.agents import stt, tts, vad

from frontdesk.conversation.outputs import Line
from frontdesk.voice.carrier import Carrier, Held
from frontdesk.voice.ports import Spoken
from frontdesk.voice.receptionist import Receptionist, RoomEars, RoomMouth, TurnEnd, make_session
from frontdesk.voice.rehearsal.room import Microphone, Speaker
from frontdesk.voice.rehearsal.script import LoudnessVAD, ScriptedEars, ScriptedVoice, tone

__all__ = ["CallersTurn", "Rehearsal", "Said"]

_LETTER_S: Final = 0.01


@dataclass(frozen=True, slots=True)
class Said:
    """A line, what the caller heard of it, and from when to when it was its turn, in seconds of the monotonic clock."""

    line: Line
    spoken: Spoken
    began: float
    ended: float


@dataclass(frozen=True, slots=True)
class CallersTurn:
    """What the caller said as turn `turn`, and from when to when, in seconds of what :attr:`Microphone.heard` holds."""

    turn: int
    text: str
    began_s: float
    ended_s: float


class Rehearsal:
    """Use as an async context manager: inside it the call is under way, and the caller does what the test says.

    `ears`, `voice` and `activity` may be real ones; the caller's words then have to come as sound (`microphone.play`).
    """

    def __init__(
        self,
        conversation: Held,
        *,
        ears: stt.STT[Any] | None = None,
        voice: tts.TTS[Any] | None = None,
        activity: vad.VAD | None = None,
    ) -> None:
        self.conversation = conversation
        self.ears = ears or ScriptedEars()
        self.voice = voice or ScriptedVoice(seconds_per_letter=_LETTER_S)
        self.microphone = Microphone()
        self.speaker = Speaker(self._said_by)
        self.turns: list[CallersTurn] = []
        """What the caller has said so far."""
        self.hung_up_at: float | None = None
        """When we ended the line, in seconds of the monotonic clock."""
        self.lines: list[Said] = []
        """Every line that was due, in the order in which they were said."""
        self.saying: Line | None = None
        mouth = RoomMouth(self.voice)
        self.room_ears = RoomEars(self.ears, conversation.call.language)
        self._turn_end = TurnEnd()
        self.carrier = Carrier(conversation, self, self.room_ears, self)
        self.session = make_session(self.ears, self.voice, activity or LoudnessVAD(), self._turn_end)
        mouth.session, self._turn_end.carrier = self.session, self.carrier
        self._mouth = mouth
        self._run: asyncio.Task[None] | None = None
        self._turn = 0

    async def __aenter__(self) -> Self:
        self.session.input.audio = self.microphone
        self.session.output.audio = self.speaker
        await self.session.start(Receptionist(self.carrier, self.room_ears, self._turn_end), record=False)
        self._run = asyncio.create_task(self.carrier.run(), name="call")
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.carrier.gone()
        if self._run is not None:
            await self._run
        await self.session.aclose()

    # -- what the carrier asks for ---------------------------------------------------------------------------------

    async def hang_up(self) -> None:
        """The line's end."""
        self.hung_up_at = time.monotonic()

    async def say(self, line: Line) -> Spoken:
        """The real mouth, with a note of what became of it."""
        began, self.saying = time.monotonic(), line
        spoken = await self._mouth.say(line)
        self.saying = None
        self.lines.append(Said(line, spoken, began, time.monotonic()))
        return spoken

    def stop(self) -> None:
        """The real mouth again."""
        self._mouth.stop()

    # -- what the caller does ------------------------------------------------------------------------------------

    async def says(self, text: str, *, seconds: float = 0.4, sound: bytes | None = None) -> None:
        """The caller says something, and it is understood as they end; returns then, not when they are answered.

        It sounds as `sound` (8 kHz, 16-bit mono), or as a tone of so many seconds.
        """
        assert isinstance(self.ears, ScriptedEars)  # noqa: S101 - a mistake of the test
        words, self._turn = text.split(), self.conversation.call.turn
        sound = tone(seconds) if sound is None else sound
        seconds, began_s = len(sound) / 2 / self.microphone.sample_rate_hz, self.microphone.position_s
        self.turns.append(CallersTurn(self._turn + 1, text, began_s, began_s + seconds))
        speaking = asyncio.create_task(self.microphone.play(sound))
        for count in range(1, len(words) + 1):
            await asyncio.sleep(seconds / (len(words) + 1))
            self.ears.interim(" ".join(words[:count]))
        await speaking
        self.ears.final(text)

    async def coughs(self, *, seconds: float = 0.5) -> None:
        """The caller makes a sound in which there is no word."""
        await self.microphone.play(tone(seconds))

    async def begins(self, name: str, *, within_s: float = 10.0) -> None:
        """Waits until the caller hears the beginning of a line of this name. Raises TimeoutError."""
        async with asyncio.timeout(within_s):
            while self.saying is None or self.saying.name != name or not self.speaker.playing:  # noqa: ASYNC110 - a test that looks
                await asyncio.sleep(0.01)

    async def hears_us_out(self, *, within_s: float = 20.0) -> None:
        """Waits until we have said everything that is due, and listen, or the call has ended. Raises TimeoutError."""
        assert self._run is not None  # noqa: S101 - a mistake of the test
        async with asyncio.timeout(within_s):
            await asyncio.sleep(0.05)
            while self.carrier.busy and not self._run.done():  # noqa: ASYNC110 - a test that looks
                await asyncio.sleep(0.02)

    async def taken(self, *, within_s: float = 5.0) -> None:
        """Waits until what the caller said or pressed has been taken in, or the call has ended. Raises TimeoutError."""
        turn = self._turn
        async with asyncio.timeout(within_s):
            while self.conversation.call.turn == turn and not self.conversation.call.ended:  # noqa: ASYNC110 - a test that looks
                await asyncio.sleep(0.02)

    async def ended(self, *, within_s: float = 20.0) -> None:
        """Waits for the end of the call. Raises TimeoutError, and whatever the call ended with."""
        assert self._run is not None  # noqa: S101 - a mistake of the test
        async with asyncio.timeout(within_s):
            await asyncio.shield(self._run)

    def _said_by(self, played_s: float) -> str | None:
        """What a broken off speech has said; every letter of a scripted voice takes the same time."""
        return None if self.saying is None else self.saying.text[: round(played_s / _LETTER_S)]
