"""Invented people in place of real ones: names, numbers, addresses, references and days of birth, in values and in the words for them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random
from typing import Any, Final

from frontdesk.business.parts import RecordField
from frontdesk.rehearsing.documents import Caller
from frontdesk.rehearsing.invented import birth_dates, in_words, like, national, phone_numbers, said_birth_date, written_birth_date
from frontdesk.rehearsing.personal import KINDS, personal, proposed, unheard_name
from fsm.events import ActionFinished, Event, KeyPressed, Spoke
from fsm.graph import Graph
from fsm.proposals import Doubt, ProposedFact
from spoken import Status, understand
from spoken.digits import digit_runs
from spoken.say import say_digits, say_email, say_phone

__all__ = ["Disguise"]

_NUMBERS: Final = frozenset({"phone", "reference"})
_OTHER_NAMES: Final = ("Robin Martin", "Nora Weber", "Alba Castro")
_FEWEST: Final = 4
"""So many digits in a row may be part of a number; fewer say nothing about whose it is."""
_ANY_NUMBER: Final = 6
"""So many are a number of somebody's or of something, whatever was asked for."""
_NOBODYS_RECORD: Final[Mapping[RecordField, Any]] = {"amount": 100, "date": "2030-01-01"}


class Disguise:
    """Who the people of one call become. The caller becomes the invented one; whoever else was named has an invented name, too.

    `seed`: the same one gives the same references; nothing about a real one can be told from them. `keep`: nobody is disguised.
    """

    def __init__(
        self,
        graph: Graph,
        events: Sequence[Event],
        seen: str | None,
        invented: Caller,
        language: str,
        *,
        seed: str = "",
        keep: bool = False,
    ) -> None:
        self._graph, self._keep, self._invented = graph, keep, invented
        self._random = Random(seed)  # noqa: S311 - made of nothing that is kept secret
        found: dict[str, list[Any]] = {kind: [] for kind in KINDS}
        self._unheard: dict[str, str] = {}
        for event in events:
            if isinstance(event, Spoke) and (name := unheard_name(event, language)) is not None:
                self._unheard[event.text] = name
                found["name"].append(name)
        for kind, value in personal(graph, events):
            if value in found[kind]:
                found[kind].remove(value)
            found[kind].append(value)
        names, numbers, mails = (list(reversed(found[kind])) for kind in ("name", "phone", "email"))  # what was said last is right
        if seen is not None:
            numbers = [seen, *(number for number in numbers if number != seen)]
        self.names = dict(zip(names, (invented.name, *_OTHER_NAMES), strict=False))
        self.numbers = phone_numbers(numbers, invented.number)
        self.mails = dict(zip(mails, (invented.email, *(f"other{number}@example.org" for number in range(1, 9))), strict=False))
        self._begun_with = {doubt.so_far for event in events if isinstance(event, Spoke) for doubt in event.proposal.doubts}
        self.references: dict[str, str] = {}
        for real in sorted(found["reference"], key=len, reverse=True):
            if not any(real in whole for whole in self.references):  # a part of one becomes that part of the other
                self.references[real] = like(real, self._random, self.references.values())
        self.birth_dates = dict(zip(found["birth_date"], birth_dates(found["birth_date"]), strict=False))
        self._made: dict[str, str] = {}
        """Other numbers that were said, whatever they are."""

    @property
    def replaced(self) -> list[str]:
        """What was replaced, in words: name, telephone number, address, reference, date of birth, number."""
        kinds = zip(KINDS.values(), (self.names, self.numbers, self.mails, self.references, self.birth_dates), strict=True)
        return [] if self._keep else [kind for kind, values in (*kinds, ("other numbers", self._made)) if values]

    def value(self, value: Any) -> Any:
        """A value of a fact, of a row or of a sentence."""
        if isinstance(value, Mapping):
            return {key: self.value(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(item) for item in value]
        if self._keep or not isinstance(value, str):
            return value
        for others in (self.names, self.numbers, self.mails, self.references, self.birth_dates):
            if value in others:
                return others[value]
        return value

    def customers(self, events: Sequence[Event], record: Mapping[str, RecordField]) -> list[dict[str, Any]]:
        """Whom the records must know for the check of who is calling to go as it went.

        What a record tells is nobody's: only words, which sentences hang on, are as they were. `record`: what its fields are.
        """
        known: dict[str, dict[str, Any]] = {}
        born = None
        for event in events:
            for fact in proposed(event):
                born = fact.value if self._kind(fact.name) == "birth_date" else born
            for name, found in event.facts.items() if isinstance(event, ActionFinished) else ():
                if self._kind(name) == "record" and born is not None:
                    told = {key: _NOBODYS_RECORD.get(record.get(key, "word"), value) for key, value in (found.detail or {}).items()}
                    known[str(found.value)] = {"reference": self.value(found.value), "birth_date": self.value(born), "details": told}
        return list(known.values())

    def words(self, event: Spoke, language: str, asked: str | None = None) -> str:
        """What a caller said, with the invented people in it. `asked` is the fact that they were asked for."""
        text = event.text
        if self._keep:
            return text
        spans = [(fact.words, self._spoken(fact, language, event.at)) for fact in event.proposal.facts if fact.words]
        spans += [(doubt.words, self._begun(doubt, language, event.at)) for doubt in event.proposal.doubts if doubt.words]
        if text in self._unheard:
            spans.append((self._unheard[text], str(self.value(self._unheard[text]))))
        spans += self._half_a_birth_date(event, language, asked)
        for words, other in spans:
            if other:
                text = text.replace(words, other, 1)
        for real, other in self.names.items():
            text = _each_word(text, real, other)
        return self._without_numbers(text, language, self._kind(asked or ""))

    def keys(self, pressed: Sequence[KeyPressed]) -> str:
        """Keys that were pressed one after the other: a number becomes that of the invented caller."""
        made, typed = "", ""
        for event in pressed:
            typed += event.key
            for fact in () if self._keep else event.proposal.facts:
                ended = fact.words + ("#" if event.key == "#" else "")
                if self._kind(fact.name) in KINDS and fact.words.isdecimal() and typed.endswith(ended):
                    made += self._unread(typed.removesuffix(ended)) + self._typed(fact) + ended[len(fact.words) :]
                    typed = ""
        return made + self._unread(typed)

    def leaks(self, text: str) -> list[str]:
        """What of the real people is left in a text: the names of what it is, never the thing itself."""
        if self._keep:
            return []
        left = []
        folded = text.casefold()
        if any(re.search(rf"\b{re.escape(part)}\b", folded) for part in set(_parts(self.names)) - set(_parts(self.names.values()))):
            left.append("a name")
        digits = "".join(sign for sign in text if sign.isdecimal())
        for invented in self._all_invented():  # which may hold the same figures by chance
            digits = digits.replace(invented, " ")
        if any(number[-6:] in digits for number in self.numbers if number not in self.numbers.values()):
            left.append("a number")
        if any(real.casefold() in folded or (real.isdecimal() and real[-6:] in digits) for real in self.references):
            left.append("a reference")
        if any(day in folded or written_birth_date(day) in digits for day in self.birth_dates):
            left.append("a date of birth")
        if any(mail.casefold() in folded for mail in self.mails):
            left.append("an address")
        return left

    def _kind(self, fact: str) -> str:
        return self._graph.fact_types.get(fact, "")

    def _spoken(self, fact: ProposedFact, language: str, at: str) -> str:
        """The invented value as this caller would have said it; nothing where nobody is named."""
        kind, other = self._kind(fact.name), self.value(fact.value)
        if kind == "name":
            return str(other)
        if kind == "reference":
            part = self._part_of_a_reference(fact.words, str(fact.value), language, at)
            return part or in_words(fact.words, str(fact.value), str(other), language)
        if kind == "birth_date":
            return said_birth_date(str(other), language)
        if kind == "email" and other != fact.value:
            return say_email(str(other), language)
        if kind == "phone" and other != fact.value:
            heard = "".join(run.paths[0].digits for run in digit_runs(fact.words, language))
            last_part = heard and len(heard) < len(national(str(fact.value))) and heard in national(str(fact.value))
            return say_digits(self._digits(heard), language) if last_part else say_phone(str(other), language)
        return ""

    def _begun(self, doubt: Doubt, language: str, at: str) -> str:
        """The same part of the invented value, where only a part was said; nothing where nobody is named."""
        kind = self._kind(doubt.fact)
        if kind == "reference":
            return self._part_of_a_reference(doubt.words, doubt.so_far, language, at)
        if kind == "birth_date" and self.birth_dates:
            return said_birth_date(next(iter(self.birth_dates.values())), language)
        digits = "".join(sign for sign in doubt.so_far if sign.isdecimal())
        return say_digits(self._digits(digits), language) if digits and kind == "phone" else ""

    def _part_of_a_reference(self, words: str, so_far: str, language: str, at: str) -> str:
        """What these words are of the invented reference: they stand at the end of what is known of the real one."""
        heard = "".join(sign for sign in words if sign.isalnum()).upper()
        if not so_far.endswith(heard):
            heard = str(understand(words, "reference", language, dt.datetime.fromisoformat(at)).value or so_far)
            if so_far.removesuffix(heard) not in {"", *self._begun_with}:
                heard = so_far
        parts = (other[real.find(so_far) :][: len(so_far)] for real, other in self.references.items() if so_far in real)
        other = next(parts, "")
        return in_words(words, heard, other[-len(heard) :], language) if other and so_far.endswith(heard) else ""

    def _half_a_birth_date(self, event: Spoke, language: str, asked: str | None) -> Iterator[tuple[str, str]]:
        """Of a day of birth without its year nothing is kept as a fact, and the words are there all the same."""
        if self._kind(asked or "") == "birth_date" and not any(self._kind(fact.name) == "birth_date" for fact in event.proposal.facts):
            reading = understand(event.text, "birth_date", language, dt.datetime.fromisoformat(event.at))
            if reading.span is not None and reading.status is Status.PREFIX:
                day = next(iter(self.birth_dates.values()), next(birth_dates(())))
                words = event.text[slice(*reading.span)]
                yield words, said_birth_date(day, language, year=False) if "day" in reading.mentions else day[:4]

    def _typed(self, fact: ProposedFact) -> str:
        other = str(self.value(fact.value))
        kind = self._kind(fact.name)
        return other if kind == "reference" else written_birth_date(other) if kind == "birth_date" else self._digits(fact.words)

    def _unread(self, typed: str) -> str:
        return typed if self._keep else re.sub(rf"\d{{{_FEWEST},}}", lambda run: self._digits(run.group()), typed)

    def _without_numbers(self, text: str, language: str, asked: str) -> str:
        """The text without the numbers that are left in it: parts of the real ones, and any that is as long as a number is."""
        fewest = _FEWEST if asked in _NUMBERS else _ANY_NUMBER
        for run in reversed(digit_runs(text, language)):
            digits, words = run.paths[0].digits.lstrip("+"), text[slice(*run.span)]
            if len(digits) < _FEWEST or any(digits in invented for invented in self._all_invented()):
                continue
            if len(digits) >= fewest or any(digits in real for real, _ in self._pairs()):
                text = text[: run.span[0]] + in_words(words, digits, self._digits(digits, asked), language) + text[run.span[1] :]
        return text

    def _digits(self, digits: str, asked: str = "phone") -> str:
        """As many digits of an invented number, the same part of it as those are of the real one where that is known."""
        for ours, theirs in self._pairs():
            at = ours.find(digits)
            if at >= 0 and len(ours) == len(theirs):
                return theirs[at : at + len(digits)]
            if ours in digits:
                return digits.replace(ours, theirs)
        if asked == "phone":
            theirs = national(self._invented.number)
            return (theirs * (len(digits) // len(theirs) + 1))[: len(digits)]
        if digits not in self._made:
            self._made[digits] = like(digits, self._random, self._made.values())
        return self._made[digits]

    def _pairs(self) -> Iterator[tuple[str, str]]:
        """Real and invented numbers as they are said and typed: national before international."""
        for real, other in self.numbers.items():
            yield national(real), national(other)
            yield real.lstrip("+"), other.lstrip("+")
        yield from self.references.items()
        for real, other in self.birth_dates.items():
            yield written_birth_date(real), written_birth_date(other)

    def _all_invented(self) -> list[str]:
        own = self._invented.number
        return [own.lstrip("+"), national(own), *(other for _, other in self._pairs()), *self._made.values()]


def _parts(names: Iterable[str]) -> list[str]:
    return [part.casefold() for name in names for part in name.split() if len(part) > 2]


def _each_word(text: str, real: str, other: str) -> str:
    """The parts of a name that are said by themselves, each with the part in the same place."""
    others = other.split()
    for at, part in enumerate(real.split()):
        if len(part) > 2:
            text = re.sub(rf"\b{re.escape(part)}\b", others[min(at, len(others) - 1)], text, flags=re.IGNORECASE)
    return text
