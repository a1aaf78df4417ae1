"""Both sides of a rehearsed call as sound: the caller on the left, frontdesk on the right."""

from __future__ import annotations

import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
from livekit import rtc

from frontdesk.voice.rehearsal.room import Microphone, Piece
from frontdesk.voice.rehearsal.timeline import Who

__all__ = ["RATE_HZ", "Recording", "record"]

RATE_HZ: Final = 16_000
_AUDIBLE: Final = 0.01
"""Amplitude of a sound that somebody hears: 40 dB below the loudest possible, 20 above the noise of a line."""
_CHANNELS: Final = {Who.CALLER: 0, Who.FRONTDESK: 1}

Samples: TypeAlias = Any
"""An array of numpy; where the voice extra is not installed, types are checked without it."""


@dataclass(frozen=True, slots=True)
class Recording:
    """`samples` have a row for each moment and a column for each side, 16 bits; `began` is in seconds of the monotonic clock."""

    samples: Samples
    began: float

    @property
    def seconds(self) -> float:
        return len(self.samples) / RATE_HZ

    def side(self, who: Who, from_s: float = 0.0, to_s: float | None = None) -> Samples:
        """One side's sound, between -1 and 1."""
        end = len(self.samples) if to_s is None else round(to_s * RATE_HZ)
        sound: Samples = self.samples[round(from_s * RATE_HZ) : end, _CHANNELS[who]] / 32768
        return sound

    def first_sound_s(self, who: Who, from_s: float) -> float | None:
        """When this side is first heard after `from_s`; None: never again."""
        audible = np.flatnonzero(np.abs(self.side(who, from_s)) > _AUDIBLE)
        return from_s + float(audible[0]) / RATE_HZ if len(audible) else None

    def last_sound_s(self, who: Who, from_s: float, to_s: float) -> float:
        """When this side is last heard between the two; `to_s` when it is not heard at all."""
        audible = np.flatnonzero(np.abs(self.side(who, from_s, to_s)) > _AUDIBLE)
        return from_s + float(audible[-1] + 1) / RATE_HZ if len(audible) else to_s

    def write(self, path: Path) -> None:
        """As a WAV file. Raises OSError."""
        with path.open("wb") as file, wave.open(file, "wb") as sound:
            sound.setnchannels(2)
            sound.setsampwidth(2)
            sound.setframerate(RATE_HZ)
            sound.writeframes(self.samples.astype("<i2").tobytes())


def record(microphone: Microphone, pieces: Sequence[Piece]) -> Recording:
    """What went over the line until now, from the caller's first frame on. Raises ValueError before there was one."""
    if microphone.began is None:
        raise ValueError("nothing has come from the caller yet")
    began = microphone.began
    caller = _at_our_rate(bytes(microphone.heard), microphone.sample_rate_hz)
    ours = [(round((piece.began - began) * RATE_HZ), _at_our_rate(bytes(piece.sound), piece.sample_rate_hz)) for piece in pieces]
    samples: Samples = np.zeros((max([len(caller), *(start + len(sound) for start, sound in ours)]), 2), np.int16)
    samples[: len(caller), 0] = caller
    for start, sound in ours:
        samples[start : start + len(sound), 1] = sound
    return Recording(samples, began)


def _at_our_rate(sound: bytes, rate_hz: int) -> Samples:
    if rate_hz == RATE_HZ or not sound:
        return np.frombuffer(sound, "<i2")
    resampler = rtc.AudioResampler(rate_hz, RATE_HZ, num_channels=1, quality=rtc.AudioResamplerQuality.HIGH)
    frames = [*resampler.push(bytearray(sound)), *resampler.flush()]
    return np.concatenate([np.frombuffer(frame.data, np.int16) for frame in frames])
