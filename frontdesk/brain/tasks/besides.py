"""A second wish behind a yes: "yes, and can I get the beard done right after" books the cut, and then the beard."""

from __future__ import annotations

from typing import Final

from frontdesk.brain.callers.contact import says_yes
from frontdesk.brain.services.another import ANOTHER
from frontdesk.brain.utterance.turn import JOINED, Turn

__all__ = ["read_a_wish_besides", "read_one_more_besides"]

_ON_THE_WAY: Final = frozenset({"phone", "email", "agreed"})
_JOINS: Final = frozenset({JOINED, ("values", "question", "follow_up")})
_ONE_MORE: Final = ("values", "absence", "one_more")
_CORRECTS: Final = (("values", "correction"), ("values", "retake"), ("values", "service", "dropped"), ("wants_change",))


def read_a_wish_besides(turn: Turn) -> None:
    """Keeps a service for later that is named with a yes and an "and" while another one is being booked, and is no correction of it."""
    found, known = turn.found, turn.known("service")
    said = found.facts.get("service")
    if turn.view.asks not in _ON_THE_WAY or turn.intent != "book" or known is None or said is None or said.value == known:
        return
    if ANOTHER not in turn.view.fact_types or any(turn.heard_phrase(*key) for key in _CORRECTS):
        return
    span = turn.span_of_words(said.words)
    joint = min((turn.span_of(match)[0] for match in turn.matches if match.key in _JOINS), default=len(turn.heard.text))
    if joint < span[0] and _agrees(turn, joint):
        found.drop_fact("service")
        found.drop_fact("when")  # it is said of the second one: "right after", "at six"
        found.doubts.pop("when", None)
        found.drop_fact("intent")
        found.act("yes")
        found.act("wants_several")
        found.fact_without_taking(ANOTHER, said.value, span)


def read_one_more_besides(turn: Turn) -> None:
    """ "Yes, and one for my brother the same day", where nothing is named that it is for: begun, and asked, once this one is booked."""
    found = turn.found
    if turn.view.asks not in _ON_THE_WAY or turn.intent != "book" or ANOTHER not in turn.view.fact_types or found.has("wants_several"):
        return
    joint = min((turn.span_of(match)[0] for match in turn.matches if match.key == JOINED), default=len(turn.heard.text))
    more = [turn.span_of(match)[1] for match in turn.matches if match.key == _ONE_MORE]
    others = found.facts.keys() & {"service", "staff", "name", "phone", "email"}
    if others or not more or max(more) < joint or any(turn.heard_phrase(*key) for key in _CORRECTS):
        return
    if joint < len(turn.heard.text):
        if _agrees(turn, joint):
            found.act("yes")
        found.drop_fact("intent")
        found.drop_fact("when")
        found.doubts.pop("when", None)
        found.act("wants_several")


def _agrees(turn: Turn, joint: int) -> bool:
    """Whether what comes before the "and" is a yes; of what follows it "would that be possible?" takes nothing back."""
    answer = turn.read("yes_no", turn.heard.as_said((0, joint)))
    return (answer.complete and answer.value is True) or says_yes(turn)
