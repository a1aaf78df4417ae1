"""For whom a service is: the words that choose within a family of services, "a cut for my little boy"."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from frontdesk.brain.utterance.turn import Turn
from spoken import Reading
from spoken.normalise import fold_words

__all__ = ["for_this_person", "for_two_alike", "of_this_age", "read_for_whom", "words_for_whom"]

_AGED: Final = ("values", "service", "aged")
_HAS: Final = ("values", "service", "has")
_NAMED_BEFORE: Final = 3
"""Words right before an age that say whose it is: "my daughter, well, she's ten"."""
_LEADS_TO_SOMEBODY: Final = {("values", "service", "whose"), ("values", "service", "myself")}
""" "For my son"; "for me, a woman"."""


def for_this_person(turn: Turn, meant: list[str]) -> Reading | None:
    """ "A cut for my little boy": the words that choose within a family were said with the vague one."""
    for family in turn.business.families:
        answers = turn.business.family_answers(family, turn.language)
        if set(answers) <= set(meant):
            reading = turn.read("service", names=answers)
            ends = {turn.span_of(match)[1] for match in turn.matches if match.key in _LEADS_TO_SOMEBODY}
            before = [token.end for token in turn.heard.tokens if reading.span is not None and token.end <= reading.span[0]]
            if reading.complete and reading.value in meant and before and before[-1] in ends and not _mere_adjective(turn, family, reading):
                return reading
    return None


def of_this_age(turn: Turn, meant: Collection[str]) -> Reading | None:
    """ "My daughter, she's ten, would like her hair cut": who is so old chooses within the family, wherever the vague word stands."""
    aged = turn.heard_phrase(*_AGED)
    if aged is None or turn.found.has("wants_several") or turn.heard_phrase(*_HAS) or turn.heard_phrase("values", "service", "myself"):
        return None
    before = [token for token in turn.heard.tokens if token.end <= turn.span_of(aged)[0]][-_NAMED_BEFORE:]
    for family in turn.business.families if before else ():
        answers = turn.business.family_answers(family, turn.language)
        if set(answers) <= set(meant):
            reading = turn.read("service", turn.heard.as_said((before[0].start, before[-1].end)), names=answers)
            if reading.complete and reading.value in meant:
                return reading
    return None


def for_two_alike(turn: Turn, meant: Collection[str]) -> Reading | None:
    """ "A cut for my two boys": the words that say that there are several say for whom, and it is the same for each of them."""
    count = turn.heard_phrase("acts", "wants_several") if turn.found.has("wants_several") else None
    for family in turn.business.families if count is not None else ():
        answers = turn.business.family_answers(family, turn.language)
        if count is not None and set(meant) <= set(answers):
            reading = turn.read("service", turn.heard.as_said(turn.span_of(count)), names=answers)
            if reading.complete and reading.value in meant and reading.span is not None and reading.span[1] == turn.span_of(count)[1]:
                return reading
    return None


def _mere_adjective(turn: Turn, family: str, reading: Reading) -> bool:
    """ "Pour une petite coupe" is for nobody in particular, "für meinen Mann Haare schneiden" is for him."""
    if reading.span is None or " " in turn.heard.at(reading.span):
        return False
    vague = {word for name in turn.business.family_vocabulary(turn.language)[family] for word in fold_words(name)}
    after = [token.text for token in turn.heard.tokens if token.start >= reading.span[1]]
    return bool(after) and after[0] in vague


def read_for_whom(turn: Turn) -> None:
    """ "No, it's for a man": another service of the family that the known one belongs to."""
    known = turn.known("service")
    cue = turn.heard_phrase("values", "service", "for_whom")
    if known is None or cue is None:
        return
    after = turn.heard.only((turn.span_of(cue)[1], len(turn.heard.text)))
    for family in turn.business.families:
        answers = turn.business.family_answers(family, turn.language)
        if known in answers:
            reading = turn.read("service", after, names=answers)
            if reading.complete and reading.value != known:
                turn.found.fact("service", reading.value, reading.span)
                return


def words_for_whom(turn: Turn) -> set[str]:
    """ "An appointment for my daughter" says for whom, and not yet what: no telling words, unless what is said, too."""
    said = set(turn.heard.words)
    found: set[str] = set()
    for family, vague in turn.business.family_vocabulary(turn.language).items():
        if not any(said.issuperset(fold_words(name)) for name in vague):
            answers = turn.business.family_answers(family, turn.language).values()
            found |= {word for names in answers for name in names for word in fold_words(name)}
    return found
