"""The notation of phrases in `when.yaml`, expanded into plain sequences.

`(a|b c)` is a choice, `[x]` may be missing, `<name>` is another rule whose value is kept under that name,
`<kept:rule>` keeps it under another name, `<kept:rule:1-12>` only within bounds, `<=rule>` takes its value over
as it is, `<-rule>` reads it and forgets it. Everything else is words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from spoken.when.tokens import words_of

__all__ = ["PatternError", "Sub", "expand"]

_LEXEME: Final = re.compile(r"<[^<>]+>|[()\[\]|]|[^\s()\[\]|<>]+")
_UMLAUTS: Final = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"))


class PatternError(ValueError):
    """A phrase of the language data cannot be read; the message quotes it."""


@dataclass(frozen=True, slots=True)
class Sub:
    """A reference to another rule."""

    rule: str
    name: str
    """Where its value is kept; `=` to take it over, `-` to forget it."""
    low: int = -9999
    high: int = 9999


Part = str | Sub
Sequence = tuple[Part, ...]


def _reference(lexeme: str) -> Sub:
    body = lexeme[1:-1]
    if body[0] in "=-":
        return Sub(body[1:], body[0])
    fields = body.split(":")
    name = fields[0]
    rule = fields[1] if len(fields) > 1 and fields[1] else name
    if len(fields) < 3:
        return Sub(rule, name)
    low, _, high = fields[2].partition("-")
    return Sub(rule, name, int(low), int(high))


def _spellings(word: str) -> list[Sequence]:
    """A word and, where it has an umlaut, its spelling without."""
    found = [tuple(words_of(word))]
    lowered = word.lower()
    spelt = lowered
    for umlaut, plain in _UMLAUTS:
        spelt = spelt.replace(umlaut, plain)
    if spelt != lowered:
        found.append(tuple(words_of(spelt)))
    return [tuple(sequence) for sequence in found]


def expand(pattern: str) -> list[Sequence]:
    """Every sequence of words and references that `pattern` stands for; raises :class:`PatternError`."""
    lexemes = _LEXEME.findall(pattern)
    position = 0

    def alternatives(closing: str) -> list[Sequence]:
        nonlocal position
        done: list[Sequence] = []
        current: list[Sequence] = [()]
        while position < len(lexemes):
            lexeme = lexemes[position]
            position += 1
            if lexeme == closing:
                return done + current
            if lexeme == "|":
                done += current
                current = [()]
                continue
            if lexeme == "(":
                options = alternatives(")")
            elif lexeme == "[":
                options = [*alternatives("]"), ()]
            elif lexeme in (")", "]"):
                raise PatternError(f"unexpected {lexeme!r} in {pattern!r}")
            elif lexeme[0] == "<":
                options = [(_reference(lexeme),)]
            else:
                options = _spellings(lexeme)
            current = [left + right for left in current for right in options]
        if closing:
            raise PatternError(f"{closing!r} is missing in {pattern!r}")
        return done + current

    return alternatives("")
