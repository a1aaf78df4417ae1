"""Ears that know some utterances by their sound: which of them is this, and how much of it has been said?

Speech is compared as a picture of loudness by frequency and time, which codecs, jitter buffers and a little noise leave as it is.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

__all__ = ["FRAME_S", "Picture", "loudness", "picture", "similarity"]

FRAME_S: Final = 0.02
"""Seconds of one column of a picture."""

_EDGES_HZ: Final = (300, 420, 560, 720, 900, 1120, 1400, 1760, 2200, 2700, 3400)
_SHIFT: Final = 8
"""Frames that a sound may be early or late, in a place: jitter buffers stretch and squeeze speech."""

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


def similarity(heard: Picture, known: Picture) -> float:
    """How well the beginning of `known` fits `heard`, 0 to 1: each frame against those around the same place."""
    if not len(heard) or not len(known):
        return 0.0
    table = heard @ known.T
    place = np.arange(len(heard))[:, None] - np.arange(len(known))[None, :]
    near = np.where(np.abs(place) <= _SHIFT, table, -1.0)
    best = np.maximum(near.max(axis=1), 0)
    sounding = np.linalg.norm(heard, axis=1) > 0
    return float(best[sounding].mean()) if sounding.any() else 0.0
