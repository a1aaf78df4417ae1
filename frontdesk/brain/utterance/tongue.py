"""Which language an utterance is to be read in: the one of the call, unless the caller asks for another or plainly speaks it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from frontdesk.brain.utterance.heard import Heard
from fsm.view import View
from spoken.languages import detect, find_request

__all__ = ["language_of", "language_wanted"]

_OPENING_TURNS: Final = 2
"""Turns in which a caller is still finding the language."""
_SURE: Final = 0.62
_VERY_SURE: Final = 0.78
_FEW_WORDS: Final = 2
_SENTENCE: Final = 5
_LONG_SENTENCE: Final = 8
_PROPER_NAMES: Final = frozenset({"name", "phone", "email", "reference", "birth_date"})
"""What is said here is made of names and numbers, which belong to no language."""


def language_wanted(heard: Heard, view: View, languages: Sequence[str]) -> str | None:
    """The language asked for ("do you speak English?"), the words of a plain request being read; None where none is.

    The one that is spoken already is only asked for in plain words, and not among names: "Deutsch" is one.
    """
    wanted = find_request(heard.text, languages)
    if wanted is None or (wanted.language == view.language and not (wanted.plain and view.asks_type not in {*_PROPER_NAMES, "text"})):
        return None
    if wanted.plain:
        heard.take(wanted.span)
    return wanted.language


def language_of(heard: Heard, view: View, languages: Sequence[str]) -> str:
    """The language to read in. The later in the call, the more must be said to change it."""
    words = len(heard)
    if len(languages) < 2 or view.asks_type == "text":
        return view.language
    opening = view.asks == "intent" and view.turn <= _OPENING_TURNS
    if words < (1 if opening else _LONG_SENTENCE if view.asks_type in _PROPER_NAMES else _SENTENCE):
        return view.language
    language, sure = detect(heard.text, languages, view.language)
    enough = _SURE if opening and words > _FEW_WORDS else _VERY_SURE
    return language if sure >= enough else view.language
