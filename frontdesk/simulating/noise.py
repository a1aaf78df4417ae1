"""A bad line and a recogniser that guesses: what is left of an utterance when it has been through both."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from random import Random
from typing import Final

from frontdesk.simulating.words import NoiseWords
from spoken.say import say_number

__all__ = ["misheard"]

_SIGNS: Final = re.compile(r"[.,;:!?¿¡]+(?=\s|$)|(?<=\s)[¿¡]|^[¿¡]")
_FIGURES_UP_TO: Final = 60


def misheard(text: str, language: str, noise: NoiseWords, level: float, draw: Random) -> str:
    """What the recogniser writes down for `text`; `level` is the chance that a word suffers, 0.0 to 1.0.

    A word may be lost, doubled, taken for one that sounds like it, written in figures or split into its digits, and have
    a filler before it. Words that turn a no into a yes are never lost: no listener could know. Punctuation goes
    whenever there is any noise at all, as most recognisers give none.
    """
    if level <= 0.0:
        return text
    words = _SIGNS.sub("", text).split()
    kept = {word.casefold() for word in noise.kept}
    sounds = {word.casefold(): other for word, other in noise.sounds.items()}
    heard: list[str] = []
    numbers = [word.casefold() in _number_words(language) for word in words]
    for at, word in enumerate(words):
        plain = word.casefold()
        if plain in kept or draw.random() >= level:
            heard.append(word)
            continue
        alone = not any(numbers[max(at - 1, 0) : at] + numbers[at + 1 : at + 2])  # recognisers write whole numbers in figures
        heard += _suffers(word, sounds.get(plain), _figures(language).get(plain) if alone else None, noise, draw)
    return " ".join(heard)


def _suffers(word: str, sounds_like: str | None, figures: str | None, noise: NoiseWords, draw: Random) -> list[str]:
    kinds = ["lost", "doubled", "filler"]
    if sounds_like is not None:
        kinds += ["sounds", "sounds"]
    if figures is not None:
        kinds += ["figures", "figures"]
    if len(word) > 1 and word.isdigit():
        kinds += ["split", "split", "split"]
    kind = draw.choice(kinds)
    if kind == "lost":
        return []
    if kind == "doubled":
        return [word, word]
    if kind == "filler":
        return [draw.choice(noise.fillers), word]
    if kind == "split":
        return list(word)
    return [sounds_like if kind == "sounds" and sounds_like is not None else str(figures)]


@functools.cache
def _figures(language: str) -> Mapping[str, str]:
    """Numbers of one word, and how they are written in figures."""
    spelled = {say_number(number, language).casefold(): str(number) for number in range(2, _FIGURES_UP_TO)}
    return {words: figures for words, figures in spelled.items() if " " not in words}


@functools.cache
def _number_words(language: str) -> frozenset[str]:
    """Every word that numbers are made of, the "and" between them too."""
    return frozenset(word for number in range(1000) for word in say_number(number, language).casefold().split())
