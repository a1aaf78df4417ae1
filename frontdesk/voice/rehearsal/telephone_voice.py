"""A caller's voice as a telephone carries it: espeak-ng, 300 to 3400 Hz, 8 kHz, one channel, a little noise."""

from __future__ import annotations

import io
import subprocess
import wave
from typing import Any, Final, TypeAlias

import numpy as np

__all__ = ["RATE", "Samples", "speak", "through_the_telephone"]

RATE: Final = 8000
"""Samples a second on the line."""

Samples: TypeAlias = Any
"""Sound between -1 and 1."""

_LOW_HZ, _HIGH_HZ = 300.0, 3400.0
_NOISE: Final = 0.0008
"""RMS of the line's noise: about -62 dB."""

_LOUDNESS: Final = 0.12
"""RMS of a voice while it speaks."""

_LOUDEST: Final = 0.9
"""No moment of it is louder: a voice with sharp peaks is made softer as a whole, not clipped."""


def speak(text: str, language: str, *, words_per_minute: int = 150, voice: str = "") -> Samples:
    """The text as a caller says it. The same text gives the same sound, so that it can be known again. Needs espeak-ng."""
    command = ["espeak-ng", "-v", f"{language}{voice}", "-s", str(words_per_minute), "--stdin", "--stdout"]
    made = subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout  # noqa: S603 - the text is not part of it
    # espeak-ng cannot know the length of what it pipes out, and says 2 GB in the header: the frames are counted here.
    with wave.open(io.BytesIO(made)) as sound:
        rate = sound.getframerate()
    samples = np.frombuffer(made[44 : len(made) - len(made) % 2], dtype="<i2").astype(np.float32) / 32768
    return through_the_telephone(_without_silent_ends(samples, rate), rate)


def through_the_telephone(samples: Samples, rate: int) -> Samples:
    """What is left of a sound of `rate` samples a second at the other end of the line."""
    length = int(len(samples) * RATE / rate)
    spectrum = np.fft.rfft(samples)
    hertz = np.fft.rfftfreq(len(samples), 1 / rate)
    spectrum[(hertz < _LOW_HZ) | (hertz > _HIGH_HZ)] = 0
    narrow = np.fft.irfft(spectrum[: length // 2 + 1], n=length) * (length / len(samples))
    gain = min(_LOUDNESS / (np.sqrt(np.mean(narrow**2)) or 1.0), _LOUDEST / (np.abs(narrow).max(initial=0.0) or 1.0))
    noise = np.random.default_rng(length).normal(0, _NOISE, length)
    return np.clip(narrow * gain + noise, -1, 1).astype(np.float32)


def _without_silent_ends(samples: Samples, rate: int) -> Samples:
    """A sentence of espeak-ng ends in a third of a second of nothing, which would count as the caller's last sound."""
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    if not len(loud):
        raise ValueError("espeak-ng said nothing")
    margin = rate // 100
    return samples[max(0, loud[0] - margin) : loud[-1] + margin]
