"""Which appointment is to be moved, and to when, said in one: "move my Tuesday appointment to Thursday"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from frontdesk.brain.appointments.another_time import alternatives_in
from frontdesk.brain.appointments.moving_by import read_move_by, read_weeks
from frontdesk.brain.utterance.heard import Span
from frontdesk.brain.utterance.turn import Turn
from frontdesk.brain.wishes.from_appointment import counted_from_it
from frontdesk.brain.wishes.windows import windows_of
from spoken import NOTHING, Reading, Status

__all__ = ["counts_from_theirs", "intent_of", "read_move"]

_DATE_WORDS: Final = 2
"""Words of a date that a phrase may leave out: "the twenty third"."""


def intent_of(turn: Turn) -> str | None:
    """What the caller wants, as said now or as known."""
    said = turn.found.facts.get("intent")
    return said.value if said is not None else turn.intent


def read_move(turn: Turn, *, both: bool = False) -> None:
    """ "Move my Tuesday appointment to Thursday": which one, and to when; with `both`, only where both were said."""
    if intent_of(turn) not in {"reschedule", "cancel"} or turn.found.questions:
        return
    if intent_of(turn) == "reschedule" and (read_weeks(turn) or (turn.same_as is None and read_move_by(turn))):
        return
    best: dict[str, tuple[Any, Span]] = {}
    for match in (match for match in turn.matches if match.key[0] == "moves"):
        parts = {name: heard for name, span in match.parts.items() if (heard := _part(turn, name, span)) is not None}
        better = len(parts) > len(best) or (len(parts) == len(best) and "which" in parts and "which" not in best)
        if len(parts) == len(match.parts) and better and (len(parts) > 1 or not both):
            best = parts
    if intent_of(turn) == "cancel":
        best.pop("when", None)
    elif len(best) == 1 and not both:
        best = {**_apart(turn, best), **best}
    for name, (value, span) in best.items():
        if isinstance(value, tuple):
            turn.found.doubt(name, span, value)
        else:
            turn.found.fact(name, value, span)


def _apart(turn: Turn, best: Mapping[str, tuple[Any, Span]]) -> dict[str, tuple[Any, Span]]:
    """The other half, said in another phrase and in other words."""
    [(start, end)] = [span for _, span in best.values()]
    for match in (match for match in turn.matches if match.key[0] == "moves" and not set(match.parts) & set(best)):
        for name, plain in match.parts.items():
            heard = _part(turn, name, plain)
            if heard is not None and (heard[1][1] <= start or end <= heard[1][0]):
                return {name: heard}
    return {}


def _part(turn: Turn, name: str, plain: Span) -> tuple[Any, Span] | None:
    """The wish within one part of a phrase: windows, or the alternatives where it may mean several."""
    span = turn.heard.span(plain)
    reading = turn.read("datetime", turn.heard.only(span), trusting=name == "which")
    if name == "which" and (reading.span is None or not reading.mentions):
        reading = _with_words_around(turn, span)
    elif reading.mentions and "day" not in reading.mentions:
        before = max((token.start for token in turn.heard.tokens if token.end <= span[0]), default=span[0])
        led = turn.read("datetime", turn.heard.only((before, span[1])))
        reading = led if led.complete and "day" in led.mentions else reading  # "al veinticuatro" is no hour
    if reading.span is None or not reading.mentions:
        return None
    if name == "when" and counts_from_theirs(turn) and (counted := counted_from_it(turn, reading, turn.heard.only(span))) is not None:
        return counted, reading.span
    if reading.complete:
        return windows_of(reading.value), reading.span
    if reading.status is Status.PREFIX and reading.value is not None:
        return windows_of(reading.value), reading.span
    if reading.status is Status.AMBIGUOUS and name == "which":
        return [window for item in reading.alternatives for window in windows_of(item.value)], reading.span
    if reading.status is Status.AMBIGUOUS:
        return alternatives_in(reading), reading.span
    return None


def _with_words_around(turn: Turn, span: Span) -> Reading:
    """The day of the "third" in "appointment of the twenty third": read with the word before it and what belongs to it behind it."""
    first = max((token.start for token in turn.heard.tokens if token.end <= span[0]), default=span[0])
    ends = [token.end for token in turn.heard.tokens if token.start >= span[1]][:_DATE_WORDS]
    for end in (*reversed(ends), span[1]):
        reading = turn.read("datetime", turn.heard.only((first, end)), trusting=True)
        of_it = reading.span is not None and reading.span[0] < span[1] and span[0] < reading.span[1]
        if of_it and reading.complete and reading.mentions == {"day"} and len(windows_of(reading.value)) == 1:
            return reading
    return NOTHING


def counts_from_theirs(turn: Turn) -> bool:
    """Whether a new time is counted from the appointment that is moved: as long as no other has been talked about."""
    return intent_of(turn) == "reschedule" and not windows_of(turn.known("when")) and turn.known("slot") is None
