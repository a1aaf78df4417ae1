"""Which language a caller speaks, from a few words, and which one he asks for.

The language of the call is kept unless the words speak clearly for another: "ok", a name or a number change nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from spoken.lexicon import available_languages, load, phrases
from spoken.normalise import PhraseBook, Token, fold, fold_words, tokenise

__all__ = ["Request", "detect", "find_request", "requested"]

NEAR: Final = 2
"""Words that may stand between the asking and the name of the language, or around that name alone."""
PHRASE_POINTS: Final = 3.0
WORD_POINTS: Final = 1.0
COMMON_POINTS: Final = 0.7
"""For ordinary words that the language knows from other data: one alone ("brushing") is too little to change the language."""
ACCENT_POINTS: Final = 1.0
LETTERS_POINTS: Final = 0.15
STAY: Final = 1.5
"""How much the words must speak more for another language than for that of the call."""
CLEAR: Final = 2.5
"""Points at which a sentence may switch the language; below that, most of its words must be of the other language alone."""
SHORT_LEAD: Final = 0.8
SHORT_SHARE: Final = 0.6
MAX_TOKENS: Final = 40
_LETTER_WORDS: Final = frozenset("aeiouy")
_APOSTROPHES: Final = frozenset("'’ʼ`")


@dataclass(frozen=True, slots=True)
class _Profile:
    phrases: PhraseBook[bool]
    words: Mapping[str, float]
    accented: frozenset[str]
    letters: tuple[str, ...]


@lru_cache(maxsize=16)
def _profile(language: str) -> _Profile:
    data: Any = load(language, "detect")
    telling = {word for phrase in data["words"] for word in fold_words(str(phrase))}
    others = [other for other in available_languages() if other != language]
    weights: dict[str, float] = {}
    for word in _plain_words(language):
        shared = sum(1 for other in others if word in _plain_words(other))
        points = WORD_POINTS if word in telling else COMMON_POINTS
        weights[word] = points / (1 + shared) if shared < len(others) else 0.0
    greetings = PhraseBook(dict.fromkeys([*map(str, data["phrases"]), *_introductions(language)], True))
    accented = frozenset(str(word).lower() for word in data["words"] if fold(str(word)) != str(word).lower())
    return _Profile(greetings, weights, accented, tuple(map(str, data["letters"])))


def _introductions(language: str) -> list[str]:
    """What callers give their name with, in several words: "je m'appelle", "hier spricht"."""
    names: Any = load(language, "names")
    weak = set(map(str, names["weak_cues"]))
    return [str(cue) for cue in names["cues"] if str(cue) not in weak and len(fold_words(str(cue))) > 1]


@lru_cache(maxsize=16)
def _plain_words(language: str) -> frozenset[str]:
    """Words of every day: those listed for this, those that are never names, and those that say nothing about a service."""
    names: Any = load(language, "names")
    listed = [*load(language, "detect")["words"], *names["not_names"], *names["cues"], *phrases(language, "service", "stopwords")]
    return frozenset(word for phrase in listed for word in fold_words(str(phrase)))


def _is_letter(token: Token, text: str) -> bool:
    """A letter that was spelled, and no word: capitals, or a consonant that no apostrophe joins to a word."""
    if len(token.text) > 1 or token.text in _LETTER_WORDS:
        return False
    return not ({text[token.end : token.end + 1], text[max(0, token.start - 1) : token.start]} & _APOSTROPHES)


def _score(text: str, language: str) -> tuple[float, float]:
    """Points of a text in a language: greetings and phrases, common words, accents, and the look of unknown words;
    and the share of its words that are known there."""
    profile = _profile(language)
    tokens = [token for token in tokenise(text) if token.kind == "word" and not _is_letter(token, text)][:MAX_TOKENS]
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
    """The language of an utterance among some, and how sure we are, from 0 to 1: its points beside those of the next best.

    `current` is kept, with what little certainty there is, when the words do not speak clearly for another.
    """
    if not among:
        return current, 0.0
    found = {language: _score(text, language) for language in among}
    scores = {language: points for language, (points, _) in found.items()}
    best = max(among, key=lambda language: (scores[language], language == current))
    if not any(scores.values()):
        return current or best, 0.0
    lead = scores[best] - scores.get(current, 0.0)
    clear = scores[best] >= CLEAR and lead >= STAY
    short = lead >= SHORT_LEAD and found[best][1] >= SHORT_SHARE
    if current and best != current and not clear and not short:
        best = current
    # Not beside all of them together: stray points of a third language say nothing against the first.
    points = scores.get(best, 0.0)
    rival = max((score for language, score in scores.items() if language != best), default=0.0)
    return best, round(points / (points + rival), 3) if points else 0.0


@lru_cache(maxsize=16)
def _names(language: str) -> PhraseBook[str]:
    """Names of all languages in one, as they are said there."""
    return PhraseBook((str(name), named) for named, names in load(language, "detect")["names"].items() for name in names)


@lru_cache(maxsize=16)
def _requests(language: str) -> PhraseBook[bool]:
    return PhraseBook(dict.fromkeys(map(str, load(language, "detect")["requests"]), True))


@lru_cache(maxsize=16)
def _denied(language: str) -> PhraseBook[bool]:
    return PhraseBook(dict.fromkeys(map(str, load(language, "detect")["denied"]), True))


def requested(text: str, among: Sequence[str]) -> str | None:
    """The language that the caller asks for: "do you speak English?", "auf Deutsch bitte", "en español por favor".

    A name of a language alone, with at most a word or two around it, is a request too.
    """
    found = find_request(text, among)
    return found.language if found is not None else None


@dataclass(frozen=True, slots=True)
class Request:
    """A language that was asked for: where the words stand, and whether they are a request word by word and no mere name of a language."""

    language: str
    span: tuple[int, int]
    plain: bool


def find_request(text: str, among: Sequence[str]) -> Request | None:
    """The same as :func:`requested`, with its place in the text."""
    tokens = [token for token in tokenise(text) if token.kind == "word"][:MAX_TOKENS]
    words = [token.text for token in tokens]
    for language in available_languages():
        names, requests = _names(language), _requests(language)
        for named, start, end in names.find(words):
            if named not in among or any(start - ended <= NEAR for _, _, ended in _denied(language).find(words[:start])):
                continue  # "I don't speak French"
            asked = [(begun, start - ended) for _, begun, ended in requests.find(words[:start]) if start - ended <= NEAR]
            if asked or len(words) - (end - start) <= NEAR:
                first = min((begun for begun, _ in asked), default=start)
                return Request(named, (tokens[first].start, tokens[end - 1].end), any(gap <= 1 for _, gap in asked))
    return None
