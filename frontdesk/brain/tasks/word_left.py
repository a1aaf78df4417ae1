"""Word left for somebody while an appointment is booked or moved: "yes, and tell Léa that I'm allergic"; it waits until that is done."""

from __future__ import annotations

from typing import Final

from frontdesk.brain.callers.contact import says_no
from frontdesk.brain.tasks.call_back import CALL_BACK
from frontdesk.brain.tasks.message import WORDS_THAT_TELL
from frontdesk.brain.utterance.turn import Turn
from spoken.content_words import stopwords

__all__ = ["read_word_left_besides"]

_ACT: Final = "leaves_word"
_WISH: Final = ("intents", "message")
_CALL_BACK: Final = ("values", "call_back")
_CORRECTION: Final = ("values", "correction")
_INSTEAD: Final = (_CORRECTION, ("values", "agreed", "keep"), ("acts", "never_mind"))
_MOMENTS: Final = frozenset({"agreed", "name", "phone", "email"})
"""What is asked for once a time was picked."""


def read_word_left_besides(turn: Turn) -> None:
    """Keeps the message and drops the wish to leave one in place of the appointment, beside a yes or where none is asked for.

    "No, tell her I'll think about it" leaves word instead, and so does who asks to be rung back and agrees to nothing.
    """
    found, view = turn.found, turn.view
    wish = found.facts.get("intent")
    if _ACT not in view.acts or view.asks not in _MOMENTS or turn.intent not in {"book", "reschedule"} or turn.known("slot") is None:
        return
    if wish is None or wish.value != "message":
        return
    start, end = min((turn.span_of(match) for match in turn.matches if match.key == _WISH), default=(0, 0))
    begun = turn.read("yes_no", turn.heard.as_said((0, start)))
    agrees = begun.complete and begun.value is True
    if begun.value is False or (not agrees and (says_no(turn) or any(turn.heard_phrase(*key) is not None for key in _INSTEAD))):
        return
    if not agrees and (view.asks == "agreed" or "message" not in found.facts or found.has(CALL_BACK)):
        return
    if agrees and _corrects(turn, start):
        found.drop_fact("intent")
        found.drop_fact("message")
        return
    for name in ("intent", *_said_in_it(turn, start)):
        found.drop_fact(name)
        found.doubts.pop(name, None)
    found.drop_questions()  # "tell her I'm allergic to ammonia" asks us nothing
    found.drop(CALL_BACK)
    if agrees:
        found.drop("no", "wants_change", "never_mind", "goodbye", "hold_on", "asks_repeat", "wants_human")  # said in it
        found.answers("yes")  # before the act: what is agreed to needs no "I'll pass that on" beside it
        found.drop_fact("message")
        if _tells(turn, end):
            found.fact_without_taking("message", turn.heard.text[start:].strip(), (start, len(turn.heard.text)))
    found.act(_ACT)


def _corrects(turn: Turn, start: int) -> bool:
    """Whether another time or service is to be passed on: "tell her Friday is better" is asked again, "I'd rather have it short" is not."""
    rather = any(turn.span_of(match)[0] >= start for match in turn.matches if match.key[:2] == _CORRECTION)
    return rather and not {"when", "service", "slot"}.isdisjoint(_said_in_it(turn, start))


def _tells(turn: Turn, end: int) -> bool:
    """Whether something is to be passed on; of "I'd like to leave a message, too" it is asked at last, with "anything else?"."""
    if turn.heard_phrase(*_CALL_BACK) is not None:
        return True
    idle = stopwords(turn.language)
    return sum(token.start >= end and token.text not in idle for token in turn.heard.tokens) >= WORDS_THAT_TELL


def _said_in_it(turn: Turn, start: int) -> list[str]:
    """What was read of the word that is left: "I'll be five minutes later" wishes for no other time."""
    found = turn.found
    words = {**{name: doubt.words for name, doubt in found.doubts.items()}, **{name: fact.words for name, fact in found.facts.items()}}
    return [name for name in words if name != "message" and turn.span_of_words(words[name])[0] >= start]
