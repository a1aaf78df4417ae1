"""The text of a line: words, {placeholders}, and [parts in square brackets that are left out when they cannot be filled]."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

__all__ = ["BadTemplate", "Template", "parse"]

_PIECE: Final = re.compile(r"\{([^{}]*)\}|([\[\]{}])")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*\Z")
_SPACES: Final = re.compile(r"\s+")
_LOOSE: Final = re.compile(r" (?=[,.…])")
_DOUBLE: Final = re.compile(r"([.,!?…])(?:\s*[.,])+(?=\s|$)")
_BEGINNING: Final = re.compile(r"(?:^|(?<=[.!?…] ))([¿¡«„“]?\s?)([^\W\d_])")

Fill = Callable[[str], str | None]
"""Placeholder -> its words, or None when they are not known."""


class BadTemplate(ValueError):
    """The text is not a template; the message is a sentence for product owners."""


@dataclass(frozen=True, slots=True)
class _Hole:
    name: str


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed text. `parts` are words, holes, and tuples of both for what may be left out."""

    parts: tuple[str | _Hole | tuple[str | _Hole, ...], ...]

    @property
    def placeholders(self) -> frozenset[str]:
        """All that are shown, in brackets or not."""
        optional = (piece for part in self.parts if isinstance(part, tuple) for piece in part)
        return self.required | frozenset(piece.name for piece in optional if isinstance(piece, _Hole))

    @property
    def required(self) -> frozenset[str]:
        """Those without which the line cannot be said."""
        return frozenset(part.name for part in self.parts if isinstance(part, _Hole))

    @property
    def dependable(self) -> frozenset[str]:
        """Those that are said whenever they are known: required, or with no other in their brackets."""
        optional = ([piece.name for piece in part if isinstance(piece, _Hole)] for part in self.parts if isinstance(part, tuple))
        return self.required.union(*(names for names in optional if len(names) == 1))

    @property
    def literal(self) -> str:
        """The words of the line itself."""
        if len(self.parts) == 1 and isinstance(self.parts[0], str):  # most of them
            return self.parts[0]
        flat = (piece for part in self.parts for piece in (part if isinstance(part, tuple) else (part,)))
        return " ".join([piece for piece in flat if isinstance(piece, str)])

    @property
    def certain(self) -> str:
        """The words that are said whichever values are missing."""
        return " ".join(part for part in self.parts if isinstance(part, str))

    @property
    def written(self) -> str:
        """As it was written, without the square brackets."""
        flat = (piece for part in self.parts for piece in (part if isinstance(part, tuple) else (part,)))
        return "".join(piece if isinstance(piece, str) else f"{{{piece.name}}}" for piece in flat)

    def fill(self, value: Fill, *, finish: bool = True) -> str:
        """The filled text; with `finish` as whole sentences. Raises KeyError with the placeholder that has no words."""
        done: list[str] = []
        for part in self.parts:
            if isinstance(part, str):
                done.append(part)
            elif isinstance(part, _Hole):
                words = value(part.name)
                if not words:
                    raise KeyError(part.name)
                done.append(words)
            else:
                done.append(_optional(part, value))
        return _tidy("".join(done)) if finish else "".join(done)


def _optional(parts: tuple[str | _Hole, ...], value: Fill) -> str:
    done: list[str] = []
    for part in parts:
        words = part if isinstance(part, str) else value(part.name)
        if not words:
            return ""
        done.append(words)
    return "".join(done)


def _tidy(text: str) -> str:
    """Single spaces, no doubled full stops where a value ends in one, a capital at the beginning of every sentence."""
    text = _DOUBLE.sub(r"\1", _LOOSE.sub("", _SPACES.sub(" ", text))).strip()
    return _BEGINNING.sub(lambda found: found[1] + found[2].upper(), text)


@lru_cache(maxsize=16_384)
def parse(text: str) -> Template:
    """Reads a line. Raises BadTemplate. Remembered: an edit changes few lines of many."""
    parts: list[str | _Hole | tuple[str | _Hole, ...]] = []
    optional: list[str | _Hole] | None = None
    end = 0
    for found in _PIECE.finditer(text):
        into = parts if optional is None else optional
        if found.start() > end:
            into.append(text[end : found.start()])
        end = found.end()
        if found[2] == "[":
            if optional is not None:
                raise BadTemplate("Square brackets stand inside square brackets.")
            optional = []
        elif found[2] == "]":
            if optional is None:
                raise BadTemplate("A closing square bracket has no opening one.")
            if not any(isinstance(part, _Hole) for part in optional):
                raise BadTemplate("A part in square brackets shows no placeholder, so it would always be said.")
            parts.append(tuple(optional))
            optional = None
        elif found[2]:
            raise BadTemplate("A curly bracket has no partner.")
        elif not _NAME.match(found[1]):
            raise BadTemplate(f"“{{{found[1]}}}” is not a placeholder.")
        else:
            into.append(_Hole(found[1]))
    if optional is not None:
        raise BadTemplate("A square bracket is not closed.")
    if end < len(text):
        parts.append(text[end:])
    return Template(tuple(parts))
