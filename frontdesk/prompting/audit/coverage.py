"""Default deny: every word of a statement must be accounted for, by what such conversations are made of or by what is true.

Success can be said in more idioms than anybody lists, so nothing is looked for here. A clause is taken apart instead: what
the other checks found true, what the conversation itself is made of (thanks, sympathy, being unable to, offering help, asking),
what the house says of itself. A word that is left over says something that nothing backs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from frontdesk.prompting.audit.knowledge import Knowledge
from frontdesk.prompting.audit.phrasebook import Phrasebook
from frontdesk.prompting.audit.record import Record
from frontdesk.prompting.audit.sentence import Sentence
from frontdesk.prompting.audit.verdict import Reason
from frontdesk.prompting.audit.words import flatten

__all__ = ["excuse_small_talk", "unbacked"]

_WORD: Final = re.compile(r"\w+")
_FIRST_SUBJECT: Final = 2
"""So many words behind a head its own subject may begin: "I hope it is nothing serious"."""
_A_PAIR: Final = 2
"""Of people: "you two"."""
_LISTS_OF_FACTS: Final = (
    "free", "full", "open", "opens", "closed", "closes", "works", "hours_nouns", "see_you", "from_price", "free_of_charge",
    "money", "lasts", "counts", "ends_in", "titles",
)  # fmt: skip
"""Words that the other checks have compared, once something in the sentence was found true."""


@dataclass(slots=True)
class _Clause:
    start: int
    end: int
    words: list[str]
    spans: list[tuple[int, int]]
    open: list[bool]
    """Whether a word is still to be accounted for."""

    def close(self, start: int, end: int) -> None:
        """Accounts for the words within these characters."""
        for index, (first, last) in enumerate(self.spans):
            if first < end and start < last:
                self.open[index] = False

    @property
    def left(self) -> list[int]:
        return [index for index, still in enumerate(self.open) if still]


def unbacked(sentence: Sentence, knowledge: Knowledge, record: Record) -> Iterator[Reason]:
    """The first word that nothing accounts for, of each clause that has one. Comes after all other checks."""
    mentions = [
        (mention.start, mention.end)
        for found in (knowledge.services_in, knowledge.families_in, knowledge.staff_in)
        for mention in found(sentence.plain)
    ]
    given = {word for name in record.names for word in _WORD.findall(flatten(name))}
    names = knowledge.own_names | given
    backed = sentence.backed or bool(mentions) or not given.isdisjoint(_WORD.findall(sentence.plain))
    mentions += [match.span() for match in knowledge.name.finditer(sentence.plain)]
    accounted = [*sentence.settled, *mentions, *(match.span() for match in sentence.words["titles"].finditer(sentence.plain))]
    people = _named(sentence, knowledge)
    unclear: list[tuple[_Clause, list[int]]] = []
    carried = supposed = False
    for start, end in sentence.clauses:
        clause = _clause(sentence, start, end, names)
        person = sentence.words.small_talk.claims_a_person(clause.words)
        if person is not None and not sentence.has_negation(start, end):
            yield Reason("person", clause.spans[person], sentence.text[slice(*clause.spans[person])])
            continue
        for first, last in accounted:
            clause.close(first, last)
        carried, supposed = _conversation(sentence, clause, carried=carried, supposed=supposed)
        if sentence.achieved:
            _phrases(clause, sentence.words.achieved)
        if clause.left and backed:
            _facts(sentence, clause)
            clause.open = [still and word not in knowledge.service_words for still, word in zip(clause.open, clause.words, strict=True)]
        if _is_about_the_house(sentence, clause):
            continue
        if clause.left and _is_small_talk(sentence, clause, people):
            continue
        if clause.left:
            unclear.append((clause, clause.left))
            _facts(sentence, clause)
    subject = knowledge.content(sentence.plain, longer_than=2)
    for clause, before in unclear:
        left = clause.left
        denied = sentence.has_negation(clause.start, clause.end)
        if knowledge.has_statement([clause.words[index] for index in left or before], clause.words, subject, denied=denied):
            continue
        if not left and any(other.left for other, _ in unclear):
            continue  # the words around a fact, beside a clause that the house must back itself
        left = left or before
        first, last = clause.spans[left[0]][0], clause.spans[left[-1]][1]
        yield Reason("unbacked", (first, last), sentence.text[first:last])


def excuse_small_talk(sentence: Sentence, knowledge: Knowledge) -> None:
    """Settles numbers and days in clauses that are plainly about the caller's life: "three children", "snow in April". Comes first.

    Never a weekday, a date or a time of day: whoever hears one takes it for an appointment.
    """
    talk = sentence.words.small_talk
    people: list[tuple[int, int]] | None = None
    for start, end in sentence.clauses:
        clause = _clause(sentence, start, end, frozenset())
        numbers = [number for number in sentence.numbers if start <= number.span[0] < end and number.value > 1]
        units = sentence.words.hours | sentence.words.minutes
        if not units.isdisjoint(clause.words):
            continue
        days = [span for word, span in zip(clause.words, clause.spans, strict=True) if word in talk.calendar]
        if not (numbers or days or sentence.words["superlatives"].search(sentence.plain, start, end)):
            continue
        for first, last in (*(number.span for number in numbers), *days):
            clause.close(first, last)
        _phrases(clause, sentence.words.talk)
        people = _named(sentence, knowledge) if people is None else people  # looked up only where a clause holds such a number
        if not _is_small_talk(sentence, clause, people):
            continue
        for number in numbers:
            behind = next((word for word, span in zip(clause.words, clause.spans, strict=True) if span[0] > number.span[1] - 1), "")
            if number.value == _A_PAIR or (talk.knows(behind) and not talk.is_frame(behind)):
                sentence.settle(*number.span, backed=False)
        if talk.is_of_life(clause.words):
            for match in sentence.words["superlatives"].finditer(sentence.plain, start, end):
                sentence.settle(*match.span(), backed=False)
            for span in days:
                sentence.settle(*span, backed=False)


def _clause(sentence: Sentence, start: int, end: int, names: frozenset[str]) -> _Clause:
    found = list(_WORD.finditer(sentence.plain, start, end))
    words = [match.group() for match in found]
    return _Clause(start, end, words, [match.span() for match in found], [word not in names for word in words])


# --- what conversations are made of ---------------------------------------------------------------------------------------


def _conversation(sentence: Sentence, clause: _Clause, *, carried: bool, supposed: bool) -> tuple[bool, bool]:
    """Accounts for talk and open ends; whether the clause is open to its end, and whether it ends with a condition.

    `carried` and `supposed` say so of the clause before: "tell me, *whenever you are ready*", "if it suits, *I'll look*".
    """
    words = sentence.words
    asked = sentence.is_question(clause.start, clause.end)
    conditional = _ends(sentence, clause, "conditions")
    ends = [conditional, _ends(sentence, clause, "unable")]
    for index in range(len(clause.words)):
        end = words.heads.match(clause.words, index)
        if end > index:
            ends.append(_open_ended(sentence, clause, index, end))
    _phrases(clause, words.talk)
    if asked:
        _phrases(clause, words.asks)
        _facts(sentence, clause)
        ends.append(_ends(sentence, clause, "questions") or (carried and _goes_on(sentence, clause)))
    if carried:
        ends.append(_ends(sentence, clause, "follows", first=True))
    if supposed:
        ends.append(_ends(sentence, clause, "then", first=True))
    return any(ends), conditional


def _phrases(clause: _Clause, book: Phrasebook) -> None:
    for index in range(len(clause.words)):
        _take(clause, index, book.match(clause.words, index))


def _take(clause: _Clause, first: int, last: int) -> None:
    for index in range(first, last):
        clause.open[index] = False


def _ends(sentence: Sentence, clause: _Clause, name: str, *, first: bool = False) -> bool:
    """A question or a condition states nothing up to the end of its clause. `first`: only where the clause begins with it."""
    for match in sentence.words[name].finditer(sentence.plain, clause.start, clause.end):
        if name == "conditions" and "í" in sentence.text[match.start() : match.end()]:
            continue  # "sí" is no "si"
        if name == "follows" and sentence.words["turns"].match(sentence.plain, match.start()):
            return False  # "…, your name is on the list"
        at = next((i for i, span in enumerate(clause.spans) if span[0] >= match.start()), len(clause.words))
        behind = next((i for i, span in enumerate(clause.spans) if span[0] >= match.end()), len(clause.words))
        return not (first and at) and _open_ended(sentence, clause, at, behind, asked=name == "questions")
    return False


def _goes_on(sentence: Sentence, clause: _Clause) -> bool:
    """Whether a clause behind a question only adds to it: "…, and at what time?", but not "…, now that it is done?"."""
    if any(sentence.words[name].search(sentence.plain, clause.start, clause.end) for name in ("turns", "because")):
        return False
    _take(clause, 0, len(clause.words))
    return True


def _open_ended(sentence: Sentence, clause: _Clause, first: int, behind: int, *, asked: bool = False) -> bool:
    """What follows a head belongs to it, until a new statement begins; whether it reaches the end of the clause.

    `asked`: a subject and a verb inside a question belong to it: "is it about the one *you have* made?".
    """
    text, words = sentence.plain, sentence.words
    if behind >= len(clause.words):
        _take(clause, first, behind)
        return True
    at = clause.spans[behind][0]
    stops = [match.start() for match in words["because"].finditer(text, at, clause.end)]
    own = clause.spans[min(behind + _FIRST_SUBJECT, len(clause.words) - 1)][0]
    if not asked:
        stops += [match.start() for match in words["turns"].finditer(text, at, clause.end) if match.start() >= own]
    stop = min(stops, default=clause.end)
    last = next((i for i, span in enumerate(clause.spans) if span[0] >= stop), len(clause.words))
    _take(clause, first, max(last, behind))
    return last == len(clause.words)


def _named(sentence: Sentence, knowledge: Knowledge) -> list[tuple[int, int]]:
    """Where the staff and the services of the house are named; hair that callers also only talk about is no service."""
    talk, plain = sentence.words.small_talk, sentence.plain
    services = [each for each in knowledge.services_in(plain) if not talk.knows(plain[each.start : each.end])]
    return [(each.start, each.end) for each in (*knowledge.staff_in(plain), *services)]


def _is_small_talk(sentence: Sentence, clause: _Clause, people: list[tuple[int, int]]) -> bool:
    """Whether a clause speaks of other matters than the call's; never when it names somebody of the staff or a service."""
    if any(clause.start <= start < clause.end for start, _ in people):
        return False
    return sentence.words.small_talk.holds(clause.words, [not still for still in clause.open])


# --- what is true -----------------------------------------------------------------------------------------------------------


def _is_about_the_house(sentence: Sentence, clause: _Clause) -> bool:
    """Whether a clause gives opening hours, prices, durations, and says nothing of the caller's matter: it may choose its words."""
    if not any(clause.start <= start < clause.end for start, _ in sentence.house):
        return False
    return not any(sentence.words[name].search(sentence.plain, clause.start, clause.end) for name in ("turns", "because", "matter"))


def _facts(sentence: Sentence, clause: _Clause) -> None:
    """The words around a time, a price, a name that was found true."""
    _phrases(clause, sentence.words.facts)
    for name in _LISTS_OF_FACTS:
        for match in sentence.words[name].finditer(sentence.plain, clause.start, clause.end):
            clause.close(*match.span())
