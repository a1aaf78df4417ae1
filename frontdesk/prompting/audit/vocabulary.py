"""Words in their base form, found again in other forms: with an ending, as a stem with any end, as parts of a compound."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from frontdesk.prompting.audit.patterns import flatten

__all__ = ["Vocabulary", "split_words"]

_SHORTEST: Final = 2
"""So many letters a word keeps at least without its ending."""
_SHORTEST_PART: Final = 4
"""So many letters each part of a compound has at least."""
_LINKS: Final = ("", "s", "n", "es", "en", "e")
"""What may stand between the parts of a German compound."""


def split_words(text: str) -> list[str]:
    """The flattened words of a text."""
    return flatten(text).split()


class Vocabulary:
    """A set of words; never changed after it was built."""

    def __init__(self, words: Iterable[str], endings: Sequence[tuple[str, str]] = (), *, compounds: bool = False) -> None:
        """Flattened `words`, those that end in `*` with any end; `endings` with what stands in their place in the base form."""
        words = list(words)
        self._exact = frozenset(word for word in words if not word.endswith("*"))
        self._stems = frozenset(word[:-1] for word in words if word.endswith("*"))
        self._longest_stem = max((len(stem) for stem in self._stems), default=0)
        self._endings, self._compounds = tuple(endings), compounds
        # A call says the same few hundred words again and again, and what a word is never changes.
        self.has = lru_cache(maxsize=8192)(self._has)
        """Whether a flattened word is in the set, in any of its forms."""

    def _has(self, word: str) -> bool:
        longest = min(len(word), self._longest_stem)
        if self._is_form(word) or any(word[:n] in self._stems for n in range(_SHORTEST, longest + 1)):
            return True
        return self._compounds and self._is_compound(word)

    def _is_form(self, word: str) -> bool:
        return word in self._exact or any(
            word.endswith(ending) and len(word) - len(ending) >= _SHORTEST and word[: -len(ending)] + instead in self._exact
            for ending, instead in self._endings
        )

    def _is_compound(self, word: str) -> bool:
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            if not self._is_form(word[cut:]):
                continue
            head = word[:cut]
            if any(head.endswith(link) and head[: len(head) - len(link)] in self._exact for link in _LINKS):
                return True
        return False
