"""Ears that know some utterances by their sound: which of them is this, and how much of it has been said?

Speech is compared as a picture of loudness by frequency and time, which codecs, jitter buffers and a little noise leave as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

__all__ = ["FRAME_S", "Comparison", "Picture", "loudness", "picture"]

FRAME_S: Final = 0.02
"""Seconds of one column of a picture."""

_EDGES_HZ: Final = (300, 420, 560, 720, 900, 1120, 1400, 1760, 2200, 2700, 3400)
_SHIFT: Final = 8
"""Frames that a sound may be early or late, in a place: jitter buffers stretch and squeeze speech."""

_CLEAR: Final = 0.9
_DRIFT: Final = 20
_PAD: Final = _SHIFT + _DRIFT

Picture = npt.NDArray[np.float32]
"""Frames by bands; every frame has length 1, or 0 where nothing is heard."""


def loudness(samples: npt.NDArray[np.float32], rate: int) -> npt.NDArray[np.float32]:
    """RMS of every frame of FRAME_S."""
    size = int(rate * FRAME_S)
    count = len(samples) // size
    frames = samples[: count * size].reshape(count, size)
    return np.sqrt(np.mean(frames**2, axis=1)).astype(np.float32)


def picture(samples: npt.NDArray[np.float32], rate: int) -> Picture:
    """How loud each band is in each frame, as a shape: a louder line has the same picture."""
    size = int(rate * FRAME_S)
    count = len(samples) // size
    frames = samples[: count * size].reshape(count, size) * np.hanning(size)
    power = np.abs(np.fft.rfft(frames, axis=1)) ** 2
    hertz = np.fft.rfftfreq(size, 1 / rate)
    bands = np.stack([power[:, (hertz >= low) & (hertz < high)].sum(axis=1) for low, high in pairwise(_EDGES_HZ)], 1)
    log = np.log(bands + 1e-6)
    log -= log.mean(axis=1, keepdims=True)
    length = np.linalg.norm(log, axis=1, keepdims=True)
    heard = loudness(samples, rate)[:, None] > 0.004
    return np.where(heard, log / np.maximum(length, 1e-6), 0).astype(np.float32)


class Comparison:
    """What is being said, beside everything that it might be: taken in frame by frame, at the same small cost for each."""

    def __init__(self, known: Sequence[Picture]) -> None:
        self._lengths = np.array([len(one) for one in known])
        longest = int(self._lengths.max(initial=0))
        self._known = np.zeros((len(known), longest + 2 * _PAD, len(_EDGES_HZ) - 1), np.float32)
        for place, one in enumerate(known):
            self._known[place, _PAD : _PAD + len(one)] = one
        self._rows = np.arange(len(known))[:, None]
        self._sums = np.zeros(len(known), np.float32)
        self._lag = np.zeros(len(known), np.int64)
        self._frames = self._sounding = 0

    def add(self, column: Picture) -> None:
        """The next frame, a picture of one column. Silence is no likeness and no difference."""
        if np.any(column):
            places = (self._frames + self._lag + _PAD)[:, None] + np.arange(-_SHIFT, _SHIFT + 1)
            near = self._known[self._rows, places.clip(0, self._known.shape[1] - 1)] @ column[0]
            best = near.argmax(axis=1)
            found = near[self._rows[:, 0], best]
            self._sums += np.maximum(found, 0)
            # Where the line has dropped or stretched something, the rest is compared from there on.
            self._lag += np.where(found > _CLEAR, np.sign(best - _SHIFT), 0)
            self._lag = self._lag.clip(-_DRIFT, _DRIFT)
            self._sounding += 1
        self._frames += 1

    @property
    def likeness(self) -> npt.NDArray[np.float32]:
        """How well the beginning of each of them fits what was said so far, 0 to 1."""
        return self._sums / max(1, self._sounding)

    @property
    def seconds(self) -> npt.NDArray[np.float32]:
        """How long each of them is."""
        return (self._lengths * FRAME_S).astype(np.float32)
