"""Choosing by a number that an offer is called by, said digit by digit or in groups: "the seven seven two", of two policies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from spoken.choosing.cues import Said, one_of
from spoken.lexicon import phrases
from spoken.numerals import cardinal_at
from spoken.reading import Reading

__all__ = ["by_code", "numbers_in_a_row"]

MIN_DIGITS: Final = 3
"""Digits of a number that something is called by; hours, days and prices mostly have fewer."""
MIN_SAID: Final = 2
"""Digits of it that are enough to tell it from another."""
_CODE: Final = re.compile(rf"\d{{{MIN_DIGITS},}}")


@lru_cache(maxsize=256)
def _code_of(say: str) -> str:
    """The number that an offer is called by; empty where it has none, or several."""
    found = _CODE.findall(say)
    return str(found[0]) if len(found) == 1 else ""


@lru_cache(maxsize=16)
def _noughts(language: str) -> frozenset[str]:
    """Words for a nought that count among digits only."""
    return frozenset(phrases(language, "digits", "zero"))


def numbers_in_a_row(words: Sequence[str], language: str) -> Iterator[tuple[str, int, int]]:
    """Numbers with nothing between them, written as one and with their noughts, and where they stand."""
    at = 0
    while at < len(words):
        digits, first = "", at
        while at < len(words):
            if digits and words[at] in _noughts(language) and at + 1 < len(words) and cardinal_at(words, at + 1, language) is not None:
                digits, at = digits + "0", at + 1  # "nine oh two"
                continue
            if (found := cardinal_at(words, at, language)) is None:
                break
            written = words[at] if words[at].isdigit() else str(found[0])
            digits, at = digits + written, found[1]
        if len(digits) >= MIN_SAID:
            yield digits, first, at
        at = max(at, first + 1)


def by_code(said: Said) -> Reading | None:
    """The offers whose number holds the digits that were said; None where not all have one, or none holds them."""
    codes = [_code_of(choice.say) for choice in said.choices]
    if len(codes) < 2 or not all(codes):
        return None
    for digits, first, last in numbers_in_a_row(said.words, said.language):
        fits = [index for index, code in enumerate(codes) if digits in code]
        if fits:
            return one_of(fits, said.choices, said.span(first, last))
    return None
