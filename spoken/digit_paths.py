"""Ways to cut a run of dictated digits into pieces, and what its corrections make of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

__all__ = ["Path"]

MAX_MEANINGS: Final = 8
"""How many meanings of an earlier correction are kept for the next one."""
MIN_KEPT: Final = 5
"""Digits that stay when others are said anew one by one; where fewer would, the number goes on."""
WHOLE: Final = 9
"""Digits from a nought on that are a number by themselves, whatever was said before."""
MAX_TAKEN_UP: Final = 6
"""Pieces said once more before the one that is put right."""


@dataclass(frozen=True, slots=True)
class Path:
    """One way to cut a run. `pieces` are digits as said together, or "!" where the caller corrects, "!!" where he starts again,
    "!-" where he corrects the end."""

    pieces: tuple[str, ...]
    unlikely: int
    """How many times another cut was preferred to the natural one."""

    @property
    def digits(self) -> str:
        """All digits, as if nothing had been corrected."""
        return "".join(piece for piece in self.pieces if piece[0] != "!")

    def corrected(self) -> Iterator[tuple[str, ...]]:
        """The pieces after the corrections, the likeliest meaning first.

        What follows "non" replaces the last piece of the same length, or the last digits, or everything.
        """
        if not any(piece[0] == "!" for piece in self.pieces):
            yield self.pieces
            return
        mended = tuple(
            piece for at, piece in enumerate(self.pieces) if piece != "!-" or (at and self.pieces[at - 1][0] == "!")
        )  # "and at the end four five" only goes on
        if mended != self.pieces:
            yield from Path(mended, self.unlikely).corrected()
            return
        last = max(index for index, piece in enumerate(self.pieces) if piece[0] == "!")
        after = self.pieces[last + 1 :]
        restart, at_end = self.pieces[last] == "!!", self.pieces[last] == "!-"
        for before in islice(Path(self.pieces[:last], self.unlikely).corrected(), MAX_MEANINGS):
            if not after:
                yield before
                continue
            anew = not restart and after[0][0] in "0+" and sum(map(len, after)) >= WHOLE
            if anew:
                yield after  # "… eighty-eight no sorry, oh seven …": the whole number once more
            if at_end and (kept := _without_last(before, sum(map(len, after)))) is not None:
                yield (*kept, *after)
            if not restart:
                yield from _replaced(before, after)
            if not anew:
                yield after


def _without_last(pieces: tuple[str, ...], count: int) -> tuple[str, ...] | None:
    """The pieces without their last digits, so many of them; None when they are not that many."""
    kept = list(pieces)
    while count and kept:
        taken = min(count, len(kept[-1]))
        kept[-1] = kept[-1][: len(kept[-1]) - taken]
        count -= taken
        if not kept[-1]:
            kept.pop()
    return tuple(kept) if not count and kept else None


def _replaced(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """`before` with its end replaced by `after`: first by pieces of equal length, then by any number of pieces."""
    for again in range(max(0, len(before) - MAX_TAKEN_UP), len(before) - 1):
        if len(after) > len(before) - 1 - again and before[again:-1] == after[: len(before) - 1 - again]:
            yield before[:again] + after  # "four five no four six": taken up from the four
    if len(after) > 1 and all(len(piece) == 1 for piece in (*after, *before[-len(after) :])):
        kept = _without_last(before, len(after))  # digit by digit: as many as are said again
        if kept is not None and len(kept) >= MIN_KEPT:
            yield (*kept, *after)
    order = sorted(range(len(before)), key=lambda keep: (sum(map(len, before[keep:])) != len(after[0]), -keep))
    for keep in order[: 2 * MAX_MEANINGS]:
        yield before[:keep] + after
