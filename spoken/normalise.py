"""Text of a caller as tokens that can be compared: case, accents and punctuation do not count, positions are kept.

Speech-to-text writes "c'est", "C’est" or "cest", "trente-quatre" or "trente quatre": apostrophes and hyphens separate
words here, and language data are cut the same way, so that all forms meet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, Generic, NamedTuple, TypeVar

__all__ = ["MAX_TOKENS", "PhraseBook", "Token", "fold", "fold_words", "join_tokens", "stand_in_a_row", "symbols_of", "tokenise", "words_of"]

MAX_TOKENS: Final = 400
"""What lies beyond is not read: no answer on the telephone is that long, and time stays bounded."""

_WORD: Final = re.compile(r"(?P<word>(?:[^\W\d_][\u0300-\u036f]*)+)|(?P<number>[0-9]+)")
_TOKEN: Final = re.compile(_WORD.pattern + r"|(?P<symbol>[^\s])")
_PLAIN_WORD: Final = re.compile(r"[a-z]+|[0-9]+")
_SHORT: Final = 64
"""Characters within which no word is cut off, and no phrase."""
_LETTERS: Final = str.maketrans({"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})

T = TypeVar("T")


class Token(NamedTuple):
    """A word, a run of ASCII digits, or one other sign. `text` is folded; `raw` is as given, at `start:end`."""

    text: str
    raw: str
    start: int
    end: int
    kind: str
    """"word", "number" or "symbol"."""

    @property
    def is_word(self) -> bool:
        return self.kind == "word"

    @property
    def is_number(self) -> bool:
        return self.kind == "number"


@lru_cache(maxsize=8192)
def _fold_short(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).translate(_LETTERS)


def fold(text: str) -> str:
    """Lower case without accents: "Été" and "ete" are one. The result is for comparing only."""
    return _fold_short(text[:_SHORT] if len(text) > _SHORT else text)


@lru_cache(maxsize=64)
def _tokenise(text: str) -> tuple[Token, ...]:
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "symbol"
        raw = match.group()
        tokens.append(Token(raw if kind == "number" else fold(raw), raw, match.start(), match.end(), kind))
        if len(tokens) == MAX_TOKENS:
            break
    return tuple(tokens)


def tokenise(text: str) -> tuple[Token, ...]:
    """Words, numbers and signs of a text, at most `MAX_TOKENS`."""
    return _tokenise(text)


def words_of(text: str) -> list[Token]:
    """The tokens without signs."""
    return [token for token in tokenise(text) if token.kind != "symbol"]


def symbols_of(tokens: Sequence[Token]) -> set[str]:
    """The signs among some tokens."""
    return {token.text for token in tokens if token.kind == "symbol"}


@lru_cache(maxsize=8192)
def fold_words(phrase: str) -> tuple[str, ...]:
    """A phrase of the language data, cut and folded as an utterance is.

    Languages have thousands of short ones, most of them in plain letters, and reading a language is mostly this.
    """
    if len(phrase) > _SHORT:
        return tuple(token.text for token in tokenise(phrase) if token.kind != "symbol")
    if phrase.isascii():
        return tuple(_PLAIN_WORD.findall(phrase.lower()))
    return tuple(match.group() if match.lastgroup == "number" else fold(match.group()) for match in _WORD.finditer(phrase))


def stand_in_a_row(words: Sequence[str], phrase: Sequence[str]) -> bool:
    """Whether all words of a phrase stand, in their order and with nothing between them, among some words."""
    return any(tuple(words[at : at + len(phrase)]) == tuple(phrase) for at in range(len(words)))


def join_tokens(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """The span of characters from the first to the last token."""
    return (tokens[0].start, tokens[-1].end) if tokens else None


_Entry = tuple[tuple[int, ...], dict[tuple[str, ...], T]]
"""The phrases that begin with one word: how long they are, the longest first, and what they mean."""


def _longest(entry: _Entry[T], words: Sequence[str], start: int) -> tuple[T, int] | None:
    """Meaning and end of the longest phrase of an entry that stands at a place."""
    lengths, found = entry
    for length in lengths:
        end = start + length
        said = tuple(words[start:end])
        if said in found and len(said) == length:
            return found[said], end
    return None


class PhraseBook(Generic[T]):
    """Phrases of one or more words with what they mean; finds the longest one at a place, in the time of its length."""

    __slots__ = ("_by_first",)

    def __init__(self, entries: Mapping[str, T] | Iterable[tuple[str, T]]) -> None:
        pairs = entries.items() if isinstance(entries, Mapping) else entries
        by_first: dict[str, dict[tuple[str, ...], T]] = {}
        for phrase, meaning in pairs:
            words = fold_words(str(phrase))
            if words:
                by_first.setdefault(words[0], {})[words] = meaning
        self._by_first: dict[str, _Entry[T]] = {
            first: (tuple(sorted(set(map(len, found)), reverse=True)), found) for first, found in by_first.items()
        }

    @property
    def begins(self) -> frozenset[str]:
        """Every word that a phrase begins with."""
        return frozenset(self._by_first)

    def at(self, words: Sequence[str], start: int) -> tuple[T, int] | None:
        """Meaning and end of the longest phrase that begins at `start`, if any; of no words there is none. `words` are folded."""
        entry = self._by_first.get(words[start]) if start < len(words) else None
        return None if entry is None else _longest(entry, words, start)

    def all_at(self, words: Sequence[str], start: int) -> Iterator[tuple[T, int]]:
        """Every phrase that begins at `start`, longest first."""
        if words[start] not in self._by_first:
            return
        lengths, found = self._by_first[words[start]]
        for length in lengths:
            said = tuple(words[start : start + length])
            if len(said) == length and said in found:
                yield found[said], start + length

    def find(self, words: Sequence[str]) -> Sequence[tuple[T, int, int]]:
        """Meaning, start and end of the phrases in a text, left to right, not overlapping."""
        if self._by_first.keys().isdisjoint(words):
            return ()  # so it is of most lists and texts: dozens of lists are looked for in every answer
        found: list[tuple[T, int, int]] = []
        end = 0
        by_first = self._by_first
        for at, word in enumerate(words):
            if word in by_first and at >= end and (phrase := _longest(by_first[word], words, at)) is not None:
                meaning, end = phrase
                found.append((meaning, at, end))
        return found

    def __contains__(self, words: object) -> bool:
        return isinstance(words, tuple) and bool(words) and words[0] in self._by_first and words in self._by_first[words[0]][1]
