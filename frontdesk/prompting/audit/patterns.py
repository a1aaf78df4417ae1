"""Phrases of the audit words as patterns over flattened text: `word*` any ending, `(a|b)` a choice, `[a]` may be missing, `..` a gap."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Final

__all__ = ["compile_phrases", "flatten"]

_NEVER: Final = re.compile(r"(?!)")
_LETTERS: Final = {"ß": "s", "œ": "o", "æ": "a", "ø": "o", "ł": "l"}
_SPACES: Final = frozenset("'’‘`-‐‑\u00a0\u202f\t\n\r")
_GROUP: Final = re.compile(r"\(([^()\[\]]*)\)|\[([^()\[\]]*)\]")
_GAP: Final = r"(?:\s+[^\s,.;:!?]+){0,4}?\s+"


@lru_cache(maxsize=8192)
def _flat(sign: str) -> str:
    if sign in _SPACES:
        return " "
    low = sign.lower()
    if low in _LETTERS:
        return _LETTERS[low]
    plain = unicodedata.normalize("NFKD", low)
    return plain[0] if plain else " "


def flatten(text: str) -> str:
    """Lower case without accents; apostrophes and hyphens become spaces. As long as `text`, sign by sign."""
    return "".join([sign if "a" <= sign <= "z" or sign == " " else _flat(sign) for sign in text])


def _expand(phrase: str) -> Iterator[str]:
    """The phrase without choices and optional parts, in every way it can be said."""
    group = _GROUP.search(phrase)
    if group is None:
        yield phrase
        return
    choices = group[1].split("|") if group[1] is not None else [*group[2].split("|"), ""]
    for choice in choices:
        yield from _expand(phrase[: group.start()] + choice + phrase[group.end() :])


def _regex(phrase: str) -> str:
    out: list[str] = []
    gap = False
    for word in flatten(phrase.replace("..", " \x00 ")).split():
        if word == "\x00":
            gap = True
            continue
        if out:
            out.append(_GAP if gap else r"\s+")
        out.append(r"\w*".join(re.escape(part) for part in word.split("*")))
        gap = False
    return "".join(out)


def compile_phrases(phrases: Iterable[Any]) -> re.Pattern[str]:
    found = sorted({_regex(plain) for phrase in phrases for plain in _expand(str(phrase))}, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(found) + r")(?!\w)") if found else _NEVER
