"""The two directions of sound of a rehearsed call, in real time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from livekit import rtc
from livekit.agents.voice.io import AudioInput, AudioOutput, AudioOutputCapabilities

__all__ = ["FRAME_S", "Microphone", "Piece", "Speaker"]

FRAME_S: Final = 0.02


class Microphone(AudioInput):
    """What comes from the caller: silence, or the sound that :meth:`play` was given (16-bit mono). A frame every 20 ms."""

    def __init__(self, sample_rate_hz: int = 8000) -> None:
        super().__init__(label="rehearsal")
        self.sample_rate_hz = sample_rate_hz
        self._samples = round(sample_rate_hz * FRAME_S)
        self._waiting = bytearray()
        self._next_at: float | None = None
        self._played = asyncio.Event()
        self._played.set()
        self.heard = bytearray()
        """All that was sent, for whoever records the call."""
        self.began: float | None = None
        """When the first of it sounded, in seconds of the monotonic clock: a frame can be sent once it is over."""

    @property
    def position_s(self) -> float:
        """How much has been sent so far."""
        return len(self.heard) / 2 / self.sample_rate_hz

    async def play(self, sound: bytes) -> None:
        """Returns when it has been sent to its end."""
        self._waiting += sound
        self._played.clear()
        await self._played.wait()

    def hush(self) -> None:
        """Breaks off what is being played."""
        self._waiting.clear()
        self._played.set()

    async def __anext__(self) -> rtc.AudioFrame:
        now = time.monotonic()
        if self._next_at is None:
            self._next_at, self.began = now, now - FRAME_S
        else:
            self._next_at += FRAME_S
        await asyncio.sleep(max(0.0, self._next_at - now))
        size = self._samples * 2
        data = bytes(self._waiting[:size]).ljust(size, b"\0")
        del self._waiting[:size]
        if not self._waiting:
            self._played.set()
        self.heard += data
        return rtc.AudioFrame(data, self.sample_rate_hz, 1, self._samples)


@dataclass(slots=True)
class Piece:
    """One speech as the caller heard it: its beginning in seconds of the monotonic clock, and its sound as far as it was played."""

    began: float
    sample_rate_hz: int
    sound: bytearray = field(default_factory=bytearray)
    ended: float | None = None

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.sound) / 2 / self.sample_rate_hz


class Speaker(AudioOutput):
    """What goes to the caller, played in real time. `transcript` tells what a broken off speech has said after so many seconds of it."""

    def __init__(self, transcript: Callable[[float], str | None] = lambda _: None) -> None:
        super().__init__(label="rehearsal", capabilities=AudioOutputCapabilities(pause=True), sample_rate=None)
        self._transcript = transcript
        self._piece: Piece | None = None
        self._whole = False
        self._position_s = 0.0
        self._running_since: float | None = None
        self._end: asyncio.TimerHandle | None = None
        self._paused = False
        self.pieces: list[Piece] = []

    @property
    def playing(self) -> bool:
        """Whether the caller hears something now."""
        return self._piece is not None and not self._paused

    async def capture_frame(self, frame: rtc.AudioFrame) -> None:
        await super().capture_frame(frame)
        if self._piece is None:
            self._piece = Piece(time.monotonic(), frame.sample_rate)
            self.pieces.append(self._piece)
            self._whole, self._position_s = False, 0.0
            self._running_since = None if self._paused else time.monotonic()
            self.on_playback_started(created_at=time.time())  # noqa: TID251 - LiveKit measures with it
        self._piece.sound += bytes(frame.data)

    def flush(self) -> None:
        super().flush()
        if self._piece is not None:
            self._whole = True
            self._plan()

    def clear_buffer(self) -> None:
        super().flush()
        if self._piece is not None:
            self._finish(interrupted=True)

    def pause(self) -> None:
        super().pause()
        self._position_s, self._running_since, self._paused = self._played_s(), None, True
        self._plan()

    def resume(self) -> None:
        super().resume()
        if self._paused:
            self._paused = False
            self._running_since = time.monotonic()
            self._plan()

    # -- inside --------------------------------------------------------------------------------------------------

    def _played_s(self) -> float:
        running = 0.0 if self._running_since is None else time.monotonic() - self._running_since
        whole = self._piece.seconds if self._piece is not None else 0.0
        return min(whole, self._position_s + running)

    def _plan(self) -> None:
        """When the speech will have been played, if nothing comes between."""
        if self._end is not None:
            self._end.cancel()
            self._end = None
        if self._piece is not None and self._whole and not self._paused:
            left = self._piece.seconds - self._played_s()
            self._end = asyncio.get_running_loop().call_later(max(0.0, left), lambda: self._finish(interrupted=False))

    def _finish(self, *, interrupted: bool) -> None:
        if self._end is not None:
            self._end.cancel()
            self._end = None
        piece, self._piece = self._piece, None
        if piece is None:
            return
        played_s = self._position_s + (0.0 if self._running_since is None else time.monotonic() - self._running_since)
        played_s = min(piece.seconds, played_s) if interrupted else piece.seconds
        piece.ended = time.monotonic()
        del piece.sound[round(played_s * piece.sample_rate_hz) * 2 :]
        transcript = self._transcript(played_s) if interrupted else None
        self.on_playback_finished(playback_position=played_s, interrupted=interrupted, synchronized_transcript=transcript)
