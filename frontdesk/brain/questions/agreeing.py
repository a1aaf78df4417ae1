"""A yes that more is said behind: "yes, and may I pay by card?"; to cancelling also "yes, and give Léa my love"."""

from __future__ import annotations

from typing import Final

from frontdesk.brain.questions.asked import topics_of
from frontdesk.brain.utterance.turn import JOINED, RINGS_AGAIN, Turn

__all__ = ["read_yes_beside_a_question", "read_yes_to_cancelling"]

_BESIDE: Final = frozenset({"another", "when"})
"""What is wished for with a cancellation; without `another` it is a new time for the appointment."""

_PLAINLY: Final = ("values", "absence", "plainly")
_SETTLED: Final = ("values", "absence", "settled")
_YET_TO_SEE: Final = ("values", "absence", "yet_to_see")
_SAID_OF_THEN: Final = frozenset({"intent", "when", "which", "name"})
"""What may be read of when they will ring: “next week” is no time for anything."""
_BEFORE_RINGING: Final = 5
"""Words that may stand before it: “yes”, “yes please”, “oui s’il vous plaît”."""


def read_yes_to_cancelling(turn: Turn) -> bool:
    """Notes such a yes; greetings to be passed on make no message of it. Returns whether there was one."""
    if _yes_and_rings_again(turn):
        for name in _SAID_OF_THEN:
            turn.found.drop_fact(name)
            turn.found.doubts.pop(name, None)
        turn.found.drop("goodbye", "hold_on", "thanks")
        if turn.heard_phrase(*_SETTLED) is not None and turn.heard_phrase(*_YET_TO_SEE) is None:
            turn.found.act("yes")
        return True  # calling off cannot be undone: where they may still make up their mind, it is asked again
    if not _agrees_to_cancel(turn):
        return False
    turn.found.drop_fact("intent")
    if "another" not in turn.found.facts:
        turn.found.drop_fact("staff")
    turn.found.answers("yes")
    return True


def _agrees_to_cancel(turn: Turn) -> bool:
    """Whether the caller says yes first, to whether to cancel, and takes nothing of it back in what follows."""
    found = turn.found
    if turn.view.asks != "agreed" or turn.intent != "cancel" or found.doubts or found.has("wants_human"):
        return False
    wish = found.facts.get("intent")
    others = set(found.facts) - {"intent", "staff"} - (_BESIDE if "another" in found.facts else frozenset())
    if others or (wish is not None and wish.value not in {"cancel", "message"}):
        return False
    if turn.heard_phrase("values", "agreed", "keep") is not None or turn.heard_phrase("acts", "never_mind") is not None:
        return False
    whole = turn.read("yes_no", turn.heard.text)
    if "reservation" in whole.mentions or (whole.complete and whole.value is False):  # "yes, but what does it cost?"
        return False
    starts = [(match.key, turn.span_of(match)[0]) for match in turn.matches]
    ends = [at for key, at in starts if key[0] == "questions" or key == JOINED or (key[0] == "intents" and at)]
    if (comma := turn.heard.text.find(",")) >= 0:
        ends.append(comma)
    first = min(ends, default=0)  # "y eso tiene algún gasto" begins with an "and", and agrees to nothing
    begun = turn.read("yes_no", turn.heard.as_said((0, first)))
    return begun.complete and begun.value is True


def _yes_and_rings_again(turn: Turn) -> bool:
    """ "Yes, I'll ring again when I'm better"; "okay, I'll ring back" is no yes at all."""
    rings, yes = turn.heard_phrase(*RINGS_AGAIN), turn.heard_phrase(*_PLAINLY)
    if turn.view.asks != "agreed" or turn.intent != "cancel" or rings is None or yes is None or yes.plain[0] != 0:
        return False
    found = turn.found
    if found.questions or found.acts.keys() - {"goodbye", "hold_on", "thanks"} or found.facts.keys() - _SAID_OF_THEN:
        return False
    wish = found.facts.get("intent")
    start, end = rings.plain
    to_us = [match for match in turn.matches if match.key == ("intents", "message") and not start <= match.plain[0] < end]
    if wish is not None and (wish.value not in {"cancel", "message"} or to_us):  # "je vous rappelle" asks for no call
        return False
    if turn.heard_phrase("values", "agreed", "keep") is not None or turn.heard_phrase("values", "agreed", "cancel") is not None:
        return False
    first, _ = turn.heard.words_of(rings.plain)
    begun = turn.read("yes_no", turn.heard.as_said((0, turn.span_of(rings)[0])))
    return first <= _BEFORE_RINGING and begun.complete and begun.value is True


def read_yes_beside_a_question(turn: Turn) -> None:
    """ "Yes, and is there a car park?" is a yes to what was read back; "yes, how much is that again?" may only begin the question.

    Nothing behind the "and" is read for anything but the question: the "jetzt" of "ja, und kann ich jetzt zahlen?" is no other time.
    """
    topics = topics_of(turn)
    joints = [turn.span_of(match) for match in turn.matches if match.key == JOINED]
    of_number = turn.view.asks == "phone" and turn.view.mode in {"read_back", "suggest"}
    agreed = turn.view.asks == "agreed" and turn.intent != "cancel"
    if not (agreed or of_number) or not turn.found.questions or not topics or not joints:
        return
    joint = min(joints)[0]
    answer = turn.read("yes_no", turn.heard.only((0, joint)))
    if joint > min(turn.span_of(match)[0] for match in topics.values()) or not answer.complete or answer.value is not True:
        return
    turn.found.answers("yes")
    turn.heard.take((joint, len(turn.heard.text)))
