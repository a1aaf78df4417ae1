"""Another appointment for the one that was just cancelled: "and can I have one the week after instead, same time"."""

from __future__ import annotations

import datetime as dt
from typing import Final

from frontdesk.brain.appointments.moving_by import wished_from_it
from frontdesk.brain.appointments.moving_from_to import intent_of
from frontdesk.brain.callers.contact import says_no
from frontdesk.brain.services.mentions import named_services
from frontdesk.brain.utterance.heard import Span
from frontdesk.brain.utterance.phrases import Match
from frontdesk.brain.utterance.turn import ELSEWHEN, RINGS_AGAIN, Turn
from spoken.content_words import stopwords

__all__ = ["counts_from_cancelled", "read_in_its_place", "read_its_service"]

_MOMENTS: Final = frozenset({"anything_else", "intent"})
_NOT_THAT_ONE: Final = (("intents", "cancel"), ("intents", "message"), RINGS_AGAIN)
"""Another one is to be cancelled, too; one some other time."""
_ONE_MORE: Final = ("values", "absence", "one_more")
_AFTER_ALL: Final = (("values", "correction"), ("acts", "hold_on"), ("values", "retake"))
_CUES: Final = (("values", "absence", "in_its_place"), ("values", "intent", "anew"), ELSEWHEN, ("values", "shift"))


def read_in_its_place(turn: Turn) -> None:
    """Such a wish books: there is nothing left to be moved, although "a week later" sounds like it."""
    if turn.view.asks not in _MOMENTS or turn.intent is not None or turn.found.questions or not _cancelled(turn):
        return
    span = _asked_for(turn)
    if span is not None and not _means_another_left(turn):
        turn.found.drop_fact("intent")
        turn.found.fact_without_taking("intent", "book", span)
        if not turn.read("datetime", turn.heard.only(span)).mentions and not named_services(turn).meant:
            turn.heard.take(span)  # the "otra" of "otra el jueves siguiente" is no other Thursday


def read_its_service(turn: Turn) -> None:
    """What it is for was the same, where nothing else is named."""
    wish = turn.found.facts.get("intent")
    if wish is None or wish.value != "book" or not _cancelled(turn) or turn.view.asks not in _MOMENTS or turn.found.questions:
        return
    if turn.found.has("unknown_service") or {"service"} & (turn.found.facts.keys() | turn.found.doubts.keys()):
        return
    if _asked_for(turn) is not None and not named_services(turn).meant:
        turn.found.fact_without_taking("service", turn.view.previous_task["service"], turn.span_of_words(wish.words))


def counts_from_cancelled(turn: Turn) -> dt.datetime | None:
    """When the appointment was from which "the week after" is counted: while one is booked in its place."""
    service = turn.found.facts.get("service")
    wanted = service.value if service is not None else turn.known("service")
    if intent_of(turn) != "book" or not _cancelled(turn) or wanted not in {None, turn.view.previous_task.get("service")}:
        return None
    if wanted is None and _asked_for(turn) is None:
        return None
    return turn.local(str(turn.view.previous_slot))


def _cancelled(turn: Turn) -> bool:
    """Whether the last thing that was done is that an appointment was cancelled."""
    return turn.view.achieved[-1:] == ("cancelled",) and turn.view.previous_slot is not None and "service" in turn.view.previous_task


def _asked_for(turn: Turn) -> Span | None:
    if any(turn.heard_phrase(*key) is not None for key in _NOT_THAT_ONE):
        return None
    cue = next((match for key in _CUES if (match := turn.heard_phrase(*key)) is not None), None) or _moves_it_after_all(turn)
    more = turn.heard_phrase(*_ONE_MORE)
    if more is not None and (cue is None or not (more.plain[0] < cue.plain[1] and cue.plain[0] < more.plain[1])):
        return None  # "and one for my son", but not "another one"
    return turn.span_of(cue) if cue is not None else wished_from_it(turn)


def _moves_it_after_all(turn: Turn) -> Match | None:
    """ "Oh wait, actually I'd rather move it", of the one that is off by now."""
    if named_services(turn).meant or not (any(turn.heard_phrase(*key) is not None for key in _AFTER_ALL) or says_no(turn)):
        return None
    return turn.heard_phrase("intents", "reschedule")


def _means_another_left(turn: Turn) -> bool:
    """ "And move my other appointment to the week after": one that they still have."""
    moves = any(match.key == ("intents", "reschedule") for match in turn.matches)
    which = [turn.heard.plain[slice(*match.parts["which"])].split() for match in turn.matches if "which" in match.parts]
    idle = stopwords(turn.language)
    told = any(len(words) > 1 or not idle.issuperset(words) for words in which)  # but not the "it" of "move it to July"
    return turn.has_appointment or (moves and told)
