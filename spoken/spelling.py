"""Spelled words: letters, letter names, spelling alphabets, doubled letters, accents.

A run is a word of at least two letters said one by one. Names of letters that are words of their own ("elle", "de",
"see") count only between letters that are certain.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from spoken.content_words import stopwords
from spoken.lexicon import load
from spoken.normalise import PhraseBook, Token, fold, tokenise

__all__ = ["Spelled", "certain_letter", "code_letter", "elided", "lone_letter", "spelled_runs"]

MIN_CERTAIN: Final = 2
MAX_LETTERS: Final = 40
_APOSTROPHES: Final = "'’ʼ`"
_MARKS: Final = {"´": "\u0301", "`": "\u0300", "^": "\u0302", "¨": "\u0308", "¸": "\u0327", "~": "\u0303"}


@dataclass(frozen=True, slots=True)
class Spelled:
    """A word that was spelled, in lower case, and where: indexes of tokens without signs, half-open."""

    word: str
    first: int
    last: int
    certain: int
    """How many letters were letters and nothing else."""


@dataclass(frozen=True, slots=True)
class _Alphabet:
    names: PhraseBook[str]
    accented: dict[str, str]
    """Names that differ from another by their accents only ("eñe", "ene")."""
    marks: PhraseBook[str]
    signs: PhraseBook[str]
    whole: PhraseBook[str]
    repeat: PhraseBook[int]
    like: PhraseBook[bool]
    capital: frozenset[str]
    words: frozenset[str]
    """Letters that are words of the language too ("y a", "a", "I")."""
    alphabet: PhraseBook[str]
    hesitations: frozenset[str]
    asides: PhraseBook[bool]
    """Remarks in which words sound like letters ("en un mot")."""


def _is_plain(pair: tuple[str, str]) -> bool:
    """Names without accents come last and stay: "ene" is n, though "eñe" folds to it."""
    return fold(pair[0]) == pair[0]


@lru_cache(maxsize=16)
def _alphabet(language: str) -> _Alphabet:
    data: Any = load(language, "letters")
    return _Alphabet(
        names=PhraseBook(sorted(((name, letter) for letter, names in data["names"].items() for name in names), key=_is_plain)),
        accented={name: letter for letter, names in data["names"].items() for name in names if fold(name) != name},
        marks=PhraseBook(data["marks"]),
        signs=PhraseBook(dict(data["signs"].items())),
        whole=PhraseBook(data["whole"]),
        repeat=PhraseBook({str(phrase): int(times) for phrase, times in data["repeat"].items()}),
        like=PhraseBook(dict.fromkeys(data["like"], True)),
        capital=frozenset(fold(word) for word in data["capital"]),
        words=frozenset(data["words"]),
        alphabet=PhraseBook(data["alphabet"]),
        hesitations=frozenset(fold(word) for word in data["hesitations"]),
        asides=PhraseBook(dict.fromkeys(map(str, data["asides"]), True)),
    )


def certain_letter(token: Token) -> str | None:
    """The letter that a token is: "D", "d", "ñ", "É"; None for everything longer."""
    if token.kind != "word":
        return None
    letter = unicodedata.normalize("NFC", token.raw).lower()
    return letter if len(letter) == 1 else None


@dataclass(frozen=True, slots=True)
class _Letter:
    text: str
    after: int
    certain: bool


def _letter_at(tokens: Sequence[Token], words: Sequence[str], at: int, abc: _Alphabet, inside: bool) -> _Letter | None:
    """One letter, doubled letter or sign at a place."""
    if at >= len(tokens):
        return None
    found = abc.whole.at(words, at)
    if found:
        return _Letter(found[0], found[1], True)
    found_times = abc.repeat.at(words, at)
    if found_times:
        follow = abc.names.at(words, at)  # "double vé" is a letter of its own
        twice = found_times[1] < len(tokens) and abc.repeat.at(words, found_times[1])  # "double double" is no letter
        if not twice and (not follow or follow[1] <= found_times[1]):
            single = _letter_at(tokens, words, found_times[1], abc, inside)
            if single and len(single.text) == 1 and (inside or single.certain):
                return _Letter(single.text * found_times[0], single.after, single.certain)
    letter, after, certain = _plain_letter(tokens, words, at, abc, inside)
    if letter is None:
        return None
    liked = abc.like.at(words, after) if after < len(words) else None
    if liked and liked[1] < len(words):
        example = words[liked[1]]
        if len(example) > 2 and example[0] == fold(letter)[0]:
            after, certain = liked[1] + 1, True
    if after < len(words) and words[after] in abc.capital:
        after += 1
    mark = abc.marks.at(words, after) if after < len(words) else None
    if mark:
        letter, after, certain = unicodedata.normalize("NFC", letter + _MARKS[mark[0]]), mark[1], True
    return _Letter(letter, after, certain)


def _plain_letter(tokens: Sequence[Token], words: Sequence[str], at: int, abc: _Alphabet, inside: bool) -> tuple[str | None, int, bool]:
    if words[at] in abc.capital and at + 1 < len(tokens) and (letter := certain_letter(tokens[at + 1])):
        return letter, at + 2, True
    named = abc.names.at(words, at)
    letter = certain_letter(tokens[at])
    if letter is not None and not (named and named[1] > at + 1):
        return letter, at + 1, True
    exact = abc.accented.get(unicodedata.normalize("NFC", tokens[at].raw).lower())
    if exact and letter is None:
        return exact, at + 1, False
    if named and (named[1] > at + 1 or letter is None):
        return named[0], named[1], named[1] > at + 1
    sign = abc.signs.at(words, at)
    if sign and inside:
        return sign[0], sign[1], False
    example = abc.alphabet.at(words, at)
    if example:
        return example[0], example[1], False
    return None, at, False


def elided(token: Token, text: str) -> bool:
    """A letter that belongs to the word after the apostrophe ("d'accord", "i'm")."""
    following = text[token.end : token.end + 1]
    before = text[token.start - 1 : token.start] if token.start else ""
    return len(token.text) == 1 and ((following != "" and following in _APOSTROPHES) or (before != "" and before in _APOSTROPHES))


def _blank(token: Token) -> Token:
    return Token("'", "'", token.start, token.end, "symbol")


def spelled_runs(text: str, language: str) -> list[Spelled]:
    """Words that were spelled in an utterance, left to right."""
    abc = _alphabet(language)
    tokens = [_blank(token) if elided(token, text) else token for token in tokenise(text) if token.kind != "symbol"]
    for _, start, end in abc.asides.find([token.text for token in tokens]):
        tokens[start:end] = map(_blank, tokens[start:end])
    words = [token.text for token in tokens]
    runs: list[Spelled] = []
    at = 0
    while at < len(tokens):
        letters: list[_Letter] = []
        starts: list[int] = []
        here = at
        while len(letters) < MAX_LETTERS and (letter := _letter_at(tokens, words, here, abc, bool(letters))) is not None:
            letters.append(letter)
            starts.append(here)
            here = letter.after
        kept = _trim(letters, starts, words, abc)
        if kept is None:
            at += 1
            continue
        first, last = kept
        word = "".join(letter.text for letter in letters[first : last + 1])
        if len(word) == MIN_CERTAIN and not abc.words.isdisjoint(word) and not tokens[starts[first]].raw.isupper():
            at += 1
            continue
        runs.append(Spelled(word, starts[first], letters[last].after, sum(letter.certain for letter in letters[first : last + 1])))
        at = letters[last].after
    return runs


def code_letter(words: Sequence[str], at: int, language: str) -> str | None:
    """The letter that a word of a spelling alphabet stands for ("Barcelona", "Berta", "bravo"); None for any other word."""
    found = _alphabet(language).alphabet.at(words, at)
    return found[0] if found else None


def lone_letter(tokens: Sequence[Token], at: int, language: str) -> tuple[str, int] | None:
    """One letter at a place, or the same twice ("x", "equis", "x for x-ray", "double a"), and where it ends.

    None for what is rather a word of the language.
    """
    abc = _alphabet(language)
    words = [token.text for token in tokens]
    letter = _letter_at(tokens, words, at, abc, True)
    if letter is None or not letter.text.isalpha():
        return None
    bare = letter.after == at + 1
    if bare and (words[at] in abc.words or (not letter.certain and (words[at] in stopwords(language) or abc.alphabet.at(words, at)))):
        return None
    return letter.text, letter.after


def _trim(letters: list[_Letter], starts: list[int], words: Sequence[str], abc: _Alphabet) -> tuple[int, int] | None:
    """Without the uncertain ends ("de", "elle", a first name of the alphabet); None when too little is left."""
    code_words = sum(1 for letter, start in zip(letters, starts, strict=True) if abc.alphabet.at(words, start) and not letter.certain)
    if len(letters) >= 3 and code_words == len(letters):
        return 0, len(letters) - 1  # "Anton Berta Cäsar": all of it is the alphabet
    sure = [index for index, letter in enumerate(letters) if letter.certain]
    if len(sure) < MIN_CERTAIN:
        if len(letters) >= 3 and all(len(letter.text) == 1 and letter.text.isalpha() for letter in letters) and code_words < len(letters):
            return 0, len(letters) - 1
        return None
    first, last = sure[0], sure[-1]
    while first > 0 and not abc.alphabet.at(words, starts[first - 1]) and words[starts[first - 1]] not in abc.hesitations:
        first -= 1
    while (
        last + 1 < len(letters)
        and not abc.alphabet.at(words, starts[last + 1])
        and letters[last + 1].text.isalpha()
        and words[starts[last + 1]] not in abc.hesitations
    ):
        last += 1
    return first, last
