"""What a sentence invites a caller to say or press: "say yes, or press one" has two invitations.

A language says in prompts/invitations by which words it invites; nothing here knows a language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

__all__ = ["PARTS", "Invitation", "Inviting"]

_SENTENCE: Final = re.compile(r"[.?!…¿¡]")
_PIECE: Final = re.compile(r"[,;]")
_HOLE: Final = re.compile(r"\{\w+\}")
PARTS: Final = ("say", "example", "press", "or", "end", "asks")
"""The lists of words in a file of prompts/invitations."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """Words to say, or a key to press. `shorter` are the words without what may no more belong to them; often the same."""

    kind: Literal["say", "press"]
    words: str
    shorter: str = ""
    key: str = ""


class Inviting:
    """The words of one language. Raises KeyError and TypeError for data that does not have the form of the shipped files."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        words = {name: [str(word) for word in data[name]] for name in PARTS}
        self._keys = {str(name).lower(): str(key) for name, key in data["keys"].items()}
        either, begins = _any(words["or"]), rf"(?:^|(?<=[,;:]))\s*(?:{_any(words['or'])}\s+)?"
        self._marks = re.compile(
            rf"\b(?P<example>{_any(words['example'])})(?![\w'’-])\s*:?"
            rf"|\b(?P<press>{_any(words['press'])})(?![\w'’-])"
            rf"|(?:{begins}|\b{either}\s+)(?:(?P<asks>{_any(words['asks'])})|(?P<say>{_any(words['say'])}))(?![\w'’-])\s*:?",
            re.IGNORECASE,
        )
        self._or = re.compile(rf"(?:^|\s+){either}(?=[\s:]|$)\s*:?", re.IGNORECASE)
        self._end = re.compile(rf"(?:^|\s){_any(words['end'])}\s", re.IGNORECASE)

    def of(self, text: str) -> Iterator[Invitation]:
        """Every invitation in a text, in which {placeholders} stand as they are written."""
        for sentence in _SENTENCE.split(text):
            marks = list(self._marks.finditer(sentence))
            for index, mark in enumerate(marks):
                said = sentence[mark.end() : marks[index + 1].start() if index + 1 < len(marks) else len(sentence)]
                if mark["press"]:
                    yield from self._pressed(said)
                elif not mark["asks"]:
                    yield from self._said(said)

    def _said(self, text: str) -> Iterator[Invitation]:
        cut = False
        for piece, chosen in self._pieces(text):
            if cut and not chosen:  # "yes to the number, which ends in …": what follows belongs to it
                continue
            end = self._end.search(piece)
            if end is not None and end.start() == 0:  # "…, then we look"
                return
            cut = end is not None
            whole, shorter = _bare(piece), _bare(piece[: end.start()] if end is not None else piece)
            if whole:
                yield Invitation("say", whole, shorter)

    def _pressed(self, text: str) -> Iterator[Invitation]:
        for piece, _ in self._pieces(text):
            words = piece.lower().split()
            for length in (2, 1):
                name = " ".join(words[:length])
                if name in self._keys:
                    yield Invitation("press", name, name, self._keys[name])
                    break

    def _pieces(self, text: str) -> Iterator[tuple[str, bool]]:
        """What is said to be said, one by one, and whether an "or" stands before it."""
        for part in _PIECE.split(text):
            for index, piece in enumerate(self._or.split(part)):
                if piece.strip(" :"):
                    yield piece.strip(), index > 0


def _bare(text: str) -> str:
    """Up to the first placeholder, without quotes and colons."""
    return _HOLE.split(text)[0].strip(" :«»“”„\"'")


def _any(words: Iterable[str]) -> str:
    """One of these, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"
