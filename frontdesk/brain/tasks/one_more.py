"""Another appointment beside the one that was just booked: "for my son, straight after"."""

from __future__ import annotations

import datetime as dt

from frontdesk.brain.services.mentions import RIGHT_AFTER, first_followed
from frontdesk.brain.utterance.heard import Span
from frontdesk.brain.utterance.turn import Turn
from frontdesk.brain.wishes.windows import at_exactly, contains, windows_of

__all__ = ["read_one_more"]


def read_one_more(turn: Turn) -> None:
    """What is said of a second appointment in the light of the first: for whom within the same family of services, and when."""
    before, found = turn.view.previous_task, turn.found
    if not before or found.questions or turn.intent not in {None, "book"}:
        return
    after = turn.heard_phrase("values", "when", "straight_after")
    after = after or next((match for _, match in first_followed(turn) if match.key == RIGHT_AFTER), None)
    if after is not None and before.get("end") and _says_no_other_time(turn, turn.span_of(after)):
        found.drop_fact("when")
        found.doubts.pop("when", None)
        found.fact("when", [at_exactly(_next_beginning(turn, str(before["end"])))], turn.span_of(after))
    whose = turn.heard_phrase("values", "service", "whose")
    ends = {turn.span_of(match)[1] for match in turn.matches if match.key == ("values", "question", "follow_up")}
    asked = turn.intent is None or turn.view.asks == "service"  # "now for the other one": "my husband's, straight after"
    if not asked or (whose is None and not ends) or {"service"} & (set(found.facts) | set(found.doubts)):
        return
    for family in turn.business.families:
        answers = turn.business.family_answers(family, turn.language)
        reading = turn.read("service", names=answers) if before.get("service") in answers else None
        if reading is None or not reading.complete or reading.span is None:
            continue
        before_it = [token.end for token in turn.heard.tokens if token.end <= reading.span[0]][-1:]
        if whose is not None or ends.issuperset(before_it):  # "and the car", but not "and thank you, ladies"
            found.fact("service", reading.value, reading.span)


def _next_beginning(turn: Turn, end: str) -> str:
    """The first time from there on at which an appointment may begin: of what ends at twenty past ten, half past."""
    moment = dt.datetime.fromisoformat(end)
    over = (moment.hour * 60 + moment.minute) % turn.business.booking.step_min
    return (moment + dt.timedelta(minutes=turn.business.booking.step_min - over if over else 0)).isoformat()


def _says_no_other_time(turn: Turn, span: Span) -> bool:
    """Whether nothing but the day of the first stands beside it: "the same day, straight after", and not "straight after five"."""
    reading = turn.read("datetime", turn.heard.without([span]))
    if not reading.mentions:
        return True
    day = turn.view.previous_slot
    return reading.complete and reading.mentions == {"day"} and day is not None and contains(windows_of(reading.value), day)
