"""Somebody else for an appointment there is: "my appointment on Thursday, can you make it with Sofia and not Léa"."""

from __future__ import annotations

from frontdesk.brain.services.things import NONE_OF
from frontdesk.brain.utterance.turn import Turn

__all__ = ["imply_another_person"]


def imply_another_person(turn: Turn) -> None:
    """It is moved to the other one, and stays at its time where no other is said."""
    found, refused = turn.found, turn.heard_phrase(*NONE_OF)
    wish = found.facts.get("intent")
    if refused is None or "staff" not in found.facts or found.questions or found.facts.keys() & {"when", "slot"} or "when" in found.doubts:
        return
    told = wish is None and turn.intent is None and turn.has_appointment
    if turn.view.asks not in {"intent", "anything_else"} or not (told or (wish is not None and wish.value == "reschedule")):
        return
    found.fact_without_taking("intent", "reschedule", turn.span_of(refused))
    start = turn.now.strftime("%Y-%m-%dT%H:%M")
    same = {"start": start, "end": None, "grain": "minute", "from": True, "until": False, "moved_min": 0}
    found.fact_without_taking("when", [same], turn.span_of(refused))
