"""A question in one breath with a choice among times: "ten's good, how much is it?" takes the ten, and is answered all the same."""

from __future__ import annotations

import re
from typing import Final

from frontdesk.brain.questions.asked import ABOUT_DAY, asks_in_its_own_way
from frontdesk.brain.utterance.heard import Span
from frontdesk.brain.utterance.turn import Turn
from spoken import NOTHING, Choice

__all__ = ["leave_the_question_out"]

_STOPS: Final = re.compile(r"[,;.!?¿]")


def leave_the_question_out(turn: Turn, choices: tuple[Choice, ...] = ()) -> bool:
    """Whether nothing was asked, or an hour or a choice stands beside what is asked, which nobody reads a time in from then on.

    In "is ten still free?" the hour is a part of the question, and nothing is left. Where no times are on offer yet, a day is enough.
    """
    if not turn.found.questions:
        return True
    asked = [match for match in turn.matches if match.key[0] == "questions" or asks_in_its_own_way(match)]
    spans = [_clause(turn, turn.span_of(match)) for match in asked]
    rest = turn.heard.without(spans)
    chosen = turn.read("choice", rest, choices=choices) if choices and len(rest.split()) > 1 else NOTHING  # "one" may be an article
    telling = {"time"} if choices or any(match.key[1] in ABOUT_DAY for match in asked) else {"time", "day"}
    if not spans or (not telling & turn.read("datetime", rest).mentions and not chosen.complete):
        return False
    for span in spans:
        turn.heard.take(span)
    return True


def _clause(turn: Turn, question: Span) -> Span:
    """The question with what leads to it and what belongs to it, up to the stops around; an hour before it is no part of it."""
    text = turn.heard.text
    before = [stop.end() for stop in _STOPS.finditer(text, 0, question[0])]
    first = max(before, default=0)
    if "time" in turn.read("datetime", turn.heard.only((first, question[0]))).mentions or not before:
        first = question[0]
    behind = _STOPS.search(text, question[1])
    return first, behind.start() if behind is not None else len(text)
