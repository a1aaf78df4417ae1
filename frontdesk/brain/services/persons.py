"""The persons that an utterance speaks of, as far as they choose within a family of services: "for me", "for my husband and my son"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from frontdesk.brain.utterance.heard import Span
from frontdesk.brain.utterance.turn import Turn
from spoken.normalise import fold_words

__all__ = ["for_me_first", "of_anybody", "persons"]


def persons(turn: Turn, answers: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, Span]]:
    """For whom, behind each word that leads to somebody, in the order in which they are named, as the service it is for each."""
    starts: list[int] = []
    last = -1
    for start, end in sorted(turn.span_of(match) for match in turn.matches if match.key == ("values", "service", "whose")):
        if turn.heard.text[last:start].strip() or last < 0:  # "for" and "my" lead to the same person
            starts.append(start)
        last = max(last, end)
    for start, end in pairwise([*starts, len(turn.heard.text)]):
        reading = turn.read("service", turn.heard.as_said((start, end)), names=answers)
        if reading.complete and reading.span is not None:
            yield str(reading.value), reading.span


def of_anybody(turn: Turn) -> list[tuple[str, Span]]:
    """The persons that choose within any family of the business, each named word for word."""
    families = [turn.business.family_answers(family, turn.language) for family in turn.business.families]
    return [
        (service, span)
        for answers in families
        for service, span in persons(turn, answers)
        if fold_words(turn.heard.at(span)) in [fold_words(form) for form in answers[service]]
    ]


def for_me_first(turn: Turn) -> bool:
    """Whether the caller names themselves before anybody else: "one for me and one for my son"."""
    myself = turn.heard_phrase("values", "service", "myself")
    return myself is not None and all(turn.span_of(myself)[0] < span[0] for _, span in of_anybody(turn))
