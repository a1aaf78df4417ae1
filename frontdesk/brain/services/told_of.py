"""Somebody who is only told of: "I have to pick up my daughter at six" wants nothing for her, and nothing at six.

Nor does "I've got two kids, and I need a cut" want two, nor "my son, who's four" anything at four.
"A cut after the highlights", once these are booked, wants no highlights again.
"""

from __future__ import annotations

import re
from typing import Final

from frontdesk.brain.services.mentions import first_followed, named_services
from frontdesk.brain.utterance.heard import Span
from frontdesk.brain.utterance.turn import JOINED, THEIRS, Turn

__all__ = ["leave_out_who_is_told_of"]

_STOPS: Final = re.compile(r"[,;.!?]")
_ALL_OF_IT: Final = frozenset({("values", "service", "aged"), THEIRS})
"""Phrases of which no more is taken than themselves: how old somebody is, and what the caller "has to tell my husband first"."""
_HAS: Final = ("values", "service", "has")
_WISH_AGAIN: Final = {("values", "correction"), ("values", "lead"), ("values", "retake"), ("values", "so")}
"""Phrases that lead from what was told back to the wish: "… so rather in the morning"."""


def leave_out_who_is_told_of(turn: Turn) -> None:
    """Takes what is told, to the end of its clause, so that nobody reads a service or a time in it."""
    for mention, after in first_followed(turn):
        turn.heard.take((turn.span_of(after)[0], mention.span[1]))
    for match in turn.matches:
        if match.key in _ALL_OF_IT or (match.key == _HAS and _ends_a_clause(turn, turn.span_of(match))):
            turn.heard.take(turn.span_of(match))
        if match.key != ("values", "service", "told_of"):
            continue
        start, end = turn.span_of(match)
        stop = _STOPS.search(turn.heard.text, end)
        again = [turn.span_of(other)[0] for other in turn.matches if other.key[:2] in _WISH_AGAIN and turn.span_of(other)[0] >= end]
        turn.heard.take((start, min([*again, stop.start() if stop else len(turn.heard.text)])))


def _ends_a_clause(turn: Turn, span: Span) -> bool:
    """Whether what is wanted is said apart from it: "I've got two boys and I need a trim", and not "I've got two boys who need a trim"."""
    behind = turn.heard.text[span[1] :].lstrip()
    joined = {turn.span_of(match)[0] for match in turn.matches if match.key == JOINED}
    parted = not behind or _STOPS.match(behind) is not None or len(turn.heard.text) - len(behind) in joined
    apart = parted and any(mention.span[0] >= span[1] or mention.span[1] <= span[0] for mention in named_services(turn).meant)
    several = turn.heard_phrase("acts", "wants_several")
    if apart and several is not None and span[0] <= turn.span_of(several)[0] and turn.span_of(several)[1] <= span[1]:
        turn.found.drop("wants_several")
    return apart
