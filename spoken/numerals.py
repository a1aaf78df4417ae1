"""Cardinal numbers in words or digits, 0 to 999,999.

A language gives the words of 0–99 with every variant, and how hundreds and thousands are built; nothing here knows
a language by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from spoken.normalise import fold
from spoken.number_words import NumberWords, number_words

__all__ = ["cardinal_at", "cardinals_at"]

MAX_WORD: Final = 60
_DIGITS: Final = re.compile(r"[0-9]{1,6}\Z")


@lru_cache(maxsize=2048)
def _pieces(word: str, language: str) -> tuple[str, ...]:
    """The number words written together in `word`, longest first; the word itself where it is none of that."""
    numbers = number_words(language)
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


@lru_cache(maxsize=4096)
def _begins(word: str, language: str) -> bool:
    """Whether a number may begin with a word or figure, as most words do not."""
    return _DIGITS.match(word) is not None or _pieces(fold(word), language)[0] in number_words(language).begins


def _below_hundred(words: Sequence[str], at: int, numbers: NumberWords) -> tuple[int, int] | None:
    return numbers.small.at(words, at) if at < len(words) else None


def _below_thousand(words: Sequence[str], at: int, numbers: NumberWords) -> tuple[int, int] | None:
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


def _in_words(words: Sequence[str], at: int, numbers: NumberWords) -> tuple[int, int] | None:
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
    if not 0 <= start < len(tokens) or not _begins(tokens[start], language):
        return None
    if _DIGITS.match(tokens[start]):
        return int(tokens[start]), start + 1
    window: list[str] = []
    ends: list[int] = []
    for index in range(start, min(start + 16, len(tokens))):
        for piece in _pieces(fold(tokens[index]), language):
            window.append(piece)
            ends.append(index + 1)
    found = _in_words(window, 0, number_words(language))
    while found is not None:
        if found[1] == len(ends) or ends[found[1]] != ends[found[1] - 1]:
            return found[0], ends[found[1] - 1]
        found = _in_words(window[: found[1] - 1], 0, number_words(language))  # it ended inside a word: try without that word
    return None


def cardinals_at(words: Sequence[str], start: int, language: str) -> Iterator[tuple[str, int]]:
    """Every way to hear digits at a place, the likeliest first: digits in writing, and the index after them.

    "soixante dix huit" gives "78", then "70" and "60"; "nine hundred one" gives "901", then "900". `words` are folded.
    """
    first = cardinal_at(words, start, language)
    if first is None:
        return
    yield str(first[0]), first[1]
    numbers = number_words(language)
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
