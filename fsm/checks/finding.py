"""What a check finds, before it is put to its place in the file."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Finding", "Place"]

Place = tuple[str | int, ...]
"""The way to a value in the document: ("states", "slot", "next", 0, "to")."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with the graph at a place of the document. `code` is stable; `message` is one sentence.

    `example` is the shortest call that shows it, a line a turn, where there is one. `at` is file, line and column of what
    stands in another file than the document.
    """

    code: str
    place: Place
    message: str
    hint: str = ""
    example: tuple[str, ...] = ()
    at: tuple[str, int, int] | None = None
