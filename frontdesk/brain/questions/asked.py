"""The questions in between, each with what it is about: a service, a day, a person, or nothing at all."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any, Final

from frontdesk.brain.questions.days_asked import day_asked, days_asked
from frontdesk.brain.services.mentions import named_services, one_meant
from frontdesk.brain.services.service_names import names_asked, one_named, services_of
from frontdesk.brain.utterance.findings import is_question
from frontdesk.brain.utterance.heard import Span
from frontdesk.brain.utterance.phrases import Match
from frontdesk.brain.utterance.turn import CALLS_OFF, ELSEWHEN, JOINED, UNDECIDED, Turn
from spoken import Status
from spoken.normalise import fold_words

__all__ = ["ABOUT_DAY", "ABOUT_SERVICE", "BEFORE_A_TASK", "asks_in_its_own_way", "read_follow_up", "read_questions", "topics_of", "within"]

MOST_QUESTIONS: Final = 2
_FOLLOW_UP_WORDS: Final = 7
_LEAD_IN: Final = 3
"""Words of assent that a question may begin behind: "all right, and on Mondays?"."""
_MEANT_IN_EARNEST: Final = CALLS_OFF | {("intents", "reschedule"), ELSEWHEN}
_SHIFT: Final = ("values", "shift")
"""What a mere key word of a question gives way to: "stornieren", "zu spät"."""
_SAME: Final[Mapping[str, str]] = {
    "metro": "access",
    "means": "payment",
    "gift_vouchers": "gift_cards",
    "cancellation": "cancellation_policy",
    "walk_ins": "walk_in",
    "step_free": "accessibility",
}
"""Ids under which a business may answer a topic of the phrases; asked both ways it is one question."""

_OF_ONE_SERVICE: Final = frozenset({"price", "duration"})
MOST_PRICED: Final = 4
"""Services whose prices or durations can be listened to in one answer."""
ABOUT_SERVICE: Final = _OF_ONE_SERVICE | {"services"}
BEFORE_A_TASK: Final = frozenset({"intent", "service", "anything_else"})
ABOUT_DAY: Final = frozenset({"hours", "open_now"})


def read_questions(turn: Turn) -> None:
    """At most two questions, each with what it is about."""
    topics = topics_of(turn)
    if turn.view.asks == "when":
        _leave_out_the_hour_they_miss(turn)
    if any(map(asks_in_its_own_way, turn.matches)):  # "the excess, how much is that": what it costs is what was asked already
        topics = {topic: match for topic, match in topics.items() if topic not in ABOUT_SERVICE}
    for topic, match in islice(topics.items(), MOST_QUESTIONS):
        args: dict[str, Any] = {"topic": topic}
        if topic in ABOUT_SERVICE:
            args |= _services_asked(turn, topic, match)
            cancels = turn.intent == "cancel" or (turn.intent is None and turn.view.achieved[-1:] == ("cancelled",))
            if topic == "price" and cancels and not named_services(turn).meant:  # what it costs to cancel
                args = {"topic": "cancellation_policy"}
        elif topic in ABOUT_DAY:
            args |= days_asked(turn)
        elif topic == "staff_list":
            args |= _person_asked(turn)
        elif topic == "with_whom":
            args = {"topic": "staff_list", **(_people_then(turn) or _person_asked(turn))}
        elif topic == "children":
            args |= _done_for(turn)
        elif topic == "included":
            args = {"topic": "services", **_what_it_is_of(turn)}
            turn.heard.take(turn.span_of(match))  # the blow-dry of "is a blow-dry included" is no other wish
        turn.found.act("asks_question", args)


def _done_for(turn: Turn) -> dict[str, str]:
    """The service of "do you do kids' hair?", so that "can I book him in, then" is for it; of "can I bring the kids" there is none."""
    match = turn.heard_phrase("values", "question", "serves")
    service = _asked_for_whom(turn, match) if match is not None else None
    return {} if service is None else {"service": service}


def _people_then(turn: Turn) -> dict[str, Any]:
    """Who it would be with at the time that was chosen, or at those on offer: "and who's that with?"."""
    slot = turn.view.facts.get("slot")
    held = [slot.detail or {}] if slot is not None else list(turn.view.offers)
    if not held and turn.intent is None:  # "and who's that with, then?", of what was booked or moved just now
        held = [dict(turn.view.previous_task)]
    people = list(dict.fromkeys(str(item["staff"]) for item in held if item.get("staff") in turn.business.staff))
    return {"people": people} if people else {}


def _what_it_is_of(turn: Turn) -> dict[str, Any]:
    """The service that something may be a part of: what is being booked, else what was asked about, else what is named."""
    service = turn.known("service") or turn.view.about or turn.view.asked.get("service") or one_named(turn)
    return {"service": service} if isinstance(service, str) else {}


def _person_asked(turn: Turn) -> dict[str, Any]:
    """Whom "is Karim in on Friday?" is about, and the day; "does Karim do perms?" asks who does them."""
    person, service = _person_named(turn), one_named(turn)
    if person is None:
        named = services_of(turn, [mention.key for mention in named_services(turn).meant])
        return {"service": named[0]} if len(named) == 1 and named[0] == service else {}  # "who does balayage here?"
    day = day_asked(turn)
    return {"service": service} if service is not None and not day else {"staff": person, **day}


def _person_named(turn: Turn) -> Any:
    """One of the staff; None for nobody, and for anybody."""
    reading = turn.read("staff", names=turn.business.staff_vocabulary(turn.language))
    return reading.value if reading.complete and reading.value != "any" else None


def _services_asked(turn: Turn, topic: str, match: Match) -> dict[str, Any]:
    """The service that a question is about, or those of a vague word ("how much is a haircut") or of several."""
    one = (_asked_for_whom(turn, match) if topic == "services" else None) or one_named(turn)
    if one is None and (meant := one_meant(turn)) is not None:
        one = meant.key
    if topic in _OF_ONE_SERVICE:
        named = named_services(turn).meant
        several = services_of(turn, [mention.key for mention in named])
        if len(several) > 1 and (one is None or len(named) > 1):
            return {"services": several[:MOST_PRICED]}
        if not named and (both := _both_begun(turn)):
            return {"services": both}
        if one is None and not named and turn.view.topic in _OF_ONE_SERVICE - {topic}:
            # "What does a balayage cost?", then "and how long does it take?"
            return {name: turn.view.asked[name] for name in ("service", "services") if name in turn.view.asked}
        if one is None and not named and turn.view.topic == "my_appointment":  # "when was it?", then "and what will that cost me?"
            return dict(turn.view.spoken_of)
        before = turn.view.previous_task.get("service") if turn.known("service") is None else None
        if one is None and not named and isinstance(before, str):
            return {"service": before}  # "and what's that going to cost me", of what was booked just now
    return {} if one is None else {"service": one}


def _both_begun(turn: Turn) -> list[str]:
    """The two services of "a colour and a cut", where it is asked what they cost or take "altogether"."""
    first, second = turn.known("service"), turn.known("another")
    together = turn.heard_phrase("values", "question", "together") is not None
    return [str(first), str(second)] if together and first is not None and second is not None else []


def _asked_for_whom(turn: Turn, match: Match) -> str | None:
    """The service of "do you do men?", where the question ends with words that choose within a family."""
    said = tuple(turn.heard.plain[slice(*match.plain)].split())
    for family in turn.business.families:
        for service, words in turn.business.family_answers(family, turn.language).items():
            if any(said[-len(form) :] == form for form in map(fold_words, words)):
                return service
    return None


def within(inner: Span, outer: list[Span]) -> bool:
    return any(start <= inner[0] and inner[1] <= end for start, end in outer)


def read_follow_up(turn: Turn) -> None:
    """ "And for a blow-dry?" right after a price or a duration, "and on Saturdays?" after the hours: the same question goes on."""
    topic = turn.view.topic
    wishes = [key for key in turn.keys("intents") if not key[1].startswith("maybe_")]
    if topic is None or turn.found.questions or wishes or len(turn.heard) > _FOLLOW_UP_WORDS:
        return
    begins = any(match.key[:2] == ("values", "question") and match.key[2] == "follow_up" and _begins(turn, match) for match in turn.matches)
    if topic in ABOUT_DAY | {"staff_list"}:
        _same_of_another_day(turn, topic, begins=begins)
    elif topic in ABOUT_SERVICE and begins and not turn.read("datetime").mentions:
        reading = turn.read("service", names=names_asked(turn))
        if reading.complete and ":" not in reading.value:
            turn.found.act("asks_question", {"topic": topic, "service": reading.value})


def _begins(turn: Turn, match: Match) -> bool:
    """Whether nothing was said before but "ah", "okay"."""
    start = turn.span_of(match)[0]
    greeting = turn.book.greeting(turn.heard)
    if not match.plain[0] or (greeting is not None and greeting[1] >= turn.heard.span((0, match.plain[0]))[1]):
        return True
    yes = turn.read("yes_no", turn.heard.only((0, start)))
    return turn.heard.words_of(match.plain)[0] <= _LEAD_IN and yes.complete and yes.value is True


def _same_of_another_day(turn: Turn, topic: str, *, begins: bool) -> None:
    """ "And on Saturdays till when?": the hours, of the business or of the person asked about, on a day without an hour."""
    till = turn.heard_phrase("values", "question", "hours") is not None and topic in ABOUT_DAY
    if not till and not (begins and turn.view.asks in BEFORE_A_TASK):
        return
    if not till and "time" in turn.read("datetime").mentions:  # "and on Saturday at ten?" is a wish
        return
    day, before = day_asked(turn), turn.view.asked
    same_day = {name: before[name] for name in before if name == "day"}
    same_person = {name: before[name] for name in before if name == "staff"}
    person = _person_named(turn) if topic == "staff_list" else None
    if person is not None:  # "and Sofia?"
        turn.found.act("asks_question", {"topic": topic, "staff": person, **(day or same_day)})
    elif till and not day:
        turn.found.act("asks_question", {"topic": "hours", **same_day})
    elif day:
        turn.found.act("asks_question", {"topic": "hours" if till else topic, **same_person, **day})


def topics_of(turn: Turn) -> dict[str, Match]:
    """The topics in the order in which they were asked; of two that share words, the one with more of them counts."""
    slot = turn.view.asks == "slot" or turn.view.topic == "my_appointment"  # "that's too late for me", of a time that was told
    stronger = [
        match.plain
        for match in turn.matches
        if match.key in _MEANT_IN_EARNEST or match.key == UNDECIDED or (slot and match.key[:2] == _SHIFT) or asks_in_its_own_way(match)
    ]
    asked = [match for match in turn.matches if match.key[0] == "questions" and not within(match.plain, stronger)]
    if turn.view.asks == "name" and len(turn.heard) <= 2:
        asked = _beside_a_name(turn, asked)
    if turn.view.asks == "slot" and "time" in turn.read("datetime").mentions:  # "I can't be there by ten" refuses ten
        asked = [match for match in asked if match.key[1] != "late"]
    elif turn.view.asks == "when" or turn.intent == "book":  # "I won't be there by ten", of an appointment that is still to be made
        asked = [match for match in asked if match.key[1] != "late" or not _names_an_hour(turn, match)]
    if "time" in turn.read("datetime").mentions:  # "is Karim free on Friday at three" wants Karim on Friday at three
        asked = [match for match in asked if match.key[1] != "staff_list" or turn.view.asks not in BEFORE_A_TASK]
    topics: dict[str, Match] = {}
    own = turn.business.answers()
    kept: list[Match] = []
    for match in sorted(asked, key=lambda match: (-match.length, match.key[1] not in own, match.plain)):
        if not any(match.plain[0] < other.plain[1] and other.plain[0] < match.plain[1] for other in kept):
            kept.append(match)
    for match in sorted(kept, key=lambda match: match.plain):
        topics.setdefault(_SAME.get(match.key[1], match.key[1]), match)
    if not named_services(turn).meant:
        of_others = {topic for topic in topics.keys() & _OF_ONE_SERVICE if _of_another_thing(turn, topics, topics[topic])}
        topics = {topic: match for topic, match in topics.items() if topic not in of_others}
    return topics


def _leave_out_the_hour_they_miss(turn: Turn) -> None:
    """Of "I won't be there by ten, make it three" three is wished for, and nothing from ten on."""
    missed = [turn.span_of(match) for match in turn.matches if match.key == ("questions", "late") and _names_an_hour(turn, match)]
    if missed and turn.read("datetime", turn.heard.without(missed)).mentions:
        for span in missed:
            turn.heard.take(span)


def _names_an_hour(turn: Turn, match: Match) -> bool:
    """Whether an hour is part of what is heard: "be there by ten", and not "ten minutes late"."""
    return "time" in turn.read("datetime", turn.heard.only(turn.span_of(match))).mentions


def _beside_a_name(turn: Turn, asked: list[Match]) -> list[Match]:
    """Of a word or two where a name was asked for: Mrs Price asks for nothing, "parking?" does, as it is nobody's name."""
    nobody = turn.read("name").status is Status.NOTHING
    return [
        match for match in asked if turn.heard.plain[slice(*match.plain)].count(" ") > 1 or (nobody and match.key[1] not in _OF_ONE_SERVICE)
    ]


def _of_another_thing(turn: Turn, topics: Mapping[str, Match], how: Match) -> bool:
    """ "How long does it take to settle a claim", "how much is the parking": it is said of what follows, unless "and" parts the two."""
    between = [match.plain[0] for match in turn.matches if match.key == JOINED]
    things = [match.plain for topic, match in topics.items() if topic not in ABOUT_SERVICE and match.plain[0] >= how.plain[1]]
    return any(not any(how.plain[1] <= start < thing[0] for start in between) for thing in things)


def asks_in_its_own_way(match: Match) -> bool:
    """Whether this is a question that a graph answers itself: "what do I pay" asks for one's own premium, and not for prices."""
    return match.key[0] == "acts" and is_question(match.key[1])
