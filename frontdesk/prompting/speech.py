"""The words of `spoken`, as lines need them, remembered: the same number or price is said many times in a call."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from spoken.lexicon import load
from spoken.say import say_digits, say_duration, say_email, say_list, say_money, say_number, say_phone, spell, write_money, write_phone

__all__ = [
    "join",
    "said_digits",
    "said_duration",
    "said_email",
    "said_money",
    "said_phone",
    "said_reference",
    "said_two_digits",
    "written_phone",
]


def join(items: Sequence[str], language: str, conjunction: Literal["or", "and"]) -> str:
    """ "a, b or c"; empty for nothing."""
    return say_list(items, language, conjunction)


@lru_cache(maxsize=256)
def said_phone(number: str, language: str) -> str:
    """An E.164 number in words."""
    return say_phone(number, language)


@lru_cache(maxsize=256)
def said_two_digits(number: str, language: str) -> str:
    """The last two digits of a number, as its language says them at the end of a number."""
    return said_digits(number[-2:], language)


@lru_cache(maxsize=256)
def said_digits(digits: str, language: str) -> str:
    """The beginning of a number: in pairs where numbers are said in pairs, else one by one. A plus is said."""
    forms = load(language, "say")["phone"]
    bare = "".join(sign for sign in digits if sign.isdecimal())
    words = [str(forms["plus"])] if digits.startswith("+") else []
    if not forms["pairs"]:
        return " ".join([*words, say_digits(bare, language)])
    pairs = [bare[at : at + 2] for at in range(0, len(bare), 2)]
    words += [say_digits(pair, language) if pair[0] == "0" or len(pair) == 1 else say_number(int(pair), language) for pair in pairs]
    return " ".join(words)


@lru_cache(maxsize=256)
def said_email(address: str, language: str) -> str:
    """An address as it is dictated."""
    return say_email(address, language)


@lru_cache(maxsize=256)
def said_reference(reference: str, language: str) -> str:
    """A reference, sign by sign."""
    return spell(reference, language)


def said_money(amount: Decimal, currency: str, language: str, style: str) -> str:
    """A price, in words or as written."""
    return write_money(amount, currency, language) if style == "written" else _money(amount, currency, language)


@lru_cache(maxsize=256)
def _money(amount: Decimal, currency: str, language: str) -> str:
    return say_money(amount, currency, language)


@lru_cache(maxsize=256)
def said_duration(minutes: int, language: str) -> str:
    """A length of time in words."""
    return say_duration(minutes, language)


@lru_cache(maxsize=32)
def written_phone(number: str, home: str) -> str:
    """A number as it is written in its country."""
    return write_phone(number, home)
