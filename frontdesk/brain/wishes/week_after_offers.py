"""A week that is counted from the times on offer: "and the week after?", said to times of next week."""

from __future__ import annotations

import datetime as dt
from typing import Final

from frontdesk.brain.utterance.turn import Turn
from frontdesk.brain.wishes.windows import windows_of
from spoken import Reading

__all__ = ["counted_from_offers"]

_FAR: Final = dt.timedelta(weeks=10)
"""What lies so far off tells what is counted from it and what from today."""


def counted_from_offers(turn: Turn, reading: Reading) -> Reading:
    """The reading, or that of the same words counted from the last time on offer: of "the week after", but not of "next week"."""
    offers = turn.view.offers
    if turn.view.asks != "slot" or not offers or turn.same_as is not None or "day" not in reading.mentions:
        return reading
    if turn.read("datetime", same_as=turn.now + _FAR).value == reading.value:
        return reading
    grains = {window["grain"] for window in windows_of(turn.read("datetime", same_as=turn.now).value)}
    again = turn.read("datetime", same_as=turn.local(max(str(offer["start"]) for offer in offers)))
    return again if again.complete and grains and grains <= {"week", "part_of_day"} else reading
