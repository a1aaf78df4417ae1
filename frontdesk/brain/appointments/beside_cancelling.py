"""What is wished for with a cancellation: "cancel my colour and book me a blow-dry on Saturday at eleven" are two things to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from frontdesk.brain.appointments.moving_from_to import intent_of
from frontdesk.brain.services.another import ANOTHER, service_of
from frontdesk.brain.services.mentions import Mention, named_services
from frontdesk.brain.services.things import ANYONE
from frontdesk.brain.utterance.heard import Span
from frontdesk.brain.utterance.turn import CALLS_OFF, JOINED, Turn
from frontdesk.brain.wishes.windows import windows_of
from spoken import Reading

__all__ = ["read_wish_beside_a_cancellation"]

_ACT: Final = "wants_another"
_PARTS: Final = frozenset({JOINED, ("values", "correction", "any")})
_WISHES: Final = (
    ("intents", "book"),
    ("intents", "maybe_book"),
    ("values", "wanting", "anything"),
    ("values", "intent", "anew"),
    ("values", "absence", "besides"),
)
_LEADING: Final = 9
"""So many words may lead to the time: "and give me another one on | Friday"."""
_MOMENTS: Final = frozenset({"intent", "anything_else", "agreed"})
"""What is asked for where somebody cancels, or says yes to it."""


def read_wish_beside_a_cancellation(turn: Turn) -> None:
    """Takes the part of the utterance that wishes for another service: that is begun once the appointment is cancelled.

    What only names another service wants it cancelled, too: "cancel my colour and my blow-dry".
    """
    if _ACT not in turn.view.acts or turn.view.asks not in _MOMENTS or turn.found.questions:
        return
    if intent_of(turn) != "cancel":
        return
    for part in _parts(turn):
        if turn.view.asks != "agreed" and _moves(turn, part):
            return
        mention = next((one for one in named_services(turn).meant if part[0] <= one.span[0] and one.span[1] <= part[1]), None)
        if mention is not None and any(_lies_in(turn, part, key) for key in _WISHES):
            _take(turn, part, mention)
            return


def _moves(turn: Turn, part: Span) -> bool:
    """ "Cancel Tuesday's and give me another one on Friday at six" moves it: nothing else is named than the other time."""
    keys = (("values", "intent", "anew"), ("values", "absence", "besides"), ("values", "absence", "in_its_place"))
    if named_services(turn).meant or not any(_lies_in(turn, part, key) for key in keys):
        return False
    starts = [token.start for token in turn.heard.tokens if part[0] <= token.start < part[1]][:_LEADING]
    readings = (turn.read("datetime", turn.heard.only((start, part[1]))) for start in starts)  # "un autre | jeudi" is no other Thursday
    when = next((reading for reading in readings if _windows(reading) and {"day", "time"} & reading.mentions), None)
    if when is None or when.span is None:
        return False
    turn.found.drop_fact("intent")
    turn.found.fact_without_taking("intent", "reschedule", part)
    turn.found.fact_without_taking("when", _windows(when), when.span)
    turn.heard.take(part)
    return True


def _windows(when: Reading) -> list[dict[str, Any]]:
    """When that is; "Friday", said on a Friday, is either: both are looked at."""
    return windows_of(when.value) if when.complete else [window for item in when.alternatives for window in windows_of(item.value)]


def _parts(turn: Turn) -> Iterator[Span]:
    """What may be the other wish: all that follows an "and" behind the words that cancel, or comes before one in front of them."""
    cancelling = [turn.span_of(match) for match in turn.matches if match.key in CALLS_OFF]
    first, last = min(cancelling, default=(0, 0))
    joints = sorted(turn.span_of(match) for match in turn.matches if match.key in _PARTS)
    joints += [(token.start, token.end) for token in turn.heard.tokens[1:] if turn.heard.text[token.start - 2 : token.start] == ", "]
    for start, _ in sorted(joints):
        if start >= last:
            yield start, len(turn.heard.text)
    for start, _ in sorted(joints, reverse=True):
        if start < first:
            yield 0, start


def _lies_in(turn: Turn, part: Span, key: tuple[str, ...]) -> bool:
    spans = (turn.span_of(match) for match in turn.matches if match.key == key)
    return any(part[0] <= start and end <= part[1] for start, end in spans)


def _take(turn: Turn, part: Span, mention: Mention) -> None:
    turn.found.act(_ACT)
    other = service_of(turn, mention)
    if other is not None:  # of "a haircut" it is asked for whom when it is begun
        turn.found.fact_without_taking(ANOTHER, *other)
    text = turn.heard.only(part)
    when = turn.read("datetime", text)
    wish = _windows(when)
    if wish and when.span is not None and when.mentions:
        turn.found.fact_without_taking("when", wish, when.span)
    staff = turn.read("staff", text, names=turn.business.staff_vocabulary(turn.language))
    if staff.complete and staff.span is not None and staff.value != ANYONE:
        turn.found.fact_without_taking("staff", staff.value, staff.span)
    turn.heard.take(part)
