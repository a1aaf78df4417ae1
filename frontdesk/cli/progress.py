"""What a command that takes minutes tells meanwhile, on standard error, so that what it prints stays what it prints."""

from __future__ import annotations

from typing import Final, TextIO

__all__ = ["Progress"]

_CLEAR: Final = "\r\033[K"
"""Back to the beginning of the line of a terminal, which is emptied."""


class Progress:
    """One line that says what is done and how long it takes; in a terminal, how far it has come, in a line that is written over."""

    def __init__(self, stderr: TextIO) -> None:
        self._stderr = stderr
        self.counts = stderr.isatty()

    def begins(self, sentence: str) -> None:
        """What is done, and about how long it takes: said wherever the output goes."""
        print(sentence, file=self._stderr, flush=True)

    def __call__(self, what: str) -> None:
        """How far it has come. May be called in a child of this process."""
        if self.counts:
            print(f"{_CLEAR}{what}", end="", file=self._stderr, flush=True)

    def ends(self) -> None:
        """Nothing of the count is left."""
        self("")
