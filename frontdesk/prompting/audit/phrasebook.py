"""Phrases found in a run of words, all of them at once and however many ways each can be said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

__all__ = ["Phrasebook"]

_SIGN: Final = re.compile(r"[()|]|[^()|\s]+")


@dataclass(slots=True, eq=False)
class _Node:
    next: dict[str, list[_Node]] = field(default_factory=dict)
    stems: list[tuple[str, _Node]] = field(default_factory=list)
    onward: _Node | None = None
    """Where a choice ends, the one node behind all its alternatives: without it every way out would meet every way in."""
    ends: bool = False


class Phrasebook:
    """A net of phrases, word by word. `(a|b)` is a choice, an empty one may be missing; `stem*` is every word that begins so.

    The ways to say a phrase are never written out: a net is as large as its text.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        """Raises ValueError for a phrase whose brackets do not close."""
        self._root = _Node()
        for phrase in phrases:
            signs = _SIGN.findall(phrase)
            ends, at = self._choices(signs, 0, [self._root])
            if at != len(signs):
                raise ValueError(f"the brackets of {phrase!r} do not close")
            for node in ends:
                node.ends = node is not self._root

    def _choices(self, signs: Sequence[str], at: int, start: list[_Node]) -> tuple[list[_Node], int]:
        """The nodes behind any of the alternatives from `at` on, and where they stop: at a closing bracket or the end."""
        ends: list[_Node] = []
        here = start
        while at < len(signs) and signs[at] != ")":
            if signs[at] == "|":
                ends += here
                here, at = start, at + 1
            elif signs[at] == "(":
                ways, at = self._choices(signs, at + 1, here)
                if at >= len(signs):
                    raise ValueError(f"the brackets of {' '.join(signs)!r} do not close")
                here, at = self._joined(ways, here), at + 1
            else:
                here, at = [self._word(signs[at], here)], at + 1
        return list(dict.fromkeys([*ends, *here])), at

    @staticmethod
    def _joined(ways: list[_Node], before: list[_Node]) -> list[_Node]:
        """One node behind a choice; those before it stay when the choice may be missing."""
        join = _Node()
        for node in ways:
            if node not in before:
                node.onward = join
        return [join, *(node for node in ways if node in before)]

    @staticmethod
    def _word(word: str, here: Sequence[_Node]) -> _Node:
        node = _Node()
        for before in here:
            if word.endswith("*"):
                before.stems.append((word[:-1], node))
            else:
                before.next.setdefault(word, []).append(node)
        return node

    def match(self, words: Sequence[str], at: int) -> int:
        """Behind the longest phrase that begins at `at`; `at` itself when none does."""
        best, nodes = at, [self._root]
        for index in range(at, len(words)):
            word = words[index]
            reached = [child for node in nodes for child in node.next.get(word, ())]
            reached += [child for node in nodes for stem, child in node.stems if word.startswith(stem)]
            if not reached:
                break
            for node in reached:  # grows while it is read
                if node.onward is not None:
                    reached.append(node.onward)
            if any(node.ends for node in reached):
                best = index + 1
            nodes = reached
        return best
