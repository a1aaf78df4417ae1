"""Where in an utterance somebody is named, so that no word of the name is taken for anything else: "my name's Hannah Price" asks no price.

A name counts here only where more than its place says that it is one: what announces it, a title, or a first name that is known. To any
other name that was asked for only questions give way: "Price" is Mrs Price, and "agent" is no Mr Agent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from frontdesk.brain.utterance.heard import Heard
from spoken.lexicon import phrases
from spoken.name_writing import known_first_names
from spoken.normalise import fold_words

if TYPE_CHECKING:
    from frontdesk.brain.utterance.heard import Span
    from frontdesk.brain.utterance.phrases import Match
    from frontdesk.brain.utterance.turn import Turn
    from spoken import Reading

__all__ = ["announced_by", "has_a_first_name", "left_to_names", "name_between_commas"]

_PIECE: Final = re.compile(r"[^,;.?!]+")
_LEAST_WORDS: Final = 2
_LONGEST_CUE: Final = 6
"""Words that may announce a name: "the name on the booking is"."""


def left_to_names(turn: Turn, matches: list[Match]) -> list[Match]:
    """The phrases that were heard, without those that lie in a name."""
    if not matches or turn.view.asks_type == "text":
        return matches
    names = [*_names(turn), *_opening(turn, matches)]
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
        if reading.complete and has_a_first_name(reading) and reading.span is not None:
            before, behind = turn.heard.text[piece.start() : reading.span[0]], turn.heard.text[reading.span[1] : piece.end()]
            if not before.strip() and not behind.strip():
                return reading
    return None


def announced_by(turn: Turn, name: Span | None) -> Span | None:
    """The words right before a name that announce it: "the first name's"; None where nothing does."""
    if name is None:
        return None
    before = [token for token in turn.heard.tokens if token.end <= name[0]]
    cues = {" ".join(fold_words(cue)) for cue in phrases(turn.language, "names", "cues")}
    for token in before[-_LONGEST_CUE:]:
        if " ".join(fold_words(turn.heard.text[token.start : name[0]])) in cues:
            return token.start, name[0]
    return None


def _names(turn: Turn) -> Iterator[Span]:
    volunteered = turn.read("volunteered_name")
    readings = [volunteered, name_between_commas(turn)]
    if turn.view.asks == "name":
        asked = turn.read("name")
        readings += [asked] if asked.complete and ("spelled" in asked.mentions or has_a_first_name(asked)) else []
    yield from (reading.span for reading in readings if reading is not None and reading.complete and reading.span is not None)


def _opening(turn: Turn, matches: list[Match]) -> Iterator[Span]:
    """ "Price, good morning, I need a haircut": a word with a capital that opens the call and may be a surname, before a wish."""
    piece = _PIECE.match(turn.heard.text)
    if turn.view.asks != "intent" or piece is None:
        return
    behind = _PIECE.match(turn.heard.text, piece.end() + 1)
    greets = behind is not None and turn.book.only_fillers(Heard(behind.group()))
    if not greets and not any(match.key[0] == "intents" for match in matches):
        return
    reading = turn.read("name", turn.heard.as_said(piece.span()))
    words = turn.heard.text[piece.start() : piece.end()].split()
    if reading.complete and reading.span is not None and len(words) == 1 and words[0].istitle() and len(turn.heard.text) > piece.end():
        yield reading.span


def _alone(turn: Turn) -> Iterator[Span]:
    """Any name between commas, where one was asked for: all that was said, or what stands before a telephone number."""
    if turn.view.asks != "name":
        return
    for piece in _PIECE.finditer(turn.heard.text):
        reading = turn.read("name", turn.heard.only(piece.span()))
        if reading.complete and reading.span is not None:
            yield reading.span


def has_a_first_name(reading: Reading) -> bool:
    """Whether a name begins with a first name that is known, and goes on."""
    words = fold_words(str(reading.value))
    return len(words) >= _LEAST_WORDS and words[0] in known_first_names()
