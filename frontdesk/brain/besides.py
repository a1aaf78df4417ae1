"""A second wish behind a yes: "yes, and can I get the beard done right after" books the cut, and then the beard."""

from __future__ import annotations

from typing import Final

from frontdesk.brain.another import ANOTHER
from frontdesk.brain.contact import says_yes
from frontdesk.brain.turn import Turn

__all__ = ["read_a_wish_besides"]

_ON_THE_WAY: Final = frozenset({"phone", "email", "agreed"})
_JOINS: Final = (("values", "service", "joined"), ("values", "question", "follow_up"), ("values", "absence", "one_more"))
_CORRECTS: Final = (("values", "correction"), ("values", "retake"), ("values", "service", "dropped"), ("wants_change",))


def read_a_wish_besides(turn: Turn) -> None:
    """Keeps a service for later that is named with a yes and an "and" while another one is being booked, and is no correction of it."""
    found, known = turn.found, turn.known("service")
    said = found.facts.get("service")
    if turn.view.asks not in _ON_THE_WAY or turn.intent != "book" or known is None or said is None or said.value == known:
        return
    if ANOTHER not in turn.view.fact_types or not says_yes(turn) or any(turn.heard_phrase(*key) for key in _CORRECTS):
        return
    span = turn.span_of_words(said.words)
    if any(turn.span_of(match)[0] < span[0] for match in turn.matches if match.key in _JOINS):
        found.drop_fact("service")
        found.drop_fact("when")  # it is said of the second one: "right after", "at six"
        found.doubts.pop("when", None)
        found.act("wants_several")
        found.fact_without_taking(ANOTHER, said.value, span)
