"""Whole sentences out of a stream of pieces, as early as is safe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

__all__ = ["SentenceStream"]

_END: Final = re.compile(r"[.!?…]+[\"'»”’)\]]*(?=\s)|\n+")
_SHORT: Final = re.compile(
    r"(?:^|[\s(«“\"'’])(?:m|mm|mme|mlle|mlles|mr|mrs|ms|dr|prof|st|ste|av|bd|env|etc|tel|tél|n|no|nr|nº|art|max|min|ca|bzw|z|d|b|h|usw|evtl|ggf|inkl"
    r"|str|sr|sra|srta|ud|uds|dña|avda|c|p|a|u|e|i|g|approx|vs|hr|fr|kl|vgl|sog|std|uhr|a\.m|p\.m|e\.g|i\.e|z\.\s?b|d\.\s?h|p\.\s?ej|s\.v\.p)\.$",
    re.IGNORECASE,
)
_FIGURE: Final = re.compile(r"\d\s?(?:h|H)?\.$|\b\d{1,2}\s?h\s?\d{0,2}\.$")
_LETTER: Final = re.compile(r"(?:^|[\s.])[^\W\d_]\.$")
_MAX: Final = 600
"""Longer than this nothing is waited for: a text without an end is handed over as it is, to be cut as over-long."""


class SentenceStream:
    """Feed pieces of text, get whole sentences. Nothing is lost: the sentences joined by spaces are the text fed.

    A sentence is handed over when what follows its full stop shows that it has ended; a figure, an abbreviation or a single
    letter before the stop is waited for, unless a capital follows that begins a new sentence after a figure.
    """

    def __init__(self) -> None:
        self._text = ""

    def feed(self, piece: str) -> Iterator[str]:
        """The sentences that are complete with this piece."""
        self._text += piece
        found: list[str] = []
        while (end := self._end()) is not None:
            sentence, self._text = self._text[:end].strip(), self._text[end:].lstrip()
            if sentence:
                found.append(sentence)
        return iter(found)

    def finish(self) -> Iterator[str]:
        """What is left when the stream has ended."""
        rest, self._text = self._text.strip(), ""
        return iter([rest] if rest else [])

    def _end(self) -> int | None:
        for match in _END.finditer(self._text):
            head = self._text[: match.end()]
            if "\n" in match.group():
                if head.strip():
                    return match.end()
                continue
            following = self._text[match.end() :].lstrip()
            if not following:
                if match.group()[0] in "!?" and not match.group().startswith("…"):
                    return match.end()
                return match.end() if not self._may_go_on(head) else None
            if self._may_go_on(head) and not (_FIGURE.search(head) and following[0].isupper()):
                continue
            if following[0].islower() and match.group()[0] in ".…":
                continue  # "attendez… je regarde" is one sentence
            return match.end()
        return _MAX if len(self._text) > _MAX else None

    @staticmethod
    def _may_go_on(head: str) -> bool:
        """Whether the full stop may belong to a figure, an abbreviation or an initial, or be the first of three."""
        return bool(_SHORT.search(head) or _FIGURE.search(head) or _LETTER.search(head)) or head.rstrip().endswith(("…", "..."))
