"""Who can't come: an appointment that is to be cancelled or moved, or an offer that is refused."""

from __future__ import annotations

from typing import Final

from frontdesk.brain.phrases import Match
from frontdesk.brain.turn import Turn

__all__ = ["CANNOT_COME", "ELSEWHEN", "WITHIN_A_BOOKING", "asks_for_another_time", "refuses"]

CANNOT_COME: Final = ("values", "absence", "cannot_come")
ELSEWHEN: Final = ("values", "absence", "elsewhen")
WITHIN_A_BOOKING: Final = frozenset({"slot", "agreed", "when", "name", "phone", "email"})
_RINGS_AGAIN: Final = ("values", "absence", "rings_again")


def refuses(turn: Turn) -> bool:
    """ "I can't come then", while an appointment is being booked: there is none yet that could be cancelled. It is noted as what it is."""
    if turn.intent != "book" or turn.view.asks not in WITHIN_A_BOOKING:
        return False
    if turn.view.asks == "slot":
        turn.found.act("refuses_offers")
    elif turn.view.asks != "when":
        turn.found.act("wants_change", {"fact": "when"})
    return True


def asks_for_another_time(turn: Turn, cancelled: Match) -> Match | None:
    """ "I can't come, is there anything next week?": another time is asked for, of whoever would not rather ring again."""
    if turn.heard_phrase(*_RINGS_AGAIN) is not None:
        return None
    beside = (match for match in turn.matches if match.key == ELSEWHEN and not cancelled.plain[0] <= match.plain[0] < cancelled.plain[1])
    return next(beside, None)
