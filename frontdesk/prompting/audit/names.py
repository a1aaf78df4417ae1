"""Names of people, places and firms that nobody gave, services that are not done, and who does what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from frontdesk.prompting.audit.knowledge import Knowledge
from frontdesk.prompting.audit.record import Record
from frontdesk.prompting.audit.sentence import Sentence
from frontdesk.prompting.audit.verdict import Reason
from frontdesk.prompting.audit.words import flatten
from spoken.normalise import Token

__all__ = ["names", "offerings"]

_OPENING: Final = re.compile(r"(?:^|[.!?:…¿¡])[\s«“\"'’¿¡—–-]*$")
_WORD: Final = re.compile(r"\w+")
_NAMED_FIRST: Final = 6


def names(sentence: Sentence, knowledge: Knowledge, record: Record) -> Iterator[Reason]:
    """Capitalised words that are neither the business's nor the caller's."""
    known = knowledge.known_words | {word for name in record.names for word in _WORD.findall(flatten(name))}
    for index, token in enumerate(sentence.tokens):
        if not token.is_word or not token.raw[0].isupper() or len(token.raw) < 2:
            continue
        word = flatten(token.raw)
        if word in known or sentence.is_settled(token.start, token.end):
            continue
        opening = bool(_OPENING.search(sentence.text[: token.start]))
        if word in knowledge.first_names and not (opening and word in sentence.words.common):
            pass
        elif opening or (sentence.words.capital_nouns and not _introduced(sentence, index, token)):
            continue
        yield Reason("name", (token.start, token.end), token.raw)


def _introduced(sentence: Sentence, index: int, token: Token) -> bool:
    """Where nouns have capitals: whether a title or another cue says that a name comes."""
    if not index:
        return False
    head = sentence.plain[: token.start].rstrip()
    for name in ("titles", "name_cues"):
        for match in sentence.words[name].finditer(sentence.plain, max(0, token.start - 40), len(head)):
            if match.end() == len(head):
                return True
    return False


def _denied_behind(sentence: Sentence, at: int) -> bool:
    """ "Nails, we don't do them": named first, and denied in the clause behind."""
    behind = [clause for clause in sentence.clauses if clause[0] >= at]
    return bool(behind) and len(sentence.plain[:at].split()) <= _NAMED_FIRST and sentence.has_negation(*behind[0])


def offerings(sentence: Sentence, knowledge: Knowledge) -> Iterator[Reason]:
    """Services that the business does not do, and staff said to do what they do not."""
    services = knowledge.services_in(sentence.plain)
    for mention in knowledge.missing_in(sentence.plain):
        inside = any(s.start <= mention.start and mention.end <= s.end for s in services)
        if inside or sentence.asked(mention.start):
            continue
        if sentence.denied(mention.start, mention.end, wide=True) or _denied_behind(sentence, mention.end):
            sentence.settle(mention.start, mention.end)
        else:
            yield Reason("service", (mention.start, mention.end), sentence.text[mention.start : mention.end])
    people = {mention.id for mention in knowledge.staff_in(sentence.plain)}
    if len(people) == 1 and services and not sentence.asked(services[0].start):
        person = knowledge.business.staff[next(iter(people))]
        for mention in services:
            if (mention.id in person.skills) is sentence.denied(mention.start, mention.end, wide=True):
                yield Reason("staff", (mention.start, mention.end), sentence.text[mention.start : mention.end])
