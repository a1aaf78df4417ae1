"""Questions about what an offer is like, told by where its name stands: "macht Maria auch Kinder", "Thomas il parle anglais"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spoken.choosing.cues import COMPARISONS, Cue, Said
from spoken.choosing.phrases import choice_book
from spoken.content_words import first_names, stopwords
from spoken.lexicon import phrases
from spoken.normalise import fold_words

__all__ = ["asks_of_a_name"]

DECIDE: Final = COMPARISONS | {"position", "last", "second_last", "middle", "any", "both", "none", "other", "others", "refused", "yes"}
"""Cues that choose or answer, whatever is told beside them."""


def asks_of_a_name(said: Said, cues: Sequence[Cue]) -> bool:
    """Whether something is asked or told of the only offer that is named, with nothing of the caller in it.

    Offers that are times have no names.
    """
    words, data = said.words, said.data
    if said.timed() or any(cue.kind in DECIDE for cue in cues) or any(choice_book(said.language, "of_me").find(words)):
        return False
    turns = (data.takes, data.prefer, data.then, data.for_me)
    offered = any(not (words[at] in data.definites and said.tokens[at].raw.isascii()) for _, at, _ in data.available.find(words))
    praised = any(not data.pronouns.union(data.definites).issuperset(words[start:end]) for _, start, end in data.praise.find(words))
    if praised or offered or any(True for book in turns for _ in book.find(words)):
        return False
    little = stopwords(said.language) | data.articles | data.idle_words | data.ands | data.definites
    called = [frozenset(fold_words(choice.say)) - little for choice in said.choices]
    named = frozenset[str]().union(*called)
    known = named | little
    shared = frozenset(word for word in named if sum(word in of_offer for of_offer in called) > 1)
    if sum(not (of_offer - shared).isdisjoint(words) for of_offer in called) != 1 or all(word in known for word in words):
        return False
    accented = [start for _, start, _ in choice_book(said.language, "accented").find(words) if not said.tokens[start].raw.isascii()]
    if accented and not said.negations():
        return True  # "y María qué hace"
    begin = next((at for at in range(len(words)) if words[at] not in data.ands | data.idle_words), 0)
    follows = next((at for at in range(begin + 1, len(words)) if words[at] not in little), len(words))
    asked_last = choice_book(said.language, "asks_last").at(words, len(words) - 1)
    if asked_last is not None and _as_written(said, len(words) - 1, "asks_last"):
        return True
    verb = choice_book(said.language, "inverts").at(words, begin) if _as_written(said, begin, "inverts") else None
    more = any(word not in known for word in words[verb[1] :]) if verb is not None else False  # "era para un corte" asks nothing
    behind = follows < len(words) and words[follows] not in known and words[-1] in named and not said.negations()
    if more and follows < len(words) and (words[follows] in named or behind):
        return True
    if named.isdisjoint(first_names(said.language)):
        return False  # "le contrôle technique il arrive à échéance" is why it is wanted
    told = choice_book(said.language, "told_of")
    if told.at(words, begin) is not None and words[-1] in named:
        return True  # "elle fait les enfants Marie"
    last = next((at for at in range(begin, len(words)) if words[at] not in known), len(words))
    holds = choice_book(said.language, "holds")  # "Karim il y a moins de monde"
    return any(begin < start <= last and words[start - 1] in named and not holds.at(words, start) for _, start, _ in told.find(words))


def _as_written(said: Said, at: int, key: str) -> bool:
    """Whether a word stands in a list with its accents, or without: "wär" is no "war", "esta" no "está"."""
    plain = said.tokens[at].raw.isascii()
    return any(fold_words(phrase)[0] == said.words[at] and phrase.isascii() == plain for phrase in phrases(said.language, "choice", key))
