"""A quantity or a number that a sentence says, with simple decimals, corrections and sums."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from spoken.context import Context
from spoken.lexicon import load
from spoken.normalise import PhraseBook, fold, tokenise
from spoken.number_words import NumberWords, number_words
from spoken.numerals import cardinal_at
from spoken.reading import NOTHING, Alternative, Reading, Status

__all__ = ["read_number"]

MIN_ONE_BY_ONE: Final = 4
"""Digits in a row that are one number and no list."""
MAX_COUNTED: Final = 4
"""Words from one number to the next that is added to it."""


@lru_cache(maxsize=16)
def _digit_words(language: str) -> tuple[frozenset[str], PhraseBook[int]]:
    """Words for a zero among digits, and those that say a digit twice or more often."""
    data: Any = load(language, "digits")
    return frozenset(fold(str(word)) for word in data["zero"]), PhraseBook(
        {str(said): int(times) for said, times in data["repeat"].items()}
    )


def _one_by_one(text: str, language: str) -> Reading | None:
    """A long number said digit by digit and nothing else ("four oh seven nine one"): a number of a policy, a file, a member."""
    tokens = tokenise(text)
    words = [token.text for token in tokens]
    zeros, repeat = _digit_words(language)
    digits, first, end = "", 0, 0
    at = 0
    while at < len(words):
        times = repeat.at(words, at)
        place = times[1] if times else at
        found = (0, place + 1) if place < len(words) and words[place] in zeros else cardinal_at(words, place, language)
        if not found or found[0] > 9 or found[1] != place + 1 or tokens[place].is_number:  # figures are the number that they are
            if cardinal_at(words, at, language) and digits:
                return None
            at += 1
            continue
        if digits and end != at:
            return None
        first = first if digits else at
        digits += str(found[0]) * (times[0] if times else 1)
        at = end = found[1]
    if len(digits) < MIN_ONE_BY_ONE or digits.startswith("0"):
        return None
    return Reading(Status.COMPLETE, int(digits), (tokens[first].start, tokens[end - 1].end))


def read_number(text: str, language: str, context: Context) -> Reading:
    """A quantity said in a sentence, with simple decimals ("douze virgule cinq", "3,5", "two and a half")."""
    del context
    if (one_by_one := _one_by_one(text, language)) is not None:
        return one_by_one
    numbers = number_words(language)
    decimals, halves, minus = numbers.decimal, numbers.half, numbers.minus
    tokens = tokenise(text)
    found: list[tuple[float | int, int, int]] = []
    words = [token.text for token in tokens]
    at = before = 0
    added = summed = False
    while at < len(tokens):
        if tokens[at].kind == "symbol":
            at += 1
            continue
        stop = next(
            (index for index in range(at, len(tokens)) if tokens[index].kind == "symbol" and tokens[index].text != "-"), len(tokens)
        )
        plain = [index for index in range(at, stop) if tokens[index].kind != "symbol"]
        local = [words[index] for index in plain]
        vague = numbers.vague.at(local, 0)
        if vague is not None:
            at = plain[vague[1] - 1] + 1
            continue
        hit = numbers.quantities.at(local, 0) or cardinal_at(local, 0, language)
        if hit is None:
            at += 1
            continue
        if found and _takes_back(words[before:at], numbers):
            found.clear()
        if found and any(end == at for _, _, end in numbers.sums.find(words[:at])):
            found.clear()  # "two adults and a child, so three"
            added, summed = False, True
        added = added or bool(found and at - before <= MAX_COUNTED and any(True for _ in numbers.plus.find(words[before:at])))
        value: float | int = hit[0]
        start, last = at, plain[hit[1] - 1]
        written = last + 2 < len(tokens) and tokens[last + 1].text in ".,"
        if (
            written
            and tokens[last].end == tokens[last + 1].start
            and tokens[last + 1].end == tokens[last + 2].start
            and tokens[last + 2].is_number
        ):
            fraction = tokens[last + 2].text
            grouped = len(fraction) == 3 and 0 < hit[0] < 1000
            value, last = (int(f"{hit[0]}{fraction}") if grouped else float(f"{hit[0]}.{fraction}")), last + 2
        elif hit[1] < len(local):
            half, point = halves.at(local, hit[1]), decimals.at(local, hit[1])
            if half:
                value, last = hit[0] + 0.5, plain[half[1] - 1]
            elif point and point[1] < len(local):
                spelled, end = "", point[1]
                while end < len(local) and (digit := cardinal_at(local, end, language)) and digit[0] < 100 and len(spelled) < 4:
                    spelled, end = spelled + str(digit[0]), digit[1]
                if spelled:
                    value, last = float(f"{hit[0]}.{spelled}"), plain[end - 1]
        if (start and tokens[start - 1].text in minus) or (start and tokens[start - 1].text == "-" and start == 1):
            value, start = -value, start - 1
        found.append((int(value) if value == int(value) else value, tokens[start].start, tokens[last].end))
        before = at = last + 1
    return _possible_sum(found) if added and len(found) > 1 else _best_number(found, len(tokens), summed)


def _possible_sum(found: Sequence[tuple[float | int, int, int]]) -> Reading:
    """ "Two adults and a child" is two, or three: not clear enough to count on."""
    values = dict.fromkeys([*(hit[0] for hit in found if hit[0] != 1), sum(hit[0] for hit in found)])
    alternatives = tuple(Alternative(value, str(value)) for value in values)
    return Reading(Status.AMBIGUOUS, span=(found[0][1], found[-1][2]), alternatives=alternatives)


def _takes_back(between: Sequence[str], numbers: NumberWords) -> bool:
    """Nothing but a correction stands between two numbers: "two no three", "two no make it three"."""
    words = [word for word in between if word.isalnum()]
    at, corrected = 0, False
    while at < len(words):
        found = numbers.corrections.at(words, at)
        corrected = corrected or found is not None
        found = found or (numbers.instead.at(words, at) if corrected else None)
        if found is None:
            return False
        at = found[1]
    return corrected


def _best_number(found: Sequence[tuple[float | int, int, int]], tokens: int, summed: bool) -> Reading:
    """One number is clear. "un" and "a" are articles too: beside another number, or far from it, they do not count unless `summed` up."""
    if len(found) > 1:
        found = [hit for hit in found if hit[0] != 1] or found[:1]
    values = list(dict.fromkeys(hit[0] for hit in found))
    if not values or (values == [1] and tokens > 4 and not summed):
        return NOTHING
    if len(values) > 1:
        return Reading(
            Status.AMBIGUOUS, span=(found[0][1], found[-1][2]), alternatives=tuple(Alternative(value, str(value)) for value in values)
        )
    return Reading(Status.COMPLETE, values[0], (found[0][1], found[0][2]))
