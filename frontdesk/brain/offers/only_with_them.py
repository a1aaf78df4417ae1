"""Who insists on the person that is not on offer: "no, it has to be Léa", said to times with somebody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from frontdesk.brain.callers.contact import says_yes
from frontdesk.brain.questions.asked import topics_of
from frontdesk.brain.services.things import ANYONE, NONE_OF
from frontdesk.brain.utterance.turn import WHOEVER, Turn
from frontdesk.brain.wishes.weekdays import weekday_in_talk
from frontdesk.brain.wishes.windows import contains, windows_of

__all__ = ["insists_on_them"]

_WHEN_THEY_CAN: Final = frozenset({"staff_list", "hours"})
"""What is asked with "when is Léa free, then?": her times are the answer."""
_OTHERWISE: Final = (NONE_OF, WHOEVER, ("values", "shift"), ("values", "agreed", "yes"))
"""“Without Léa, then”, “whoever”, “another day with Léa”."""


def insists_on_them(turn: Turn, offers: Sequence[Mapping[str, Any]]) -> bool:
    """Whether only the person is named again who was wished for and is not on offer; what is on offer is refused then."""
    wanted = turn.known("staff")
    if wanted in (None, ANYONE) or not offers or any(offer.get("staff") == wanted for offer in offers):
        return False
    if says_yes(turn) or any(turn.heard_phrase(*key) is not None for key in _OTHERWISE):
        return False
    reading = turn.read("staff", names=turn.business.staff_vocabulary(turn.language))
    if not reading.complete or reading.value != wanted or not set(topics_of(turn)) <= _WHEN_THEY_CAN:
        return False
    when = weekday_in_talk(turn, turn.read("datetime", trusting=True))
    same_day = when.mentions == {"day"} and all(contains(windows_of(when.value), str(offer["start"])) for offer in offers)
    if when.mentions and not same_day:
        return False
    turn.found.drop_questions()
    turn.found.drop("asks_repeat", "never_mind")
    turn.found.act("refuses_offers")
    turn.heard.take((0, len(turn.heard.text)))
    return True
