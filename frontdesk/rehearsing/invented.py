"""Numbers and days that belong to nobody, of the same form as real ones, in values and in the words they were said with."""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Collection, Iterator, Sequence
from random import Random
from typing import Final

import phonenumbers

from spoken.say import say, spell

__all__ = ["birth_dates", "in_words", "like", "national", "phone_numbers", "said_birth_date", "written_birth_date"]

_BORN: Final = dt.date(1980, 5, 17)


def phone_numbers(numbers: Sequence[str], first: str) -> dict[str, str]:
    """Numbers that nobody has, for real ones: the first, or, for one of another country or kind, the example of its number plan."""
    others: dict[str, str] = {}
    for number in numbers:
        other = first if _plan(number) == _plan(first) else _example(number) or first
        while other in others.values():
            other = f"{other[:-1]}{(int(other[-1]) + 1) % 10}"
        others[number] = other
    return others


def like(real: str, random: Random, taken: Collection[str]) -> str:
    """As many letters and digits in the same places, and a nought in front only where there is one; none of `taken`, and not `real`."""
    while True:
        made = "".join(_sign_like(sign, random) for sign in real)
        if made[:1] == "0" != real[:1]:
            made = f"{random.choice('123456789')}{made[1:]}"
        if made != real and made not in taken:
            return made


def _sign_like(sign: str, random: Random) -> str:
    if sign.isdecimal():
        return random.choice(string.digits)
    return random.choice(string.ascii_uppercase) if sign.isalpha() else sign


def birth_dates(real: Collection[str]) -> Iterator[str]:
    """Days of birth, one after the other, none of which is real: "1980-05-17"."""
    day = _BORN
    while True:
        if day.isoformat() not in real:
            yield day.isoformat()
        day += dt.timedelta(days=1)


def in_words(words: str, signs: str, other: str, language: str) -> str:
    """The signs of another number instead of those that these words stand for: in figures where they were, else spelled."""
    written = [sign for sign in words if sign.isalnum()]
    if "".join(written).upper() == signs and len(signs) == len(other):
        following = iter(other)
        return "".join(next(following) if sign.isalnum() else sign for sign in words)
    return spell(other, language)


def said_birth_date(day: str, language: str, *, year: bool = True) -> str:
    """A day of birth as it may be heard, with its year in figures: "the seventeenth of May 1980"."""
    _, _, words = say(day, "birth_date", language).partition(" ")  # without the weekday, which nobody says of it
    return f"{words} {day[:4]}" if year else words


def written_birth_date(day: str) -> str:
    """As it is typed on a keypad: day, month and year, "17051980"."""
    return f"{day[8:]}{day[5:7]}{day[:4]}"


def national(number: str) -> str:
    """The digits of an E.164 number as they are dialled in its country."""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number.lstrip("+")
    written = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    return "".join(sign for sign in written if sign.isdecimal())


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
