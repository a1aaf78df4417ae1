"""Things of the business by name or synonym: services and staff.

The longest phrase of the vocabulary that the caller said decides. Inflection, word order, fillers and a mishearing in one
word are allowed for; a word that several things share is ambiguous, and nothing is guessed from likeness alone.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeAlias

from spoken.context import Context, Vocabulary
from spoken.lexicon import load, phrases
from spoken.normalise import PhraseBook, Token, fold, fold_words, tokenise
from spoken.reading import NOTHING, Alternative, Reading, Status
from spoken.sounds import sound_key

__all__ = ["content_words", "first_names", "likeness_of", "read_service", "read_staff", "stem", "stopwords", "titles"]

EXACT: Final = 1.0
STEM: Final = 0.95
SOUND: Final = 0.85
NEAR: Final = 0.75
PART: Final = 0.6
"""A word inside a longer one: "haarschnitt" in "damenhaarschnitt"; it points, and never covers a phrase."""
MIN_LIKENESS: Final = 84.0
"""Percent of likeness (rapidfuzz ratio) that a misheard word must keep."""
SHARE: Final = 0.55
"""Of the best match, what another must reach to be offered beside it."""
MIN_FUZZY_LENGTH: Final = 5
MAX_ALTERNATIVES: Final = 4
ANY: Final = "any"


@dataclass(frozen=True, slots=True)
class _Rules:
    stopwords: frozenset[str]
    endings: tuple[str, ...]
    anyone: PhraseBook[bool]


@lru_cache(maxsize=16)
def _rules(language: str) -> _Rules:
    data: Any = load(language, "service")
    return _Rules(
        frozenset(word for phrase in data["stopwords"] for word in fold_words(phrase)),
        tuple(sorted((fold(str(ending)) for ending in data["endings"]), key=len, reverse=True)),
        PhraseBook(dict.fromkeys(data["anyone"], True)),
    )


def _is_stop(token: Token, stop: frozenset[str]) -> bool:
    """A word that says nothing; "uñas" is not "unas"."""
    return token.text in stop and "ñ" not in unicodedata.normalize("NFC", token.raw).lower()


def stopwords(language: str) -> frozenset[str]:
    """Words that say nothing about which thing is meant."""
    return _rules(language).stopwords


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


def _key(token: Token, language: str) -> str:
    """A word as it is compared: folded, but "marié" is not folded into the name "Marie", nor "uñas" into "unas"."""
    folded, written = _first_names(language)
    if token.text in _rules(language).stopwords and not _is_stop(token, _rules(language).stopwords):
        return unicodedata.normalize("NFC", token.raw).lower()
    if token.text not in folded:
        return token.text
    raw = unicodedata.normalize("NFC", token.raw).lower()
    return token.text if raw in written else raw


@lru_cache(maxsize=16)
def _ordinary(language: str) -> frozenset[str]:
    """Words that are what they are, and no mishearing of something else: "Marie" is not "mariée", "Menschen" are not "mèches"."""
    listed = [*phrases(language, "names", "not_names"), *phrases(language, "names", "first_names")]
    return frozenset(word for phrase in listed for word in fold_words(phrase))


@dataclass(frozen=True, slots=True)
class _Phrase:
    id: str
    words: tuple[str, ...]
    literal: tuple[str, ...] = ()
    """All its words, which must stand there in a row: "je me marie", since "Marie" alone is a name."""


@dataclass(frozen=True, slots=True, eq=False)
class _Index:
    """Made once for a vocabulary, and known by its identity, so that what was compared with it can be kept."""

    phrases: tuple[_Phrase, ...]
    words: Mapping[str, str]
    """All words of the phrases, with the sound that each begins with."""
    joined: Mapping[str, str]
    """The same for phrases of two words, written as one."""


@lru_cache(maxsize=64)
def _index(items: tuple[tuple[str, tuple[str, ...]], ...], language: str, people: bool = False) -> _Index:
    stop = _rules(language).stopwords
    phrases: dict[_Phrase, None] = {}
    for ident, names in items:
        for name in (*names, ident.replace("_", " ")):
            tokens = [token for token in tokenise(name) if token.kind != "symbol"]
            words = tuple(_key(token, language) for token in tokens if not _is_stop(token, stop)) or fold_words(name)
            if not words:
                continue
            if name in names:
                named = not people and len(words) < len(tokens) and _first_names(language)[0].issuperset(words)
                phrases[_Phrase(ident, words, fold_words(name) if named else ())] = None
    words_of_all = {word: _sound(word) for phrase in phrases for word in phrase.words}
    joined = ("".join(phrase.words) for phrase in phrases if len(phrase.words) == 2)
    return _Index(tuple(phrases), words_of_all, {whole: _sound(whole) for whole in joined})


def _sound(word: str) -> str:
    """The sound that a word begins with."""
    return sound_key(word)[:1]


@lru_cache(maxsize=16384)
def _stem(word: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=16384)
def likeness_of(said: str, word: str, language: str) -> float:
    """How sure we are that `said` is `word`: 1 exact, 0 not at all."""
    if said == word:
        return EXACT
    endings = _rules(language).endings
    if said not in first_names(language) and _stem(said, endings) == _stem(word, endings) and len(_stem(word, endings)) >= 3:
        return STEM  # "Marine" is no "mari"
    if min(len(said), len(word)) < MIN_FUZZY_LENGTH or len(said) > 40:
        return 0.0
    if len(word) > len(said) and said not in first_names(language) and (word.endswith(said) or word.startswith(said)):
        return NEAR if len(word) == len(said) + 1 and word.startswith(said) and said not in _ordinary(language) else PART
    if said in _ordinary(language):
        return 0.0
    from rapidfuzz.fuzz import ratio

    score = ratio(said, word)
    if score >= MIN_LIKENESS and abs(len(said) - len(word)) <= 2 and (said[0] == word[0] or sound_key(said)[:1] == sound_key(word)[:1]):
        return NEAR
    if sound_key(said) == sound_key(word) and len(sound_key(word)) >= 3 and score >= 60:
        return SOUND
    return 0.0


def stem(word: str, language: str) -> str:
    """A folded word without its ending."""
    return _stem(word, _rules(language).endings)


@lru_cache(maxsize=256)
def content_words(text: str, language: str) -> tuple[str, ...]:
    """The words of a name that say something, folded; all of them when none does."""
    tokens = [token for token in tokenise(text) if token.kind != "symbol"]
    stop = _rules(language).stopwords | titles(language)
    return tuple(token.text for token in tokens if not _is_stop(token, stop)) or tuple(token.text for token in tokens)


@lru_cache(maxsize=16384)
def _alike(said: str, index: _Index, language: str) -> Mapping[str, float]:
    """The words of a vocabulary that a word may be, with their likeness. Callers use few words, and use them again and again."""
    return dict(_near(said, index.words, language))


def _near(said: str, words: Mapping[str, str], language: str) -> Iterator[tuple[str, float]]:
    """The words that are alike. All of those begin alike, in writing or in sound, or end in what was said: most need not be compared."""
    first, sound = said[:1], _sound(said)
    for word, sounds in words.items():
        if word[:1] == first or sounds == sound or word.endswith(said):
            likeness = likeness_of(said, word, language)
            if likeness:
                yield word, likeness


@lru_cache(maxsize=16384)
def _alike_joined(said: str, index: _Index, language: str) -> Mapping[str, float]:
    """The same for phrases of two words written as one."""
    return {whole: likeness for whole, likeness in _near(said, index.joined, language) if likeness > PART} if len(said) >= 7 else {}


@dataclass(frozen=True, slots=True)
class _Match:
    id: str
    score: float
    covered: float
    """Share of the phrase's words that were said."""
    places: tuple[int, ...]
    exact: bool
    """Every word was said as it is written."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A word, or two neighbours written together, and the places that it takes."""

    text: str
    places: tuple[int, ...]


def _variants(tokens: Sequence[Token], text: str, language: str) -> list[_Said]:
    """Single words, and neighbours in the text written together ("blow dry" for "blowdry", "haar schnitt")."""
    words = [_Said(_key(token, language), (index,)) for index, token in enumerate(tokens)]
    return words + [
        _Said(left.text + right.text, (index, index + 1))
        for index, (left, right) in enumerate(itertools.pairwise(tokens))
        if len(left.text) > 2 and len(right.text) > 2 and not any(sign.isalnum() for sign in text[left.end : right.start])
    ]


_Likenesses: TypeAlias = Sequence[tuple[_Said, Mapping[str, float]]]


def _match(phrase: _Phrase, said: _Likenesses) -> _Match | None:
    places: set[int] = set()
    score = 0.0
    hits = 0.0
    exact = True
    for word in phrase.words:
        best, where = 0.0, _NOWHERE
        for item, alike in said:
            likeness = alike.get(word, 0.0)
            if likeness > best and places.isdisjoint(item.places):
                best, where = likeness, item
        exact = exact and best == EXACT
        if best:
            hits += 1 if best > PART else 0.5
            score += best * (2 + min(len(word), 10) / 5)
            places.update(where.places)
    if not hits:
        return None
    return _Match(phrase.id, score, hits / len(phrase.words), tuple(sorted(places)), exact)


_NOWHERE: Final = _Said("", ())


def _joined(phrases: Sequence[_Phrase], said: _Likenesses) -> list[_Match]:
    """Phrases of two words said as one: "damenhaarschnitt" for "damen haarschnitt"."""
    found = []
    for phrase in phrases if said else ():
        if len(phrase.words) == 2:
            whole = "".join(phrase.words)
            for item, alike in said:
                if likeness := alike.get(whole):
                    score = likeness * (4 + min(len(whole), 20) / 5)
                    found.append(_Match(phrase.id, score, 1.0, item.places, likeness == EXACT))
    return found


def _spread(match: _Match) -> int:
    return match.places[-1] - match.places[0]


def _read(text: str, language: str, vocabulary: Vocabulary, *, people: bool = False) -> Reading:
    stop = _rules(language).stopwords | (titles(language) if people else frozenset())
    every = [token for token in tokenise(text) if token.kind != "symbol"]
    index = _index(tuple((ident, tuple(names)) for ident, names in vocabulary.names.items()), language, people)
    tokens = [token for token in every if _key(token, language) in index.words or not _is_stop(token, stop)]
    if not tokens or not index.phrases:
        return NOTHING
    said = _variants(tokens, text, language)
    heard = " ".join(token.text for token in every)
    candidates = [phrase for phrase in index.phrases if not phrase.literal or " ".join(phrase.literal) in heard]
    heard_as = [(item, alike) for item in said if (alike := _alike(item.text, index, language))]
    as_one = [(item, alike) for item in said if (alike := _alike_joined(item.text, index, language))]
    matches = [match for phrase in candidates if (match := _match(phrase, heard_as))] + _joined(candidates, as_one)
    whole = [match for match in matches if match.covered == 1.0 and _spread(match) <= len(match.places) + 3]
    if whole:
        best = max(match.score for match in whole)
        top = [match for match in whole if match.score >= best - 0.5]
        top = [match for match in top if match.exact] or top  # "señora" as it is written is not "señor" bent
        ids = list(dict.fromkeys(match.id for match in top))
        span_of = max(top, key=lambda match: match.score)
        ids = list(dict.fromkeys([*ids, *_second_wishes(whole, span_of)]))
        return _reading(ids, span_of, tokens, vocabulary)
    return _partial(matches, tokens, vocabulary)


def _second_wishes(whole: Sequence[_Match], best: _Match) -> list[str]:
    """Another thing named in other words of the sentence: "une coupe et une couleur"."""
    used = set(best.places)
    return [match.id for match in whole if not used & set(match.places) and match.score >= 3.0]


def _partial(matches: Sequence[_Match], tokens: Sequence[Token], vocabulary: Vocabulary) -> Reading:
    """Some words of a phrase: clear when only one thing has them, else the things that have them are offered."""
    if not matches:
        return NOTHING
    best = max(match.score for match in matches)
    top = sorted((match for match in matches if match.score >= best * SHARE), key=lambda match: -match.score)
    ids = list(dict.fromkeys(match.id for match in top))
    if len(ids) > MAX_ALTERNATIVES * 2:
        return NOTHING
    strong = top[0]
    unknown = len(tokens) - len(set(strong.places))
    if len(ids) == 1 and unknown and not (unknown == 1 and len(top) > 1):
        return NOTHING  # "haare schneiden" is not "haare färben"; but "für damen" points to one thing by several of its names
    return _reading(ids, strong, tokens, vocabulary)


def _reading(ids: Sequence[str], match: _Match, tokens: Sequence[Token], vocabulary: Vocabulary) -> Reading:
    span = (tokens[match.places[0]].start, tokens[min(match.places[-1], len(tokens) - 1)].end)
    if len(ids) == 1:
        return Reading(Status.COMPLETE, ids[0], span)
    alternatives = tuple(Alternative(ident, _say(ident, vocabulary)) for ident in ids[:MAX_ALTERNATIVES])
    return Reading(Status.AMBIGUOUS, span=span, alternatives=alternatives)


def _say(ident: str, vocabulary: Vocabulary) -> str:
    names = vocabulary.names.get(ident, ())
    return names[0] if names else ident


def read_service(text: str, language: str, context: Context, *, people: bool = False) -> Reading:
    """The id of the thing named; ambiguous when several fit. `people`: they may be persons, so that titles say nothing."""
    return _read(text, language, context.vocabulary, people=people)


def read_staff(text: str, language: str, context: Context) -> Reading:
    """The id of the person named, or "any" when the caller has no preference."""
    found = _read(text, language, context.vocabulary, people=True)
    if found.status is not Status.NOTHING:
        return found
    tokens = [token for token in tokenise(text) if token.kind != "symbol"]
    for _, start, end in _rules(language).anyone.find([token.text for token in tokens]):
        return Reading(Status.COMPLETE, ANY, (tokens[start].start, tokens[end - 1].end))
    return NOTHING
