"""What the clauses of an answer come to: what was wanted, less what was refused."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from spoken.choosing.cues import Said, chosen, several
from spoken.choosing.phrases import choice_book
from spoken.reading import Reading

__all__ = ["Heard", "decided"]


@dataclass
class Heard:
    """What the clauses have said so far."""

    wanted: list[frozenset[int]] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)
    refusals: int = 0
    """How many things a "not" refused; hindrances ("I'm away") count for nothing here."""
    joined: bool = False
    """Two of them will do."""
    excludes: bool = False
    turned: bool = False
    """Something was refused, taken back, or given as a reason."""


def decided(said: Said, heard: Heard) -> Reading | None:
    """What is left of the offers when all clauses were heard; None when nothing turned, or all was taken back."""
    if not heard.turned:
        return None
    whole = said.span(0, len(said.words))
    everything = frozenset(range(len(said.choices)))
    if not heard.wanted:
        left = sorted(everything - heard.refused)
        if not left:
            return chosen(None, whole)
        if len(left) == 1 and (heard.excludes or heard.refusals > 1):
            return chosen(left[0], whole)  # "not Monday and not Tuesday", of three
        if len(left) == 1 and _lies_between(said, left[0], heard.refused):
            return chosen(left[0], whole)
        return several(left, said.choices, whole, *(("any",) if heard.excludes else ()))
    meant = everything
    for offers in heard.wanted:
        meant = (meant & offers) or meant | offers
    meant -= heard.refused
    if not meant:
        left = sorted(everything - heard.refused)
        return several(left, said.choices, whole) if left and len(heard.wanted) == 1 else None
    if len(meant) == 1 and not heard.joined:
        return chosen(next(iter(meant)), whole)
    return several(sorted(meant), said.choices, whole, *(("any",) if heard.joined else ()))


def _lies_between(said: Said, left: int, refused: AbstractSet[int]) -> bool:
    """ "Ten's a bit early and four's too late": whether the only one that is left lies between one that is early and one that is late."""
    told = [any(True for _ in choice_book(said.language, key).find(said.words)) for key in ("early", "late")]
    if not all(told):
        return False
    starts = said.starts()
    others = [start for index in refused if (start := starts[index])]
    start = starts[left]
    return start is not None and len(others) > 1 and min(others) < start < max(others)
