"""Who cannot come before an hour: "I can't be there before five on Thursday" moves an appointment, and calls none off."""

from __future__ import annotations

from typing import Any, Final

from frontdesk.brain.utterance.heard import Span
from frontdesk.brain.utterance.phrases import Match
from frontdesk.brain.utterance.turn import Turn
from frontdesk.brain.wishes.windows import windows_of

__all__ = ["read_not_before"]

_DAY_WORDS: Final = 4
"""Words that a day may take: "on Thursday the eighteenth"."""


def read_not_before(turn: Turn, cannot: Match) -> bool:
    """Proposes the move, which one is meant, and from when on they can, as far as the day was said.

    False where no hour is told before which they cannot come: "I can't come on Thursday".
    """
    found = _bound(turn, turn.span_of(cannot)[0])
    if found is None:
        return False
    (first, last), end = found
    theirs = _day(turn, (first, last))
    day = str(theirs[0][0]["start"])[:10] if theirs is not None else None
    turn.found.fact_without_taking("intent", "reschedule", (first, last))
    if day is None and turn.booked is not None:
        day = turn.booked.date().isoformat()
    elif theirs is not None and turn.known("appointment") is None:
        turn.found.fact_without_taking("which", *theirs)
    if day is not None:
        from_then: dict[str, Any] = {"start": f"{day}T{end}", "end": None, "grain": "minute", "from": True, "until": False}
        turn.found.fact_without_taking("when", [from_then], (first, last))
    turn.heard.take((0, len(turn.heard.text)))
    return True


def _day(turn: Turn, bound: Span) -> tuple[list[dict[str, Any]], Span] | None:
    """The one day that is told, by the words that name it alone: of "am Donnerstag nicht" the Thursday."""
    tokens = [token for token in turn.heard.tokens if token.end <= bound[0] or token.start >= bound[1]]
    for at, first in enumerate(tokens):
        for last in reversed(tokens[at : at + _DAY_WORDS]):
            reading = turn.read("datetime", turn.heard.only((first.start, last.end)), trusting=True)
            windows = windows_of(reading.value) if reading.complete and reading.mentions == {"day"} else []
            if len(windows) == 1 and windows[0].get("grain") == "day" and windows[0].get("start") and reading.span is not None:
                return windows, reading.span
    return None


def _bound(turn: Turn, start: int) -> tuple[Span, str] | None:
    """The words of the hour before which they cannot, and that hour; the day behind it is left to be read as a day."""
    tokens = [token for token in turn.heard.tokens if token.start >= start]
    for at, token in enumerate(tokens):
        found: tuple[Span, str] | None = None
        for last in tokens[at + 1 :]:
            reading = turn.read("datetime", turn.heard.only((token.start, last.end)))
            windows = windows_of(reading.value) if reading.complete and reading.mentions == {"time"} else []
            if len(windows) == 1 and windows[0].get("until") and reading.span == (token.start, last.end):
                found = (token.start, last.end), str(windows[0]["end"])[11:16]  # of "before five thirty" the last one counts
        if found is not None:
            return found
    return None
