"""Which of several offers a caller names by its words: names, things, and words of the same family.

Every word of the caller is held against every offer: as it is written, bent, misheard, inside a longer word, or of the same
family ("my son" points at the child's cut). A word that fits all offers alike decides nothing; a word for something that is
not on offer ("a women's colour", of three cuts) makes it a new wish.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from spoken.choosing.families import MIN_COMPOUND, acts, called_as, families_at, families_of, families_on_offer, reasons, tells_why, whom
from spoken.choosing.phrases import choice_words
from spoken.choosing.sound_alikes import common_words, idle_words, is_misheard_name, is_one_sound_apart, is_short_for, sounds_like
from spoken.choosing.strangers import stranger_behind
from spoken.choosing.whole import called_as_a_whole
from spoken.content_words import stopwords
from spoken.normalise import Token, fold, stand_in_a_row
from spoken.sounds import sound_key
from spoken.word_likeness import EXACT, SOUND, STEM, likeness_of

__all__ = ["Pointing", "point_at"]

FAMILY: Final = 0.9
"""A word of the same family, against one as it is written."""
BESIDE_OWN: Final = 0.5
"""The same, where another offer is called so: "the restyle", of a restyle and a cut."""
MARGIN: Final = 0.3
"""How much more one offer must be pointed at than another to be the only one meant."""
ENOUGH: Final = 0.7
_APOSTROPHE: Final = re.compile(r"\b([A-Z])['’]([A-Z]\w+)")
"""A name with an apostrophe: "O'Connor", "D'Angelo"; not "l'huile"."""


@dataclass(frozen=True, slots=True)
class Pointing:
    """Offers that the words single out, in order; `own` when each of them has words of its own ("Léa and Karim")."""

    indexes: tuple[int, ...]
    own: bool
    first: int
    last: int
    """Where the words stand, as indexes of the tokens without signs, half-open."""
    singles: tuple[tuple[int, int], ...] = ()
    """Words that point at one offer only: where they stand, and at which."""


class _Offered(NamedTuple):
    """What offers are called: the words of each, all of them, their first letters, the families of each, and all of these."""

    words: tuple[tuple[str, ...], ...]
    own: frozenset[str]
    short: Mapping[str, int]
    families: tuple[frozenset[str], ...]
    on_offer: frozenset[str]


@lru_cache(maxsize=256)
def _offered(says: tuple[str, ...], language: str) -> _Offered:
    offers = tuple(offer + _joined_names(say) for say, offer in zip(says, called_as_a_whole(says, language), strict=True))
    own = frozenset(word for offer in offers for word in offer)
    names = tuple(families_of(say, language) | called for say, called in zip(says, called_as(says, language), strict=True))
    return _Offered(offers, own, _short_names(offers, own, language), names, frozenset[str]().union(*names))


def _joined_names(say: str) -> tuple[str, ...]:
    """ "oconnor" for "O'Connor", as it is mostly written down when it is heard."""
    return tuple(fold(before + behind) for before, behind in _APOSTROPHE.findall(say))


def point_at(tokens: Sequence[Token], says: Sequence[str], language: str) -> Pointing | None:
    """The offers that an utterance singles out; None when it says nothing about them, or asks for something else.

    All offers come back, `own` being false, when its words fit them alike.
    """
    offers, own, short, names, on_offer = _offered(tuple(says), language)
    words = [token.text for token in tokens]
    scores = [0.0] * len(says)
    hits: dict[int, tuple[int, ...]] = {}
    exact: list[int] = []
    common = foreign = told_why = False
    at = 0
    while at < len(words):
        if stranger_behind(words, at, offers, language):
            return None  # "Madame Perez", who is not on offer, is no other madame
        joined, behind = _letters_joined(words, at, own, short)
        if not joined and at + 1 < len(words) and words[at] not in own and words[at] + words[at + 1] in own:
            joined, behind = words[at] + words[at + 1], at + 2  # "du bois" for "Dubois"
        article = words[at] in stopwords(language) and tokens[at].raw.isascii()  # "unas" is no "uñas"
        families, end = (frozenset[str](), behind) if joined else families_on_offer(words, at, on_offer, language)
        if article and end > at + 1 and not own.isdisjoint(words[at + 1 : end]):
            end = at + 1  # "la ITV", where that is a name of its own
        if article and end == at + 1:
            families = frozenset()
        if words[at] not in own and on_offer & acts(language) and _is_deed(families, language) and not families & on_offer:
            told_why = tells_why(words[at:end], language)
            foreign = foreign or not told_why  # something that we may do, and did not offer
        shared = end > at + 1 and not joined and all(words[at] in offer for offer in offers)  # "by letter", of "by post" and "by mail"
        word = "" if families and shared else joined or words[at]
        kin = _nearest_of_kin(families, names)
        weights = _called_whole(words[at:end], offers, language) or _weights(word, offers, kin, own, language)
        if not any(weights) and (joined or words[at]) in short:
            weights = [EXACT if index == short[joined or words[at]] else 0.0 for index in range(len(says))]
        best = max(weights)
        if best and len(says) > 1 and (min(weights) == best or (not shared and _is_head(words[at], offers))):
            common = True
        elif best >= ENOUGH - 0.2:
            for index, weight in enumerate(weights):
                scores[index] += weight
            if best == EXACT:
                exact.append(at)
            hits[at] = tuple(index for index, weight in enumerate(weights) if weight >= best - 0.1)
        at = max(end if families or joined else at + 1, at + 1)
    foreign = foreign and not any(_is_about(words, place, language) for place in hits) and not _one_is_named_in_full(words, offers)
    foreign = foreign or (told_why and not exact)  # "my greys are showing, I'd like highlights"
    if not hits or foreign:
        return Pointing(tuple(range(len(says))), False, 0, len(words)) if common and len(says) > 1 and not foreign else None
    span = min(hits), max(hits) + 1
    hits = _done_before_about(hits, words, own, language)
    singles = {found[0] for found in hits.values() if len(found) == 1}
    named = {hits[at][0] for at in exact if len(hits[at]) == 1}
    if len(singles) > 1 and len(named) == 1:
        return Pointing(tuple(named), False, *span)  # "the vaccine against the flu": its own word, and one of another's kind
    if len(singles) > 1 and not _one_covers(hits):
        places = tuple((place, found[0]) for place, found in hits.items() if len(found) == 1)
        return Pointing(tuple(sorted(singles)), True, *span, places)
    told = {words[at] for at in exact}
    whole = [index for index, offer in enumerate(offers) if told.issubset(offer)]
    if len(told) > 1 and len(whole) == 1 and _joined(words[exact[0] + 1 : exact[-1]], told, language):
        return Pointing(tuple(whole), False, *span)  # "the test and the service together"
    meant = _most_meant(scores, offers, [words[at] for at in hits], own, language)
    return Pointing(meant, False, *span) if meant else None


def _nearest_of_kin(families: frozenset[str], names: Sequence[frozenset[str]]) -> Sequence[frozenset[str]]:
    """The families that a word shares with each offer; none where another shares more ("an inch off", of a trim and a restyle)."""
    if not families:
        return [families] * len(names)
    shared = [families & name for name in names]
    most = max(map(len, shared))
    return [found if len(found) == most else frozenset[str]() for found in shared] if most > 1 else shared


def _done_before_about(
    hits: dict[int, tuple[int, ...]], words: Sequence[str], own: frozenset[str], language: str
) -> dict[int, tuple[int, ...]]:
    """ "The jab against the flu": beside what is done, what it is about says nothing more; "hands and feet" are two things."""
    done = {at for at in hits if words[at] not in own and families_at(words, at, language)[0] & acts(language)}
    about = {at for at in hits if _is_about(words, at, language) and words[at] not in own}
    joined = not choice_words(language).ands.isdisjoint(words[min(hits) : max(hits)])
    return {at: found for at, found in hits.items() if at not in about} if done and done | about == hits.keys() and not joined else hits


def _is_deed(families: frozenset[str], language: str) -> bool:
    """Whether a word tells what is to be done, and nothing else."""
    return not families.isdisjoint(acts(language)) and families <= acts(language) | reasons(language)


def _is_about(words: Sequence[str], at: int, language: str) -> bool:
    """Whether a word or phrase that points tells what something is about, and neither what is done nor for whom."""
    families = families_at(words, at, language)[0]
    return bool(families) and not families & (whom(language) | acts(language))


def _most_meant(
    scores: Sequence[float], offers: Sequence[Sequence[str]], pointing: Sequence[str], own: frozenset[str], language: str
) -> tuple[int, ...]:
    """The offers that the words point at more than at others; empty where they hardly point."""
    best = max(scores)
    if best < ENOUGH:
        return ()
    meant = [index for index, score in enumerate(scores) if score >= best - MARGIN]
    shares = {index: _share(offers[index], pointing, own, language) for index in meant}
    meant = [index for index in meant if shares[index] >= max(shares.values()) - MARGIN]  # "the beard": not "cut and beard"
    alike = [index for index in meant if any(sound_key(word) == sound_key(other) for word in pointing for other in offers[index])]
    return tuple(alike if len(alike) == 1 else meant)  # "berents", of Behrens and Berends


def _one_is_named_in_full(words: Sequence[str], offers: Sequence[Sequence[str]]) -> bool:
    """ "Coupe femme et brushing", of three cuts: one of them is called as it is offered, whatever is wanted besides."""
    return sum(len(offer) > 1 and stand_in_a_row(words, offer) for offer in offers) == 1


def _called_whole(said: Sequence[str], offers: Sequence[Sequence[str]], language: str) -> list[float]:
    """ "Cambio de aceite", beside "cambio de ruedas": words that go together, where only some offers have all of them; else nothing."""
    telling = [word for word in said if word not in stopwords(language)]
    fits = [len(telling) > 1 and all(word in offer for word in telling) for offer in offers]
    return [EXACT if fit else 0.0 for fit in fits] if any(fits) and not all(fits) else []


def _short_names(offers: Sequence[Sequence[str]], own: frozenset[str], language: str) -> dict[str, int]:
    """Offers by the first letters of their words, where these are no word: "le CT" is the "contrôle technique"."""
    letters = ["".join(word[0] for word in offer) if len(offer) > 1 and all(map(str.isalpha, offer)) else "" for offer in offers]
    common = own | idle_words(language) | stopwords(language)
    return {short: index for index, short in enumerate(letters) if short and short not in common and letters.count(short) == 1}


def _joined(between: Sequence[str], told: set[str], language: str) -> bool:
    """Nothing but "and" and little words stand between what was named."""
    ands = choice_words(language).ands
    return not ands.isdisjoint(between) and all(word in ands or word in told or word in stopwords(language) for word in between)


def _letters_joined(words: Sequence[str], at: int, own: frozenset[str], short: Mapping[str, int]) -> tuple[str, int]:
    """Letters that are a word of an offer when they are written together ("m o t"), and where they end."""
    end = at
    while end < len(words) and len(words[end]) == 1:
        end += 1
    for last in range(end, at + 1, -1):
        if (word := "".join(words[at:last])) in own or word in short:
            return word, last
    return "", at


def _share(offer: Sequence[str], pointing: Sequence[str], own: frozenset[str], language: str) -> float:
    """How much of an offer's name the words speak of; as a family only where no offer has the word itself."""
    told = {family for word in pointing if word not in own for family in families_at([word], 0, language)[0]}
    spoken_of = [word for word in offer if word in pointing or families_at([word], 0, language)[0] & told]
    return len(spoken_of) / len(offer)


def _is_head(word: str, offers: Sequence[Sequence[str]]) -> bool:
    """ "Versicherung", of a "Kfz-Versicherung" and a "Hausratversicherung"."""
    if len(word) < MIN_COMPOUND or any(tuple(offer) == (word,) for offer in offers):
        return False
    return all(any(other.endswith(word) for other in offer) for offer in offers)


def _one_covers(hits: Mapping[int, tuple[int, ...]]) -> bool:
    """Whether one offer is pointed at by every word that points at all."""
    return bool(set.intersection(*(set(found) for found in hits.values())))


def _weights(word: str, offers: Sequence[Sequence[str]], kin: Sequence[frozenset[str]], own: frozenset[str], language: str) -> list[float]:
    """How far a word points at each offer. What is a word of the offers, or says nothing, is like no other."""
    if word in own:
        return [EXACT if word in offer else BESIDE_OWN if family else 0.0 for offer, family in zip(offers, kin, strict=True)]
    if word in idle_words(language):
        return [FAMILY if family else 0.0 for family in kin]
    return [_weight(word, offer, family, own, language) for offer, family in zip(offers, kin, strict=True)]


def _weight(word: str, offer: Sequence[str], family: frozenset[str], own: frozenset[str], language: str) -> float:
    like = max((likeness_of(word, other, language) for other in offer), default=0.0)
    if like in (EXACT, STEM):
        return like
    if (
        like < SOUND
        and word not in common_words(language)
        and any(sounds_like(word, other) or is_misheard_name(word, other, language) for other in offer)
    ):
        return SOUND
    if like < SOUND and not family and (is_short_for(word, offer, own, language) or is_one_sound_apart(word, offer, language)):
        return SOUND
    return max(FAMILY if family else 0.0, like if like >= SOUND or not family else 0.0)
