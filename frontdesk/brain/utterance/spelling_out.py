"""What phrases of prompts/phrases sound like, written out as utterances."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

__all__ = ["spelt_out"]

_MOST_WAYS: Final = 6
"""So many ways of saying one phrase are tried."""


def spelt_out(template: str, classes: Mapping[str, str]) -> Iterator[str]:
    """Utterances that a phrase of prompts/phrases stands for: with its first words, then with others.

    `classes` are words for {staff} and {service}; a phrase with a part that is read on by itself gives none.
    """
    text = template.removeprefix("=").strip()
    for name, word in classes.items():
        text = text.replace("{" + name + "}", word)
    if "{" in text:
        return
    said: set[str] = set()
    for way in range(_MOST_WAYS):
        words = " ".join(_chosen(_tree(text), way).replace("*", " ").split())
        if words and words not in said:
            said.add(words)
            yield words


_GROUP: Final = re.compile(r"[\[\](|)]|[^\[\](|)]+")


def _tree(text: str) -> list[Any]:
    """A phrase as nested choices: strings, and pairs of a bracket and its alternatives."""
    pieces = _GROUP.findall(text)
    position = 0

    def alternatives(closer: str) -> list[list[Any]]:
        nonlocal position
        found: list[list[Any]] = [[]]
        while position < len(pieces):
            piece = pieces[position]
            position += 1
            if piece == closer:
                return found
            if piece == "|":
                found.append([])
            elif piece in "([":
                found[-1].append((piece, alternatives(")" if piece == "(" else "]")))
            else:
                found[-1].append(piece)
        return found

    return alternatives("")[0]


def _chosen(tree: Sequence[Any], way: int) -> str:
    """The first way takes the first of each choice and leaves out what may be left out; others take other ones."""
    parts: list[str] = []
    for piece in tree:
        if isinstance(piece, str):
            parts.append(piece)
        else:
            bracket, options = piece
            if bracket == "(" or way % 2:
                parts.append(_chosen(options[(way // 2 if bracket == "[" else way) % len(options)], way))
    return "".join(parts)
