"""Hear "later", "earlier" and "another day", which mean something only next to times on offer."""

from __future__ import annotations

from typing import Literal, cast

from spoken.when.grammar import Parser
from spoken.when.language import load_language
from spoken.when.tokens import tokenise

__all__ = ["read_shift"]


def read_shift(text: str, language: str) -> Literal["later", "earlier", "other_day"] | None:
    """The first such wish in `text`, or `None`. "Une heure plus tard" is a time and is left to :func:`read_when`.

    Raises :class:`spoken.errors.UnknownLanguage`.
    """
    data = load_language(language)
    tokens = tokenise(text, data.wording)
    parser = Parser(data.grammar, tokens)
    at = 0
    while at < len(tokens):
        read = [found[0][0] for kind in ("time", "day") if (found := parser.read(kind, at)[0])]
        if read:
            at = max(read)
            continue
        found, _ = parser.read("shift", at)
        if found:
            return cast("Literal['later', 'earlier', 'other_day']", found[0][1])
        at += 1
    return None
