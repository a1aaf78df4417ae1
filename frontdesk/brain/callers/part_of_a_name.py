"""The rest of a name, said after a part of it: "Bethany", then "with the surname Shaw"; "Dolores", then "Dolores García"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from frontdesk.brain.utterance.heard import Heard, Span
from frontdesk.brain.utterance.turn import Turn
from spoken import Reading, Status
from spoken.lexicon import phrases
from spoken.name_writing import alike, known_first_names
from spoken.normalise import fold_words

__all__ = ["fuller_name", "with_its_part"]

_LONGEST_LINK: Final = 6
"""Words that may say which part comes: "and the last name is"."""


def with_its_part(turn: Turn, known: str, name: str, span: Span | None) -> str | None:
    """The name that is known with its surname, or its first name, put to it or in the place of the one that was heard.

    None where nothing says which part it is. A part that is refused, "no, the surname is Shaw", stays only beside another.
    """
    part = _part_announced(turn, span)
    words = known.split()
    if part is None or " " in name or any(alike(word, name) for word in words):
        return None
    no = turn.read("yes_no")
    refused = no.complete and no.value is False
    first = fold_words(words[0])[0] in known_first_names()
    if len(words) > 1:
        return f"{words[0]} {name}" if part == "surname" else " ".join([name, *words[1:]])
    if refused and first == (part == "first"):
        return name
    return f"{known} {name}" if part == "surname" else f"{name} {known}"


def fuller_name(turn: Turn, known: str) -> Reading | None:
    """The name that is known and more of it, where a number was asked for: "Dolores García", or "García" behind a first name alone."""
    reading = turn.read("name")
    if not reading.complete or reading.span is None or turn.number_span is not None:
        return None
    behind = Heard(turn.heard.text[reading.span[1] :])
    if behind and not turn.book.only_fillers(behind):
        return None
    said, words = fold_words(str(reading.value)), fold_words(known)
    if len(said) > len(words) and set(words) < set(said):
        return reading
    alone = len(said) == len(words) == 1 and turn.view.mode == "ask" and not turn.found.acts and not turn.read("yes_no").complete
    if alone and words[0] in known_first_names() and said[0] not in known_first_names():
        return Reading(Status.COMPLETE, f"{known} {reading.value}", reading.span)
    return None


def _part_announced(turn: Turn, name: Span | None) -> str | None:
    """ "surname" or "first", as the words right before the name say."""
    if name is None:
        return None
    links = _links(turn.language)
    before = [token for token in turn.heard.tokens if token.end <= name[0]]
    said = (" ".join(fold_words(turn.heard.text[token.start : name[0]])) for token in before[-_LONGEST_LINK:])
    return next((links[words] for words in said if words in links), None)


@lru_cache(maxsize=16)
def _links(language: str) -> Mapping[str, str]:
    parts = (("surname_links", "surname"), ("first_links", "first"))
    return {" ".join(fold_words(link)): part for key, part in parts for link in phrases(language, "names", key)}
