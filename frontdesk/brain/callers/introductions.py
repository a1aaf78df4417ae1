"""A name said in passing: "yes hello, Weaver, I wanted to ask …", "hier Meier, ich muss absagen", "a cut on Tuesday at eleven, Baker"."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from frontdesk.brain.utterance.heard import Heard, Span
from frontdesk.brain.utterance.names_said import has_a_first_name
from frontdesk.brain.utterance.turn import Turn
from spoken import NOTHING
from spoken.content_words import titles
from spoken.lexicon import phrases
from spoken.name_writing import known_first_names
from spoken.normalise import fold_words

__all__ = ["read_introduction", "read_name_at_the_end"]

_SEGMENTS: Final = 3
"""So many pieces between commas may come before the wish: "ja hallo, Meier, guten Tag"."""
_NAME_WORDS: Final = 3


def read_introduction(turn: Turn) -> None:
    """The name between commas before what the caller wants, where nobody has asked for one yet."""
    if turn.view.asks != "intent" or turn.known("name") is not None or "name" in turn.found.facts:
        return
    if "intent" not in turn.found.facts and not turn.has_appointment:
        return
    text, start = turn.heard.text, 0
    for _ in range(_SEGMENTS):
        end = text.find(",", start)
        piece = Heard(text[start:end]) if end >= 0 else None
        if piece is None:
            return
        if piece and not turn.book.only_fillers(piece):
            greeting = turn.book.greeting(piece)
            found = _name_in(turn, (start + (greeting[1] if greeting else 0), end))
            if found is not None:
                turn.found.fact("name", *found)
            return
        start = end + 1


def read_name_at_the_end(turn: Turn) -> None:
    """The name behind the last comma, where all that is booked was said before it: "a men's cut on Tuesday at eleven, Baker"."""
    found = turn.found
    if turn.known("name") is not None or found.questions or "name" in found.facts:
        return
    if turn.view.asks == "slot" and {"slot", "when"} & set(found.facts):
        _name_behind_a_choice(turn)
    if turn.view.asks != "intent":
        return
    last = turn.heard.text.rfind(",")
    if last < 0 or not {"service", "when"} <= set(found.facts) or (wish := found.facts.get("intent")) is None or wish.value != "book":
        return
    name = _name_in(turn, (last + 1, len(turn.heard.text.rstrip(" .!"))))
    if name is not None:
        found.fact("name", *name)


def _name_behind_a_choice(turn: Turn) -> None:
    """ "Eleven's good, Craig Osborne": a first name that is known and another word, behind the last stop."""
    text = turn.heard.text.rstrip(" .!")
    last = max(text.rfind(stop) for stop in ",.;!")
    reading = turn.read("name", turn.heard.only((last + 1, len(text)))) if last > 0 else NOTHING
    if reading.complete and has_a_first_name(reading) and (name := _name_in(turn, (last + 1, len(text)))) is not None:
        turn.found.fact("name", *name)


def _name_in(turn: Turn, piece: Span) -> tuple[str, Span] | None:
    """The name that a piece consists of, titles and words that introduce one aside; None for anything else."""
    text = turn.heard.only(piece)
    reading = turn.read("name", text)
    if not reading.complete or reading.span is None or not isinstance(reading.value, str):
        return None
    name = Heard(turn.heard.at(reading.span))
    beside = " ".join(fold_words(text[: reading.span[0]] + " " + text[reading.span[1] :]))
    if beside and beside not in titles(turn.language) | _introductions(turn.language):
        return None
    if len(name) > _NAME_WORDS or not all(token.raw[:1].isupper() for token in name.tokens):
        return None
    if turn.read("datetime", text).mentions or turn.read("yes_no", text).complete or _names_a_thing(turn, reading.span):
        return None
    return reading.value, reading.span


def _names_a_thing(turn: Turn, span: Span) -> bool:
    """Whether a word is part of a service or of any phrase: "Umbuchung, ich wollte fragen"."""
    said = (turn.span_of(match) for match in turn.matches if match.key[0] not in {"values", "moves"})
    if any(start < span[1] and span[0] < end for start, end in said):
        return True
    first, *more = fold_words(turn.heard.at(span))
    if more and first in known_first_names():  # "Claire Martin" is no colour
        return False
    vocabularies = (turn.business.vocabulary(turn.language), turn.business.family_vocabulary(turn.language))
    things = {word for names in vocabularies for forms in names.values() for form in forms for word in fold_words(form)}
    return not things.isdisjoint(fold_words(turn.heard.at(span)))


@lru_cache(maxsize=16)
def _introductions(language: str) -> frozenset[str]:
    """What may stand beside a name that is said in passing: "hier ist", "c'est"."""
    return frozenset(" ".join(fold_words(cue)) for key in ("cues", "after") for cue in phrases(language, "names", key))
