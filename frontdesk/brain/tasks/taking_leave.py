"""A day in a goodbye: "lovely, I'll pop in tomorrow then", once a question is answered, books nothing and ends the call."""

from __future__ import annotations

from typing import Final

from frontdesk.brain.questions.asked import ABOUT_SERVICE
from frontdesk.brain.services.mentions import named_services
from frontdesk.brain.utterance.turn import Turn

__all__ = ["take_leave"]

_DROPS_BY: Final = ("values", "wanting", "drops_by")
_ONLY_THAT: Final = ("values", "question", "only_that")
_ONLY_WHAT: Final = ("values", "question", "only_what")
_BESIDE_IT: Final = frozenset({"asks_question", "goodbye", "thanks", "never_mind"})
"""What may be heard where that was all they wanted to know."""
_LEFT_OUT: Final = frozenset({"when", "intent"})
"""What a goodbye may seem to say: a day, and so a wish to book."""


def take_leave(turn: Turn) -> None:
    """Takes a day without an hour for a part of the goodbye: with "bye" behind it, or where they only say that they will come.

    Who was told what a service costs and says that they will come may want it: there only a plain goodbye is one.
    """
    if _only_wanted_to_know(turn):
        turn.found.drop_questions()
        turn.found.act("goodbye")
        return
    found, says_so = turn.found, turn.heard_phrase(*_DROPS_BY)
    said = set(found.facts) | set(found.doubts)
    if turn.intent is not None or found.questions or said - _LEFT_OUT or "time" in turn.read("datetime", turn.heard.text).mentions:
        return
    if says_so is None and any(turn.heard_phrase("values", cue) for cue in ("correction", "lead", "so", "retake")):
        return  # "I've got the wrong day, I meant Tuesday", "… so Friday or Saturday"
    answered = turn.view.topic is not None and turn.view.topic not in ABOUT_SERVICE
    if not (found.has("goodbye") or (says_so is not None and answered)) or _wishes_besides(turn):
        return
    for name in _LEFT_OUT:
        found.drop_fact(name)
        found.doubts.pop(name, None)
    found.act("goodbye")


def _only_wanted_to_know(turn: Turn) -> bool:
    """ "No, I only wanted to know the price", once it was told: what was asked is what was answered, or nothing else is said.

    "I was only wondering if you do nails" asks something else, whether or not it is understood: the call goes on.
    """
    acts = turn.found.acts.values()
    if turn.view.topic is None or turn.found.facts or turn.found.doubts or {act.name for act in acts} - _BESIDE_IT:
        return False
    asked = [act.args for act in acts if act.name == "asks_question"]
    if not asked:
        return turn.heard_phrase(*_ONLY_THAT) is not None
    again = turn.heard_phrase(*_ONLY_WHAT) is not None and all(args == {"topic": turn.view.topic} for args in asked)
    return again and not named_services(turn).meant


def _wishes_besides(turn: Turn) -> bool:
    """Whether a wish is said in other words than that they will come."""
    coming = [match.plain for match in turn.matches if match.key == _DROPS_BY]
    wishes = [match.plain for match in turn.matches if match.key[0] == "intents"]
    return any(not any(start < last and first < end for start, end in coming) for first, last in wishes)
