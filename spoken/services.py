"""Things of the business by name or synonym: services and staff.

The longest phrase of the vocabulary that the caller said decides. Inflection, word order, fillers and a mishearing in one
word are allowed for; a word that several things share is ambiguous, and nothing is guessed from likeness alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

from spoken.content_words import compared_word, first_names, says_nothing, service_rules, titles
from spoken.context import Context, Vocabulary
from spoken.normalise import Token, fold_words, tokenise
from spoken.reading import NOTHING, Alternative, Reading, Status
from spoken.sounds import sound_key
from spoken.word_likeness import EXACT, PART, likeness_of

__all__ = ["read_service", "read_staff"]

SHARE: Final = 0.55
"""Of the best match, what another must reach to be offered beside it."""
MAX_ALTERNATIVES: Final = 4
ANY: Final = "any"


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
    stop = service_rules(language).stopwords
    phrases: dict[_Phrase, None] = {}
    for ident, names in items:
        for name in (*names, ident.replace("_", " ")):
            tokens = [token for token in tokenise(name) if token.kind != "symbol"]
            words = tuple(compared_word(token, language) for token in tokens if not says_nothing(token, stop)) or fold_words(name)
            if not words:
                continue
            if name in names:
                named = not people and len(words) < len(tokens) and first_names(language).issuperset(words)
                phrases[_Phrase(ident, words, fold_words(name) if named else ())] = None
    words_of_all = {word: _sound(word) for phrase in phrases for word in phrase.words}
    joined = ("".join(phrase.words) for phrase in phrases if len(phrase.words) == 2)
    return _Index(tuple(phrases), words_of_all, {whole: _sound(whole) for whole in joined})


def _sound(word: str) -> str:
    """The sound that a word begins with."""
    return sound_key(word)[:1]


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
    words = [_Said(compared_word(token, language), (index,)) for index, token in enumerate(tokens)]
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
    stop = service_rules(language).stopwords | (titles(language) if people else frozenset())
    every = _without_asides([token for token in tokenise(text) if token.kind != "symbol"], language)
    index = _index(tuple((ident, tuple(names)) for ident, names in vocabulary.names.items()), language, people)
    tokens = [token for token in every if compared_word(token, language) in index.words or not says_nothing(token, stop)]
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


def _without_asides(tokens: Sequence[Token], language: str) -> list[Token]:
    """Without what only sounds like the name of a thing: the "coup" of "du coup" is no "coupe"."""
    asides = [(start, end) for _, start, end in service_rules(language).asides.find([token.text for token in tokens])]
    return [token for at, token in enumerate(tokens) if not any(start <= at < end for start, end in asides)]


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
    for _, start, end in service_rules(language).anyone.find([token.text for token in tokens]):
        return Reading(Status.COMPLETE, ANY, (tokens[start].start, tokens[end - 1].end))
    return NOTHING
