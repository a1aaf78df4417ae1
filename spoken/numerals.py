"""Cardinal numbers in words or digits, 0 to 999,999.

A language gives the words of 0–99 with every variant, and how hundreds and thousands are built; nothing here knows
a language by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from spoken.context import Context
from spoken.lexicon import load, phrases
from spoken.normalise import PhraseBook, fold, tokenise
from spoken.reading import NOTHING, Alternative, Reading, Status

__all__ = ["cardinal_at", "cardinals_at", "read_number", "small_number_words"]

MAX_WORD: Final = 60
_DIGITS: Final = re.compile(r"[0-9]{1,6}\Z")
MIN_ONE_BY_ONE: Final = 4
"""Digits in a row that are one number and no list."""
MAX_COUNTED: Final = 4
"""Words from one number to the next that is added to it."""


@dataclass(frozen=True, slots=True)
class _Numbers:
    small: PhraseBook[int]
    """Words of 0–99."""
    hundreds: PhraseBook[int]
    """Words that are a number of hundreds by themselves ("doscientos")."""
    hundred: frozenset[str]
    thousand: frozenset[str]
    joiners: frozenset[str]
    bare_hundred: bool
    glued: frozenset[str]
    """Words that are written together with others in one number; empty where numbers are written apart."""
    two_numbers: frozenset[int]
    quantities: PhraseBook[float]
    decimal: PhraseBook[bool]
    half: PhraseBook[bool]
    minus: frozenset[str]
    corrections: PhraseBook[bool]
    instead: PhraseBook[bool]
    """Words that may follow a correction: "(no) make it"."""
    plus: PhraseBook[bool]
    """Between two numbers that are added up ("two adults and a child")."""
    sums: PhraseBook[bool]
    """Before the sum of what was said ("so three")."""
    vague: PhraseBook[bool]
    """Amounts that are no number: "a few", "ein paar"."""


@lru_cache(maxsize=16)
def _numbers(language: str) -> _Numbers:
    data: Any = load(language, "numbers")
    small: list[tuple[str, int]] = [
        (word, row * 10 + column) for row, words in enumerate(data["under_hundred"]) for column, word in enumerate(words)
    ]
    small += [(word, int(value)) for word, value in data["variants"].items()]
    glued: frozenset[str] = frozenset()
    if data["glued"]:
        glued = frozenset(fold(word) for word, _ in small if " " not in word)
        glued |= {fold(word) for key in ("hundred", "thousand", "joiners") for word in data[key]}
    return _Numbers(
        small=PhraseBook(small),
        hundreds=PhraseBook({word: int(value) for word, value in data["hundreds"].items()}),
        hundred=frozenset(fold(word) for word in data["hundred"]),
        thousand=frozenset(fold(word) for word in data["thousand"]),
        joiners=frozenset(fold(word) for word in data["joiners"]),
        bare_hundred=bool(data["bare_hundred"]),
        glued=glued,
        two_numbers=frozenset(int(value) for value in data["two_numbers"]),
        quantities=PhraseBook({str(phrase): float(value) for phrase, value in data["quantities"].items()}),
        decimal=PhraseBook(dict.fromkeys(data["decimal"], True)),
        half=PhraseBook(dict.fromkeys(data["half"], True)),
        minus=frozenset(fold(word) for word in data["minus"]),
        corrections=PhraseBook(dict.fromkeys(phrases(language, "digits", "corrections"), True)),
        instead=PhraseBook(dict.fromkeys(phrases(language, "choice", "instead"), True)),
        plus=PhraseBook(dict.fromkeys(phrases(language, "numbers", "plus"), True)),
        sums=PhraseBook(dict.fromkeys(phrases(language, "numbers", "sums"), True)),
        vague=PhraseBook(dict.fromkeys(phrases(language, "numbers", "vague"), True)),
    )


def small_number_words(language: str) -> PhraseBook[int]:
    """The words of 0–99, for readers that look for numbers themselves."""
    return _numbers(language).small


@lru_cache(maxsize=2048)
def _pieces(word: str, language: str) -> tuple[str, ...]:
    """The number words written together in `word`, longest first; the word itself where it is none of that."""
    numbers = _numbers(language)
    if not numbers.glued or len(word) > MAX_WORD or word in numbers.glued:
        return (word,)
    longest = max(map(len, numbers.glued))
    best: dict[int, tuple[str, ...]] = {len(word): ()}
    for start in range(len(word) - 1, -1, -1):
        for end in range(min(len(word), start + longest), start, -1):
            if word[start:end] in numbers.glued and end in best:
                best[start] = (word[start:end], *best[end])
                break
    return best.get(0) or (word,)


def _below_hundred(words: Sequence[str], at: int, numbers: _Numbers) -> tuple[int, int] | None:
    return numbers.small.at(words, at) if at < len(words) else None


def _below_thousand(words: Sequence[str], at: int, numbers: _Numbers) -> tuple[int, int] | None:
    """Longest number below 1000 at a place."""
    if at >= len(words):
        return None
    found = numbers.hundreds.at(words, at)
    if found is None:
        head = _below_hundred(words, at, numbers)
        if head and head[1] < len(words) and words[head[1]] in numbers.hundred and 0 < head[0] < 20 and head[0] != 10:
            found = head[0] * 100, head[1] + 1
        elif head:
            return head
        elif numbers.bare_hundred and words[at] in numbers.hundred:
            found = 100, at + 1
    if found is None:
        return None
    hundreds, end = found
    rest = end + 1 if end < len(words) and words[end] in numbers.joiners else end
    tail = _below_hundred(words, rest, numbers)
    if tail and tail[0] > 0:
        return hundreds + tail[0], tail[1]
    return hundreds, end


def _in_words(words: Sequence[str], at: int, numbers: _Numbers) -> tuple[int, int] | None:
    head = _below_thousand(words, at, numbers)
    if head is None and at < len(words) and words[at] in numbers.thousand:
        head = 1, at
    if head is None:
        return None
    value, end = head
    if end < len(words) and words[end] in numbers.thousand and value:
        value, end = value * 1000, end + 1
        rest = end + 1 if end < len(words) and words[end] in numbers.joiners else end
        tail = _below_thousand(words, rest, numbers)
        if tail and tail[0] > 0:
            return value + tail[0], tail[1]
    return value, end


def cardinal_at(tokens: Sequence[str], start: int, language: str) -> tuple[int, int] | None:
    """The longest cardinal number at `tokens[start]`: its value (0–999,999) and the index after it, or None.

    Tokens are words or digits without signs; case and accents do not count.
    """
    if not 0 <= start < len(tokens):
        return None
    if _DIGITS.match(tokens[start]):
        return int(tokens[start]), start + 1
    window: list[str] = []
    ends: list[int] = []
    for index in range(start, min(start + 16, len(tokens))):
        for piece in _pieces(fold(tokens[index]), language):
            window.append(piece)
            ends.append(index + 1)
    found = _in_words(window, 0, _numbers(language))
    while found is not None:
        if found[1] == len(ends) or ends[found[1]] != ends[found[1] - 1]:
            return found[0], ends[found[1] - 1]
        found = _in_words(window[: found[1] - 1], 0, _numbers(language))  # it ended inside a word: try without that word
    return None


def cardinals_at(words: Sequence[str], start: int, language: str) -> Iterator[tuple[str, int]]:
    """Every way to hear digits at a place, the likeliest first: digits in writing, and the index after them.

    "soixante dix huit" gives "78", then "70" and "60"; "nine hundred one" gives "901", then "900". `words` are folded.
    """
    first = cardinal_at(words, start, language)
    if first is None:
        return
    yield str(first[0]), first[1]
    numbers = _numbers(language)
    seen = {first[1]}
    if first[0] < 100:
        for value, end in numbers.small.all_at(words, start):
            following = numbers.small.at(words, end) if end < len(words) else None
            overlaps = following is not None and following[1] > first[1]  # "vingt quatre-vingts" is 20 80, not 24 20
            if end not in seen and value >= 10 and (overlaps or first[0] in numbers.two_numbers):
                seen.add(end)
                yield str(value), end
    elif first[0] > 100 and first[0] % 100:
        for end in range(start + 1, first[1]):
            part = _in_words(words[start:end], 0, numbers)
            if part and part[1] == end - start and end not in seen and part[0] >= 100 and part[0] % 10 == 0:
                seen.add(end)
                yield str(part[0]), end


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
    numbers = _numbers(language)
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


def _takes_back(between: Sequence[str], numbers: _Numbers) -> bool:
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
