"""Which language a caller speaks, from a few words, and which one he asks for.

The language of the call is kept unless the words speak clearly for another: "ok", a name or a number change nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from spoken.lexicon import available_languages, load
from spoken.normalise import PhraseBook, fold, fold_words, tokenise

__all__ = ["detect", "requested"]

PHRASE_POINTS: Final = 3.0
WORD_POINTS: Final = 1.0
ACCENT_POINTS: Final = 1.0
LETTERS_POINTS: Final = 0.15
STAY: Final = 1.5
"""How much the words must speak more for another language than for that of the call."""
CLEAR: Final = 2.5
"""Points at which a sentence may switch the language; below that, most of its words must be of the other language alone."""
SHORT_LEAD: Final = 0.8
SHORT_SHARE: Final = 0.6
MAX_TOKENS: Final = 40


@dataclass(frozen=True, slots=True)
class _Profile:
    phrases: PhraseBook[bool]
    words: Mapping[str, float]
    accented: frozenset[str]
    letters: tuple[str, ...]


@lru_cache(maxsize=16)
def _profile(language: str) -> _Profile:
    data: Any = load(language, "detect")
    words = {word for phrase in data["words"] for word in fold_words(str(phrase))}
    weights: dict[str, float] = {}
    for word in words:
        shared = sum(1 for other in available_languages() if other != language and word in _plain_words(other))
        weights[word] = WORD_POINTS / (1 + shared) if shared < len(available_languages()) - 1 else 0.0
    phrases = PhraseBook({str(phrase): True for phrase in data["phrases"]})
    accented = frozenset(str(word).lower() for word in data["words"] if fold(str(word)) != str(word).lower())
    return _Profile(phrases, weights, accented, tuple(map(str, data["letters"])))


@lru_cache(maxsize=16)
def _plain_words(language: str) -> frozenset[str]:
    return frozenset(word for phrase in load(language, "detect")["words"] for word in fold_words(str(phrase)))


def _score(text: str, language: str) -> tuple[float, float]:
    """Points of a text in a language: greetings and phrases, common words, accents, and the look of unknown words;
    and the share of its words that are known there."""
    profile = _profile(language)
    tokens = [token for token in tokenise(text) if token.kind == "word"][:MAX_TOKENS]
    words = [token.text for token in tokens]
    points = 0.0
    covered: set[int] = set()
    known = 0
    for _, start, end in profile.phrases.find(words):
        points += PHRASE_POINTS + (end - start - 1)
        covered |= set(range(start, end))
    for index, token in enumerate(tokens):
        if index in covered:
            known += 1
            continue
        weight = profile.words.get(token.text)
        if weight is not None:
            known += 1
            points += weight + (ACCENT_POINTS if token.raw.lower() in profile.accented else 0.0)
        elif len(token.text) > 3:
            raw = token.raw.lower()
            points += LETTERS_POINTS * min(3, sum(1 for letters in profile.letters if letters in raw))
    return points, known / len(words) if words else 0.0


def detect(text: str, among: Sequence[str], current: str) -> tuple[str, float]:
    """The language of an utterance among some, and how sure we are, from 0 to 1.

    `current` is kept, with what little certainty there is, when the words do not speak clearly for another.
    """
    if not among:
        return current, 0.0
    found = {language: _score(text, language) for language in among}
    scores = {language: points for language, (points, _) in found.items()}
    best = max(among, key=lambda language: (scores[language], language == current))
    total = sum(scores.values())
    if not total:
        return current or best, 0.0
    lead = scores[best] - scores.get(current, 0.0)
    clear = scores[best] >= CLEAR and lead >= STAY
    short = lead >= SHORT_LEAD and found[best][1] >= SHORT_SHARE
    if current and best != current and not clear and not short:
        best = current
    return best, round(scores.get(best, 0.0) / total, 3)


@lru_cache(maxsize=16)
def _names(language: str) -> PhraseBook[str]:
    """Names of all languages in one, as they are said there."""
    return PhraseBook((str(name), named) for named, names in load(language, "detect")["names"].items() for name in names)


@lru_cache(maxsize=16)
def _requests(language: str) -> PhraseBook[bool]:
    return PhraseBook(dict.fromkeys(map(str, load(language, "detect")["requests"]), True))


def requested(text: str, among: Sequence[str]) -> str | None:
    """The language that the caller asks for: "do you speak English?", "auf Deutsch bitte", "en español por favor".

    A name of a language alone, with at most a word or two around it, is a request too.
    """
    words = [token.text for token in tokenise(text) if token.kind == "word"][:MAX_TOKENS]
    for language in available_languages():
        names, requests = _names(language), _requests(language)
        for named, start, end in names.find(words):
            if named not in among:
                continue
            asked = any(ended <= start and start - ended <= 2 for _, _, ended in requests.find(words[:start]))
            if asked or len(words) - (end - start) <= 2:
                return named
    return None
