"""What the caller wants: book, move, cancel, leave a message; and the questions in between."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any, Final

from frontdesk.brain.cannot_come import ELSEWHEN, WITHIN_A_BOOKING, moves_theirs, refuses
from frontdesk.brain.findings import is_question
from frontdesk.brain.heard import Span
from frontdesk.brain.mentions import named_services
from frontdesk.brain.phrases import Match
from frontdesk.brain.service_names import names_asked, one_named, service_names, services_of, to_choose_from
from frontdesk.brain.turn import CALLS_OFF, CANNOT_COME, Turn
from frontdesk.brain.wish_beside_question import imply_the_wish_beside
from spoken import Status
from spoken.normalise import fold_words

__all__ = [
    "asks_in_its_own_way",
    "read_follow_up",
    "read_intent",
    "read_questions",
    "read_that_one",
    "read_the_person_asked_about",
    "read_the_service_asked_about",
    "read_wish_beside_a_question",
]

ORDER: Final = ("reschedule", "cancel", "message", "book")
"""Where several are heard, the first of these is meant: "annuler et reprendre un autre jour" is a move."""

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
_ABOUT_SERVICE: Final = _OF_ONE_SERVICE | {"services"}
_BEFORE_A_TASK: Final = frozenset({"intent", "service", "anything_else"})
_ABOUT_DAY: Final = frozenset({"hours", "open_now"})


def read_intent(turn: Turn) -> None:
    """Proposes what is clearly said. A vague phrase ("avez-vous une place") counts only while nothing is known."""
    clear: dict[str, Match] = {}
    asked = [match.plain for match in _topics(turn).values()]
    held = [match.plain for match in turn.matches if match.key == ("values", "appointment", "existing")] if turn.has_appointment else []
    for match in turn.matches:
        if match.key[0] != "intents" or any(match.plain[0] < end and start < match.plain[1] for start, end in asked):
            continue  # "je peux venir avec mon chien" asks, and wants nothing else
        if match.key[1] == "book" and _within(match.plain, held):
            continue  # "I have an appointment" wants none
        if not match.key[1].startswith("maybe_"):
            clear.setdefault(match.key[1], match)
    cannot = turn.heard_phrase(*CANNOT_COME)
    if cannot is not None and not refuses(turn):
        clear.setdefault("cancel", cannot)
    if clear.keys() <= {"book", "cancel"} and not asked and (elsewhen := _another_time(turn, clear.get("cancel"))) is not None:
        turn.found.fact_without_taking("intent", "reschedule", elsewhen)
        return
    for intent in (*(name for name in clear if name not in ORDER), *ORDER):  # what only this business does is the more telling wish
        if intent in clear and _means(turn, intent):
            turn.found.fact_without_taking("intent", intent, turn.span_of(clear[intent]))
            return
    if _looks_for_one(turn) and (anew := turn.heard_phrase("values", "intent", "anew")) is not None:
        turn.found.fact_without_taking("intent", "book", turn.span_of(anew))
        return
    if turn.intent is None and turn.known("which") is not None and not asked:  # "it's about my appointment", then "I can't come"
        for key, intent in ((_SHIFT, "reschedule"), (("acts", "refuses_offers"), "cancel"), (("values", "correction"), "reschedule")):
            if (said := turn.heard_phrase(*key)) is not None:
                turn.found.fact_without_taking("intent", intent, turn.span_of(said))
                return
    if turn.intent is None and not asked and not turn.found.questions and not turn.has_appointment:
        for match in turn.matches:
            if match.key[0] == "intents" and match.key[1].startswith("maybe_"):
                turn.found.fact_without_taking("intent", match.key[1].removeprefix("maybe_"), turn.span_of(match))
                return


def _another_time(turn: Turn, cancelled: Match | None) -> Span | None:
    """What asks for another time, of an appointment that is called off or told of."""
    called_off = cancelled is not None or (turn.intent == "cancel" and turn.view.asks == "agreed")
    theirs = turn.intent is None and turn.has_appointment
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


def read_questions(turn: Turn) -> None:
    """At most two questions, each with what it is about."""
    topics = _topics(turn)
    if any(map(asks_in_its_own_way, turn.matches)):  # "the excess, how much is that": what it costs is what was asked already
        topics = {topic: match for topic, match in topics.items() if topic not in _ABOUT_SERVICE}
    for topic, match in islice(topics.items(), MOST_QUESTIONS):
        args: dict[str, Any] = {"topic": topic}
        if topic in _ABOUT_SERVICE:
            args |= _services_asked(turn, topic, match)
            if len(args) == 1 and topic == "price" and turn.intent == "cancel":  # what it costs to cancel
                args["topic"] = "cancellation_policy"
        elif topic in _ABOUT_DAY:
            args |= _day_asked(turn)
        elif topic == "staff_list":
            args |= _person_asked(turn)
        elif topic == "with_whom":
            args = {"topic": "staff_list", **(_people_then(turn) or _person_asked(turn))}
        elif topic == "included":
            args = {"topic": "services", **_what_it_is_of(turn)}
            turn.heard.take(turn.span_of(match))  # the blow-dry of "is a blow-dry included" is no other wish
        turn.found.act("asks_question", args)


def _people_then(turn: Turn) -> dict[str, Any]:
    """Who it would be with at the time that was chosen, or at those on offer: "and who's that with?"."""
    slot = turn.view.facts.get("slot")
    held = [slot.detail or {}] if slot is not None else list(turn.view.offers)
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
    day = _day_asked(turn)
    return {"service": service} if service is not None and not day else {"staff": person, **day}


def _person_named(turn: Turn) -> Any:
    """One of the staff; None for nobody, and for anybody."""
    reading = turn.read("staff", names=turn.business.staff_vocabulary(turn.language))
    return reading.value if reading.complete and reading.value != "any" else None


def _services_asked(turn: Turn, topic: str, match: Match) -> dict[str, Any]:
    """The service that a question is about, or those of a vague word ("how much is a haircut") or of several."""
    one = (_asked_for_whom(turn, match) if topic == "services" else None) or one_named(turn)
    if topic in _OF_ONE_SERVICE:
        named = named_services(turn).meant
        several = services_of(turn, [mention.key for mention in named])
        if len(several) > 1 and (one is None or len(named) > 1):
            return {"services": several[:MOST_PRICED]}
        if one is None and not named and turn.view.topic in _OF_ONE_SERVICE - {topic}:
            # "What does a balayage cost?", then "and how long does it take?"
            return {name: turn.view.asked[name] for name in ("service", "services") if name in turn.view.asked}
        before = turn.view.previous_task.get("service") if turn.known("service") is None else None
        if one is None and not named and isinstance(before, str):
            return {"service": before}  # "and what's that going to cost me", of what was booked just now
    return {} if one is None else {"service": one}


def _asked_for_whom(turn: Turn, match: Match) -> str | None:
    """The service of "do you do men?", where the question ends with words that choose within a family."""
    said = tuple(turn.heard.plain[slice(*match.plain)].split())
    for family in turn.business.families:
        for service, words in turn.business.family_answers(family, turn.language).items():
            if any(said[-len(form) :] == form for form in map(fold_words, words)):
                return service
    return None


def _day_asked(turn: Turn) -> dict[str, str]:
    """The day that a question is about. In "do you close on Mondays" the closing is no hindrance of the caller's."""
    for start in (0, *(token.start for token in turn.heard.tokens)):
        reading = turn.read("date", turn.heard.only((start, len(turn.heard.text))), trusting=True)
        if reading.status in {Status.COMPLETE, Status.PREFIX} and isinstance(reading.value, str):
            return {"day": reading.value}
    return {}


def _within(inner: Span, outer: list[Span]) -> bool:
    return any(start <= inner[0] and inner[1] <= end for start, end in outer)


def read_follow_up(turn: Turn) -> None:
    """ "And for a blow-dry?" right after a price or a duration, "and on Saturdays?" after the hours: the same question goes on."""
    topic = turn.view.topic
    wishes = [key for key in turn.keys("intents") if not key[1].startswith("maybe_")]
    if topic is None or turn.found.questions or wishes or len(turn.heard) > _FOLLOW_UP_WORDS:
        return
    begins = any(match.key[:2] == ("values", "question") and match.key[2] == "follow_up" and _begins(turn, match) for match in turn.matches)
    if topic in _ABOUT_DAY | {"staff_list"}:
        _same_of_another_day(turn, topic, begins=begins)
    elif topic in _ABOUT_SERVICE and begins and not turn.read("datetime").mentions:
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
    till = turn.heard_phrase("values", "question", "hours") is not None and topic in _ABOUT_DAY
    if not till and not (begins and turn.view.asks in _BEFORE_A_TASK):
        return
    if not till and "time" in turn.read("datetime").mentions:  # "and on Saturday at ten?" is a wish
        return
    day, before = _day_asked(turn), turn.view.asked
    same_day = {name: before[name] for name in before if name == "day"}
    same_person = {name: before[name] for name in before if name == "staff"}
    person = _person_named(turn) if topic == "staff_list" else None
    if person is not None:  # "and Sofia?"
        turn.found.act("asks_question", {"topic": topic, "staff": person, **(day or same_day)})
    elif till and not day:
        turn.found.act("asks_question", {"topic": "hours", **same_day})
    elif day:
        turn.found.act("asks_question", {"topic": "hours" if till else topic, **same_person, **day})


def read_that_one(turn: Turn) -> None:
    """ "I'll take that", right after a question about a service was answered; a wish to book is for that service, too."""
    about, found = turn.view.about or turn.view.asked.get("services"), turn.found
    if about is None or turn.view.asks not in _BEFORE_A_TASK or found.questions or "service" in found.facts or "service" in found.doubts:
        return
    match = turn.heard_phrase("values", "service", "that")
    wish = found.facts.get("intent")
    if match is None and (wish is None or wish.value != "book"):
        return
    span = turn.span_of(match) if match is not None else turn.span_of_words(wish.words) if wish is not None else None
    if span is None:
        return
    found.fact_without_taking("intent", "book", span)
    if isinstance(about, str):
        found.fact_without_taking("service", about, span)
    else:  # "what does a haircut cost", then "book me one": which of them?
        found.doubt("service", span, to_choose_from(turn, about), take=False)


def read_the_service_asked_about(turn: Turn) -> None:
    """ "What is a colour, and have you anything tomorrow?": a wish to book beside the question is for that service."""
    found, wish = turn.found, turn.found.facts.get("intent")
    if wish is None or wish.value != "book" or "service" in found.facts or "service" in found.doubts or turn.known("service") is not None:
        return
    if not found.questions:
        read_that_one(turn)
        return
    about = [act.args for act in found.acts.values() if act.name == "asks_question" and act.args.get("topic") in _ABOUT_SERVICE]
    asked = {args.get("service") for args in about}
    reading = turn.read("service", names=service_names(turn))
    # "A colour on Tuesday, but I'm allergic: is there a test?" asks about something else, and wants the colour all the same
    if reading.complete and reading.span is not None and ":" not in reading.value and asked <= {reading.value}:
        found.fact_without_taking("service", reading.value, reading.span)


def read_the_person_asked_about(turn: Turn) -> None:
    """ "Is Karim in on Saturday?", then "at ten, then": a wish to book is for the person that was asked about."""
    found, staff = turn.found, turn.view.asked.get("staff")
    wish = found.facts.get("intent")
    if staff is None or found.questions or "staff" in found.facts or wish is None or wish.value != "book" or "when" not in found.facts:
        return
    found.fact_without_taking("staff", staff, turn.span_of_words(wish.words))


def read_wish_beside_a_question(turn: Turn) -> None:
    """ "A blow-dry on Thursday at five, how much is that?": the Thursday is wanted, too."""
    if turn.found.questions and turn.view.asks in {"intent", "anything_else"}:
        imply_the_wish_beside(turn, list(_topics(turn).values()), _ABOUT_SERVICE, _ABOUT_DAY)


def _topics(turn: Turn) -> dict[str, Match]:
    """The topics in the order in which they were asked; of two that share words, the one with more of them counts."""
    slot = turn.view.asks == "slot"
    stronger = [
        match.plain
        for match in turn.matches
        if match.key in _MEANT_IN_EARNEST or (slot and match.key[:2] == _SHIFT) or asks_in_its_own_way(match)
    ]
    asked = [match for match in turn.matches if match.key[0] == "questions" and not _within(match.plain, stronger)]
    if turn.view.asks == "name" and len(turn.heard) <= 2:
        asked = _beside_a_name(turn, asked)
    if "time" in turn.read("datetime").mentions:  # "is Karim free on Friday at three" wants Karim on Friday at three
        asked = [match for match in asked if match.key[1] != "staff_list" or turn.view.asks not in _BEFORE_A_TASK]
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


def _beside_a_name(turn: Turn, asked: list[Match]) -> list[Match]:
    """Of a word or two where a name was asked for: Mrs Price asks for nothing, "parking?" does, as it is nobody's name."""
    nobody = turn.read("name").status is Status.NOTHING
    return [
        match for match in asked if turn.heard.plain[slice(*match.plain)].count(" ") > 1 or (nobody and match.key[1] not in _OF_ONE_SERVICE)
    ]


def _of_another_thing(turn: Turn, topics: Mapping[str, Match], how: Match) -> bool:
    """ "How long does it take to settle a claim", "how much is the parking": it is said of what follows, unless "and" parts the two."""
    between = [match.plain[0] for match in turn.matches if match.key == ("values", "service", "joined")]
    things = [match.plain for topic, match in topics.items() if topic not in _ABOUT_SERVICE and match.plain[0] >= how.plain[1]]
    return any(not any(how.plain[1] <= start < thing[0] for start in between) for thing in things)


def asks_in_its_own_way(match: Match) -> bool:
    """Whether this is a question that a graph answers itself: "what do I pay" asks for one's own premium, and not for prices."""
    return match.key[0] == "acts" and is_question(match.key[1])
