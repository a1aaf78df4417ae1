"""A rough key of how a word sounds: words that speech-to-text may confuse share it.

Rules hold for the four languages together: it is a net to find candidates, and never decides alone.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from spoken.normalise import fold

__all__ = ["sound_key"]

_GROUPS: Final = tuple(
    (written, sound)
    for sound, spellings in (
        ("sw", "schw"), ("s", "tsch sch"), ("kr", "chr"), ("s", "ch sh tz"), ("f", "ph"), ("t", "th dt"), ("g", "gh"), ("n", "kn gn"),
        ("k", "qu ck"), ("o", "eau au"), ("u", "ou oo"), ("ai", "ei ey ay"), ("i", "ie ee"), ("se", "ce"), ("si", "ci cy"), ("ks", "x"),
    )
    for written in spellings.split()
)  # fmt: skip
"""Letters that make one sound, the longer spellings first."""
_LETTERS: Final = str.maketrans(
    {"c": "k", "q": "k", "g": "k", "d": "t", "b": "p", "v": "f", "w": "f", "z": "s", "y": "i", "j": "i", "h": ""}
)
_VOWELS: Final = frozenset("aeiou")


@lru_cache(maxsize=16384)
def sound_key(word: str) -> str:
    """Consonants as they sound, the first sound kept: "Krüger" and "kruger" are one, so are "Dupond" and "Dupont"."""
    text = fold(word)[:40]
    for written, sound in _GROUPS:
        if written in text:
            text = text.replace(written, sound)
    text = text.translate(_LETTERS)
    key: list[str] = []
    for index, sound in enumerate(text):
        if sound in _VOWELS:
            if index == 0:
                key.append("a")
            continue
        if not key or key[-1] != sound:
            key.append(sound)
    return "".join(key).rstrip("s") or "".join(key)
