"""What the caller wants: book, move, cancel, leave a message."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from frontdesk.brain.appointments.cannot_come import WITHIN_A_BOOKING, moves_theirs, refuses
from frontdesk.brain.questions.asked import topics_of, within
from frontdesk.brain.services.mentions import named_services
from frontdesk.brain.utterance.heard import Span
from frontdesk.brain.utterance.phrases import Match
from frontdesk.brain.utterance.turn import CANNOT_COME, UNDECIDED, Turn
from frontdesk.brain.wishes.not_before import read_not_before

__all__ = ["read_intent"]

ORDER: Final = ("reschedule", "cancel", "message", "book")
"""Where several are heard, the first of these is meant: "annuler et reprendre un autre jour" is a move."""

_SHIFT: Final = ("values", "shift")
_NOT_MOVED: Final = ("values", "absence", "not_moved")
_NOT_CANCELLED: Final = ("values", "absence", "not_cancelled")
_NEITHER: Final = ("values", "absence", "neither")
_HOUSEBOUND: Final = ("values", "absence", "housebound")
_AT_HOME: Final = frozenset({"home_visits", "home_visit"})
"""Ids under which a business may answer whether it comes to the house."""
_BEGINNINGS: Final = frozenset({"intent", "anything_else"})
_DONE_TO_ONE: Final = frozenset({"reschedule", "cancel", "message"})
"""Wishes beside which "I can't before five" only tells why."""


def read_intent(turn: Turn) -> None:
    """What the caller wants, and with it when it is that they can, where they say before when they cannot."""
    cannot = turn.heard_phrase(*CANNOT_COME)
    if cannot is None or not _may_only_tell_from_when(turn) or not read_not_before(turn, cannot):
        _read_wish(turn)


def _may_only_tell_from_when(turn: Turn) -> bool:
    """Whether nothing else is wished or asked: "I'd like a cut, but I can't before five" books."""
    wishes = {match.key[1] for match in turn.matches if match.key[0] == "intents"} & _DONE_TO_ONE
    fresh = not turn.has_appointment and bool(named_services(turn).meant)
    return turn.view.asks in _BEGINNINGS and not wishes and not fresh and not topics_of(turn)


def _read_wish(turn: Turn) -> None:
    """Proposes what is clearly said. A vague phrase ("avez-vous une place") counts only while nothing is known."""
    topics = topics_of(turn)
    asked = [match.plain for match in topics.values()]
    only_why = _only_tells_why(turn, topics)
    clear = _clearly_said(turn, asked, only_why=only_why)
    cannot = turn.heard_phrase(*CANNOT_COME)
    if cannot is not None and not only_why and not refuses(turn):
        clear.setdefault("cancel", cannot)
    if clear.keys() <= {"book", "cancel"} and not asked and (elsewhen := _another_time(turn, clear.get("cancel"))) is not None:
        turn.found.fact_without_taking("intent", "reschedule", elsewhen)
        return
    for intent in (*(name for name in clear if name not in ORDER), *ORDER):  # what only this business does is the more telling wish
        if intent in clear and _means(turn, intent):
            turn.found.fact_without_taking("intent", intent, turn.span_of(clear[intent]))
            return
    if turn.intent is None and not asked and not clear and _denies_both(turn):
        turn.found.act("asks_question", {"topic": "my_appointment"})
        return
    if _looks_for_one(turn) and (anew := turn.heard_phrase("values", "intent", "anew")) is not None:
        turn.found.fact_without_taking("intent", "book", turn.span_of(anew))
        return
    if turn.intent is None and turn.known("which") is not None and not asked:  # "it's about my appointment", then "I can't come"
        if turn.heard_phrase(*_NEITHER) is not None and not clear:  # to "move it or cancel it?": they only wish to know of it
            turn.found.act("wants_change", {"fact": "which"})  # and that is not asked again
            turn.found.act("asks_question", {"topic": "my_appointment"})
            return
        for key, intent in ((_SHIFT, "reschedule"), (("acts", "refuses_offers"), "cancel"), (("values", "correction"), "reschedule")):
            if (said := turn.heard_phrase(*key)) is not None:
                turn.found.fact_without_taking("intent", intent, turn.span_of(said))
                return
    if turn.intent is None and not asked and not turn.found.questions and not turn.has_appointment:
        for match in turn.matches:
            if match.key[0] == "intents" and match.key[1].startswith("maybe_"):
                turn.found.fact_without_taking("intent", match.key[1].removeprefix("maybe_"), turn.span_of(match))
                return


def _only_tells_why(turn: Turn, topics: Collection[str]) -> bool:
    """ "I can't get out any more, do you come to the house?": no appointment is spoken of, and none is called off.

    Beside any other question it is called off: "I can't come any more, do I get charged?".
    """
    if turn.heard_phrase(*_HOUSEBOUND) is None or _AT_HOME.isdisjoint(topics):
        return False
    return turn.intent is None and not turn.has_appointment and turn.known("which") is None


def _clearly_said(turn: Turn, asked: list[Span], *, only_why: bool) -> dict[str, Match]:
    """Each wish that is said plainly, by what first says it. `asked`: the questions that were heard; `only_why`: they tell why."""
    clear: dict[str, Match] = {}
    held = [match.plain for match in turn.matches if match.key == ("values", "appointment", "existing")] if turn.has_appointment else []
    booked = [match for match in turn.matches if match.key == ("intents", "book")]
    kept = [match.plain for match in turn.matches if match.key == _NOT_MOVED] if turn.heard_phrase("intents", "cancel") is not None else []
    not_cancelled = [match.plain for match in turn.matches if match.key == _NOT_CANCELLED] if kept else []
    if only_why:
        kept += [match.plain for match in turn.matches if match.key == _HOUSEBOUND]
    for match in turn.matches:
        if match.key == UNDECIDED:
            clear.setdefault("book", match)
        if match.key[0] != "intents" or any(match.plain[0] < end and start < match.plain[1] for start, end in asked):
            continue  # "je peux venir avec mon chien" asks, and wants nothing else
        if match.key[1] == "reschedule" and _overlaps(match, kept):
            continue  # "don't move it, cancel it", "je ne peux plus me déplacer, vous venez à domicile ?"
        if match.key[1] == "cancel" and _overlaps(match, not_cancelled):
            continue  # "I don't want to cancel, nor to move it"
        if match.key[1] == "book" and within(match.plain, held):
            continue  # "I have an appointment" wants none
        if match.key[1] not in ORDER and any(_is_part(match, other) for other in booked):
            continue  # "I reported a claim last week, and have heard nothing": there is none to be reported
        if not match.key[1].startswith("maybe_"):
            clear.setdefault(match.key[1], match)
    return clear


def _denies_both(turn: Turn) -> bool:
    """ "I don't want to cancel, not moving it either": they only wish to know of their appointment."""
    return turn.heard_phrase(*_NOT_MOVED) is not None and turn.heard_phrase(*_NOT_CANCELLED) is not None


def _overlaps(match: Match, spans: list[Span]) -> bool:
    """Whether a wish begins in words that deny it, or they in it: "pas déplacer" in "je ne veux pas déplacer mon rendez-vous"."""
    return any(start < match.plain[1] and match.plain[0] < end for start, end in spans)


def _is_part(inner: Match, outer: Match) -> bool:
    """Whether it is some of the words of the other one."""
    return inner.length < outer.length and within(inner.plain, [outer.plain])


def _another_time(turn: Turn, cancelled: Match | None) -> Span | None:
    """What asks for another time, of an appointment that is called off or told of."""
    called_off = cancelled is not None or (turn.intent == "cancel" and turn.view.asks == "agreed")
    asked_when = turn.view.topic == "my_appointment"  # "when was it again?", then "could it be Wednesday at the same time?"
    theirs = turn.intent is None and (turn.has_appointment or asked_when)
    return moves_theirs(turn, cancelled) if (called_off or theirs) and _means(turn, "reschedule") else None


def _means(turn: Turn, intent: str) -> bool:
    """Whether this intent can be meant here: who is asked about a new appointment and says "un autre jour" moves nothing."""
    if turn.intent == "book" and intent == "reschedule" and turn.view.asks in WITHIN_A_BOOKING:
        if turn.view.asks == "agreed":
            turn.found.act("wants_change", {"fact": "when"})
        return False
    return turn.intent not in {"reschedule", "cancel"} or intent != "book" or turn.view.asks in {"anything_else", "intent"}


def _looks_for_one(turn: Turn) -> bool:
    """Whether an appointment to be moved or cancelled is being looked for: who then speaks of a new one wants no old one found."""
    return turn.intent in {"reschedule", "cancel"} and turn.view.asks in {"name", "phone"} and turn.known("appointment") is None
