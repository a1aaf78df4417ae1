"""Word left for somebody while an appointment is booked or moved: "yes, and tell Léa that I'm allergic"; it waits until that is done."""

from __future__ import annotations

from typing import Final

from frontdesk.brain.callers.contact import says_no
from frontdesk.brain.tasks.call_back import CALL_BACK, CALLED_BACK
from frontdesk.brain.tasks.message import WORDS_THAT_TELL
from frontdesk.brain.utterance.turn import CALLS_OFF, Turn
from frontdesk.brain.wishes.windows import windows_of
from fsm.proposals import Doubt, ProposedFact
from spoken.content_words import stopwords
from spoken.lexicon import phrases
from spoken.normalise import fold_words

__all__ = ["read_word_left_besides"]

_ACT: Final = "leaves_word"
_WISH: Final = ("intents", "message")
_FIRST: Final = ("values", "message", "first")
"""“Before you book it”: what is to be passed on comes before anything is agreed to."""
_CORRECTION: Final = ("values", "correction")
_INSTEAD: Final = (_CORRECTION, ("values", "agreed", "keep"), ("acts", "never_mind"), CALLED_BACK)
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
    begun = turn.read("yes_no", _begun(turn, start))
    agrees = begun.complete and begun.value is True
    if begun.value is False or (not agrees and (says_no(turn) or any(turn.heard_phrase(*key) is not None for key in _INSTEAD))):
        return
    if not agrees and (view.asks == "agreed" or "message" not in found.facts or found.has(CALL_BACK)):
        return
    if agrees and _takes_it_back(turn, start):
        found.drop_fact("intent")
        found.drop_fact("message")
        found.drop(CALL_BACK, "yes")
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


def _begun(turn: Turn, start: int) -> str:
    """What is said before the word that is left, without a "but" that only leads to it: "yes, but tell Léa that I'm allergic"."""
    leads = {fold_words(phrase) for phrase in phrases(turn.language, "choice", "buts")}
    tokens = [token for token in turn.heard.tokens if token.start < start and (token.text,) not in leads]
    return " ".join(turn.heard.text[token.start : token.end] for token in tokens)


def _takes_it_back(turn: Turn, start: int) -> bool:
    """Whether it is asked again: what is passed on calls the appointment off, comes before it, or wants another day, time or service.

    "Tell her Friday is better" does, "I'd rather have it short" does not.
    """
    behind = [match.key for match in turn.matches if turn.span_of(match)[0] >= start]
    if turn.heard_phrase(*_FIRST) is not None or not CALLS_OFF.isdisjoint(behind):
        return True
    said = _said_in_it(turn, start)
    if any(key[:2] == _CORRECTION for key in behind) and not {"when", "service", "slot"}.isdisjoint(said):
        return True
    if turn.heard_phrase(*CALLED_BACK) is not None:
        return False
    reading = turn.read("datetime", turn.heard.as_said((start, len(turn.heard.text))))
    slot = str(turn.known("slot"))[:10]
    windows = [window for value in (reading.value, *(item.value for item in reading.alternatives)) for window in windows_of(value)]
    return "day" in reading.mentions and not any(str(window["start"])[:10] == slot for window in windows)


def _tells(turn: Turn, end: int) -> bool:
    """Whether something is to be passed on; of "I'd like to leave a message, too" it is asked at last, with "anything else?"."""
    if turn.heard_phrase(*CALLED_BACK) is not None:
        return True
    idle = stopwords(turn.language)
    return sum(token.start >= end and token.text not in idle for token in turn.heard.tokens) >= WORDS_THAT_TELL


def _said_in_it(turn: Turn, start: int) -> list[str]:
    """What was read of the word that is left, but for what was asked for: "I'll be five minutes later" wishes for no other time."""
    said: dict[str, ProposedFact | Doubt] = {**turn.found.doubts, **turn.found.facts}
    return [name for name, one in said.items() if name not in {"message", turn.view.asks} and turn.span_of_words(one.words)[0] >= start]
