"""What the receptionist wants of a store of knowledge: the passages that answer a question, with where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

__all__ = ["Knowledge", "Passage"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A few sentences of the business, letter for letter as they may be said.

    `source` says where they stand ("knowledge/en.md, Wifi"), `topic` the id of the answer in business.yaml, "" for any other
    text. `asked_as` are words that ask for it. `score` is 0 for a passage at rest, and in an answer the share of the
    question's meaningful words that it holds, up to 1.
    """

    text: str
    source: str
    language: str
    topic: str = ""
    asked_as: tuple[str, ...] = ()
    score: float = 0.0


class Knowledge(Protocol):
    """Passages in the languages of one business."""

    async def search(self, question: str, language: str, *, limit: int = 3) -> Sequence[Passage]:
        """The passages that may answer a question in the caller's words, best first; none where nothing is near enough.

        Never passages of another language. Raises Unavailable when the store cannot be read.
        """
        ...
