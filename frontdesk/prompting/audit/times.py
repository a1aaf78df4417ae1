"""Days and times: each must be on offer, in the calendar, or the opening hours; "free" and "full" must have been looked up."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from frontdesk.prompting.audit.knowledge import Knowledge
from frontdesk.prompting.audit.offered_times import availability, moments
from frontdesk.prompting.audit.opening_times import opening_hours, staff_hours
from frontdesk.prompting.audit.record import Record
from frontdesk.prompting.audit.said_times import SaidTimes
from frontdesk.prompting.audit.sentence import Sentence
from frontdesk.prompting.audit.verdict import Reason

__all__ = ["times"]


def times(sentence: Sentence, knowledge: Knowledge, record: Record) -> Iterator[Reason]:
    """Reasons against the days, times, opening hours and availability in a sentence."""
    said = SaidTimes(sentence, knowledge, record)
    opening = [m for name in ("open", "opens", "closed", "closes") for m in said.words[name].finditer(said.plain)]
    nouns = said.words["hours_nouns"].search(said.plain)
    works = list(said.words["works"].finditer(said.plain)) if said.person else []
    if works and said.pieces:
        yield from opening_hours(said, works, partial(staff_hours, said), "open")
    elif opening or (nouns and any(piece.kind == "time" for piece in said.pieces)):
        yield from opening_hours(said, opening, said.business.hours_of, None)
    else:
        yield from moments(said)
    yield from availability(said)
