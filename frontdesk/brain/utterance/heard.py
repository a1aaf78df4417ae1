"""An utterance as the rules see it: as given, as bare words, and with what has been read already taken out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Final

from spoken.normalise import Token, tokenise

__all__ = ["LONGEST", "Heard", "Span"]

LONGEST: Final = 600
"""Characters that are looked at; nobody answers the telephone at greater length, and time stays bounded."""

Span = tuple[int, int]
"""Half-open range of characters of the utterance as given."""

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]")


class Heard:
    """One utterance. `text` is the part that is looked at, letter for letter as given."""

    def __init__(self, text: str) -> None:
        self.text = _beginning(text)
        self.tokens: tuple[Token, ...] = tuple(token for token in tokenise(_CONTROL.sub(" ", self.text)) if token.kind != "symbol")
        self._starts: list[int] = []
        pieces: list[str] = []
        at = 0
        for token in self.tokens:
            self._starts.append(at)
            pieces.append(token.text + " ")
            at += len(token.text) + 1
        self.plain = "".join(pieces)
        """The words folded, each followed by one space."""
        self.words: tuple[str, ...] = tuple(token.text for token in self.tokens)
        self.different: frozenset[str] = frozenset(self.words)
        self._taken: list[Span] = []

    def __bool__(self) -> bool:
        return bool(self.tokens)

    def __len__(self) -> int:
        return len(self.tokens)

    # --- places -----------------------------------------------------------------------------------------------

    def start_of(self, index: int) -> int:
        """Where the word of this index begins in `plain`."""
        return self._starts[index]

    def span(self, plain: Span) -> Span:
        """The characters as given for a range of `plain` that covers whole words."""
        first = bisect_right(self._starts, plain[0]) - 1
        last = max(first, bisect_left(self._starts, plain[1]) - 1)
        return self.tokens[first].start, self.tokens[last].end

    def words_of(self, plain: Span) -> Span:
        """The half-open range of words for a range of `plain` that covers whole words."""
        return bisect_left(self._starts, plain[0]), bisect_left(self._starts, plain[1])

    def at(self, span: Span) -> str:
        """The words as given."""
        return self.text[span[0] : span[1]]

    # --- what is read already -----------------------------------------------------------------------------------

    def take(self, span: Span | None) -> None:
        """Marks characters as read: no other reader sees them."""
        if span is not None:
            self._taken.append(span)

    @property
    def rest(self) -> str:
        """The utterance with all that was taken blanked out, so that places stay what they are."""
        text = _CONTROL.sub(" ", self.text)
        for start, end in self._taken:
            text = text[:start] + " " * (end - start) + text[end:]
        return text

    def without(self, spans: Iterable[Span]) -> str:
        """`rest` without some more characters."""
        text = self.rest
        for start, end in spans:
            text = text[:start] + " " * (end - start) + text[end:]
        return text

    def only(self, span: Span) -> str:
        """`rest` with everything outside `span` blanked out."""
        text = self.rest
        return " " * span[0] + text[span[0] : span[1]] + " " * (len(text) - span[1])

    def as_said(self, span: Span) -> str:
        """The utterance with everything outside `span` blanked out, whoever has read it."""
        return " " * span[0] + self.text[span[0] : span[1]] + " " * (len(self.text) - span[1])

    def untaken(self) -> list[Token]:
        """The words that no reader has taken."""
        return [token for token in self.tokens if not any(start < token.end and token.start < end for start, end in self._taken)]


def _beginning(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    cut = text.rfind(" ", 0, LONGEST)
    return text[: cut if cut > LONGEST // 2 else LONGEST]
