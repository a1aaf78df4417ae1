"""Which appointment is meant by what is to be done with it: "cancel the one with Tom, the other one stays"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from spoken.choosing.cues import FAULT, REACH, Cue, Said, chosen, one_of
from spoken.choosing.families import families_of
from spoken.choosing.hearing import Mentioned
from spoken.choosing.phrases import choice_book
from spoken.choosing.windows import TIME_WORDS, heard
from spoken.lexicon import phrases
from spoken.normalise import PhraseBook, fold_words
from spoken.reading import Reading

__all__ = ["MOVES", "another_named", "are_deeds", "by_another_time", "by_deed", "by_keeping", "reasons_of_a_deed", "words_that_will_do"]

CHANGED: Final = "changed"
KEPT: Final = "kept"
MOVES: Final = frozenset({"moving", "changing"})
"""The families of what puts an appointment at another time."""
OTHER: Final = frozenset({-1})
"""In the place of the offers that were named: the one that was not."""


@lru_cache(maxsize=16)
def _deeds(language: str) -> PhraseBook[str]:
    return PhraseBook({phrase: kind for kind in (CHANGED, KEPT) for phrase in phrases(language, "choice", kind)})


@lru_cache(maxsize=16)
def _another(language: str) -> PhraseBook[bool]:
    """What another time is called, and whether by words that mean nothing else."""
    return PhraseBook({phrase: key == "another_time" for key in ("another", "another_time") for phrase in phrases(language, "choice", key)})


def are_deeds(said: Said) -> bool:
    """Whether what is on offer is what may be done with an appointment: "book one", "move one", "cancel one"."""
    return sum(_is_deed(choice.say, said.language) for choice in said.choices) > 1 and not said.timed()


@lru_cache(maxsize=256)
def _is_deed(say: str, language: str) -> bool:
    return _kind_of(say, language) == CHANGED


@lru_cache(maxsize=256)
def _kind_of(say: str, language: str) -> str:
    """Whether what is on offer changes an appointment or keeps it; empty for neither. A change counts before what is kept."""
    kinds = {kind for kind, _, _ in _deeds(language).find(fold_words(say))}
    return CHANGED if CHANGED in kinds else KEPT if KEPT in kinds else ""


def by_keeping(said: Said, mentioned: Mentioned) -> Reading | None:
    """ "Leave it as it is": the only offer by which an appointment stays, beside others that change it; None where something is changed."""
    kept = [index for index, choice in enumerate(said.choices) if _kind_of(choice.say, said.language) == KEPT]
    changes = any(_kind_of(choice.say, said.language) == CHANGED for choice in said.choices)
    if len(kept) != 1 or not changes or said.timed():
        return None
    told = [(kind, start, end) for kind, start, end in _deeds(said.language).find(said.words)]
    inside = {end for _, _, end in told}  # "don't touch it, | leave it": the "not" is a part of what was told before
    negated = {start for _, start, _ in told if said.negated(start) and inside.isdisjoint(range(max(0, start - REACH + 1), start + 1))}
    refused = [(start, end) for kind, start, end in told if kind == KEPT and start in negated and not said.replies(start - 1, start)]
    if refused:  # "I can't keep it, move it"
        left = mentioned(said.without([*refused, *said.negations()])) - set(kept)
        return chosen(next(iter(left)), said.span(0, len(said.words))) if len(left) == 1 else None
    kinds = {kind for kind, start, _ in told if kind == KEPT or start not in negated}
    return chosen(kept[0], said.span(told[0][1], told[-1][2])) if kinds == {KEPT} else None


def by_another_time(said: Said, cues: Sequence[Cue], mentioned: Mentioned) -> Reading | None:
    """ "I can't that day, I need another": of what may be done with an appointment, moving it; None where something else is named too."""
    if not are_deeds(said):
        return None
    moves = [index for index, choice in enumerate(said.choices) if families_of(choice.say, said.language) & MOVES]
    why = any(cue.kind == "refused" for cue in cues) or any(True for _ in said.data.hindrances.find(said.words))
    wished = [(start, end) for sure, start, end in _another(said.language).find(said.words) if sure or why]
    if len(moves) == 1 and not wished and (named := another_named(said, cues)) is not None:
        return chosen(moves[0], said.span(*named)) if mentioned(said.text[slice(*said.span(*named))]) <= set(moves) else None
    if len(moves) != 1 or not wished or any(said.negated(start) for start, _ in wished):
        return None
    hindered = [(cue.start, cue.end) for cue in cues if cue.kind == "refused"]
    hindered += [(start, end) for _, start, end in said.data.hindrances.find(said.words)]
    if mentioned(said.without([*wished, *hindered])) - set(moves):
        return None
    return chosen(moves[0], said.span(*wished[0]))


def another_named(said: Said, cues: Sequence[Cue]) -> tuple[int, int] | None:
    """Where another time is named that would do: "(I can't come on Friday,) but next week would work"; None where none is."""
    hindered = [cue.end for cue in cues if cue.kind == "refused"] + [end for _, _, end in said.data.hindrances.find(said.words)]
    hindered = hindered or [end for _, end in said.negations()][:1]
    last = len(said.words)
    if not hindered:
        return None
    turns = [end for book in (said.data.buts, said.data.then) for _, _, end in book.find(said.words) if min(hindered) < end < last]
    rings = [start for _, start, _ in choice_book(said.language, "rings").find(said.words)]
    begin = turns[-1] if turns else max(hindered)
    if not turns and not any(end == last for book in words_that_will_do(said) for _, _, end in book.find(said.words)):
        return None
    if begin >= last or any(start >= begin for start, _ in said.negations()) or any(at >= begin for at in rings):
        return None
    return (begin, last) if heard(said.after(begin), said).mentions & TIME_WORDS else None


def words_that_will_do(said: Said) -> tuple[PhraseBook[bool], ...]:
    """What is said of something that is taken: "would work", "I'll have", "is enough"."""
    return said.data.praise, said.data.takes, choice_book(said.language, "suffices")


def reasons_of_a_deed(said: Said, cues: Sequence[Cue], mentioned: Mentioned) -> list[tuple[int, int]]:
    """ "I can't come, cancel it": where deeds are on offer, a hindrance with none of them named before it is why, and refuses none."""
    if not are_deeds(said):
        return []
    places = {(start, end) for _, start, end in said.data.hindrances.find(said.words)}
    places |= {(_with_its_not(said, cue.start), cue.end) for cue in cues if cue.kind == "refused" and cue.position != FAULT}
    found: list[tuple[int, int]] = []
    for place in sorted(places):
        if not mentioned(said.without(found)[: said.tokens[place[0]].start]):
            found.append(place)
    return found


def _with_its_not(said: Said, start: int) -> int:
    """Where a hindrance begins, with a "not" that stands apart from its verb: "ich kann morgen nicht kommen"."""
    return next((first for _, first, last in said.data.negators.find(said.words) if last == start), start)


def by_deed(said: Said, cues: Sequence[Cue], mentioned: Mentioned) -> Reading | None:
    """The appointment that is to be cancelled or moved; None where nothing of the kind is said, or not clearly of what.

    What is kept is not meant. Of appointments that the caller has, the one that he cannot come to is meant.
    """
    if len(said.choices) < 2 or any(cue.kind == "both" for cue in cues):
        return None  # "cancel the two of them"
    called = [fold_words(choice.say) for choice in said.choices]
    owned = all(choice_book(said.language, "owned").at(words, 0) for words in called)
    owned = owned or (all(said.data.owners.at(words, 0) for words in called) and said.timed())
    deeds = _told_once(sorted(_told(said, cues, owned), key=lambda deed: deed[1]), said, mentioned)
    if not deeds or not (owned or {kind for kind, _, _ in deeds} == {CHANGED, KEPT}):
        return None  # "I've to drop the kids at nine" is no word about a time on offer
    named = list(_named(said, cues, deeds, mentioned))
    kinds = [kind for kind, _, _ in deeds]
    if len(set(kinds)) > len(named) == 1:  # "keep the fourth, it's the eighteenth I can't make"
        named = list(_named(said, cues, deeds, mentioned, apart=True))
    if len(set(kinds)) == 1 and len(named) == 1:
        pairs = [(kinds[0], named[0])]
    elif len(kinds) == len(named):
        pairs = list(zip(kinds, named, strict=True))  # verb first or verb last, each has its own
    else:
        return None
    told = frozenset[int]().union(*(offers for _, offers in pairs if offers != OTHER))
    rest = frozenset(range(len(said.choices))) - told
    meant = frozenset[int]().union(*(rest if offers == OTHER else offers for kind, offers in pairs if kind == CHANGED))
    if not meant:
        meant = rest
    return one_of(sorted(meant), said.choices, said.span(0, len(said.words))) if told and len(meant) < len(said.choices) else None


def _told(said: Said, cues: Sequence[Cue], owned: bool) -> Iterator[tuple[str, int, int]]:
    """What is to be done, and where it stands in the words; a hindrance counts as a change of what the caller has."""
    taken: set[int] = set()
    hindered = [(start, end) for _, start, end in said.data.hindrances.find(said.words)]
    for kind, start, end in _deeds(said.language).find(said.words):
        taken |= set(range(start, end))
        if not said.negated(start) or any(start - REACH < last <= start for _, last in hindered):
            yield kind, start, end
    if owned:
        for start, end in hindered + [(cue.start, cue.end) for cue in cues if cue.kind == "refused"]:
            if taken.isdisjoint(range(start, end)):
                taken |= set(range(start, end))
                yield CHANGED, start, end


def _told_once(deeds: Sequence[tuple[str, int, int]], said: Said, mentioned: Mentioned) -> list[tuple[str, int, int]]:
    """ "Which I must cancel": what is to be done, told twice with nothing named between."""
    once: list[tuple[str, int, int]] = []
    for kind, start, end in deeds:
        before = once[-1] if once else None
        if before and before[0] == kind and not (before[2] < start and mentioned(said.text[slice(*said.span(before[2], start))])):
            once[-1] = (kind, before[1], end)
        else:
            once.append((kind, start, end))
    return once


def _named(
    said: Said, cues: Sequence[Cue], deeds: Sequence[tuple[str, int, int]], mentioned: Mentioned, *, apart: bool = False
) -> Iterator[frozenset[int]]:
    """What is named between the deeds, in order: offers, or `OTHER`. `apart`: two of them, where some words may name two or one."""
    bounds = [0, *(at for _, start, end in deeds for at in (start, end)), len(said.words)]
    for first, last in zip(bounds[::2], bounds[1::2], strict=True):
        if first >= last:
            continue
        other = next((cue for cue in cues if cue.kind == "other" and first <= cue.start and cue.end <= last), None)
        pieces = [(first, last)] if other is None else [(first, other.start), (other.end, last)]
        for at, (begin, end) in enumerate(pieces):
            if at and other is not None:
                yield OTHER
            if begin < end:
                yield from _one_or_two(said, begin, end, mentioned, apart)


def _one_or_two(said: Said, first: int, last: int, mentioned: Mentioned, apart: bool) -> Iterator[frozenset[int]]:
    """What some words name; two things where each has words of its own ("the Monday one, it's the Friday")."""
    whole = mentioned(said.text[slice(*said.span(first, last))])
    if len(whole) == 1 and not apart:
        yield whole
        return
    for cut in range(first + 1, last):
        left, right = (mentioned(said.text[slice(*said.span(*place))]) for place in ((first, cut), (cut, last)))
        if len(left) == 1 and len(right) == 1 and left != right:
            yield left
            yield right
            return
    if whole:
        yield whole
