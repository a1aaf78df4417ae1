"""The words with which a language dictates e-mail addresses, and the pieces that an address is heard in."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from spoken.lexicon import load, phrases
from spoken.normalise import PhraseBook, fold, fold_words

__all__ = ["BODY", "EmailWords", "Piece", "ascii_letters", "email_words"]

BODY: Final = frozenset({"word", "letter", "digits", "known"})
"""Kinds of pieces that are part of an address."""
_SIGN_OF: Final = {"at": "@", "dot": ".", "dash": "-", "underscore": "_", "plus": "+"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an address, or a word about it."""

    text: str
    kind: str
    """"sign", "word", "letter", "digits", "known", "note", "lead", "filler", "tail", "correction"."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class EmailWords:
    """The data of `email.yaml`, with what other files lend it."""

    signs: PhraseBook[str]
    asides: PhraseBook[str]
    known: PhraseBook[str]
    defaults: dict[str, str]
    endings: frozenset[str]
    repeat: PhraseBook[int]
    zeros: frozenset[str]
    like: PhraseBook[bool]
    weak_at: frozenset[str]
    letters: PhraseBook[str]
    withs: PhraseBook[bool]
    lone_letters: bool
    sure_letters: frozenset[str]
    """Names of letters that are no other word: one of them counts right before a name too ("jota lópez")."""
    comparing: PhraseBook[bool]
    """Words between a letter and its example that stand between nothing else in an address: "as in"."""
    articles: frozenset[str]
    """Articles of a letter: "la a de Antonio"."""
    explains: frozenset[str]
    """Between letters and what they are called: "j m de jota eme"."""


@lru_cache(maxsize=16)
def email_words(language: str) -> EmailWords:
    """The words of a language, read once."""
    data: Any = load(language, "email")
    known = {str(word): str(word) for word in data["known_words"]} | {str(said): str(word) for said, word in data["spoken_words"].items()}
    return EmailWords(
        signs=PhraseBook((phrase, sign) for key, sign in _SIGN_OF.items() for phrase in data[key]),
        asides=PhraseBook(
            [(phrase, "correction") for phrase in phrases(language, "digits", "corrections")]
            + [(phrase, kind) for kind in ("lead", "tail", "fillers", "notes", "dashes") for phrase in data[kind]]
        ),
        known=PhraseBook(known),
        defaults=dict(data["default_endings"]),
        endings=frozenset(map(str, data["endings"])),
        weak_at=frozenset(word for phrase in data["weak_at"] for word in fold_words(str(phrase))),
        letters=PhraseBook(
            (name, letter)
            for letter, names in load(language, "letters")["names"].items()
            for name in names
            if name not in load(language, "letters")["hesitations"]
        ),
        withs=PhraseBook(dict.fromkeys(phrases(language, "names", "with"), True)),
        lone_letters=bool(data["lone_letters"]),
        sure_letters=frozenset(fold(str(word)) for word in data["sure_letters"]),
        comparing=PhraseBook(dict.fromkeys(map(str, data["comparing"]), True)),
        articles=frozenset(fold(str(word)) for word in data["articles"]),
        explains=frozenset(fold(word) for word in data["explains"]),
        like=PhraseBook(dict.fromkeys(map(str, load(language, "letters")["like"]), True)),
        zeros=frozenset(fold(str(word)) for word in load(language, "digits")["zero"]),
        repeat=PhraseBook({str(phrase): int(times) for phrase, times in load(language, "digits")["repeat"].items()}),
    )


def ascii_letters(raw: str) -> str:
    """Letters as an address has them: "müller" is "mueller" there, "josé" is "jose"."""
    lower = unicodedata.normalize("NFC", raw).lower()
    for accented, plain in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        lower = lower.replace(accented, plain)
    return fold(lower)
