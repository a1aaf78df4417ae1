"""Who can't come: an appointment that is to be cancelled or moved, or an offer that is refused."""

from __future__ import annotations

from typing import Final

from frontdesk.brain.appointments.moving_by import wished_from_it
from frontdesk.brain.services.service_names import service_names
from frontdesk.brain.utterance.heard import Span
from frontdesk.brain.utterance.phrases import Match
from frontdesk.brain.utterance.turn import CANNOT_COME, ELSEWHEN, JOINED, RINGS_AGAIN, Turn

__all__ = ["WITHIN_A_BOOKING", "calls_off", "moves_theirs", "refuses"]

WITHIN_A_BOOKING: Final = frozenset({"slot", "agreed", "when", "name", "phone", "email"})
_INSTEAD: Final = frozenset({JOINED, ("values", "correction", "any")})
_ALTOGETHER: Final = ("values", "absence", "altogether")
_ONE_MORE: Final = ("values", "absence", "one_more")


def refuses(turn: Turn) -> bool:
    """ "I can't come then", while an appointment is being booked: there is none yet that could be cancelled. It is noted as what it is.

    Nor is the one that is being moved called off by who names a time that is not possible: "el jueves, pero por la mañana no puede ser".
    Who can't come at all, or "finally" not, calls it off.
    """
    if turn.intent == "reschedule":
        off = turn.heard_phrase("intents", "cancel") is not None or turn.heard_phrase(*_ALTOGETHER) is not None
        if turn.view.asks not in {"slot", "when"} or off or not turn.read("datetime").mentions:
            return False
    elif turn.intent != "book" or turn.view.asks not in WITHIN_A_BOOKING:
        return False
    if turn.view.asks == "slot":
        turn.found.act("refuses_offers")
    elif turn.view.asks != "when":
        turn.found.act("wants_change", {"fact": "when"})
    return True


def calls_off(turn: Turn) -> bool:
    """ "Yes, I can't come", said to "shall I cancel it?"; "no, I can't" may be either answer, and is none.

    Nor is what says a time: without its signs, "no, ¿puedo ir más tarde?" can't come later.
    """
    cannot = turn.heard_phrase(*CANNOT_COME)
    if cannot is None or turn.intent != "cancel" or turn.view.asks != "agreed":
        return False
    if turn.heard_phrase("values", "shift") is not None or turn.heard_phrase(*ELSEWHEN) is not None:
        return False
    before = turn.read("yes_no", turn.heard.only((0, turn.span_of(cannot)[0])))
    return not before.complete or before.value is True


def _something_else_instead(turn: Turn, start: int) -> bool:
    """Whether a service is named behind "and" or "for that": "cancel it and book me a blow-dry instead" moves no colour."""
    joined = [turn.span_of(match)[1] for match in turn.matches if match.key in _INSTEAD and turn.span_of(match)[0] >= start]
    if not joined:
        return False
    reading = turn.read("service", turn.heard.only((min(joined), len(turn.heard.text))), names=service_names(turn))
    return reading.complete or bool(reading.alternatives)


def _asks_for_another_time(turn: Turn, cancelled: Match | None) -> Match | None:
    """ "I can't come, is there anything next week?": another time is asked for, of whoever would not rather ring again.

    `cancelled` is what says that the appointment is off, or None where that is what we have asked. What is part of it asks for
    nothing: "je peux pas venir jeudi" holds "je peux … venir jeudi".
    """
    if turn.heard_phrase(*RINGS_AGAIN) is not None:
        return None
    first, last = cancelled.plain if cancelled is not None else (0, 0)
    return next((match for match in turn.matches if match.key == ELSEWHEN and not (first < match.plain[1] and match.plain[0] < last)), None)


def moves_theirs(turn: Turn, cancelled: Match | None) -> Span | None:
    """What asks for another time of an appointment that the caller has: “could it be Friday?”, “the same time the day after”.

    None for one more appointment beside it: "and can I also have one for my son on Friday?".
    """
    if turn.heard_phrase(*RINGS_AGAIN) is not None or (cancelled is None and turn.heard_phrase(*_ONE_MORE) is not None):
        return None
    if cancelled is not None and _something_else_instead(turn, turn.span_of(cancelled)[1]):
        return None
    other = _asks_for_another_time(turn, cancelled)
    if other is not None or turn.view.asks == "agreed":  # "no puedo ir más tarde ese día" may refuse that time
        return turn.span_of(other) if other is not None else None
    by_so_much = wished_from_it(turn)
    if by_so_much is not None:
        return by_so_much
    # "je dois travailler plus tard" tells why, where somebody can't come
    shifted = turn.heard_phrase("values", "shift") if cancelled is None else None
    return turn.span_of(shifted) if shifted is not None else None
