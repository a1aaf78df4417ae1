"""What a model words by itself, on its way to the caller: cut into sentences, each through the gate, the first lie ends it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Protocol

from frontdesk.brain.model.refusals import Refusal
from frontdesk.brain.utterance.turn import Turn

__all__ = ["MOST_SENTENCES", "FreeWords", "Gate", "Sentences"]

MOST_SENTENCES: Final = 2


class Sentences(Protocol):
    """Whole sentences out of pieces of text."""

    def feed(self, piece: str) -> Iterator[str]: ...
    def finish(self) -> Iterator[str]: ...


class Gate(Protocol):
    """Lets sentences pass that state nothing but what is so at this moment of the call."""

    def sentences(self) -> Sentences:
        """For one answer."""
        ...

    def passes(self, sentence: str, turn: Turn) -> bool:
        """Whether a sentence may be spoken, in the language and at the moment of the turn."""
        ...

    def warm_up(self) -> None:
        """Loads what the first sentence would wait for. May run in a thread."""
        ...


class FreeWords:
    """The text of one answer. In a state that allows no free words nothing of it passes."""

    def __init__(self, gate: Gate, turn: Turn, *, free: bool) -> None:
        self._gate, self._turn = gate, turn
        self._stream = gate.sentences()
        self._open = free
        self._free = free
        self.passed: list[str] = []
        self.refusals: list[Refusal] = []

    def feed(self, piece: str) -> list[str]:
        """The sentences that may be spoken now."""
        if not self._free and not self.refusals:
            self.refusals.append(Refusal("not-free", "text"))
        return self._through(self._stream.feed(piece)) if self._open else []

    def finish(self, *, whole: bool) -> list[str]:
        """The last ones. A sentence that was broken off is none: `whole` says that the text came to its end."""
        return self._through(self._stream.finish()) if self._open and whole else []

    def _through(self, sentences: Iterator[str]) -> list[str]:
        found: list[str] = []
        for sentence in sentences:
            if len(self.passed) >= MOST_SENTENCES:
                self._open = False
                break
            if not self._gate.passes(sentence, self._turn):
                self._open = False  # what follows leans on what was cut
                self.refusals.append(Refusal("not-true", "text"))
                break
            self.passed.append(sentence)
            found.append(sentence)
        return found
