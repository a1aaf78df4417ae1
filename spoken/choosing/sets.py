"""Offers that are the whole of a small set: earlier or later, there or there and back, a message or a call.

Of these many words mean one that would say nothing of other offers ("leave it", "push it back", "the works"), so that they are held
against the offers only where each of them is another one of the same set.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import takewhile
from typing import Any, Final

from spoken.choosing.cues import REACH, Cue, Said, chosen, find_cues
from spoken.choosing.questions import asks
from spoken.lexicon import load, phrases
from spoken.normalise import PhraseBook, fold_words
from spoken.reading import NOTHING, Reading

__all__ = ["by_set", "named_in_set"]

OF_ALL: Final = frozenset({"none", "any", "both", "other", "others"})
"""Cues that speak of no single offer."""
ELSE: Final = "else"
"""The kind of what is none of the things that are offered."""


@lru_cache(maxsize=16)
def _sets(language: str) -> tuple[PhraseBook[frozenset[str]], ...]:
    """Each set: the phrases with the kind of offer that they mean."""
    data: Mapping[str, Mapping[str, Sequence[Any]]] = load(language, "sets")
    return tuple(PhraseBook(_kinds_of(kinds)) for kinds in data.values())


def _kinds_of(kinds: Mapping[str, Sequence[Any]]) -> dict[str, frozenset[str]]:
    """The phrases of a set, each with all the kinds that it stands for."""
    found: dict[str, frozenset[str]] = {}
    for kind, said in kinds.items():
        for phrase in map(str, said):
            found[phrase] = found.get(phrase, frozenset()) | {kind}
    return found


@lru_cache(maxsize=256)
def _set_of(says: tuple[str, ...], language: str) -> tuple[PhraseBook[frozenset[str]], tuple[str, ...]] | None:
    """The set that all the offers are of, and the kind of each; None where there is none, or two are of one kind."""
    offers = [fold_words(say) for say in says]
    for book in _sets(language):
        kinds = tuple(takewhile(bool, (_kind_in(book, words) for words in offers)))  # mostly the first one says that they are not of it
        if len(kinds) == len(says) == len(set(kinds)) > 1:
            return book, kinds
    return None


def _kind_in(book: PhraseBook[frozenset[str]], words: Sequence[str]) -> str:
    """The kind of an offer in a set; empty where it is of none there, or of several."""
    told = frozenset[str]().union(*(kinds for kinds, _, _ in book.find(words)))
    return next(iter(told)) if len(told) == 1 else ""


@lru_cache(maxsize=16)
def _turning_down(language: str) -> PhraseBook[bool]:
    """What is said of a thing that somebody does not want, beside a "not"."""
    keys = ("refused", "refused_ahead", "refused_behind", "dislikes", "avoids")
    return PhraseBook({phrase: True for key in keys for phrase in phrases(language, "choice", key)})


def by_set(said: Said) -> Reading | None:
    """The only offer of its set that the words mean, and do not refuse; None where they mean none, or two, or may refuse it.

    NOTHING for what is none of these things ("I'll ring back later").
    """
    found = _set_of(tuple(choice.say for choice in said.choices), said.language)
    if found is None:
        return None
    book, offered = found
    told = [(kinds.intersection(offered) or kinds, start, end) for kinds, start, end in book.find(said.words)]
    turned = frozenset(start for _, start, _ in told if _is_refused(said, start))
    refused = frozenset[str]().union(*(kinds for kinds, start, _ in told if start in turned))
    wanted = [(kinds, start, end) for kinds, start, end in told if start not in turned]
    meant = frozenset[str]().union(*(kinds for kinds, _, _ in wanted)) - refused
    if len(meant) != 1 or _may_refuse(said, [(start, end) for _, start, end in told], turned):
        return None
    inside = {at for _, start, end in told for at in range(start, end)}
    cues = find_cues(said)
    if (_begins_apart(said, cues, inside) and asks(said, cues)) or any(  # "is there someone I can talk to" is itself a wish for a person
        cue.kind in OF_ALL and inside.isdisjoint(range(cue.start, cue.end)) and not refused for cue in cues
    ):
        return None
    [kind] = meant
    if kind == ELSE and kind not in offered:
        return NOTHING
    return chosen(offered.index(kind), said.span(wanted[0][1], wanted[-1][2])) if kind in offered else None


def _begins_apart(said: Said, cues: Sequence[Cue], inside: AbstractSet[int]) -> bool:
    """Whether an answer begins with something else than what it tells of, with a verb, or asks elsewhere: "is the video safe"."""
    begins = next((at for at in range(len(said.words)) if said.words[at] not in said.data.idle_words), 0)
    asked = said.data.asks_verbs.at(said.words, 0) or (said.data.questions.at(said.words, 0) and said.words[0] in said.data.ands)
    return begins not in inside or (bool(asked) and 0 not in inside) or any(cue.kind == "asks" and cue.start not in inside for cue in cues)


def named_in_set(said: Said) -> frozenset[int]:
    """The offers that words mean as things of their set, wanted or not; empty where the offers are of none."""
    found = _set_of(tuple(choice.say for choice in said.choices), said.language)
    if found is None:
        return frozenset()
    book, offered = found
    told = frozenset[str]().union(*(kinds for kinds, _, _ in book.find(said.words)))
    return frozenset(index for index, kind in enumerate(offered) if kind in told)


def _is_refused(said: Said, start: int) -> bool:
    """ "No message", "pas par mail": a refusal right before it, with no comma between."""
    if not start or said.paused_before(start):
        return False
    return said.negated(start) or said.data.noes.at(said.words, start - 1) == (True, start)


def _may_refuse(said: Said, told: Sequence[tuple[int, int]], turned: frozenset[int]) -> bool:
    """Whether a "not" stands beside what is told, that is no part of it: not "don't send anything, just ring".

    `turned` are the places of what is refused right before it.
    """
    if any(start >= max(end for _, end in told) and said.idle(after) for _, start, after in said.data.noes.find(said.words)):
        return True  # "Video, no thanks"
    inside = {at for start, end in told for at in range(start, end)}
    turned_down = [*_turning_down(said.language).find(said.words), *said.data.faults.find(said.words)]
    if any(inside.isdisjoint(range(start, end)) and end not in turned for _, start, end in turned_down):
        return True  # "I hate video", "earlier's hopeless", but not "pas plus tard, plus tôt"
    for first, last in said.negations():
        pause = said.paused_at(last - 1)
        if any(start <= first < end or (last <= start < pause and start - last <= REACH) for start, end in told):
            continue  # a part of a phrase, or before one, which it refuses
        if not all(last < start and pause <= start for start, _ in told):
            return True
    return False
