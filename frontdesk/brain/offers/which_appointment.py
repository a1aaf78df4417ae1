"""Which of the appointments that were found is meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from frontdesk.brain.callers.contact import says_no, says_yes
from frontdesk.brain.offers.picking import pick, pick_by_person
from frontdesk.brain.services.service_names import names_asked
from frontdesk.brain.utterance.turn import Turn
from frontdesk.brain.wishes.windows import contains
from spoken import Reading, Status

__all__ = ["read_appointment"]


def read_appointment(turn: Turn) -> None:
    """Which of the appointments that were found is meant."""
    found = turn.view.appointments
    if not found or turn.found.questions or turn.found.has("never_mind"):
        return
    which = turn.found.facts.get("which")
    if which is not None:
        fitting = [index for index, item in enumerate(found) if contains(which.value, str(item["start"]))]
        if len(fitting) == 1:
            turn.found.fact("appointment", found[fitting[0]]["id"], turn.span_of_words(which.words))
            return
    index, reading = pick(turn, found)
    if "appointment" in turn.found.doubts:
        return
    if index is None and (match := turn.heard_phrase("values", "appointment", "all")) is not None:
        turn.found.act("wants_several")
        turn.heard.take(turn.span_of(match))
        return
    if index is None:
        index, reading = _by_service(turn, found)
    if index is None:
        index, reading = pick_by_person(turn, found, reading)
    if index is None and (match := turn.heard_phrase("values", "pick", "next")) is not None:
        index = min(range(len(found)), key=lambda place: str(found[place]["start"]))
        reading = Reading(Status.COMPLETE, index, turn.span_of(match))
    if index is None and len(found) == 1 and says_yes(turn):
        index, reading = 0, turn.read("yes_no")
    if index is not None:
        turn.found.fact("appointment", found[index]["id"], reading.span)
    elif says_no(turn) or turn.heard_phrase("acts", "refuses_offers"):
        turn.found.act("refuses_offers")


def _by_service(turn: Turn, found: Sequence[Mapping[str, Any]]) -> tuple[int | None, Reading]:
    """ "The cut"; else by for whom it is, "my husband's"."""
    reading = turn.read("service", names=turn.business.vocabulary(turn.language))
    if (index := _only_one_of(reading, found)) is not None:
        return index, reading
    whose = turn.read("service", names=names_asked(turn))
    return (index, whose) if (index := _only_one_of(whose, found)) is not None else (None, reading)


def _only_one_of(reading: Reading, found: Sequence[Mapping[str, Any]]) -> int | None:
    values = [reading.value] if reading.complete else [item.value for item in reading.alternatives]
    fitting = [index for index, item in enumerate(found) if item.get("service") in values]
    return fitting[0] if len(fitting) == 1 else None
