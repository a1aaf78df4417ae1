"""Somebody is to be called, or spoken to, at a time that is not now: nobody is put through for that."""

from __future__ import annotations

from typing import Final

from frontdesk.brain.utterance.heard import Span
from frontdesk.brain.utterance.phrases import Match
from frontdesk.brain.utterance.turn import Turn
from frontdesk.brain.wishes.windows import Wish, windows_of

__all__ = ["CALLED_BACK", "CALL_BACK", "read_call_back"]

CALL_BACK: Final = "wants_call_back"
"""The act, in graphs that have it."""
CALLED_BACK: Final = ("values", "call_back")
"""Words that ask to be rung back or spoken to."""
_OTHER_MATTERS: Final = frozenset({"cancel", "reschedule"})
_ABOUT: Final = ("values", "message", "about")
_APPOINTMENTS: Final = frozenset({("intents", "book"), ("intents", "maybe_book"), ("values", "appointment")})
_NEAR: Final = 4
"""Words that may stand between the wish and its time: "to somebody from the team, please, on Tuesday"."""
_REACHED_ON: Final = frozenset({"phone", "email"})
"""Questions to which "you can call me on …" is an answer."""


def read_call_back(turn: Turn) -> None:
    """ "I'd like to speak to somebody on Tuesday", "can someone call me on Tuesday".

    Which wish that is depends on the business: under `call_back` in its phrases stand the words, below the intent that they become.
    """
    found = turn.found
    said = found.facts.get("intent")
    asked = [match for match in turn.matches if match.key[:2] == CALLED_BACK]
    if not asked or turn.view.asks in _REACHED_ON or (said is not None and said.value in _OTHER_MATTERS):
        return
    later = _later(turn, asked)
    if later is None:
        return
    wish, span = later
    found.drop("wants_human", "hold_on", "unknown_service", "refuses_offers", "yes", "no", "goodbye")
    for name in ("intent", "when", "slot"):
        found.drop_fact(name)
        found.doubts.pop(name, None)
    found.fact_without_taking("when", wish, span)
    found.fact_without_taking("intent", asked[0].key[2], (turn.heard.tokens[0].start, turn.heard.tokens[-1].end))
    if CALL_BACK in turn.view.acts:
        found.act(CALL_BACK)


def _later(turn: Turn, matches: list[Match]) -> tuple[Wish, Span] | None:
    """The time that is said of it, if it has not begun: "today" is now."""
    if turn.found.questions or turn.has_appointment:
        return None
    reading = turn.read("datetime", turn.heard.text)
    if reading.value is None:
        reading = turn.read("datetime", _without_edges(turn, matches))
    if not reading.complete or reading.span is None or not reading.mentions:
        return None
    wish = windows_of(reading.value)
    now = turn.now.strftime("%Y-%m-%dT%H:%M")
    if not wish or any(str(window["start"])[:16] <= now for window in wish):
        return None
    return (wish, reading.span) if any(_together(turn, turn.span_of(match), reading.span) for match in matches) else None


def _without_edges(turn: Turn, matches: list[Match]) -> str:
    """The utterance without the words of the wish itself: in "rufen Sie mich am Dienstag zurück" nobody is back on Tuesday."""
    text = turn.heard.text
    for first, last in (turn.heard.words_of(match.plain) for match in matches):
        for token in (turn.heard.tokens[first], turn.heard.tokens[last - 1]):
            text = text[: token.start] + " " * (token.end - token.start) + text[token.end :]
    return text


def _together(turn: Turn, words: Span, time: Span) -> bool:
    """Whether the time is that of the wish: "about my colour on Tuesday" may be another matter's, and so may a day before a story."""
    first, last = sorted((words, time))
    between = sum(first[1] <= token.start and token.end <= last[0] for token in turn.heard.tokens)
    if between > _NEAR or (first is time and _tells_before(turn, time)):
        return False
    matters = (turn.span_of(match)[0] for match in turn.matches if match.key == _ABOUT or match.key[:2] in _APPOINTMENTS)
    return not any(words[0] < start < time[1] for start in matters)


def _tells_before(turn: Turn, time: Span) -> bool:
    """Whether something is told before the time: "the cut I had on Tuesday is too short, I want to speak to somebody"."""
    greeting = turn.book.greeting(turn.heard)
    start = greeting[1] if greeting is not None else 0
    before = sum(start <= token.start and token.end <= time[0] for token in turn.heard.tokens)
    things = (turn.found.facts.get("service"), turn.found.doubts.get("service"))
    return before > _NEAR or any(thing is not None and turn.span_of_words(thing.words)[0] < time[0] for thing in things)
