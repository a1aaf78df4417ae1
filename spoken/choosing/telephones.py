"""Choosing between telephone numbers: by how one begins or ends, by digits in it, or by what it is ("the mobile")."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Final

from spoken.choosing.codes import numbers_in_a_row
from spoken.choosing.cues import Said, find_cues, one_of
from spoken.choosing.phrases import choice_book, choice_words
from spoken.context import Context
from spoken.normalise import fold_words
from spoken.phone_plans import can_receive_sms
from spoken.phones import read_phone
from spoken.reading import Reading

__all__ = ["by_telephone"]

MIN_DIGITS: Final = 6
"""Digits of an offer that is a telephone number and no time, price or reference."""
_ALSO: Final = {"de": ("AT", "CH"), "fr": ("BE", "CH", "LU"), "en": ("IE", "US")}
"""Countries whose plan tells a mobile number where that of the business tells none: "0664 …" is one in Austria."""
LIKE_A_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[.:h]\d\d")


def by_telephone(said: Said) -> Reading | None:
    """The numbers on offer that the words tell of; None where numbers are not what is on offer, or nothing is told of them."""
    if len(said.choices) < 2 or any(choice.start for choice in said.choices):
        return None
    numbers = [_digits_of(choice.say, said.language) for choice in said.choices]
    if not all(numbers):
        return None
    return _by_digits(said, numbers) or _by_kind(said)


@lru_cache(maxsize=256)
def _digits_of(say: str, language: str) -> str:
    """The digits of an offer that is a number, or the last ones of it where it is called by these; else nothing."""
    words = fold_words(say)
    if any(True for _ in choice_book(language, "number_ends").find(words)):
        return next((digits for digits, _, _ in numbers_in_a_row(words, language)), "")
    digits = "".join(re.findall(r"\d", say))
    named = choice_words(language)
    dated = LIKE_A_DATE.search(say) or not (named.weekdays | named.day_words).isdisjoint(words)
    return digits if len(digits) >= MIN_DIGITS and not dated else ""


def _by_digits(said: Said, numbers: list[str]) -> Reading | None:
    """ "The one ending in ninety", "le zéro quatre": what begins so before what ends so, before what has it anywhere."""
    at_end = any(True for _ in choice_book(said.language, "number_ends").find(said.words))
    at_start = any(True for _ in choice_book(said.language, "number_begins").find(said.words))
    ways: list[Callable[[str, str], bool]] = [str.startswith, str.endswith, str.__contains__]
    if at_end != at_start:
        ways = [str.endswith] if at_end else [str.startswith]
    for digits, first, last in numbers_in_a_row(said.words, said.language):
        for fits_in in ways:
            fits = [index for index, number in enumerate(numbers) if fits_in(number, digits)]
            if 0 < len(fits) < len(numbers):
                others = [index for index in range(len(numbers)) if index not in fits]
                return one_of(others if _denied(said, first, last) else fits, said.choices, said.span(first, last))
    return None


def _by_kind(said: Said) -> Reading | None:
    """ "The mobile": the only one of that kind; "not the landline" leaves the others."""
    if any(cue.kind in ("position", "last", "other") for cue in find_cues(said)):
        return None  # "use the second one, I've lost the mobile"
    told = [
        (mobile, first, last)
        for key, mobile in (("number_mobile", True), ("number_fixed", False))
        for _, first, last in choice_book(said.language, key).find(said.words)
    ]
    meant = [place for place in told if not _denied(said, *place[1:])] or told
    if len({mobile for mobile, _, _ in meant}) != 1:
        return None
    mobile, first, last = meant[0]
    wanted = mobile != _denied(said, first, last)
    for country in (None, *_ALSO.get(said.language, ())):
        context = replace(said.context, country=country) if country else said.context
        fits = [index for index, choice in enumerate(said.choices) if _is_mobile(choice.say, said.language, context) is wanted]
        if 0 < len(fits) < len(said.choices):
            return one_of(fits, said.choices, said.span(first, last))
    return None


def _denied(said: Said, first: int, last: int) -> bool:
    """ "Not the mobile", and "al móvil no"."""
    behind = said.data.negators.at(said.words, last)
    return said.negated(first) or (behind is not None and behind[1] == len(said.words))


def _is_mobile(say: str, language: str, context: Context) -> bool | None:
    number = read_phone(say, language, context)
    return can_receive_sms(str(number.value)) if number.complete else None
