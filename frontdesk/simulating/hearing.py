"""What a person catches of a sentence: days, times, services, digits. The caller knows of a call only what is heard here."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Hashable, Mapping
from typing import Final, Generic, TypeVar

from frontdesk.business import Business
from frontdesk.simulating.people import FIRST_DAY
from spoken.say import say_digits, say_number, say_phone
from spoken.say_when import say_date, say_time

__all__ = ["Ear", "Ears", "digits_heard", "hears_name", "holds"]

Value = TypeVar("Value", bound=Hashable)

_DAYS_AHEAD: Final = 300
"""All of them have names of their own: a weekday, a day and a month come together once in several years."""
_READ_BACK_DIGITS: Final = 5


class _Catch(Generic[Value]):
    """Finds known phrases in a text, the longest at each place."""

    def __init__(self, phrases: Mapping[str, Value]) -> None:
        self._values = {phrase.casefold(): value for phrase, value in phrases.items() if phrase}
        found = "|".join(re.escape(phrase) for phrase in sorted(self._values, key=lambda phrase: (-len(phrase), phrase)))
        self._pattern = re.compile(rf"(?<!\w)(?:{found})(?!\w)" if found else r"(?!)")

    def all(self, text: str) -> list[Value]:
        return [self._values[hit.group()] for hit in self._pattern.finditer(text.casefold())]


class Ear:
    """The ear of a caller in one language."""

    def __init__(self, language: str, business: Business) -> None:
        self.language = language
        self._days = _days(language)
        self._times = _times(language)
        names = {business.service_name(key, language, article=article): key for key in business.services for article in (False, True)}
        self._services = _Catch(names)

    def days(self, text: str) -> list[dt.date]:
        """The dates that are named in full."""
        return self._days.all(text)

    def times(self, text: str) -> list[dt.time]:
        return self._times.all(text)

    def services(self, text: str) -> list[str]:
        return self._services.all(text)

    def starts(self, text: str) -> list[str]:
        """The appointments that are named, day and time ("2026-06-16T15:00"), in order."""
        return [f"{day:%Y-%m-%d}T{time:%H:%M}" for day, time in zip(self.days(text), self.times(text), strict=False)]

    def hears_start(self, text: str, start: str) -> bool:
        """Whether the day and the time of `start` ("2026-06-16T15:00") are both named."""
        moment = dt.datetime.fromisoformat(start)
        return moment.date() in self.days(text) and moment.time() in self.times(text)

    def phone_told(self, text: str, number: str, suggested: str | None) -> str:
        """What a sentence does with a number: `right` or `wrong` (it reads one back), `begun` (it has the first digits of
        `number`), `suggested` (it names the end of the number that is rung from), or `open` (it asks for one)."""
        told, own = digits_heard(text, self.language), digits_heard(say_phone(number, self.language), self.language)
        if own in told:
            return "right"
        if len(told) >= _READ_BACK_DIGITS:
            return "wrong"
        ending = suggested[-2:] if suggested else ""
        if ending and (ending in told or say_digits(ending, self.language).casefold() in text.casefold()):
            return "suggested"
        return "begun" if len(told) >= 2 and own.startswith(told) else "open"


def holds(text: str, words: str) -> bool:
    """Whether words are heard, whatever their capitals."""
    return words.casefold() in text.casefold()


def hears_name(text: str, name: str) -> bool:
    """Whether a name is heard as it is, with nothing more of a name right behind it."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)(?! [A-ZÀ-Þ])", text) is not None


def digits_heard(text: str, language: str) -> str:
    """All digits that are said in a text, in order: "zéro six douze" is 0612."""
    return "".join(_digits(language).all(text))


class Ears:
    """The ears of all callers of a business; each is made once."""

    def __init__(self, business: Business) -> None:
        self._business = business
        self._made: dict[str, Ear] = {}

    def ear(self, language: str) -> Ear:
        """The ear for a language."""
        if language not in self._made:
            self._made[language] = Ear(language, self._business)
        return self._made[language]


@functools.cache
def _days(language: str) -> _Catch[dt.date]:
    days = [FIRST_DAY + dt.timedelta(days=number) for number in range(_DAYS_AHEAD)]
    return _Catch({say_date(day, language): day for day in days})


@functools.cache
def _times(language: str) -> _Catch[dt.time]:
    times = [dt.time(hour, minute) for hour in range(24) for minute in range(0, 60, 5)]
    return _Catch({say_time(time, language): time for time in times})


@functools.cache
def _digits(language: str) -> _Catch[str]:
    numbers = {say_number(number, language): str(number) for number in range(1000)}
    return _Catch(numbers | {say_digits(digit, language): digit for digit in "0123456789"})
