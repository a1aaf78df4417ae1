"""What a person says, in words: values put as this caller puts them, over this caller's line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from random import Random

from frontdesk.business import Business
from frontdesk.simulating.noise import misheard
from frontdesk.simulating.people import Person, Question, Wish
from frontdesk.simulating.words import load_words
from spoken.say import say_phone, spell, write_phone
from spoken.say_when import say_date, say_time

__all__ = ["Mouth"]


class Mouth:
    """The voice of one caller."""

    def __init__(self, person: Person, business: Business, draw: Random) -> None:
        self.words = load_words(person.language)
        self._person, self._business, self._draw = person, business, draw

    def pick(self, ways: Sequence[str], **values: str) -> str:
        """One of several ways to say it, filled in."""
        return self._draw.choice(ways).format(**values)

    def maybe(self, chance: float) -> bool:
        return self._draw.random() < chance

    def over_the_line(self, text: str) -> str:
        """What arrives of it."""
        return misheard(text, self._person.language, self.words.noise, self._person.noise, self._draw)

    def service(self, service: str) -> str:
        """A service as it stands in a sentence, or, at times, by a name of the street."""
        if self.maybe(0.7):
            return self._business.service_name(service, self._person.language, article=True)
        return self._draw.choice(self._business.vocabulary(self._person.language)[service])

    def service_with_slips(self, service: str, other: str) -> str:
        """A service, and by some callers another one before it that they take back."""
        right = self.service(service)
        if other != service and self.maybe(self._person.temper.corrects_self):
            return self.pick(self.words.corrected, wrong=self.service(other), right=right)
        return right

    def wish_with_slips(self, wishes: Sequence[Wish]) -> str:
        """The first of these wishes, and by some callers the second one before it, which they take back."""
        right = self.wish(wishes[0])
        if len(wishes) > 1 and self.maybe(self._person.temper.corrects_self):
            return self.pick(self.words.corrected, wrong=self.wish(wishes[1]), right=right)
        return right

    def question(self, question: Question | None, service: str) -> str:
        """A question of the business's own list, or else the price of a service."""
        if question is not None and question.service is None:
            return self.pick(self.words.open.ask, question=question.words)
        asked = question.service if question is not None and question.service else service
        price = self.pick(self.words.prices, service=self._business.service_name(asked, self._person.language, article=True))
        return self.pick(self.words.open.ask, question=price)

    def vague(self, service: str) -> str | None:
        """A word that names the service and others too, where the business knows one."""
        families = [key for key, family in self._business.families.items() if service in family.answers]
        if not families:
            return None
        return self._draw.choice(self._business.family_vocabulary(self._person.language)[families[0]])

    def wish(self, wish: Wish) -> str:
        """When the caller would like to come."""
        day = self.day(wish.day)
        if wish.time is not None:
            return self.pick(self.words.when.time, day=day, time=self.time(wish.time))
        if wish.part is not None:
            return self.pick(self.words.when.part, day=day, part=self.words.parts[wish.part])
        return self.pick(self.words.when.day, day=day)

    def start(self, start: str) -> str:
        """An appointment, day and hour."""
        moment = dt.datetime.fromisoformat(start)
        return self.pick(self.words.when.time, day=self.day(moment.date()), time=self.time(moment.time()))

    def day(self, day: dt.date) -> str:
        """A day as it stands in a sentence: tomorrow, a weekday of the week to come, or the date."""
        bare = self.bare_day(day)
        return bare if bare == self.words.tomorrow else self.words.on_day.format(day=bare)

    def bare_day(self, day: dt.date) -> str:
        """The same without its preposition."""
        ahead = (day - self._person.now.date()).days
        if ahead == 1:
            return self.words.tomorrow
        if 1 < ahead < 7 and self.maybe(0.8):
            return self.words.weekdays[day.weekday()]
        return say_date(day, self._person.language, self._person.now)

    def time(self, time: dt.time) -> str:
        style = "written" if self.maybe(self._person.temper.says_figures) else "spoken"
        return say_time(time, self._person.language, style="written" if style == "written" else "spoken")

    def letters(self) -> str:
        """The surname, letter by letter."""
        return spell(self._person.name.split()[-1], self._person.language)

    def phone(self) -> str:
        """The whole number: in the groups of the country, or as a recogniser writes it."""
        if self.maybe(self._person.temper.says_figures):
            return self._in_figures()
        return say_phone(self._person.phone, self._person.language)

    def phone_keys(self) -> str:
        """The number as it is keyed in."""
        return self._in_figures().replace(" ", "")

    def phone_from(self, told: str) -> str:
        """What follows the digits that were heard."""
        return " ".join(self.phone_keys()[len(told) :])

    def _in_figures(self) -> str:
        home = self._person.phone
        written = write_phone(home, _COUNTRIES.get(self._person.language))
        return "".join(char for char in written if char.isdigit() or char == " ")


_COUNTRIES = {"fr": "FR", "de": "DE", "en": "GB", "es": "ES"}
