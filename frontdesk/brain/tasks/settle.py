"""What counts when an utterance says several things: acts give way to facts, answers to questions, and so on."""

from __future__ import annotations

from typing import Final

from frontdesk.brain.appointments.cannot_come import calls_off
from frontdesk.brain.callers.contact import says_no, says_yes
from frontdesk.brain.tasks.details_left_out import leave_out_the_detail
from frontdesk.brain.utterance.phrases import Match
from frontdesk.brain.utterance.turn import CALLS_OFF, RINGS_AGAIN, Turn
from frontdesk.brain.wishes.from_appointment import counted_from_it

__all__ = ["NOTHING_MORE", "after_the_last_task", "imply_booking", "read_acts", "read_consent", "settle"]


_CAN_BE_MOVED: Final = frozenset({"booked", "moved"})

_ON_THE_WAY: Final = frozenset({"service", "staff", "when", "slot", "appointment", "name", "phone", "email"})
"""Questions before anything is agreed; to them "thanks, that's all" is no yes, and drops what was begun."""

NOTHING_MORE: Final = ("values", "nothing_more")
"""“That’s all”: to the last question it ends the call wherever it stands in the answer, on the way only where nothing else is said."""

_LEFT_AS_A_MESSAGE: Final = "asks_question lost_property"
"""What is answered with "it's best to leave a message": who leaves one already need not be told."""
_LATE: Final = "asks_question late"
"""How long is waited for whoever is late: told once, it is not told again to who then leaves word of it."""

_LEAD_IN: Final = 3
"""Words that may stand before a yes: "for me that's fine"."""


def read_acts(turn: Turn) -> None:
    """The acts whose phrases were heard, before it is known what else was said."""
    for match in turn.matches:
        if match.key[0] == "acts" and match.key[1] != "refuses_offers":
            turn.found.act(match.key[1])
    if turn.found.has("asks_repeat"):
        turn.found.drop("hold_on")  # "hold on, did you say the twentieth?"
    if turn.view.asks in _ON_THE_WAY | {"intent"} and any(match.whole and match.key[:2] == NOTHING_MORE for match in turn.matches):
        turn.found.act("never_mind" if turn.view.asks in _ON_THE_WAY else "goodbye")


def read_consent(turn: Turn) -> None:
    """Yes and no to what was read back, also with a correction: then the corrected facts stand for the answer."""
    found, view = turn.found, turn.view
    said = set(found.facts) & {"service", "staff", "when", "name", "phone", "email"}
    corrected = {name for name in said if found.facts[name].value != turn.known(name)} or set(found.doubts)
    if found.questions:
        return
    if turn.intent == "cancel" and turn.heard_phrase("values", "agreed", "keep"):
        found.act("no")
        return
    if _agrees_in_its_words(turn):
        found.drop_fact("intent")
        found.drop("never_mind")
        found.act("yes")
        return
    if view.asks == "agreed" and turn.intent == "book" and turn.heard_phrase("values", "agreed", "cancel") and _calls_off(turn):
        found.drop_fact("intent")
        found.act("never_mind")
        return
    changes = (match for match in turn.matches if match.key[0] == "wants_change")
    change = max(changes, key=lambda match: (match.key[1] != "anything", match.length), default=None)
    if corrected or found.has("wants_change"):
        return
    if found.has("never_mind"):
        if view.asks == "agreed" and turn.intent == "cancel":  # not cancelling after all
            found.drop("never_mind")
            found.act("no")
        return
    if view.asks != "agreed":
        change = None
    if change is not None and change.key[1] != "anything":
        found.act("wants_change", {"fact": change.key[1]})
    elif change is not None:
        found.act("no")
    elif view.asks == "anything_else":
        _nothing_else(turn)
    elif says_no(turn) and not _settled(turn):
        found.act("no")
    elif view.asks == "agreed" and ((found.has("goodbye") and _puts_off(turn)) or found.has("hold_on")):
        return  # "bueno, un momento, que miro la agenda" begins like a yes, too
    elif (says_yes(turn) and _begins_with_it(turn)) or (turn.heard_phrase("values", "agreed", "yes") and view.asks == "agreed"):
        found.act("yes")


def _agrees_in_its_words(turn: Turn) -> bool:
    """ "Cancel it", "I can't come", where that is asked; "yes, move it", where it is moved."""
    wish = turn.found.facts.get("intent")
    if calls_off(turn) and wish is not None and wish.value == "cancel":
        return True
    agreed = (("cancel", "cancel"), ("move", "reschedule"))
    return any(turn.intent == intent and turn.heard_phrase("values", "agreed", what) is not None for what, intent in agreed)


def _puts_off(turn: Turn) -> bool:
    """ "No pasa nada, ya llamaré, adiós" takes leave, although it begins like a yes; "sí, adiós" is one."""
    return turn.heard_phrase(*RINGS_AGAIN) is not None or "reservation" in turn.read("yes_no", turn.heard.text).mentions


def _calls_off(turn: Turn) -> bool:
    """ "Yes, cancel it", said to the read-back of a booking, books nothing; "go ahead" does, and cancels what is being cancelled."""
    return any(match.key in CALLS_OFF for match in turn.book.matches(turn.heard))


def _settled(turn: Turn) -> bool:
    """Whether all that was said is one of the phrases for a yes: "na gut" begins like a no."""
    match = turn.heard_phrase("values", "agreed", "yes")
    return match is not None and match.length == len(turn.heard.plain)


def _begins_with_it(turn: Turn) -> bool:
    """Whether a yes stands where an answer stands: at the beginning, politeness and a repeated time aside."""
    if turn.heard_phrase("values", "listening", "yes") is not None:
        return True
    span = turn.read("yes_no").span
    if span is None:
        return False
    aside = [turn.read("datetime").span, turn.book.greeting(turn.heard)]
    before = [token for token in turn.heard.tokens if token.end <= span[0]]
    return sum(not any(part and part[0] <= token.start and token.end <= part[1] for part in aside) for token in before) <= _LEAD_IN


def _nothing_else(turn: Turn) -> None:
    """ "Anything else?": only a plain yes is one; "c'est tout", "parfait", "ça ira" end the call."""
    if turn.has_appointment:  # "era el viernes, me parece" tells of one that was not found, and ends nothing
        return
    if _closing(turn) or says_no(turn):
        turn.found.act("no")
    elif says_yes(turn):
        turn.found.act("yes" if turn.heard_phrase("values", "anything_else", "yes") else "no")


def _closing(turn: Turn) -> list[Match]:
    """What was heard of words that ask for nothing else: those that always say it, and those that say it to that question only."""
    return [match for match in turn.matches if match.key[:2] == NOTHING_MORE or match.key == ("values", "anything_else", "no")]


def after_the_last_task(turn: Turn) -> None:
    """A day said when all is done: "perfect, see you Thursday" ends the call, "actually, rather Thursday" moves what was booked."""
    found = turn.found
    said = found.facts.get("when") or found.doubts.get("when")
    if said is None or found.questions or set(found.facts) - {"when", "intent"} or set(found.doubts) - {"when"}:
        return
    corrects = turn.heard_phrase("values", "correction") is not None or _on_second_thoughts(turn)
    wish = found.facts.get("intent")
    if wish is not None:
        if wish.value != "book" or not _on_second_thoughts(turn) or not set(turn.view.achieved[-1:]) & _CAN_BE_MOVED:
            return
        found.drop_fact("intent")
    closing = _closing(turn)
    until = max((turn.span_of(match)[1] for match in closing), default=0) >= turn.span_of_words(said.words)[1]  # "c'est parfait, à jeudi"
    if until or (not corrects and (found.has("goodbye") or closing or says_no(turn))):
        found.drop_fact("when")
        found.doubts.clear()
    elif corrects and turn.view.achieved and turn.view.achieved[-1] in _CAN_BE_MOVED:
        span = turn.span_of_words(said.words)
        found.fact_without_taking("intent", "reschedule", span)
        text = " " * span[0] + turn.heard.text[slice(*span)] + " " * (len(turn.heard.text) - span[1])  # it has been taken already
        counted = counted_from_it(turn, turn.read("datetime", text), text)
        if counted is not None:  # it was read before it was clear what it is counted from
            found.drop_fact("when")
            found.doubts.pop("when", None)
            found.fact_without_taking("when", counted, span)


def _on_second_thoughts(turn: Turn) -> bool:
    """ "Hang on, have you got four o'clock?", right after an appointment was put somewhere: that one is meant, and no further one."""
    further = [("values", "absence", "one_more"), ("values", "intent", "anew"), ("values", "appointment")]
    return turn.heard_phrase("acts", "hold_on") is not None and not any(turn.heard_phrase(*key) for key in further)


def imply_booking(turn: Turn) -> None:
    """Who names a service or a time, and asks nothing, wants to book; "what weather today" names a day and wants nothing."""
    found = turn.found
    if found.questions or "intent" in found.facts or turn.intent is not None or found.has("wants_human") or found.has("goodbye"):
        return
    if turn.has_appointment:
        return
    if _is_remark(turn):
        for name in ("when", "service"):
            found.drop_fact(name)
        found.doubts.clear()
        return
    for name in ("service", "when", "staff"):
        item = found.facts.get(name) or found.doubts.get(name)
        if item is not None and not (name == "staff" and len(found.facts) == 1):
            found.fact_without_taking("intent", "book", turn.span_of_words(item.words))
            return


def _is_remark(turn: Turn) -> bool:
    """Whether all that was heard is a day beside small talk, and perhaps a service that was only misheard in it ("calor", "color")."""
    remark = turn.heard_phrase("values", "remark")
    found = turn.found
    heard = {*found.facts, *found.doubts}
    if remark is None or "when" not in heard or not heard <= {"when", "service"}:
        return False
    first, last = turn.span_of(remark)
    service = found.facts.get("service") or found.doubts.get("service")
    start, end = turn.span_of_words(service.words) if service is not None else (first, last)
    return start < last and first < end


def settle(turn: Turn) -> None:
    """Drops what something stronger in the same utterance rules out."""
    found, asks = turn.found, turn.view.asks
    facts = set(found.facts) - {"intent"}
    if found.has("wants_human"):
        found.drop("hold_on", "asks_repeat", "thanks", "goodbye", "refuses_offers", "no", "yes", "never_mind", "unknown_service")
        for name in ("intent", "message", "staff", "service", "when", "which", "slot"):
            found.drop_fact(name)
        found.drop_questions()
        found.doubts.clear()
        return
    if facts or found.questions or "intent" in found.facts or found.doubts:
        found.drop("hold_on", "thanks", "asks_repeat")
    if facts or found.doubts:
        found.drop("wants_change")  # what is to be changed was said
        found.drop("never_mind", "refuses_offers", "unknown_service" if "service" in facts else "")
        if asks != "anything_else":
            found.drop("goodbye")
    if found.questions:
        found.drop("" if found.answered else "yes", "no", "goodbye", "refuses_offers", "unknown_service")
    if found.has("wants_change") and asks == "agreed":
        found.drop("goodbye")  # "that's the wrong number", of the one that was read back
    if found.has("goodbye"):
        found.drop("thanks", "hold_on", "refuses_offers", "never_mind")
    if found.has("never_mind"):
        found.drop("no", "yes", "thanks", "hold_on", "refuses_offers", "wants_change")
    if "intent" in found.facts and found.facts["intent"].value != turn.intent:
        found.drop("no", "yes", "refuses_offers", "goodbye")
        _of_another_wish(turn)
    if found.has("yes") and asks != "anything_else":
        found.drop("goodbye")
    if len(found.acts) > 1:
        found.drop("thanks")
        if found.has("yes") or found.has("no"):
            found.drop("hold_on", "asks_repeat")
    if facts & {"slot", "appointment"}:
        found.drop("wants_several")  # "las dos" is an hour
        found.drop_fact("another")
    _only_answers(turn)
    leave_out_the_detail(turn)


def _of_another_wish(turn: Turn) -> None:
    """What gives way to a new wish: "I want no appointment, I'm the supplier" drops nothing, and who leaves word is not told to."""
    found = turn.found
    wish = found.facts["intent"].value
    if wish in {"cancel", "message"}:
        found.drop("never_mind")
    if wish == "message":
        found.drop(_LEFT_AS_A_MESSAGE)
        if turn.view.topic == "late":
            found.drop(_LATE)


def _only_answers(turn: Turn) -> None:
    """A fact that is read twice over: the pick from a list stands for the wish it was read from."""
    if "slot" in turn.found.facts:
        turn.found.drop_fact("when")
    if "appointment" in turn.found.facts:
        turn.found.drop_fact("which")
