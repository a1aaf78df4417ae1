"""The values that facts take in generated calls: two of each kind, made from the business."""

from __future__ import annotations

import datetime as dt
from functools import cached_property, lru_cache
from typing import Any, Final

from frontdesk.business import Business
from frontdesk.proving.spoken_examples import examples
from fsm.call import Call
from fsm.graph import Graph
from fsm.proposals import Option

__all__ = ["VAGUE", "Values", "example_mobile"]

VAGUE: Final = "vague"
"""The token of a word that may mean several services."""
_TOKENS: Final = ("1", "2")
_FIRST_DAY: Final = dt.date(2026, 6, 16)


class Values:
    """Values by name of the fact and token: "1" is one value, "2" another; of a list, the place in it."""

    def __init__(self, business: Business, graph: Graph) -> None:
        self._business, self._graph = business, graph

    @cached_property
    def caller(self) -> str:
        """The number that callers call from."""
        return example_mobile(self._business.country, 0)

    def tokens(self, name: str, call: Call) -> tuple[str, ...]:
        """What can be said of a fact now; nothing where there is nothing to pick from."""
        fact = self._graph.facts[name]
        if fact.type == "choice":
            return fact.options
        if fact.type in {"offered_slot", "appointment"}:
            return _TOKENS[: len(self._list(name, call))]
        return (*_TOKENS, VAGUE) if fact.type == "service" and self._business.families else _TOKENS

    def vague(self, call: Call) -> tuple[Option, ...]:
        """The services that a vague word may mean, with the words that choose one."""
        answers = self._business.families[self.family(call)].answers
        return tuple(Option(service, words[call.language][0]) for service, words in answers.items())

    def family(self, call: Call) -> str:
        """The first family of services that leaves open what is meant: the service that is known is not in it."""
        known = {str(fact.value) for fact in call.facts.values()}
        families = self._business.families
        return next((name for name, family in families.items() if known.isdisjoint(family.answers)), next(iter(families)))

    def _list(self, name: str, call: Call) -> tuple[Any, ...]:
        return tuple(call.lists.get("offers" if self._graph.facts[name].type == "offered_slot" else "appointments", ()))

    def of(self, name: str, token: str, call: Call) -> Any:
        """The value that a token stands for."""
        fact = self._graph.facts[name]
        if fact.type == "choice":
            return token
        index = int(token) - 1
        if fact.type in {"offered_slot", "appointment"}:
            items = self._list(name, call)
            return items[index]["start" if fact.type == "offered_slot" else "id"] if index < len(items) else None
        if fact.type == "service":
            return list(self._business.services)[index % len(self._business.services)]
        if fact.type == "staff":
            return list(self._business.staff)[index % len(self._business.staff)]
        if fact.type == "phone":
            return example_mobile(self._business.country, index + 1)
        if fact.type == "time_window":
            return [{"start": f"{self.day(index)}T00:00", "end": f"{self.day(index + 1)}T00:00", "grain": "day"}]
        return examples(call.language)[fact.type][index]

    @staticmethod
    def day(index: int) -> dt.date:
        """The days that callers wish for, a Tuesday and the days after it."""
        return _FIRST_DAY + dt.timedelta(days=index)

    def other_language(self, language: str) -> str:
        """The next language of the business, round and round."""
        languages = self._business.languages
        return languages[(languages.index(language) + 1) % len(languages)] if language in languages else languages[0]


@lru_cache(maxsize=16)
def example_mobile(country: str, number: int) -> str:
    """A mobile number of a country that belongs to nobody, in E.164; another one for each `number`."""
    import phonenumbers

    first = phonenumbers.example_number_for_type(country, phonenumbers.PhoneNumberType.MOBILE)
    if first is None or first.national_number is None:
        raise ValueError(f"No mobile numbers are known for {country}.")
    return f"+{first.country_code}{first.national_number + number}"
