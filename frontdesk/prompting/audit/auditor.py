"""The claim auditor: a sentence of free wording is spoken only when every claim in it is true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from frontdesk.business import Business
from frontdesk.prompting.audit.amounts import contacts, durations, prices
from frontdesk.prompting.audit.coverage import excuse_small_talk, unbacked
from frontdesk.prompting.audit.deeds import deeds, promises
from frontdesk.prompting.audit.knowledge import Knowledge
from frontdesk.prompting.audit.names import names, offerings
from frontdesk.prompting.audit.record import Record
from frontdesk.prompting.audit.sentence import Sentence
from frontdesk.prompting.audit.surface import surface
from frontdesk.prompting.audit.times import times
from frontdesk.prompting.audit.verdict import Reason, Verdict
from frontdesk.prompting.audit.words import AuditWords
from integrations.knowledge.port import Passage

__all__ = ["Auditor"]

_LONGEST: Final = 2000


class Auditor:
    """Checks sentences for one business; keeps nothing of a call. What it does not understand, it cuts."""

    def __init__(self, business: Business, words: Mapping[str, AuditWords], passages: Iterable[Passage] = ()) -> None:
        """`words` as from :func:`load_audit_words`, for the languages of the business; `passages` it has written down elsewhere."""
        self._business = business
        written = list(passages)
        self._knowledge = {language: Knowledge(business, each, written) for language, each in words.items()}

    def audit(self, sentence: str, record: Record, language: str) -> Verdict:
        """Whether the sentence may be spoken now in `language`, and every reason against it.

        Never raises for any text. Raises KeyError for a language without audit words.
        """
        knowledge = self._knowledge[language]
        if len(sentence) > _LONGEST:
            return Verdict((Reason("too-long", (0, len(sentence)), sentence[:40]),))
        seen = Sentence(sentence, knowledge.words)
        reasons = tuple(surface(seen, self._business.languages))
        if reasons:
            return Verdict(reasons)
        if knowledge.is_own_sentence(sentence):
            return Verdict()
        return Verdict(tuple(_claims(seen, knowledge, record)))


def _claims(sentence: Sentence, knowledge: Knowledge, record: Record) -> Iterator[Reason]:
    for match in sentence.words["harmless"].finditer(sentence.plain):
        sentence.settle(*match.span(), backed=False)
        sentence.harmless.append(match.span())
    excuse_small_talk(sentence, knowledge)
    yield from contacts(sentence, knowledge, record)
    yield from prices(sentence, knowledge, record)
    yield from durations(sentence, knowledge, record)
    for number in sentence.numbers:
        if number.value > 1 and not sentence.is_settled(*number.span) and knowledge.has_number(sentence, number):
            sentence.settle(*number.span, house=True)
    for span in knowledge.ordinals(sentence):
        sentence.settle(*span, house=True)
    yield from times(sentence, knowledge, record)
    yield from _numbers(sentence, record)
    yield from deeds(sentence, record)
    yield from promises(sentence, record)
    yield from names(sentence, knowledge, record)
    yield from offerings(sentence, knowledge)
    yield from unbacked(sentence, knowledge, record)


def _counts(record: Record) -> set[int]:
    """How many times are on offer, in all and on each day, and how many appointments there are."""
    days = [moment.date() for moment in record.offers]
    return {len(record.offers), len(record.appointments), *(days.count(day) for day in days)}


def _numbers(sentence: Sentence, record: Record) -> Iterator[Reason]:
    """Numbers that are still nobody's: not a price, a time, an answer of the house, nor the number of times on offer."""
    for number in sentence.numbers:
        if number.value == 1 or sentence.is_settled(*number.span):
            continue
        counted = sentence.words["counts"].match(sentence.plain, number.span[1] + 1)
        if counted is not None and number.value in _counts(record):
            sentence.settle(*number.span)
            continue
        yield Reason("number", number.span, sentence.text[slice(*number.span)])
    for name in ("big_numbers", "superlatives"):
        for match in sentence.words[name].finditer(sentence.plain):
            if not sentence.is_settled(*match.span()):
                yield Reason("number", match.span(), sentence.text[slice(*match.span())])
