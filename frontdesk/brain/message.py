"""A message for the people of the business, or another answer in the caller's own words, unless they do something else."""

from __future__ import annotations

from typing import Final

from frontdesk.brain.contact import says_no
from frontdesk.brain.intents import read_intent
from frontdesk.brain.settle import read_acts
from frontdesk.brain.turn import Turn

__all__ = ["read_message"]

_STOP: Final = ("wants_human", "goodbye", "asks_repeat", "hold_on", "never_mind")
_OTHER_WISHES: Final = {("intents", "book"), ("intents", "reschedule"), ("intents", "cancel")}
_LEAVING: Final = frozenset({"goodbye", "never_mind"})
_SENTENCE: Final = 12
_SHORT: Final = 6


def read_message(turn: Turn) -> None:
    """The whole utterance, unless it is clearly an act: repeat, wait, a person, goodbye, "no thank you"."""
    found = turn.found
    declines = len(turn.heard) <= _SENTENCE and says_no(turn)
    acts = [match for match in turn.matches if match.key[0] == "acts"]
    whole = {match.key[1] for match in acts if match.whole or len(turn.heard) <= _SHORT or (declines and match.key[1] in _LEAVING)}
    if whole & set(_STOP):
        read_acts(turn)
        return
    if len(turn.heard) <= _SHORT and says_no(turn):
        found.act("never_mind")
        return
    if turn.book.only_fillers(turn.heard):
        return
    if turn.heard_phrase("values", "correction") and any(match.key in _OTHER_WISHES for match in turn.matches):
        read_intent(turn)
        return
    asked = turn.view.asks if turn.view.asks_type == "text" and turn.view.asks else "message"
    found.fact(asked, turn.heard.text, (0, len(turn.heard.text)))
