"""A new time for an appointment there is, where it was asked which one is meant, or whether to cancel it."""

from __future__ import annotations

import datetime as dt

from frontdesk.brain.utterance.heard import Span
from frontdesk.brain.utterance.turn import Turn
from frontdesk.brain.wishes.windows import contains, windows_of
from spoken import Alternative, Reading

__all__ = ["alternatives_in", "wishes_another_time"]


def alternatives_in(reading: Reading) -> tuple[Alternative, ...]:
    return tuple(Alternative(windows_of(item.value), item.say) for item in reading.alternatives)


def wishes_another_time(turn: Turn, intent: str | None) -> bool:
    """ "To Wednesday", where it is asked which one is to be moved; "a week later", where it is asked whether to cancel: a new time.

    It is one when no appointment of the caller's is then, nothing points at one ("the one on Wednesday"), and it is no yes or no.
    """
    starts = _theirs(turn, intent)
    pointed = turn.heard_phrase("values", "pick") is not None and "appointment" not in turn.found.facts
    if turn.found.facts.keys() & {"when", "intent"} or turn.found.has("goodbye") or turn.found.questions or pointed:
        return False
    readings = [turn.read("datetime", same_as=start, trusting=True) for start in starts]  # "the same time", whichever it is
    if not readings or not all("day" in reading.mentions for reading in readings):
        return False
    either = alternatives_in(readings[0])  # "on Friday, perhaps?", said on a Friday
    if either and not any(contains(item.value, start.strftime("%Y-%m-%dT%H:%M")) for item in either for start in starts):
        turn.found.doubt("when", readings[0].span, either)
        return _moves_it(turn, intent, readings[0].span)
    if not all(reading.complete for reading in readings):
        return False
    windows = [window for reading in readings for window in windows_of(reading.value)]
    if any(contains(windows, start.strftime("%Y-%m-%dT%H:%M")) for start in starts):
        return False
    turn.found.fact("when", [window for index, window in enumerate(windows) if window not in windows[:index]], readings[0].span)
    return _moves_it(turn, intent, readings[0].span)


def _moves_it(turn: Turn, intent: str | None, span: Span | None) -> bool:
    """Another time for what was to be cancelled moves it."""
    if intent == "cancel" and span is not None:
        turn.found.fact_without_taking("intent", "reschedule", span)
    return True


def _theirs(turn: Turn, intent: str | None) -> list[dt.datetime]:
    """When the appointments are that are being talked about, where the answer may be a new time for one of them."""
    if turn.view.asks == "appointment" and intent == "reschedule":
        chosen = turn.found.facts.get("appointment")  # "my wife's, to Wednesday, same time"
        meant = (item for item in turn.view.appointments if chosen is None or item["id"] == chosen.value)
        return [moment for item in meant if (moment := turn.local(str(item["start"]))) is not None]
    asked_whether = turn.view.asks == "agreed" and intent == "cancel" and not turn.read("yes_no").complete
    return [turn.same_as] if asked_whether and turn.known("appointment") is not None and turn.same_as is not None else []
