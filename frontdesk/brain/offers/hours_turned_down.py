"""An hour that is said with a "no" to times on offer: one of them, which is refused alone, or none of them, which is asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from frontdesk.brain.offers.picking import alternatives_of, choices_of, first_hour, is_no_hour_of, left_over
from frontdesk.brain.times import read_wish
from frontdesk.brain.utterance.heard import Span
from frontdesk.brain.utterance.turn import Turn
from frontdesk.brain.wishes.wondered import INSTEAD, WONDERED, is_asked_for, only_tags

__all__ = ["read_hour_turned_down"]

_REFUSES: Final = ("acts", "refuses_offers")
_SHIFT: Final = ("values", "shift")
_TOLD: Final = (*WONDERED, "told")


def read_hour_turned_down(turn: Turn, offers: Sequence[Mapping[str, Any]]) -> bool:
    """Notes what is left on offer, or the wish; False where no hour is said with a "no", or another one behind it."""
    saying_no = [turn.span_of(match) for match in turn.matches if match.key[:2] in (WONDERED, _REFUSES)]
    if offers and _asks_for_another_behind(turn):
        return True
    days = {str(offer["start"])[:10] for offer in offers}
    day = dt.date.fromisoformat(days.pop()) if len(days) == 1 else None
    hour = first_hour(turn, day, turn.heard.without(saying_no))
    instead = any(turn.heard_phrase("values", cue) for cue in ("correction", "shift"))
    if not offers or hour is None or hour.span is None or instead:
        return False
    if is_no_hour_of(hour, offers):
        return is_asked_for(turn, hour.span) and _wishes(turn, hour.span)
    return _refuses_one(turn, offers, hour.span)


def _asks_for_another_behind(turn: Turn) -> bool:
    """ "I can't do three, is there nothing at four?": the last hour is asked for, and the one before it refused."""
    asking = [turn.span_of(match) for match in turn.matches if match.key == INSTEAD]
    if not asking:
        return False
    start, end = max(asking)
    behind = turn.read("datetime", turn.heard.only((end, len(turn.heard.text))))
    if not _refused_before(turn, start) or behind.mentions != {"time"} or behind.span is None or not only_tags(turn, behind.span[1]):
        return False
    return _wishes(turn, behind.span)


def _refused_before(turn: Turn, start: int) -> bool:
    """Whether what comes before is refused, and not taken as in "ten is fine, have you nothing at four": which they want is asked then."""
    if any((match.key in (_TOLD, _REFUSES) or match.key[:2] == _SHIFT) and turn.span_of(match)[1] <= start for match in turn.matches):
        return True
    return turn.read("yes_no", turn.heard.only((0, start))).value is False


def _wishes(turn: Turn, hour: Span) -> bool:
    """ "Half past ten isn't possible?", where none of them is then: that is a wish; what is told behind the question is none."""
    turn.heard.take((0, hour[0]))
    turn.heard.take((hour[1], len(turn.heard.text)))
    read_wish(turn, "when")
    return True


def _refuses_one(turn: Turn, offers: Sequence[Mapping[str, Any]], hour: Span) -> bool:
    """ "At ten I can't", where ten is on offer: the others still are."""
    reading = turn.read("choice", choices=choices_of(turn, offers))
    left = left_over(reading, offers)
    behind = turn.read("datetime", turn.heard.only((hour[1], len(turn.heard.text))))
    if not left or len(left) != len(offers) - 1 or behind.mentions:
        return False
    turn.found.doubt("slot", reading.span, alternatives_of(turn, [offers[index] for index in left], "slot"))
    return True
