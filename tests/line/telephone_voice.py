"""A caller's voice as a telephone carries it: espeak-ng, 300 to 3400 Hz, 8 kHz, one channel, a little noise."""

from __future__ import annotations

import io
import subprocess
import wave
from typing import Final

import numpy as np
import numpy.typing as npt

__all__ = ["RATE", "Samples", "speak", "through_the_telephone"]

RATE: Final = 8000
"""Samples a second on the line."""

Samples = npt.NDArray[np.float32]
"""Sound between -1 and 1."""

_LOW_HZ, _HIGH_HZ = 300.0, 3400.0
_NOISE: Final = 0.0008
"""RMS of the line's noise: about -62 dB."""

_LOUDNESS: Final = 0.12
"""RMS of a voice while it speaks."""


def speak(text: str, language: str, *, words_per_minute: int = 150, voice: str = "") -> Samples:
    """The text as a caller says it. The same text gives the same sound, so that it can be known again. Needs espeak-ng."""
    command = ["espeak-ng", "-v", f"{language}{voice}", "-s", str(words_per_minute), "--stdin", "--stdout"]
    made = subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout
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
    loud = np.sqrt(np.mean(narrow**2)) or 1.0
    noise = np.random.default_rng(length).normal(0, _NOISE, length)
    return np.clip(narrow * (_LOUDNESS / loud) + noise, -1, 1).astype(np.float32)


def _without_silent_ends(samples: Samples, rate: int) -> Samples:
    """A sentence of espeak-ng ends in a third of a second of nothing, which would count as the caller's last sound."""
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    if not len(loud):
        raise ValueError("espeak-ng said nothing")
    margin = rate // 100
    return samples[max(0, loud[0] - margin) : loud[-1] + margin]
