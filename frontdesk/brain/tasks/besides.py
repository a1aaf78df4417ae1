"""A second wish behind a yes: "yes, and can I get the beard done right after" books the cut, and then the beard."""

from __future__ import annotations

from typing import Final

from frontdesk.brain.callers.contact import says_yes
from frontdesk.brain.services.another import ANOTHER
from frontdesk.brain.services.persons import persons
from frontdesk.brain.utterance.heard import Span
from frontdesk.brain.utterance.turn import JOINED, Turn

__all__ = ["read_a_wish_besides", "read_one_more_besides"]

_ON_THE_WAY: Final = frozenset({"phone", "email", "agreed"})
_JOINS: Final = frozenset({JOINED, ("values", "question", "follow_up")})
_ONE_MORE: Final = ("values", "absence", "one_more")
_SOMEBODY: Final = ("values", "absence", "somebody_else")
_ALIKE: Final = ("values", "absence", "somebody_alike")
_AFTER_IT: Final = ("values", "when", "straight_after")
_CORRECTS: Final = (("values", "correction"), ("values", "retake"), ("values", "service", "dropped"), ("wants_change",))


def read_a_wish_besides(turn: Turn) -> None:
    """Keeps a service for later that is named with a yes and an "and" while another one is being booked, and is no correction of it."""
    found, known = turn.found, turn.known("service")
    said = found.facts.get("service")
    if turn.view.asks not in _ON_THE_WAY or turn.intent != "book" or known is None or said is None or said.value == known:
        return
    if ANOTHER not in turn.view.fact_types or any(turn.heard_phrase(*key) for key in _CORRECTS):
        return
    span = turn.span_of_words(said.words)
    joint = min((turn.span_of(match)[0] for match in turn.matches if match.key in _JOINS), default=len(turn.heard.text))
    if joint < span[0] and _agrees(turn, joint):
        found.drop_fact("service")
        found.drop_fact("when")  # it is said of the second one: "right after", "at six"
        found.doubts.pop("when", None)
        found.drop_fact("intent")
        found.act("yes")
        found.act("wants_several")
        found.fact_without_taking(ANOTHER, said.value, span)


def read_one_more_besides(turn: Turn) -> None:
    """ "Yes, and one for my brother the same day", where nothing is named that it is for: begun, and asked, once this one is booked."""
    found = turn.found
    if turn.view.asks not in _ON_THE_WAY or turn.intent != "book" or ANOTHER not in turn.view.fact_types or found.has("wants_several"):
        return
    joint = min((turn.span_of(match)[0] for match in turn.matches if match.key == JOINED), default=len(turn.heard.text))
    more = [turn.span_of(match)[1] for match in turn.matches if match.key == _ONE_MORE]
    somebody = _somebody_else(turn, joint)
    if somebody:  # "and my other son at half past three": his service is theirs, and no correction
        more += [end for _, end in somebody]
        found.drop_fact("service")
        found.doubts.pop("service", None)
    others = found.facts.keys() & {"service", "staff", "name", "phone", "email"}
    if others or not more or max(more) < joint or any(turn.heard_phrase(*key) for key in _CORRECTS):
        return
    if joint < len(turn.heard.text):
        if _agrees(turn, joint):
            found.act("yes")
        found.drop_fact("intent")
        found.drop_fact("when")
        found.doubts.pop("when", None)
        found.act("wants_several")
        _what_for(turn, joint)


def _somebody_else(turn: Turn, joint: int) -> list[Span]:
    """Who else is named behind a yes and an "and", with nothing but a time beside them: "my other son at four" tells no story."""
    if joint == len(turn.heard.text) or not _agrees(turn, joint):
        return []
    named = [turn.span_of(match) for match in turn.matches if match.key in {_SOMEBODY, _ALIKE}]
    aside = [turn.span_of(match) for match in turn.matches if match.key in {JOINED, _AFTER_IT, _ONE_MORE}]
    when = turn.found.facts.get("when") or turn.found.doubts.get("when")
    behind = turn.heard.as_said((joint, len(turn.heard.text)))
    time = turn.span_of_words(when.words) if when is not None else turn.read("datetime", behind).span
    after = turn.heard.as_said((max([joint, *(end for _, end in named)]), len(turn.heard.text)))
    hour = turn.read("datetime", after).span  # with the "à" of "mon mari à quinze heures"
    read = [*named, *aside, *(span for span in (time, hour) if span is not None)]
    left = [t for t in turn.heard.tokens if t.start >= joint and not any(start <= t.start and t.end <= end for start, end in read)]
    return [span for span in named if span[1] > joint] if not left else []


def _what_for(turn: Turn, joint: int) -> None:
    """What the other one is, where it is for somebody who chooses within the family, or for another one like the first."""
    known = turn.known("service")
    alike = turn.heard_phrase(*_ALIKE)
    if alike is not None and turn.span_of(alike)[1] > joint and known is not None:
        turn.found.fact_without_taking(ANOTHER, known, turn.span_of(alike))
        return
    for family in turn.business.families:
        answers = turn.business.family_answers(family, turn.language)
        others = [person for person in persons(turn, answers) if person[1][0] >= joint] if known in answers else []
        if others:
            turn.found.fact_without_taking(ANOTHER, *others[0])
            return


def _agrees(turn: Turn, joint: int) -> bool:
    """Whether what comes before the "and" is a yes; of what follows it "would that be possible?" takes nothing back."""
    answer = turn.read("yes_no", turn.heard.as_said((0, joint)))
    return (answer.complete and answer.value is True) or says_yes(turn)
