"""Whose name a further appointment is under: one for somebody else than the one before is not under the same name unasked."""

from __future__ import annotations

from typing import Final

from frontdesk.brain.services.persons import of_anybody
from frontdesk.brain.utterance.turn import Turn

__all__ = ["ask_for_another_name"]

_OF_THE_NEXT: Final = frozenset({"anything_else", "service", "when", "slot"})
"""Questions within whose answers it comes out for whom the further appointment is."""


def ask_for_another_name(turn: Turn) -> None:
    """Lets go of the name of the one before: "and one for my husband", "I'd like highlights myself", after the cut of a child.

    Two services of one family, "a men's cut" and "a child's cut", are for two persons, whoever has asked for them.
    """
    found, before = turn.found, turn.view.previous_task.get("service")
    if turn.view.asks not in _OF_THE_NEXT or not _books_a_further_one(turn) or "name" in found.facts or found.questions:
        return
    service = found.facts["service"].value if "service" in found.facts else turn.known("service")
    akin = any({service, before} <= turn.business.family_answers(family, turn.language).keys() for family in turn.business.families)
    myself = turn.heard_phrase("values", "service", "myself") is not None
    if (akin and service != before) or myself or of_anybody(turn):
        found.act("wants_change", {"fact": "name"})


def _books_a_further_one(turn: Turn) -> bool:
    """Whether an appointment is booked after another one, under a name that was said for that one."""
    name, task = turn.view.facts.get("name"), turn.view.facts.get("intent")
    said = turn.found.facts.get("intent")
    if not turn.view.previous_task or name is None or (said.value if said is not None else turn.intent) != "book":
        return False
    return said is not None or (task is not None and name.turn < task.turn)
