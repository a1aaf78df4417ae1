"""Invented people in place of real ones: their names, numbers and addresses, in values and in the words they were said with."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import phonenumbers

from frontdesk.rehearsing.documents import Caller
from fsm.events import Event, KeyPressed, Spoke
from fsm.graph import Graph
from fsm.proposals import ProposedFact
from spoken import understand
from spoken.digits import digit_runs
from spoken.say import say_digits, say_email, say_phone

__all__ = ["Disguise"]

_PERSONAL: Final = ("name", "phone", "email")
_RECORDED: Final = frozenset({"reference", "birth_date"})
_OTHER_NAMES: Final = ("Robin Martin", "Nora Weber", "Alba Castro")
_FEWEST: Final = 4
"""So many digits in a row may be part of a number; fewer say nothing about whose it is."""


class Disguise:
    """Who the people of one call become. The caller becomes the invented one; whoever else was named has an invented name, too.

    `keep`: nobody is disguised.
    """

    def __init__(
        self, graph: Graph, events: Sequence[Event], seen: str | None, invented: Caller, language: str, *, keep: bool = False
    ) -> None:
        self._graph, self._keep, self._invented = graph, keep, invented
        found: dict[str, list[Any]] = {kind: [] for kind in _PERSONAL}
        self._unheard: dict[str, str] = {}
        for event in events:
            if isinstance(event, Spoke) and (name := _unheard_name(event, language)) is not None:
                self._unheard[event.text] = name
                found["name"].append(name)
        for kind, value in _personal(graph, events):
            if value in found[kind]:
                found[kind].remove(value)
            found[kind].append(value)
        names, numbers, mails = (list(reversed(found[kind])) for kind in _PERSONAL)  # what was said last is right
        if seen is not None:
            numbers = [seen, *(number for number in numbers if number != seen)]
        self.names = dict(zip(names, (invented.name, *_OTHER_NAMES), strict=False))
        self.numbers = _others(numbers, invented.number)
        self.mails = dict(zip(mails, (invented.email, *(f"other{number}@example.org" for number in range(1, 9))), strict=False))

    def value(self, value: Any) -> Any:
        """A value of a fact, of a row or of a sentence."""
        if isinstance(value, Mapping):
            return {key: self.value(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(item) for item in value]
        if self._keep or not isinstance(value, str):
            return value
        return self.names.get(value, self.numbers.get(value, self.mails.get(value, value)))

    def words(self, event: Spoke, language: str) -> str:
        """What a caller said, with the invented people in it."""
        text = event.text
        if self._keep:
            return text
        spans = [(fact.words, self._spoken(fact, language)) for fact in event.proposal.facts if fact.words]
        for doubt in event.proposal.doubts:
            digits = "".join(sign for sign in doubt.so_far if sign.isdecimal())
            if doubt.words and digits and self._kind(doubt.fact) == "phone":
                spans.append((doubt.words, say_digits(self._digits(digits), language)))
        if text in self._unheard:
            spans.append((self._unheard[text], str(self.value(self._unheard[text]))))
        for words, other in spans:
            if other:
                text = text.replace(words, other, 1)
        for real, other in self.names.items():
            text = _each_word(text, real, other)
        return text

    def keys(self, typed: str) -> str:
        """Keys that were pressed one after the other: a number becomes that of the invented caller."""
        if self._keep:
            return typed
        return re.sub(rf"\d{{{_FEWEST},}}", lambda run: self._digits(run.group()), typed)

    @staticmethod
    def cannot_invent(graph: Graph, events: Iterable[Event]) -> bool:
        """Whether the caller showed who they are: nobody can be invented whom the records know."""
        for event in events:
            if isinstance(event, Spoke | KeyPressed):
                named = {fact.name for fact in event.proposal.facts} | {doubt.fact for doubt in event.proposal.doubts}
                if any(graph.facts[name].type in _RECORDED for name in named if name in graph.facts):
                    return True
        return False

    def leaks(self, text: str) -> list[str]:
        """What of the real people is left in a text: the names of what it is, never the thing itself."""
        if self._keep:
            return []
        left = []
        folded = text.casefold()
        if any(re.search(rf"\b{re.escape(part)}\b", folded) for part in _parts(self.names)):
            left.append("a name")
        digits = "".join(sign for sign in text if sign.isdecimal())
        for invented in {*self.numbers.values(), self._invented.number}:  # which may hold the same figures by chance
            digits = digits.replace(invented.lstrip("+"), " ").replace(_national(invented), " ")
        if any(number[-6:] in digits for number in self.numbers if number not in self.numbers.values()):
            left.append("a number")
        if any(mail.casefold() in folded for mail in self.mails):
            left.append("an address")
        return left

    def _kind(self, fact: str) -> str:
        return self._graph.fact_types.get(fact, "")

    def _spoken(self, fact: ProposedFact, language: str) -> str:
        """The invented value as this caller would have said it; nothing where nobody is named."""
        kind, other = self._kind(fact.name), self.value(fact.value)
        if kind == "name":
            return str(other)
        if kind == "email" and other != fact.value:
            return say_email(str(other), language)
        if kind == "phone" and other != fact.value:
            heard = "".join(run.paths[0].digits for run in digit_runs(fact.words, language))
            last_part = heard and len(heard) < len(_national(str(fact.value))) and heard in _national(str(fact.value))
            return say_digits(self._digits(heard), language) if last_part else say_phone(str(other), language)
        return ""

    def _digits(self, digits: str) -> str:
        """As many digits of the invented number, the same part of it as those are of the real one where that is known."""
        for real, other in self.numbers.items():
            for ours, theirs in ((_national(real), _national(other)), (real.lstrip("+"), other.lstrip("+"))):
                at = ours.find(digits)
                if at >= 0 and len(ours) == len(theirs):
                    return theirs[at : at + len(digits)]
                if ours in digits:
                    return digits.replace(ours, theirs)
        theirs = _national(self._invented.number)
        return (theirs * (len(digits) // len(theirs) + 1))[: len(digits)]


def _personal(graph: Graph, events: Iterable[Event]) -> Iterable[tuple[str, Any]]:
    for event in events:
        if isinstance(event, Spoke | KeyPressed):
            for fact in event.proposal.facts:
                kind = graph.fact_types.get(fact.name, "")
                if kind in _PERSONAL and isinstance(fact.value, str):
                    yield kind, fact.value
        for items in getattr(event, "lists", {}).values():
            for item in items:
                for kind in _PERSONAL:
                    if isinstance(item.get(kind), str):
                        yield kind, item[kind]


def _unheard_name(event: Spoke, language: str) -> str | None:
    """A name in words of which nothing was understood: two or more words with capitals, and nothing but a name."""
    proposal = event.proposal
    if proposal.facts or proposal.acts or proposal.doubts:
        return None
    reading = understand(event.text, "name", language, dt.datetime.fromisoformat(event.at))
    found = event.text[slice(*reading.span)] if reading.complete and reading.span is not None else ""
    return found if len(found.split()) > 1 and all(word[0].isupper() for word in found.split()) else None


def _others(numbers: Sequence[str], first: str) -> dict[str, str]:
    """Numbers that nobody has, for real ones: the first, or, for one of another country or kind, the example of its number plan."""
    others: dict[str, str] = {}
    for number in numbers:
        other = first if _plan(number) == _plan(first) else _example(number) or first
        while other in others.values():
            other = f"{other[:-1]}{(int(other[-1]) + 1) % 10}"
        others[number] = other
    return others


def _plan(number: str) -> tuple[str | None, int] | None:
    """Country and kind of a number: what can be sent to it depends on them."""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.region_code_for_number(parsed), phonenumbers.number_type(parsed)


def _example(number: str) -> str | None:
    plan = _plan(number)
    found = phonenumbers.example_number_for_type(*plan) if plan is not None else None
    return None if found is None else str(phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164))


def _national(number: str) -> str:
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number.lstrip("+")
    written = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    return "".join(sign for sign in written if sign.isdecimal())


def _parts(names: Iterable[str]) -> list[str]:
    return [part.casefold() for name in names for part in name.split() if len(part) > 2]


def _each_word(text: str, real: str, other: str) -> str:
    """The parts of a name that are said by themselves, each with the part in the same place."""
    others = other.split()
    for at, part in enumerate(real.split()):
        if len(part) > 2:
            text = re.sub(rf"\b{re.escape(part)}\b", others[min(at, len(others) - 1)], text, flags=re.IGNORECASE)
    return text
