"""The other of two wishes that are said at once: "a cut for my husband and a colour for me" is a cut, and then a colour."""

from __future__ import annotations

from typing import Final

from frontdesk.brain.services.for_whom import for_two_alike
from frontdesk.brain.services.mentions import Mention, named_services, one_by_one
from frontdesk.brain.services.persons import persons
from frontdesk.brain.services.service_names import FAMILY
from frontdesk.brain.utterance.heard import Span
from frontdesk.brain.utterance.turn import Turn

__all__ = ["ANOTHER", "read_another", "read_both", "service_of"]

ANOTHER: Final = "another"
"""The fact that keeps the other service until the first is booked; a graph need not have it."""

_COUNT: Final = 3
"""Words of what only says how many: "two of us", "my two boys"."""


def read_another(turn: Turn) -> None:
    """What the second of two wishes is for, where that was named; of what the first is nothing is changed."""
    count = turn.heard_phrase("acts", "wants_several")
    if count is not None and _only_counts(turn, turn.span_of(count)):
        turn.heard.take(turn.span_of(count))  # "two boys on Wednesday", "two haircuts on Saturday": that is no hour
    if not turn.found.has("wants_several") or ANOTHER not in turn.view.fact_types:
        return
    named = named_services(turn)
    other = service_of(turn, named.meant[1]) if one_by_one(turn, named) else _for_somebody_else(turn)
    if other is not None:
        turn.found.fact_without_taking(ANOTHER, *other)


def read_both(turn: Turn) -> bool:
    """ "Las dos de mujer", said of two wishes: both are that service, and it is no hour. False where it is not said."""
    match = turn.heard_phrase("values", "service", "both")
    if match is None or not match.whole:
        return False
    span = turn.span_of(match)
    for family in turn.business.families:
        reading = turn.read("service", turn.heard.only(span), names=turn.business.family_answers(family, turn.language))
        if reading.complete:
            turn.found.fact("service", str(reading.value), span)
            if ANOTHER in turn.view.fact_types and turn.known("several"):
                turn.found.fact_without_taking(ANOTHER, str(reading.value), span)
            return True
    return False


def _only_counts(turn: Turn, span: Span) -> bool:
    return len(turn.heard.at(span).split()) <= _COUNT and turn.read("datetime", turn.heard.only(span)).mentions <= {"time"}


def service_of(turn: Turn, mention: Mention) -> tuple[str, Span] | None:
    """The service of a name; of a vague one that for whom it is, "a colour and a cut for my husband"."""
    if not mention.key.startswith(FAMILY):
        return mention.key, mention.span
    answers = turn.business.family_answers(mention.key.removeprefix(FAMILY), turn.language)
    reading = turn.read("service", turn.heard.as_said((mention.span[0], len(turn.heard.text))), names=answers)
    return (str(reading.value), mention.span) if reading.complete else None


def _for_somebody_else(turn: Turn) -> tuple[str, Span] | None:
    """ "A cut for my husband and one for my son", "a cut for my two boys": the same, as it is for the other one."""
    first = turn.found.facts.get("service")
    chosen = _first(turn)
    for family in turn.business.families:
        answers = turn.business.family_answers(family, turn.language)
        if not chosen or not set(chosen) <= set(answers):
            continue
        others = [person for person in persons(turn, answers) if first is None or person[0] != first.value]
        if others:
            return others[0]
        alike = for_two_alike(turn, chosen)
        if alike is not None and alike.span is not None:
            return str(alike.value), alike.span
    return None


def _first(turn: Turn) -> list[str]:
    """What the first wish is for, or may be for."""
    known, doubt = turn.found.facts.get("service"), turn.found.doubts.get("service")
    if known is not None:
        return [str(known.value)]
    return [str(option.value) for option in doubt.options] if doubt is not None else []
