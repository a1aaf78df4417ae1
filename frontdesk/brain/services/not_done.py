"""What this business does not do, and what is only like it."""

from __future__ import annotations

from typing import Final

from frontdesk.brain.services.service_names import OTHER, service_names
from frontdesk.brain.utterance.turn import Turn
from spoken.normalise import fold_words

__all__ = ["SHORTEST", "a_word_of", "read_not_done_here"]

SHORTEST: Final = 4
"""Letters of a word that can tell what is meant."""


def read_not_done_here(turn: Turn) -> None:
    """Something this business does not do, word for word and accent for accent."""
    said = f" {' '.join(turn.heard.rest.casefold().split())} "
    for key, words in turn.business.not_offered_vocabulary(turn.language).items():
        if any(f" {word.casefold()} " in said for word in words):
            turn.found.act("unknown_service", {"thing": key})
            return


def a_word_of(turn: Turn, thing: str) -> bool:
    """Whether a telling word of it was said as it is written: "Marie" is a name, and no "maquillage mariée".

    A word of something that is done here tells nothing.
    """
    said = {word for token in turn.heard.tokens for word in fold_words(token.raw)}
    names = turn.business.not_offered_vocabulary(turn.language).get(thing, ())
    if any(f" {' '.join(fold_words(name))} " in f" {turn.heard.plain}" for name in names):
        return True
    done = {word for key, forms in service_names(turn).items() if not key.startswith(OTHER) for form in forms for word in fold_words(form)}
    return any(word in said - done for name in names for word in fold_words(name) if len(word) >= SHORTEST)
