"""What phrases can be said as: two that are written differently may be the same words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Final

from spoken.normalise import fold_words

__all__ = ["missing", "ways"]

_MOST_WAYS: Final = 200
"""Ways to say a phrase that are looked at for what they meant before."""
_MOST_COMPARED: Final = 5000
"""A phrase with more ways than these is compared as it is written."""
_ITEM: Final = re.compile(r"(?P<there>\((?P<either>[^()\[\]*{}]+)\)|\[(?P<maybe>[^()\[\]*{}]+)\]|[^()\[\]*{} ]+)(?= |$)")
_GROUP: Final = re.compile(r"(?<=[(\[])[^()\[\]*{}]+(?=[)\]])")
_ALONE: Final = "="


@dataclass
class _Known:
    """What the phrases of a list are, as they are written and word by word."""

    written: set[str] = field(default_factory=set)
    said: set[str] = field(default_factory=set)


def ways(phrase: str) -> list[str]:
    """The ways to say a phrase, folded; none of one with gaps, braces or brackets within words, but those of it that need none."""
    return [_folded(way) for way in islice(_said(phrase), _MOST_WAYS)]


def missing(phrases: Sequence[str], others: Sequence[str], *, wider: bool) -> list[str]:
    """What of `phrases` is not among `others`: a phrase of which nothing is, as it is written; else the words that are not.

    With `wider`, what counts only alone is there where it counts anywhere.
    """
    as_they_are = set(others)
    phrases = [phrase for phrase in phrases if phrase not in as_they_are]
    known = _Known()
    for other in others if phrases else ():
        known.written.add(_ordered(other))
        known.said |= {_key(other, way) for way in _compared(other)}
    return [words for phrase in phrases if _ordered(phrase) not in known.written for words in _unknown(phrase, known, wider)]


def _unknown(phrase: str, known: _Known, wider: bool) -> Iterable[str]:
    every = {_key(phrase, way): " ".join(way.split()) for way in _compared(phrase)}
    left = {key: way for key, way in every.items() if key not in known.said and not (wider and key.removeprefix(_ALONE) in known.said)}
    if len(left) == len(every):
        return [phrase]
    return [f"{_ALONE} {way}" if key.startswith(_ALONE) else way for key, way in left.items()]


def _compared(phrase: str) -> list[str]:
    found = list(islice(_said(phrase), _MOST_COMPARED + 1))
    return found if len(found) <= _MOST_COMPARED else []


def _said(phrase: str) -> Iterator[str]:
    text, at, items = " ".join(phrase.removeprefix(_ALONE).split()), 0, []
    while at < len(text):
        item = _ITEM.match(text, at)
        if item is None:
            return
        items.append((item["either"] or item["maybe"] or item[0]).split("|") + ([""] if item["maybe"] else []))
        at = item.end() + 1
    yield from (" ".join(way) for way in product(*items))


def _key(phrase: str, way: str) -> str:
    return f"{_ALONE if phrase.startswith(_ALONE) else ''}{_folded(way)}"


def _folded(way: str) -> str:
    return " ".join(fold_words(way))


def _ordered(phrase: str) -> str:
    """Of alternatives the longest that fits is heard, so that their order says nothing."""
    return _GROUP.sub(lambda group: "|".join(sorted(one.strip() for one in group[0].split("|"))), " ".join(phrase.split()))
