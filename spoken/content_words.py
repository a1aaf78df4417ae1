"""Which words of a name say what is meant, and as what they are compared."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from spoken.lexicon import load, phrases
from spoken.normalise import PhraseBook, Token, fold, fold_words, tokenise

__all__ = ["compared_word", "content_words", "first_names", "says_nothing", "service_rules", "stopwords", "titles"]


@dataclass(frozen=True, slots=True)
class ServiceRules:
    """What a language has for naming things: words that say nothing, endings, and words for anyone."""

    stopwords: frozenset[str]
    endings: tuple[str, ...]
    anyone: PhraseBook[bool]
    asides: PhraseBook[bool]
    """Said beside things, and like the name of one: "du coup" is no "coupe"."""


@lru_cache(maxsize=16)
def service_rules(language: str) -> ServiceRules:
    """Those of a language."""
    data: Any = load(language, "service")
    return ServiceRules(
        frozenset(word for phrase in data["stopwords"] for word in fold_words(phrase)),
        tuple(sorted((fold(str(ending)) for ending in data["endings"]), key=len, reverse=True)),
        PhraseBook(dict.fromkeys(data["anyone"], True)),
        PhraseBook(dict.fromkeys(data.get("asides", ()), True)),
    )


def says_nothing(token: Token, stop: frozenset[str]) -> bool:
    """A word that says nothing; "uñas" is not "unas"."""
    return token.text in stop and "ñ" not in unicodedata.normalize("NFC", token.raw).lower()


def stopwords(language: str) -> frozenset[str]:
    """Words that say nothing about which thing is meant."""
    return service_rules(language).stopwords


@lru_cache(maxsize=16)
def titles(language: str) -> frozenset[str]:
    """Words of address that are no part of a name: "madame"."""
    return frozenset(word for phrase in phrases(language, "names", "titles") for word in fold_words(phrase))


@lru_cache(maxsize=16)
def _first_names(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Frequent first names, folded and as they are written."""
    names = list(phrases(language, "names", "first_names"))
    return frozenset(map(fold, names)), frozenset(unicodedata.normalize("NFC", name).lower() for name in names)


def first_names(language: str) -> frozenset[str]:
    """Frequent first names, folded."""
    return _first_names(language)[0]


def compared_word(token: Token, language: str) -> str:
    """A word as it is compared: folded, but "marié" is not folded into the name "Marie", nor "uñas" into "unas"."""
    folded, written = _first_names(language)
    if token.text in service_rules(language).stopwords and not says_nothing(token, service_rules(language).stopwords):
        return unicodedata.normalize("NFC", token.raw).lower()
    if token.text not in folded:
        return token.text
    raw = unicodedata.normalize("NFC", token.raw).lower()
    return token.text if raw in written else raw


@lru_cache(maxsize=256)
def content_words(text: str, language: str) -> tuple[str, ...]:
    """The words of a name that say something, folded; when none does, all of them but articles, which are in the words of any answer."""
    tokens = [token for token in tokenise(text) if token.kind != "symbol"]
    stop = service_rules(language).stopwords | titles(language)
    words = tuple(token.text for token in tokens)
    return tuple(token.text for token in tokens if not says_nothing(token, stop)) or _without_articles(words, language) or words


def _without_articles(words: tuple[str, ...], language: str) -> tuple[str, ...]:
    articles = {fold(word) for key in ("articles", "definites") for word in phrases(language, "choice", key)}
    return tuple(word for word in words if word not in articles)
