"""For whom something is, where the caller is one of those on offer: "for you", "for your daughter", "for both of you".

What is offered to "you" is answered with "me", "your daughter" with "mine", and "both of you" with "us" or with the two by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from spoken.choosing.cues import PAUSES, Said, chosen
from spoken.choosing.families import families_at, families_of, whom
from spoken.choosing.party import people_words
from spoken.choosing.persons import pointed_at
from spoken.choosing.phrases import choice_book
from spoken.content_words import content_words, stopwords
from spoken.normalise import fold_words
from spoken.reading import Reading
from spoken.word_likeness import STEM, likeness_of

__all__ = ["by_whom", "is_the_caller", "owns"]

BEFORE: Final = 3
"""Words before somebody among whom a "not" denies that it is for them."""
BEHIND: Final = 4
"""The same behind them."""
TOLD: Final = 2
"""Words that a clause has of its own, which tells of somebody and wishes for nothing."""


class _Somebody(NamedTuple):
    """A mention of somebody: where it stands, half-open, and which offer it means."""

    first: int
    last: int
    offer: int


class _Offered(NamedTuple):
    """Which offers are the caller, the caller with others, and others."""

    caller: int
    together: int | None
    others: tuple[int, ...]


@lru_cache(maxsize=256)
def is_the_caller(say: str, language: str) -> bool:
    """Whether an offer is the caller, and nobody else: "for you", "yourself"."""
    words = fold_words(say)
    called = {at for _, start, end in choice_book(language, "addressed").find(words) for at in range(start, end)}
    called -= {at for _, start, end in choice_book(language, "unaddressed").find(words) for at in range(start, end)}
    return bool(called) and all(at in called or word in stopwords(language) for at, word in enumerate(words))


@lru_cache(maxsize=256)
def _offered(says: tuple[str, ...], language: str) -> _Offered | None:
    """Who is on offer; None where that is not the caller and others."""
    together = [index for index, say in enumerate(says) if any(True for _ in choice_book(language, "us_together").find(fold_words(say)))]
    callers = [index for index, say in enumerate(says) if is_the_caller(say, language) and index not in together]
    others = tuple(index for index in range(len(says)) if index not in (*together, *callers))
    if len(callers) != 1 or len(together) > 1 or not others or not all(families_of(says[index], language) for index in others):
        return None
    return _Offered(callers[0], together[0] if together else None, others)


def by_whom(said: Said) -> Reading | None:
    """The one on offer for whom it is; None where the caller is not on offer, or it is not clear who is meant."""
    offered = _offered(tuple(choice.say for choice in said.choices), said.language)
    if offered is None or not (found := _mentioned(said, offered)):
        return None
    meant = [one for one in found if not _denied(said, one, found, one.offer == offered.caller)]
    offers = list(dict.fromkeys(one.offer for one in meant))
    span = said.span(found[0].first, found[-1].last)
    if offered.together is not None and (offered.together in offers or _joined(said, meant)):
        return chosen(offered.together, span)
    if len(offers) == 1:
        return chosen(offers[0], span)
    if (
        len(offers) == 2
        and (said.idle_between(0, meant[0].first) or _alone(said, meant[0]))
        and (said.paused_at(meant[0].last - 1) <= meant[1].first or _told(said, meant[1]))
    ):
        return chosen(offers[0], span)  # "for me, my daughter has been"
    return None


def _mentioned(said: Said, offered: _Offered) -> list[_Somebody]:
    """Everybody who is mentioned, in order."""
    found: list[_Somebody] = []
    if offered.together is not None:
        found += [_Somebody(start, end, offered.together) for _, start, end in choice_book(said.language, "us_together").find(said.words)]
    taken = {at for one in found for at in range(one.first, one.last)}
    for at in range(len(said.words)):
        if at not in taken and (other := _other_at(said, offered, at)) is not None:
            found.append(_Somebody(at, at + 1, other))
            taken.add(at)
    if not found and len(offered.others) == 1:  # "it's for her"
        found = [_Somebody(start, end, offered.others[0]) for _, start, end in pointed_at(said)]
    rings = [at for _, at, _ in choice_book(said.language, "rings").find(said.words)] if found else []
    for _, start, end in choice_book(said.language, "myself").find(said.words):
        himself = any(at < start <= at + BEFORE for at in rings)  # "(er ruft) mich nicht an"
        if taken.isdisjoint(range(start, end)) and not _is_whose(said, end) and not himself:
            found.append(_Somebody(start, end, offered.caller))
    return sorted(found)


def _is_whose(said: Said, end: int) -> bool:
    """Whether a word for the caller, which ends there, says whose somebody is: the "mi" of "para mi hija", "mi marido"."""
    return end < len(said.words) and owns(said, end - 1) and not said.paused_before(end)


def owns(said: Said, at: int) -> bool:
    """Whether a word says whose the next one is: "mi hija", not the "mí" of "para mí sola"."""
    if said.words[at] not in said.data.possessives or at + 1 >= len(said.words):
        return False
    return not said.little(at + 1) and said.data.alone.at(said.words, at + 1) is None


def _other_at(said: Said, offered: _Offered, at: int) -> int | None:
    """The only one besides the caller whom a word means, as they are called or by what they are."""
    says = [said.choices[index].say for index in offered.others]
    own = [index for index, say in zip(offered.others, says, strict=True) if _is_called(said.words[at], say, said.language)]
    if own:
        return own[0] if len(own) == 1 else None
    kin = families_at(said.words, at, said.language)[0] & whom(said.language)
    meant = [index for index, say in zip(offered.others, says, strict=True) if kin & families_of(say, said.language)]
    return meant[0] if len(meant) == 1 else None


def _is_called(word: str, say: str, language: str) -> bool:
    return any(likeness_of(word, other, language) >= STEM for other in content_words(say, language))


def _denied(said: Said, one: _Somebody, found: Sequence[_Somebody], caller: bool) -> bool:
    """ "Not for me", "ich selber nicht", "moi je ne viens pas"; "my son's been already", who needs it no more."""
    been = [start for _, start, _ in choice_book(said.language, "been").find(said.words)]
    if one.last in been or (one.last + 1 in been and caller == (said.words[one.last] in people_words(said.language).me)):
        return True
    rings = [at for _, at, _ in choice_book(said.language, "rings").find(said.words)]
    for _, start, end in said.data.negators.find(said.words):
        if any(start - BEFORE <= at <= end + BEFORE for at in rings):
            continue  # "my husband, he won't ring himself": he lets the caller do it
        before, behind = one.first - BEFORE <= start < one.first, one.last <= start < one.last + BEHIND
        nearer = next((other for other in found if end <= other.first < one.first), None)
        if before and (nearer or (start == 1 and said.words[0] in people_words(said.language).me)):
            continue  # "not me, my mother", "ich nicht, meine Mutter"
        first, last = (end, one.first) if before else (one.last, start)
        if (before or behind) and PAUSES.isdisjoint(said.text[said.tokens[first - 1].end : said.tokens[last].start]):
            return True
    return False


def _joined(said: Said, meant: Sequence[_Somebody]) -> bool:
    """ "Me and my daughter"."""
    if len({one.offer for one in meant}) < 2:
        return False
    first, second = meant[0], meant[1]
    between = said.words[first.last : second.first]
    return not said.data.ands.isdisjoint(said.words[first.first : second.last]) and all(
        word in said.data.ands | said.data.possessives | said.data.idle_words or said.little(first.last + at)
        for at, word in enumerate(between)
    )


def _alone(said: Said, one: _Somebody) -> bool:
    """ "Only for me"."""
    return any(end <= one.last for _, _, end in said.data.only.find(said.words[: one.last]))


def _told(said: Said, one: _Somebody) -> bool:
    """Whether something is told of somebody: "my daughter has been last month"."""
    return sum(1 for at in range(one.last, len(said.words)) if not said.little(at)) >= TOLD
