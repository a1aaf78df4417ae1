"""Where in an utterance somebody is named, so that no word of the name is taken for anything else: "my name's Hannah Price" asks no price.

A name counts here only where more than its place says that it is one: what announces it, a title, or a first name that is known. To any
other name that was asked for only questions give way: "Price" is Mrs Price, and "agent" is no Mr Agent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from spoken.name_writing import known_first_names
from spoken.normalise import fold_words

if TYPE_CHECKING:
    from frontdesk.brain.heard import Span
    from frontdesk.brain.phrases import Match
    from frontdesk.brain.turn import Turn
    from spoken import Reading

__all__ = ["left_to_names", "name_between_commas"]

_PIECE: Final = re.compile(r"[^,;.?!]+")
_LEAST_WORDS: Final = 2


def left_to_names(turn: Turn, matches: list[Match]) -> list[Match]:
    """The phrases that were heard, without those that lie in a name."""
    if not matches or turn.view.asks_type == "text":
        return matches
    names = list(_names(turn))
    alone = [span for span in _alone(turn) if span not in names]
    kept: list[Match] = []
    for match in matches:
        start, end = turn.span_of(match)
        within = [*names, *(alone if match.key[0] == "questions" else ())]
        if not any(first <= start and end <= last for first, last in within):
            kept.append(match)
    return kept


def name_between_commas(turn: Turn) -> Reading | None:
    """ "Hannah Price, how much is it?": a first name that is known with another word behind it, and nothing else up to the comma."""
    pieces = list(_PIECE.finditer(turn.heard.text))
    for piece in pieces if len(pieces) > 1 else ():
        reading = turn.read("name", turn.heard.only(piece.span()))
        if reading.complete and _has_a_first_name(reading) and reading.span is not None:
            before, behind = turn.heard.text[piece.start() : reading.span[0]], turn.heard.text[reading.span[1] : piece.end()]
            if not before.strip() and not behind.strip():
                return reading
    return None


def _names(turn: Turn) -> Iterator[Span]:
    volunteered = turn.read("volunteered_name")
    readings = [volunteered, name_between_commas(turn)]
    if turn.view.asks == "name":
        asked = turn.read("name")
        readings += [asked] if asked.complete and ("spelled" in asked.mentions or _has_a_first_name(asked)) else []
    yield from (reading.span for reading in readings if reading is not None and reading.complete and reading.span is not None)


def _alone(turn: Turn) -> Iterator[Span]:
    """Any name between commas, where one was asked for: all that was said, or what stands before a telephone number."""
    if turn.view.asks != "name":
        return
    for piece in _PIECE.finditer(turn.heard.text):
        reading = turn.read("name", turn.heard.only(piece.span()))
        if reading.complete and reading.span is not None:
            yield reading.span


def _has_a_first_name(reading: Reading) -> bool:
    words = fold_words(str(reading.value))
    return len(words) >= _LEAST_WORDS and words[0] in known_first_names()
