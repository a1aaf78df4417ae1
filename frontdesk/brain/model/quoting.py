"""Where a quotation stands in what the caller said; what does not stand there was not said."""

from __future__ import annotations

from frontdesk.brain.utterance.heard import Heard

__all__ = ["quoted"]


def quoted(heard: Heard, words: str) -> str | None:
    """The caller's own letters for words that a model quotes; None where they were not said one after another.

    Case, accents and signs do not matter: models tidy up what they copy.
    """
    wanted = Heard(words).words
    if not wanted:
        return None
    said = heard.words
    for first in range(len(said) - len(wanted) + 1):
        if said[first : first + len(wanted)] == wanted:
            return heard.text[heard.tokens[first].start : heard.tokens[first + len(wanted) - 1].end]
    return None
