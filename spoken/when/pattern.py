"""The notation of phrases in `when.yaml`, compiled into steps that share what comes after a choice.

`(a|b c)` is a choice, `[x]` may be missing, `<name>` is another rule whose value is kept under that name,
`<kept:rule>` keeps it under another name, `<kept:rule:1-12>` only within bounds, `<=rule>` takes its value over
as it is, `<-rule>` reads it and forgets it. Everything else is words.

A phrase with a few choices in a row stands for hundreds of sequences, so they are never written out: reading the notation
from right to left, every choice leads into the one continuation that was made before it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, Final

from spoken.when.tokens import words_of

__all__ = ["Compiler", "End", "Fork", "PatternError", "State", "Step", "Sub"]

_LEXEME: Final = re.compile(r"<[^<>]+>|[()\[\]|]|[^\s()\[\]|<>]+")
_UMLAUTS: Final = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"))
_LOWEST: Final = -9999
_HIGHEST: Final = 9999
_OPENING: Final = {")": "(", "]": "["}
_CLOSING: Final = {"(": ")", "[": "]"}


class PatternError(ValueError):
    """A phrase of the language data cannot be read; the message quotes it."""


class Sub:
    """A reference to another rule; there is one object for all references that are equal."""

    __slots__ = ("firsts", "high", "low", "name", "rule")

    def __init__(self, rule: str, name: str, low: int, high: int) -> None:
        """`name` is where its value is kept; `=` to take it over, `-` to forget it. Numbers outside `low` to `high` are not read."""
        self.rule, self.name, self.low, self.high = rule, name, low, high
        self.firsts: frozenset[str] = frozenset()
        """The words that the rule can begin with, once the grammar knows them."""


class Step:
    """One word or reference, and what follows it."""

    __slots__ = ("part", "then")

    def __init__(self, part: str | Sub, then: State) -> None:
        self.part = part
        self.then = then


class Fork:
    """Several ways to go on; the first ones count more."""

    __slots__ = ("ways",)

    def __init__(self, ways: tuple[State, ...]) -> None:
        self.ways = ways


class End:
    """A phrase is complete and has this value."""

    __slots__ = ("constant",)

    def __init__(self, constant: Any) -> None:
        self.constant = constant


State = Step | Fork | End


def _reference(lexeme: str) -> tuple[str, str, int, int]:
    """Rule, name, lowest and highest number of a reference."""
    body = lexeme[1:-1]
    if body[0] in "=-":
        return body[1:], body[0], _LOWEST, _HIGHEST
    name, _, rest = body.partition(":")
    rule, _, bounds = rest.partition(":")
    low, _, high = bounds.partition("-")
    return rule or name, name, int(low or _LOWEST), int(high or _HIGHEST)


def _spellings(word: str) -> list[list[str]]:
    """A word and, where it has an umlaut, its spelling without."""
    found = [words_of(word)]
    lowered = word.lower()
    spelt = lowered
    for umlaut, plain in _UMLAUTS:
        spelt = spelt.replace(umlaut, plain)
    if spelt != lowered:
        found.append(words_of(spelt))
    return found


class Compiler:
    """Compiles the phrases of one language, and collects the words and references that occur in them."""

    def __init__(self) -> None:
        self.words: set[str] = set()
        self.rules: set[str] = set()
        """Names of rules that are referred to."""
        self._parts: dict[str, str | Sub] = {}
        """References, and words that are written in one way, which most are: what becomes of them is known after the first time."""
        self._spellings: dict[str, list[list[str]]] = {}
        self._references: dict[str, Sub] = {}
        self._subs: dict[tuple[str, str, int, int], Sub] = {}

    @property
    def subs(self) -> Collection[Sub]:
        """Every reference that occurs."""
        return self._subs.values()

    def compile(self, pattern: str, constant: Any) -> State:
        """Where `pattern`, which means `constant`, begins; raises :class:`PatternError`."""
        lexemes = _LEXEME.findall(pattern)
        at = len(lexemes)

        def ways(opening: str, after: State) -> State:
            """What stands back to `opening`, before `after`."""
            nonlocal at
            found: list[State] = []
            state = after
            while at:
                at -= 1
                lexeme = lexemes[at]
                if lexeme == opening:
                    break
                if lexeme == "|":
                    found.append(state)
                    state = after
                elif lexeme in _OPENING:
                    state = ways(_OPENING[lexeme], state)
                elif lexeme in _CLOSING:
                    raise PatternError(f"unexpected {lexeme!r} in {pattern!r}")
                else:
                    state = self._step(lexeme, state)
            else:
                if opening:
                    raise PatternError(f"{opening!r} is missing in {pattern!r}")
            found.append(state)
            found.reverse()
            if opening == "[":
                found.append(after)
            return found[0] if len(found) == 1 else Fork(tuple(found))

        return ways("", End(constant))

    def _step(self, lexeme: str, then: State) -> State:
        part = self._parts.get(lexeme)
        if part is not None:
            return Step(part, then)
        if lexeme[0] == "<":
            part = self._parts[lexeme] = self._sub(lexeme)
            return Step(part, then)
        spellings = self._spellings.get(lexeme)
        if spellings is None:
            spellings = self._spellings[lexeme] = _spellings(lexeme)
            self.words.update(*spellings)
            if len(spellings) == len(spellings[0]) == 1:
                self._parts[lexeme] = spellings[0][0]
        chains: list[State] = []
        for words in spellings:
            state = then
            for word in reversed(words):
                state = Step(word, state)
            chains.append(state)
        return chains[0] if len(chains) == 1 else Fork(tuple(chains))

    def _sub(self, lexeme: str) -> Sub:
        sub = self._references.get(lexeme)
        if sub is None:
            what = _reference(lexeme)  # "<day>" and "<day:day>" are one
            sub = self._references[lexeme] = self._subs.setdefault(what, Sub(*what))
            self.rules.add(sub.rule)
        return sub
