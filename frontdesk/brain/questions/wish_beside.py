"""A wish beside a question: "a blow-dry on Thursday at five, how much is that?" asks the price, and wants the Thursday all the same."""

from __future__ import annotations

from typing import Final

from frontdesk.brain.services.mentions import named_services
from frontdesk.brain.utterance.heard import Span
from frontdesk.brain.utterance.phrases import Match
from frontdesk.brain.utterance.turn import Turn

__all__ = ["imply_the_wish_beside"]

_WANTING: Final = ("values", "wanting", "anything")
_HELD: Final = ("values", "wanting", "held")
"""Words of who has what is spoken of: "I've a colour on Thursday, how long does it take" wants none."""
_LATE: Final = ("questions", "late")
"""Said of what they have, too: "I'm ringing about my colour this morning, I'm going to be late"."""


def imply_the_wish_beside(turn: Turn, asked: list[Match], about_service: frozenset[str], about_day: frozenset[str]) -> None:
    """Who names a service before or behind a question, and says when or that they want it, wants to book.

    `asked`: the questions as they were heard; `about_service`, `about_day`: topics that are asked about a service, a day. A service
    named only for such a question ("what is a colour?") is no wish, nor is a day only asked about ("are you open on Saturday?").
    """
    if not asked or "intent" in turn.found.facts or turn.intent is not None or turn.has_appointment or turn.found.has("wants_human"):
        return
    first, last = min(match.plain[0] for match in asked), max(match.plain[1] for match in asked)
    begins, ends = turn.heard.span((first, last))
    named = [mention.span for mention in named_services(turn).meant]
    of_service = any(match.key[1] in about_service for match in asked)
    before = None if any(match.key == _LATE for match in asked) else _before(turn, (0, begins), named, of_service)
    wish = before or _behind(turn, (ends, len(turn.heard.text)), named, of_service)
    if wish is None:
        return
    turn.found.fact_without_taking("intent", "book", wish)
    if wish[0] < begins and not any(match.key[1] in about_service | about_day for match in asked):
        until = [span[1] for span in (*named, wish, turn.read("datetime", turn.heard.only((0, begins))).span) if span and span[1] <= begins]
        turn.heard.take((max(until), ends))  # the "il y a" of "samedi, il y a un parking ?" belongs to no day


def _before(turn: Turn, part: Span, named: list[Span], of_service: bool) -> Span | None:
    """A service that is wanted before the question; with a question about it, only where it is said when, or that it is wanted."""
    service = next((span for span in named if span[1] <= part[1]), None)
    if service is None or not of_service:
        return service
    timed = bool(turn.read("datetime", turn.heard.only(part)).mentions) and turn.heard_phrase(*_HELD) is None
    return service if timed or _wanted(turn, part) is not None else None


def _behind(turn: Turn, part: Span, named: list[Span], of_service: bool) -> Span | None:
    """What is wanted behind the question; a day alone may be a part of it."""
    wanted = _wanted(turn, part)
    if wanted is None or any(part[0] <= span[0] for span in named):
        return wanted
    return wanted if of_service and named and turn.read("datetime", turn.heard.only(part)).mentions else None


def _wanted(turn: Turn, part: Span) -> Span | None:
    """Where the part says that something is wanted: "I'd like", "il me faudrait"."""
    spans = (turn.span_of(match) for match in turn.matches if match.key == _WANTING)
    return next((span for span in spans if part[0] <= span[0] and span[1] <= part[1]), None)
