"""Whether an answer asks something, so that it chooses nothing: "what time was Tuesday", "is Fiona the one with the red hair"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spoken.choosing.asked_names import asks_of_a_name
from spoken.choosing.cues import COMPARISONS, Cue, Said
from spoken.choosing.phrases import choice_book
from spoken.content_words import stopwords
from spoken.normalise import fold_words

__all__ = ["asks"]

OF_ALL: Final = frozenset({"none", "both", "refused"})
"""Cues that answer: "is leider nix dabei"."""
DECIDE: Final = COMPARISONS | OF_ALL | {"position", "last", "second_last", "middle", "any", "other", "others"}
"""Cues that choose, whatever is told beside them: "ninety is madness, the middle one"."""
MAX_POINTER: Final = 3
"""Words of "that is the (one with the beard)", from the verb to what is pointed at."""


def asks(said: Said, cues: Sequence[Cue]) -> bool:
    """Whether something is asked, and nothing decided behind the question."""
    asked = [cue.end for cue in cues if cue.kind == "asks"]
    if asked and not any(asked[-1] <= start < len(said.words) - 1 for _, start, _ in said.data.then.find(said.words)):
        return True
    if _wonders(said, cues) or _asks_again(said) or _asks_about(said, cues) or _asks_which(said, cues) or asks_of_a_name(said, cues):
        return True
    at = 0
    telling = {cue.start for cue in cues if cue.kind in COMPARISONS or cue.kind == "any"}  # "cuanto antes", "wer ist egal" ask nothing
    while at < len(said.words) and (at in telling or said.data.questions.at(said.words, at) is None or _is_relative(said, at)):
        skipped = said.data.idle.at(said.words, at) or said.data.corrections.at(said.words, at) or said.data.instead.at(said.words, at)
        if skipped is None and said.words[at] not in said.data.ands:
            return False
        at = skipped[1] if skipped else at + 1
    if at >= len(said.words) or any(start > at for _, start, _ in said.data.then.find(said.words)):
        return False
    if said.words[at] in said.data.ands and said.words[-1] in said.data.alsos and not said.timed():
        return False  # "y la barba también"
    if any(cue.kind == "any" and cue.start > at for cue in cues):
        return False  # "which one, I don't mind, let's say Tuesday"
    return not any(start > at and said.idle(end) for _, start, end in choice_book(said.language, "that_one").find(said.words))


def _is_relative(said: Said, at: int) -> bool:
    """ "La que es a las once" asks nothing, unlike "qué es"."""
    return at > 0 and said.words[at - 1] in said.data.definites and said.tokens[at].raw.isascii()


def _asks_again(said: Said) -> bool:
    """ "Say the second one again", and nothing decided behind it."""
    again = [start for _, start, _ in said.data.again.find(said.words)]
    begun = [start for _, start, _ in said.data.repeats.find(said.words)] if again else []
    return bool(begun) and begun[0] <= again[-1] and not any(start > again[-1] for _, start, _ in said.data.then.find(said.words))


def _asks_about(said: Said, cues: Sequence[Cue]) -> bool:
    """ "Is Fiona the one with the red hair", "tut das Färben weh": it begins with a verb, and goes on about something else.

    Not where all the words are of an offer, or agree ("is the second one still free").
    """
    at = 0
    while at < len(said.words) and (found := said.data.asks_verbs.at(said.words, at)) is None:
        skipped = (at, at + 1) if said.words[at] in said.data.ands else said.data.instead.at(said.words, at)
        if skipped is None:
            return False
        at = skipped[1]
    if at >= len(said.words) or any(cue.start == at or cue.kind in OF_ALL or _is_indifferent(cue) for cue in cues):
        return False
    only = {place[1:] for place in said.data.only.find(said.words)}  # "is online just as good"
    books = (said.data.takes, said.data.prefer, said.data.then)
    if any(place[1] > at and place[1:] not in only for book in books for place in book.find(said.words)):
        return False  # "is Priya in, I'll have her"
    known = {place for cue in cues if cue.kind != "yes" or said.timed() for place in range(cue.start, cue.end)}  # "is Ruth any good"
    known |= {
        place
        for book in (said.data.idle, said.data.for_me, said.data.copulas)
        for _, start, end in book.find(said.words)
        for place in range(start, end)
    }
    offered = {word for choice in said.choices for word in fold_words(choice.say)} | stopwords(said.language) | said.data.articles
    free = {start for _, start, _ in said.data.available.find(said.words) if not _is_article(said, start)}
    for place in range(found[1] if found else 0, len(said.words)):
        if place in free:
            return False
        if place not in known and said.words[place] not in offered | said.data.pronouns | said.data.these | said.data.definites:
            return True
    return False


def _asks_which(said: Said, cues: Sequence[Cue]) -> bool:
    """ "Es Nuria la rubia", "war Karim der Große": which of them an offer is, told by what we know nothing of; not where it praises."""
    words, data = said.words, said.data
    turns = (data.takes, data.prefer, data.then, data.for_me)
    if said.timed() or any(cue.kind in DECIDE for cue in cues) or any(True for book in turns for _ in book.find(words)):
        return False
    little = stopwords(said.language) | data.articles | data.idle_words | data.these | data.pronouns
    if any(not little.issuperset(words[start:end]) for _, start, end in data.praise.find(words)):
        return False
    offered = frozenset(word for choice in said.choices for word in fold_words(choice.say)) - little
    negated = data.negators.at(words, 0)
    verb = data.copulas.at(words, negated[1] if negated and negated[1] < len(words) else 0)
    if verb is None:
        return False
    first = next((at for at in range(verb[1], len(words)) if words[at] not in little), len(words))
    last = next((at for at in range(first, len(words)) if words[at] not in offered), len(words))
    if any(choice_book(said.language, "of_me").find(words[last:])):
        return False  # "es Karim la que me peina siempre"
    if last < len(words) and choice_book(said.language, "clefts").at(words, last) is not None:
        return False  # "c'est maître Ferrand qui suit la succession"
    told = [word for word in words[last:] if word not in little]
    points = any(word in data.definites for word in words[last : last + MAX_POINTER])
    return last > first and points and bool(told) and offered.isdisjoint(told)


def _is_article(said: Said, at: int) -> bool:
    """ "La (couronne)", unlike "là"."""
    return said.words[at] in said.data.definites and said.tokens[at].raw.isascii()


def _is_indifferent(cue: Cue) -> bool:
    """ "Ist doch egal wer"; not the "any" of "is she any good"."""
    return cue.kind == "any" and cue.end > cue.start + 1


def _wonders(said: Said, cues: Sequence[Cue]) -> bool:
    """ "Would there be an earlier one": a comparison that is of nothing on offer, and asked for."""
    compared = [
        cue
        for cue in cues
        if cue.kind in ("earlier", "later") and said.data.definites.isdisjoint(said.words[max(0, cue.start - 1) : cue.end])
    ]
    return bool(compared) and any(True for _ in said.data.wonders.find(said.words))
