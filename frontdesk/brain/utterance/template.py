"""The small language that phrases are written in, and how it becomes regular expressions.

    bonjour                 the word, anywhere in the utterance
    (un|le) rendez-vous     one of these, the longest that fits; alternatives may have several words
    [un] rendez-vous        with or without
    annul(er|ez)            within a word
    je * annuler            up to four words in between
    = rien merci            the whole utterance, politeness and fillers around it aside
    parler à {staff}        a class of words that the program fills in (staff, service, whom), or a part to read on ({which}, {when})

Case and accents do not count; an apostrophe or a hyphen may be missing or a space ("don't", "don t", "dont").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from spoken.normalise import fold

__all__ = ["CLASSES", "PARTS", "BadTemplate", "Template", "parse_template"]

CLASSES: Final = frozenset({"staff", "service", "whom"})
"""Names in braces that stand for words the business has."""

PARTS: Final = frozenset({"which", "when"})
"""Names in braces that stand for a stretch of words to be read on."""

_MAX_LENGTH: Final = 1000
_MAX_DEPTH: Final = 6
_NEVER: Final = r"(?!)"
_GAP: Final = r"(?:[^ ]+ ){0,4}?"
_PART: Final = {"which": r"(?P<which>(?:[^ ]+ ){1,8}?)", "when": r"(?P<when>(?:[^ ]+ ){1,14})"}
_WORD: Final = re.compile(r"['’-]?[^\W_]+(?:['’ʼ`‐‑-][^\W_]+)*['’-]?")
_WHOLE_WORD: Final = re.compile(_WORD.pattern + r"(?![^ |)\]])")
_PLAIN: Final = re.compile(rf" *({_WORD.pattern}(?: +{_WORD.pattern})*) *(?![^|)\]])")
"""Nothing but words up to where an alternative may end: what most of them are."""
_WORDS_ONLY: Final = re.compile(rf" *{_WORD.pattern}(?: +{_WORD.pattern})* *")
_GROUP: Final = re.compile(r"(?:\(([^()\[\]{}*]+)\)|\[([^()\[\]{}*]+)\])(?![^ |)\]])")
"""A group that stands alone, with no other in it: what most of them are."""
_SEAM: Final = re.compile(r"['’ʼ`‐‑-]")


class BadTemplate(ValueError):
    """A phrase breaks the rules of the language; the message says how, in a product owner's words."""


@dataclass(frozen=True)
class Template:
    """One phrase, ready to be matched.

    `firsts` are the words it may begin with, None when it may begin with any. Of each of the `needs` a word stands further on.
    """

    source: str
    pattern: str
    firsts: frozenset[str] | None
    exact: bool
    needs: tuple[frozenset[str], ...] = ()

    def may_be_in(self, words: AbstractSet[str]) -> bool:
        """Whether an utterance of these words can hold the phrase: most cannot, and their expressions need not even be compiled."""
        return not any(need.isdisjoint(words) for need in self.needs)

    def compiled(self, classes: Mapping[str, str]) -> re.Pattern[str]:
        """The expression, with the words of the business put in; to be matched where a word begins."""
        pattern = self.pattern
        for name in CLASSES:
            pattern = pattern.replace("{" + name + "}", classes.get(name) or _NEVER)
        return _compiled(pattern)


@dataclass(frozen=True)
class _Piece:
    """Part of a pattern: `firsts` its possible first words (None: any word), `empty` whether it may match nothing.

    Where it does match, a word of each of the `needs` stands after the first one.
    """

    pattern: str
    firsts: frozenset[str] | None
    empty: bool = False
    needs: tuple[frozenset[str], ...] = ()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    @cached_property
    def end(self) -> int:
        return len(self.text)

    def peek(self) -> str:
        return self.text[self.at] if self.at < self.end else ""

    def sequence(self, closers: str, depth: int) -> _Piece:
        """Items up to one of `closers` or the end."""
        if depth > _MAX_DEPTH:
            raise BadTemplate("The brackets are nested too deeply.")
        plain = _PLAIN.match(self.text, self.at)
        if plain is not None and (plain.end() == self.end or self.text[plain.end()] in closers):
            self.at = plain.end()
            return _plain(plain.group(1))
        pieces: list[_Piece] = []
        while True:
            while self.peek() == " ":
                self.at += 1
            sign = self.peek()
            if not sign or sign in closers:
                break
            whole = _WHOLE_WORD.match(self.text, self.at)
            if whole is None:
                pieces.append(self.item(depth))
            else:
                self.at = whole.end()
                pieces.append(_spelt(whole.group()))
        if not pieces:
            raise BadTemplate("There is an empty place: a bracket or a bar with no words beside it.")
        return _in_a_row(pieces)

    def item(self, depth: int) -> _Piece:
        """A gap, a name in braces, a group of words, or one word with groups inside it."""
        sign = self.peek()
        if sign == "*":
            self.at += 1
            return _Piece(_GAP, None, empty=True)
        if sign == "{":
            return self.name()
        group = _GROUP.match(self.text, self.at) if depth < _MAX_DEPTH else None
        if group is not None and (piece := _one_of(group.group(1) or group.group(2), optional=group.group(1) is None)) is not None:
            self.at = group.end()
            return piece
        if sign in "([" and self.stands_alone():
            return self.group(depth)
        return self.word()

    def stands_alone(self) -> bool:
        """Whether the group that begins here ends where a word ends."""
        level, at = 0, self.at
        while at < self.end:
            if self.text[at] in "([":
                level += 1
            elif self.text[at] in ")]":
                level -= 1
                if level == 0:
                    return at + 1 >= self.end or self.text[at + 1] in " |)]"
            at += 1
        raise BadTemplate("A bracket is opened and not closed.")

    def name(self) -> _Piece:
        close = self.text.find("}", self.at)
        name = self.text[self.at + 1 : close] if close > 0 else ""
        if name not in CLASSES | PARTS:
            allowed = ", ".join("{" + known + "}" for known in sorted(CLASSES | PARTS))
            raise BadTemplate(f"Names in braces can be {allowed} only.")
        self.at = close + 1
        return _Piece(_PART[name] if name in PARTS else "{" + name + "}", None)

    def group(self, depth: int) -> _Piece:
        optional = self.peek() == "["
        close = "]" if optional else ")"
        self.at += 1
        choices = [self.sequence("|" + close, depth + 1)]
        while self.peek() == "|":
            self.at += 1
            choices.append(self.sequence("|" + close, depth + 1))
        if self.peek() != close:
            raise BadTemplate("A bracket is opened and not closed.")
        self.at += 1
        return _choice(choices, optional)

    def word(self) -> _Piece:
        """A word, possibly with alternatives inside: all its spellings."""
        spellings = [""]
        while (sign := self.peek()) and sign not in " |)]":
            if sign in "([":
                inner = self.inner_group()
                spellings = [left + right for left in spellings for right in inner]
            else:
                found = _WORD.match(self.text, self.at)
                if found is None:
                    raise BadTemplate(f"The sign “{sign}” cannot stand in a phrase.")
                self.at = found.end()
                spellings = [left + found.group() for left in spellings]
            if len(spellings) > 200:
                raise BadTemplate("One word has too many variants.")
        return _spelt(*spellings)

    def inner_group(self) -> list[str]:
        optional = self.peek() == "["
        close = self.text.find("]" if optional else ")", self.at)
        inner = self.text[self.at + 1 : close] if close > 0 else ""
        parts = inner.split("|")
        if close < 0 or any(part and not _WORD.fullmatch(part) for part in parts) or not inner:
            raise BadTemplate("Brackets inside a word may hold endings only, such as annul(er|ez).")
        self.at = close + 1
        return [*parts, ""] if optional else parts


@lru_cache(maxsize=4096)
def _spelt(*spellings: str) -> _Piece:
    """A word that is written in one of these ways. Phrases share most of their words, so what a word becomes is kept."""
    if len(spellings) == 1 and spellings[0].isascii() and spellings[0].isalnum():
        form = fold(spellings[0])
        return _Piece(form + " ", frozenset((form,)))
    forms: list[str] = []
    firsts: set[str] = set()
    for spelling in spellings:
        parts = [fold(part) for part in _SEAM.split(spelling) if part]
        if not parts:
            raise BadTemplate("There is an empty place: a bracket or a bar with no words beside it.")
        forms.append(" ?".join(map(re.escape, parts)))
        firsts |= {"".join(parts[: index + 1]) for index in range(len(parts))}
    joined = forms[0] if len(forms) == 1 else "(?:" + "|".join(forms) + ")"
    return _Piece(joined + " ", frozenset(firsts))


@lru_cache(maxsize=8192)
def _plain(words: str) -> _Piece:
    """Words without any signs. Phrases share many of their alternatives, too."""
    first, *rest = (_spelt(word) for word in words.split(" ") if word)
    return _in_a_row([first, *rest])


@lru_cache(maxsize=8192)
def _one_of(inner: str, *, optional: bool) -> _Piece | None:
    """A group of words without any signs but bars; None where it is more, or less, than that."""
    choices = inner.split("|")
    if not all(map(_WORDS_ONLY.fullmatch, choices)):
        return None
    return _choice([_plain(choice) for choice in choices], optional)


def _choice(choices: list[_Piece], optional: bool) -> _Piece:
    firsts: set[str] | None = set()
    for choice in choices:
        if firsts is not None:
            firsts = firsts.union(choice.firsts) if choice.firsts is not None else None
    joined = "|".join(sorted([choice.pattern for choice in choices], key=len, reverse=True))  # all of "for a", not its "for"
    empty = optional or any(choice.empty for choice in choices)
    return _Piece(f"(?:{joined})" + ("?" if optional else ""), frozenset(firsts) if firsts is not None else None, empty)


def _in_a_row(pieces: list[_Piece]) -> _Piece:
    if len(pieces) == 1:
        return pieces[0]
    firsts: frozenset[str] | None = frozenset()
    for piece in pieces:
        firsts = None if firsts is None or piece.firsts is None else firsts | piece.firsts
        if not piece.empty:
            break
    there = [piece for piece in pieces if not piece.empty]
    needs = (*(piece.firsts for piece in there[1:] if piece.firsts is not None), *(need for piece in there for need in piece.needs))
    return _Piece("".join([piece.pattern for piece in pieces]), firsts, not there, needs)


@lru_cache(maxsize=16_384)
def _compiled(pattern: str) -> re.Pattern[str]:
    """Remembered: after an edit of one phrase, all the others are ready at once."""
    return re.compile(pattern)


@lru_cache(maxsize=16_384)
def parse_template(source: str) -> Template:
    """Raises :class:`BadTemplate`."""
    text = " ".join(source.split())
    if len(text) > _MAX_LENGTH:
        raise BadTemplate("The phrase is too long.")
    exact = text.startswith("=")
    parser = _Parser(text[1:].strip() if exact else text)
    piece = parser.sequence("", 0)
    if parser.at < parser.end:
        raise BadTemplate("A bracket is closed that was not opened.")
    if any(piece.pattern.count(f"(?P<{name}>") > 1 for name in PARTS):
        raise BadTemplate("Each name in braces can stand in a phrase once.")
    if piece.empty:
        raise BadTemplate("The phrase has no word that must be there.")
    return Template(source, piece.pattern, piece.firsts, exact, piece.needs)
