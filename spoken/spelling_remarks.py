"""What callers say about the spelling of a word they just said: "with a c", "mit doppel f und zwei n", "sin hache", "double t".

A remark edits its word and adds no letters to it by itself: a word that has the letters already stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from spoken.lexicon import load, phrases
from spoken.name_writing import with_letter, write_name
from spoken.normalise import PhraseBook, Token, fold, tokenise

__all__ = ["Remark", "edited", "letters_at", "remarks_at", "with_remarks"]

MAX_LETTERS: Final = 3
GROUPS: Final = frozenset("ai ay ei ey ie dt tt th ph ck tz ss ff ll nn mm pp rr ue oe ae sch ch sh qu ks sz kk gg bb dd".split())
"""Groups of letters that speech-to-text writes as one."""
_SOUND_ALIKE: Final = (
    ("ai", "ei", "ay", "ey"),
    ("ph", "ff", "f", "v"),
    ("ck", "kk", "k", "c"),
    ("dt", "tt", "th", "t", "d"),
    ("tz", "z"),
    ("ie", "y", "i"),
    ("ue", "u"),
    ("oe", "o"),
    ("ae", "a"),
    ("ss", "sz", "s"),
)
_FIRST_ALIKE: Final = ("ckq", "sczx", "fpv", "vw", "jgy", "iy", "bp", "dt", "bv")
"""Letters that begin names which sound alike."""
_ADDED_LAST: Final = "eh"
"""Letters that are not heard at the end of a word ("Anne", "Sarah")."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said about a word, and where it ends among the tokens."""

    letters: str
    end: int
    without: bool = False
    twice: bool = False
    single: bool = False
    """ "with one l": not two."""
    final: bool = False
    initial: bool = False
    """ "with an n at the beginning"."""


@dataclass(frozen=True, slots=True)
class _Words:
    withs: PhraseBook[bool]
    withouts: PhraseBook[bool]
    twice: PhraseBook[bool]
    single: PhraseBook[bool]
    at_end: PhraseBook[bool]
    at_start: PhraseBook[bool]
    ands: frozenset[str]
    like: PhraseBook[bool]
    names: PhraseBook[str]


@lru_cache(maxsize=16)
def _words(language: str) -> _Words:
    letters: Any = load(language, "letters")
    names: Any = load(language, "names")
    return _Words(
        withs=PhraseBook(dict.fromkeys(names["with"], True)),
        withouts=PhraseBook(dict.fromkeys(map(str, letters["without"]), True)),
        twice=PhraseBook(dict.fromkeys([*map(str, names["two"]), *map(str, letters["repeat"])], True)),
        single=PhraseBook(dict.fromkeys(map(str, letters["single"]), True)),
        at_end=PhraseBook(dict.fromkeys(names["at_end"], True)),
        at_start=PhraseBook(dict.fromkeys(names["at_start"], True)),
        ands=frozenset(fold(word) for word in phrases(language, "choice", "ands")),
        like=PhraseBook(dict.fromkeys(letters["like"], True)),
        names=PhraseBook((name, letter) for letter, spoken in letters["names"].items() for name in spoken),
    )


def _letter(words: Sequence[str], at: int, data: _Words, counted: bool) -> tuple[str, int] | None:
    """A letter or its name; behind a number its plural too ("two ls", "dos eses")."""
    if at >= len(words):
        return None
    named = data.names.at(words, at)
    if named and (named[1] > at + 1 or len(words[at]) > 1):
        return named
    word = words[at]
    if len(word) == 1 and word.isalpha():
        return word, at + 2 if counted and at + 1 < len(words) and words[at + 1] == "s" else at + 1
    if counted and word.endswith("s") and len(word) > 1:
        short = word[:-1]
        if len(short) == 1:
            return short, at + 1
        for singular in (short, word[:-2]):
            if singular and (named := data.names.at([singular], 0)):
                return named[0], at + 1
    return None


def _one(words: Sequence[str], at: int, data: _Words, bare: bool) -> Remark | None:
    """One remark; `bare`: without a word for "with", as behind "and"."""
    if bare and (last := data.at_end.at(words, at)) and (letter := _letter(words, last[1], data, False)):
        return Remark(fold(letter[0]), letter[1], final=True)  # "(mit w) und am Ende i"
    without = data.withouts.at(words, at)
    introduced = data.withs.at(words, at)
    start = without[1] if without else introduced[1] if introduced else at
    if not (without or introduced or bare) or start >= len(words):
        return None
    inside = range(at, start)
    twice = data.twice.at(words, start)
    single = data.single.at(words, start) or any(data.single.at(words, place) for place in inside)
    counted = bool(twice) or (introduced is not None and any(data.twice.at(words, place) for place in inside))
    if twice:
        start = twice[1]
    elif (one := data.single.at(words, start)) is not None:
        start = one[1]
    if bare and not counted and not introduced and not without:
        return None
    letters, end = "", start
    while len(letters) < MAX_LETTERS and (found := _letter(words, end, data, counted or bool(single))):
        letters, end = letters + fold(found[0]), found[1]
        liked = data.like.at(words, end) if end < len(words) else None
        if liked and liked[1] < len(words) and words[liked[1]][:1] == letters[-1] and len(words[liked[1]]) > 2:
            end = liked[1] + 1
        if counted or without or _place_told(words, end, data) is not None:
            break
    if not letters and start < len(words) and words[start] in GROUPS and introduced:
        letters, end = words[start], start + 1
    if not letters or (end < len(words) and len(words[end]) == 1 and words[end].isalpha() and end not in _placed(words, end, data)):
        return None
    place = _place_told(words, end, data)
    initial, end = (place[0], place[1]) if place is not None else (False, end)
    return Remark(
        letters, end, bool(without), counted, bool(single) and not counted and place is None, place is not None and not initial, initial
    )


def _place_told(words: Sequence[str], at: int, data: _Words) -> tuple[bool, int] | None:
    """ "At the end", "at the beginning": whether it is the beginning, and where that ends."""
    if at >= len(words):
        return None
    final, initial = data.at_end.at(words, at), data.at_start.at(words, at)
    return (False, final[1]) if final else (True, initial[1]) if initial else None


def _placed(words: Sequence[str], at: int, data: _Words) -> tuple[int, ...]:
    """Where a single letter is a word of its own: "a final", "y ce", "à la fin"."""
    return (at,) if words[at] in data.ands or _place_told(words, at, data) is not None else ()


def remarks_at(tokens: Sequence[Token], at: int, language: str, *, bare: bool = False) -> list[Remark]:
    """The remarks that begin at a place, joined by "and"; none when what stands there is no remark.

    `bare`: a doubled letter alone is one too ("Matt, double t").
    """
    data = _words(language)
    words = [token.text for token in tokens]
    found: list[Remark] = []
    while at < len(words):
        remark = _one(words, at, data, bare or bool(found))
        if remark is None and found:
            remark = _plain_letter(words, at, data)
        if remark is None:
            break
        found.append(remark)
        if remark.end >= len(words) or words[remark.end] not in data.ands:
            break
        at = remark.end + 1
    return found


def _plain_letter(words: Sequence[str], at: int, data: _Words) -> Remark | None:
    """ "(con uve) y ce": a letter alone behind "and"."""
    letter = _letter(words, at, data, False)
    return Remark(fold(letter[0]), letter[1]) if letter else None


def letters_at(words: Sequence[str], at: int, language: str) -> tuple[str, int]:
    """The letters that are said at a place, one by one or as a group ("ch"), and where they end; none gives ""."""
    if at < len(words) and words[at] in GROUPS:
        return words[at], at + 1
    data = _words(language)
    letters = ""
    while len(letters) < MAX_LETTERS and (found := _letter(words, at, data, False)):
        letters, at = letters + fold(found[0]), found[1]
    return letters, at


def edited(word: str, remark: Remark) -> str:
    """A word with a remark about it taken to heart; the word itself when there is nothing to change."""
    lower, letters = word.lower(), remark.letters
    plain = fold(lower)
    if remark.without and remark.final:
        return word[: -len(letters)] if plain.endswith(letters) else word
    if remark.initial and not remark.without and not remark.twice:
        return _begun_with(word, plain, letters)
    if remark.without:
        return word[: plain.rindex(letters)] + word[plain.rindex(letters) + 1 :] if plain.count(letters) == 1 else word
    if remark.single:
        place = plain.find(letters * 2)
        return word[:place] + word[place + 1 :] if place >= 0 and len(letters) == 1 else word
    if len(letters) == 1:
        if letters in plain and not remark.twice and not remark.final:
            return word
        changed = with_letter(word, letters, remark.twice, remark.final)
        silent = changed == word and letters not in plain and letters in _ADDED_LAST and not remark.twice
        return word + letters if silent else changed
    if letters in plain:
        return word
    for group in _SOUND_ALIKE:
        if letters in group:
            for other in group:
                place = plain.rfind(other)
                if other != letters and place >= 0:
                    return word[:place] + letters + word[place + len(other) :]
    return word


def _begun_with(word: str, plain: str, letters: str) -> str:
    """ "Guyen" with an n at the beginning is "Nguyen", "Kohen" with a c there "Cohen"."""
    if plain.startswith(letters):
        return word
    alike = any(letters in group and plain[:1] in group for group in _FIRST_ALIKE)
    rest = word[1:] if alike else word[:1].lower() + word[1:]
    return letters.capitalize() + rest


_LEAD_IN: Final = 2
"""Words that may stand before a remark, or behind it: "that's with an e", "with an e, please"."""


def with_remarks(name: str, text: str, language: str) -> str | None:
    """The name after what is said about its spelling in words of their own, "with an e"; None where they say anything else.

    A remark is on the last word that it changes, and on none where the name has these letters already.
    """
    tokens = [token for token in tokenise(text) if token.is_word]
    for at in range(min(_LEAD_IN, max(len(tokens) - 1, 0)) + 1):
        remarks = remarks_at(tokens, at, language)
        if not remarks or len(tokens) - remarks[-1].end > _LEAD_IN - 1:
            continue
        words = name.split(" ")
        for index in reversed(range(len(words))):
            word = words[index]
            for remark in remarks:
                word = edited(word, remark)
            if word != words[index]:
                return write_name([*words[:index], word, *words[index + 1 :]], language)
        return name
    return None
