"""A wish for another time that was said to times on offer, seen in their light."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from frontdesk.brain.utterance.turn import Turn
from frontdesk.brain.wishes.weekdays import on_day
from frontdesk.brain.wishes.windows import Wish, contains, day_of, windows_of
from fsm.proposals import ProposedFact
from spoken.wishes import merge, shift

__all__ = ["settle_wish"]

_WEEK: Final = dt.timedelta(weeks=1)


def settle_wish(turn: Turn) -> None:
    """What the wish that was found, if any, comes to where these times are on offer."""
    _not_these_days(turn)
    _the_one_after(turn)
    _on_offer_after_all(turn)


def _not_these_days(turn: Turn) -> None:
    """ "I can't on Tuesday": another day, at the hours that were wanted."""
    said = turn.found.facts.get("when")
    if said is None or len(said.value) < 2 or not _is_the_rest(said.value[-1]):
        return
    if any(contains(said.value, str(offer["start"])) for offer in turn.view.offers):
        return
    offered = [moment for offer in turn.view.offers if (moment := turn.local(str(offer["start"]))) is not None]
    value = shift("other_day", offered, turn.now, windows_of(turn.known("when")))
    if value:
        turn.found.facts["when"] = ProposedFact("when", value, said.words)


def _is_the_rest(window: Mapping[str, Any]) -> bool:
    """Whether a window is what is left behind the days that were taken out; "after six", of every day of a week, ends openly too."""
    return window["end"] is None and window["grain"] == "day"


def _the_one_after(turn: Turn) -> None:
    """A weekday said again to offers of other days: nothing was free on the coming one, so the one after is meant, and no later one."""
    said, tried = turn.found.facts.get("when"), day_of(windows_of(turn.known("when")))
    day = day_of(windows_of(said.value)) if said is not None else None
    if said is None or day is None or tried is None or tried not in (day, day + _WEEK):
        return
    if any(str(offer["start"]).startswith(tried.isoformat()) for offer in turn.view.offers) or _not_looked_at(turn, said.value, tried):
        return
    again = on_day(turn, day + _WEEK)
    if again is not None:
        value = merge(windows_of(again.value), again.mentions, windows_of(turn.known("when")), turn.now)
        turn.found.facts["when"] = ProposedFact("when", value, said.words)


def _not_looked_at(turn: Turn, said: Wish, tried: dt.date) -> bool:
    """Whether that day may still have the hour that is said: "at nine", where it was "before nine" that nothing was free."""
    wished = windows_of(turn.known("when"))
    hours = [str(window["start"])[11:] for window in said if window["end"] is None and not window["from"]]
    return bool(hours) and not any(contains(wished, f"{tried.isoformat()}T{hour}") for hour in hours)


def _on_offer_after_all(turn: Turn) -> None:
    """A wish for exactly a time that is on offer is a pick."""
    said = turn.found.facts.get("when")
    if said is None or len(said.value) != 1 or said.value[0]["end"] is not None or said.value[0]["from"]:
        return
    for offer in turn.view.offers:
        if str(offer["start"])[:16] == said.value[0]["start"]:
            turn.found.drop_fact("when")
            turn.found.facts["slot"] = ProposedFact("slot", str(offer["start"])[:16], said.words)
            return
