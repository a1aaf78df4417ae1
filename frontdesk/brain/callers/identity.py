"""What a caller shows who they are with: the number of a contract or a file, and the day on which they were born."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

from frontdesk.brain.callers.contact import says_no, says_yes
from frontdesk.brain.utterance.turn import Turn
from spoken import Reading, Status

__all__ = ["BIRTH_DATE_DIGITS", "NUMBERS", "read_birth_date", "read_reference", "typed_birth_date"]

NUMBERS: Final = frozenset({"reference", "birth_date"})
"""Types of facts that are made of digits, where a day or an hour is no wish for a time."""
BIRTH_DATE_DIGITS: Final = 8
"""Day, month and year on a keypad."""
_FIRST_YEAR: Final = 1900
_SHORT: Final = 3
"""Words within which a "no" is all that was said."""


def read_reference(turn: Turn) -> None:
    """A reference number, the beginning of one, that there is none, or the answer to one that was read back.

    Unasked it counts only behind words that announce it, and only whole.
    """
    fact = _fact_of(turn, "reference")
    if fact is None or (text := _where_it_may_stand(turn, fact)) is None:
        return
    asked = turn.view.asks == fact
    reading = _whole(turn.read("reference", text), turn.view.so_far if asked else "", turn.view.fact_lengths.get(fact))
    if reading.complete:
        turn.found.fact(fact, reading.value, reading.span)
        turn.number_span = reading.span
    elif asked and turn.view.mode == "read_back" and not reading.value:
        if says_no(turn) or turn.heard_phrase("wants_change", fact):
            turn.found.act("no")
        elif says_yes(turn) or turn.heard_phrase("values", "agreed", "yes"):
            turn.found.act("yes")
    elif asked and (turn.heard_phrase("values", fact, "none") or (len(turn.heard) <= _SHORT and says_no(turn))):
        turn.found.act("no")
    elif asked and reading.status is Status.PREFIX:
        turn.found.doubt(fact, reading.span, so_far=str(reading.value))
    elif asked and reading.span is not None:
        turn.heard.take(reading.span)  # too many digits: neither this number nor any other


def read_birth_date(turn: Turn) -> None:
    """The day of birth with its year; unasked only behind words that announce it ("née le …"), or to a number that was read back.

    Who goes on with it there finds the number right.
    """
    fact = _fact_of(turn, "birth_date")
    if fact is None:
        return
    next_asked = turn.view.asks_type == "reference" and turn.view.mode == "read_back" and not says_no(turn)
    text = _where_it_may_stand(turn, fact) or (turn.heard.rest if next_asked else None)
    if text is None:
        return
    asked = turn.view.asks == fact
    reading = turn.read("birth_date", text)
    if reading.complete:
        turn.found.fact(fact, reading.value, reading.span)
        if next_asked:
            turn.found.act("yes")
    elif asked and (turn.heard_phrase("values", fact, "none") or (len(turn.heard) <= _SHORT and says_no(turn))):
        turn.found.act("no")
    elif asked and reading.status is Status.AMBIGUOUS:
        turn.found.doubt(fact, reading.span, reading.alternatives)
    elif asked:
        turn.heard.take(reading.span)


def typed_birth_date(digits: str) -> str | None:
    """A birth date typed as day, month and year ("12031978"), as it is kept; None for what is no day."""
    if len(digits) != BIRTH_DATE_DIGITS or int(digits[4:]) < _FIRST_YEAR:
        return None
    try:
        return dt.date(int(digits[4:]), int(digits[2:4]), int(digits[:2])).isoformat()
    except ValueError:
        return None


def _fact_of(turn: Turn, kind: str) -> str | None:
    """The fact of this type: the one that is asked for, else the first of the graph."""
    if turn.view.asks_type == kind:
        return turn.view.asks
    return next((name for name, of in turn.view.fact_types.items() if of == kind), None)


def _where_it_may_stand(turn: Turn, fact: str) -> str | None:
    """What is left of the utterance behind words that announce the fact, all of it where it was asked for; None where neither is so."""
    cue = turn.heard_phrase("values", fact, "mine")
    if cue is None:
        return turn.heard.rest if turn.view.asks == fact else None
    turn.heard.take(turn.span_of(cue))  # the "I" of "I was born" is no letter of a reference
    behind = turn.heard.only((turn.span_of(cue)[1], len(turn.heard.text)))
    return turn.heard.rest if turn.view.asks == fact and not behind.strip() else behind


def _whole(reading: Reading, so_far: str, length: int | None) -> Reading:
    """The reading with what was heard before in front of it, as long as a number of this length allows."""
    said = str(reading.value or "")
    if length is None or not said:
        return reading
    value = said if len(said) >= length or len(so_far + said) > length else so_far + said
    if len(value) > length:
        return replace(reading, status=Status.NOTHING, value=value)
    return replace(reading, status=Status.COMPLETE if len(value) == length else Status.PREFIX, value=value)
