"""Another hour where the name was asked for: "jo, achtzehn Uhr" names nobody, and takes back the time that was chosen."""

from __future__ import annotations

from typing import Final

from frontdesk.brain.utterance.heard import Heard
from frontdesk.brain.utterance.turn import Turn

__all__ = ["only_an_hour"]

_CLEAR: Final = 2
"""Words of a time that is no number alone: "six o'clock", "a las seis"."""


def only_an_hour(turn: Turn) -> bool:
    """Whether an hour is all that was said, but for fillers and a yes or no, once a time has been chosen."""
    if turn.view.asks != "name" or turn.known("slot") is None:
        return False
    return turn.once(_only_an_hour)


def _only_an_hour(turn: Turn) -> bool:
    reading = turn.read("datetime", turn.heard.text)
    if reading.span is None or not reading.complete or reading.mentions != {"time"}:
        return False
    words = turn.heard.at(reading.span)
    if len(words.split()) < _CLEAR and not any(sign.isdigit() for sign in words):
        return False
    start, end = reading.span
    beside = Heard(turn.heard.text[:start] + " " + turn.heard.text[end:])
    if not beside or turn.book.only_fillers(beside):
        return True
    answer = turn.read("yes_no", turn.heard.text[:start] + " " * (end - start) + turn.heard.text[end:])
    return answer.complete and len(beside) <= _CLEAR
