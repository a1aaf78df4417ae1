"""What is wanted beside or behind a question: "I'll take that", "at ten, then", "a blow-dry on Thursday, how much is that?"."""

from __future__ import annotations

from frontdesk.brain.questions.asked import ABOUT_DAY, ABOUT_SERVICE, BEFORE_A_TASK, topics_of
from frontdesk.brain.questions.wish_beside import imply_the_wish_beside
from frontdesk.brain.services.mentions import one_meant
from frontdesk.brain.services.service_names import service_names, to_choose_from
from frontdesk.brain.utterance.turn import Turn

__all__ = ["read_that_one", "read_the_person_asked_about", "read_the_service_asked_about", "read_wish_beside_a_question"]


def read_that_one(turn: Turn) -> None:
    """ "I'll take that", right after a question about a service was answered; a wish to book is for that service, too."""
    found, asked = turn.found, {**turn.view.spoken_of, **turn.view.asked}
    about = turn.view.about or asked.get("service") or asked.get("services")
    if about is None or turn.view.asks not in BEFORE_A_TASK or found.questions or "service" in found.facts or "service" in found.doubts:
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
    about = [act.args for act in found.acts.values() if act.name == "asks_question" and act.args.get("topic") in ABOUT_SERVICE]
    asked = {args.get("service") for args in about}
    reading = turn.read("service", names=service_names(turn))
    # "A colour on Tuesday, but I'm allergic: is there a test?" asks about something else, and wants the colour all the same
    if reading.complete and reading.span is not None and ":" not in reading.value and asked <= {reading.value}:
        found.fact_without_taking("service", reading.value, reading.span)
    elif (meant := one_meant(turn)) is not None and asked <= {meant.key}:
        found.fact_without_taking("service", meant.key, meant.span)


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
        imply_the_wish_beside(turn, list(topics_of(turn).values()), ABOUT_SERVICE, ABOUT_DAY)
