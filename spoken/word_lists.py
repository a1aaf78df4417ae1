"""The words that the data of a language list: what is none of them may be a name, or a mishearing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from spoken.content_words import first_names, stopwords
from spoken.lexicon import load
from spoken.normalise import fold_words

__all__ = ["listed_words"]

LISTS: Final = (
    ("choice", ()),
    ("yes_no", ()),
    ("sets", ()),
    ("amounts", ()),
    ("detect", ("words",)),
    ("families", ("who", "acts", "reasons", "about")),
    ("names", ("not_names",)),
)
"""Data whose words are what they are: all lists of a file, or those named."""


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, Sequence):
        for item in value:
            yield from _strings(item)


@lru_cache(maxsize=16)
def listed_words(language: str) -> frozenset[str]:
    """Words that are what they are: no mishearing of others, and no first name but those listed."""
    found = set(first_names(language) | stopwords(language))
    for name, keys in LISTS:
        data: Any = load(language, name)
        for said in _strings([data[key] for key in keys if key in data] if keys else data):
            found |= set(fold_words(said))
    return frozenset(found)
