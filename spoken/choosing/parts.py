"""Choosing among things of which some are others with more to them, by what is wanted and what is not: "cut and dry, but no colour"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from spoken.choosing.cues import REACH, Said, chosen
from spoken.choosing.whole import bare, less_their_head
from spoken.reading import Reading
from spoken.word_likeness import stem

__all__ = ["by_parts"]


def by_parts(said: Said) -> Reading | None:
    """The offer of just the parts that are wanted; None where none is another one with more to it, or that is not clear."""
    if len(said.choices) < 2 or said.timed():
        return None
    offers = _in_parts(tuple(choice.say for choice in said.choices), said.language)
    if offers is None:
        return None
    own = set[str]().union(*offers)
    refusals = _refusals(said)
    told = [(at, part) for at, word in enumerate(said.words) if (part := bare(stem(word, said.language), own, said.language)) in own]
    places = {at for at, _ in told if _is_refused(said, refusals, at, own)}
    places |= {at for at, _ in told if at - 1 in places and not said.parted(at)}  # "no blow-dry"
    refused = {part for at, part in told if at in places}
    wanted = {part for _, part in told} - refused
    if refused and wanted:
        return _fitting(offers, wanted, refused, said)
    return None if refused else _named_alone(offers, told, said)


@lru_cache(maxsize=256)
def _in_parts(says: tuple[str, ...], language: str) -> tuple[frozenset[str], ...] | None:
    """The parts of each offer; None where none of them is another with more to it.

    What only one of the smaller ones is called is no part: the "wash" of "outside wash", beside "inside and outside".
    """
    words = less_their_head(says, language)
    shared = {word for offer in words for word in offer if sum(word in other for other in words) > 1}
    beside = [offer & shared for offer in words]
    parts = tuple(offer if any(less < own for less in beside) else own for offer, own in zip(words, beside, strict=True))
    return parts if all(parts) and len(set(parts)) == len(parts) and any(less < more for less in parts for more in parts) else None


def _fitting(offers: Sequence[frozenset[str]], wanted: set[str], refused: set[str], said: Said) -> Reading | None:
    """The least offer that has all that is wanted and nothing that is refused."""
    fits = [index for index, offer in enumerate(offers) if wanted <= offer and offer.isdisjoint(refused)]
    least = [index for index in fits if all(len(offers[index]) < len(offers[other]) for other in fits if other != index)]
    return chosen(least[0], said.span(0, len(said.words))) if len(least) == 1 else None


def _named_alone(offers: Sequence[frozenset[str]], told: Sequence[tuple[int, str]], said: Said) -> Reading | None:
    """ "Cut and blow-dry, I coloured it last week": the offer of just the parts before the first pause, with nothing else said."""
    until = said.paused_at(0)
    parts = {part for at, part in told if at < until}
    places = {at for at, _ in told}
    idle = said.data.ands | said.data.articles | said.data.idle_words
    places |= {at for book in (said.data.takes, said.data.only) for _, start, end in book.find(said.words) for at in range(start, end)}
    bare_words = all(at in places or said.little(at) or said.words[at] in idle for at in range(until))
    behind = said.words[until:]
    adds = not (said.data.ands | said.data.alsos | said.data.joiners).isdisjoint(behind[:2])
    return chosen(offers.index(frozenset(parts)), said.span(0, until)) if bare_words and not adds and parts in offers else None


def _refusals(said: Said) -> list[tuple[int, int]]:
    """Where something is refused or left out."""
    books = (said.data.negators, said.data.without, said.data.nothings)
    return [(start, end) for book in books for _, start, end in book.find(said.words)]


def _is_refused(said: Said, refusals: list[tuple[int, int]], at: int, own: set[str]) -> bool:
    """Whether a refusal stands before a part with none between, or right behind it and before no other."""
    near = range(at - REACH, at + 1)
    if any(end in near and not any(True for _ in _parts(said, end, at, own)) for start, end in refusals if end <= at):
        return True
    return any(start == at + 1 and _ends(said, end) for start, end in refusals)


def _parts(said: Said, first: int, last: int, own: set[str]) -> Iterator[int]:
    return (at for at in range(first, last) if stem(said.words[at], said.language) in own)


def _ends(said: Said, at: int) -> bool:
    """Whether the answer, or a part of it, ends at a place."""
    return at >= len(said.words) or said.paused_before(at)
