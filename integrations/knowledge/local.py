"""Passages in the memory of this process, found by SQLite's full-text index; without that, word by word."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from rapidfuzz.distance import Levenshtein

from integrations.knowledge.port import Passage
from integrations.knowledge.stop_words import STOP_WORDS

__all__ = ["LocalKnowledge"]

_ENOUGH: Final = 0.5
"""Share of a question's meaningful words that a passage must hold: half of them …"""
_ENOUGH_NAMED: Final = 0.33
"""… or a third, where one of them is among the words that ask for it."""
_MOST_WORDS: Final = 24
"""Meaningful words of a question that are looked at."""
_SHORTEST: Final = 3
_STEM: Final = 5
"""From so many letters on, the last one or two may differ: plural, case, gender."""
_MISHEARD: Final = 7
"""From so many letters on, one of them may be wrong."""
_CANDIDATES: Final = 12
_WORD: Final = re.compile(r"[^\W_]+")


class LocalKnowledge:
    """A `Knowledge` of given passages; built once for each version of the content, and only read afterwards."""

    def __init__(self, passages: Iterable[Passage], *, full_text: bool = True) -> None:
        self._passages = tuple(passages)
        self._words: list[frozenset[str]] = [
            frozenset(_words(" ".join((passage.text, *passage.asked_as)), passage.language)) for passage in self._passages
        ]
        self._asked: list[frozenset[str]] = [frozenset(_words(" ".join(each.asked_as), each.language)) for each in self._passages]
        self._vocabulary: dict[str, set[str]] = {}
        for passage, words in zip(self._passages, self._words, strict=True):
            self._vocabulary.setdefault(passage.language, set()).update(words)
        self._index = _index(self._passages, self._words) if full_text else None

    @property
    def passages(self) -> Sequence[Passage]:
        """All of them, in the order given."""
        return self._passages

    async def search(self, question: str, language: str, *, limit: int = 3) -> Sequence[Passage]:
        """See `integrations.knowledge.port.Knowledge.search`. Takes well under a millisecond, so that nothing need wait."""
        wanted = list(dict.fromkeys(_words(question, language)))[:_MOST_WORDS]
        meant = {word: self._forms(word, language) for word in wanted}
        if not any(meant.values()):
            return ()
        found: list[tuple[float, int, int, int]] = []
        for place in self._candidates(meant, language):
            words = self._words[place]
            hits = [word for word, forms in meant.items() if forms & words]
            score = len(hits) / len(wanted)
            named = sum(1 for word in hits if meant[word] & self._asked[place])
            if score >= (_ENOUGH_NAMED if named else _ENOUGH):
                found.append((-score, -named, -max(map(len, hits)), place))
        return tuple(replace(self._passages[place], score=round(-score, 3)) for score, _, _, place in sorted(found)[:limit])

    def _forms(self, word: str, language: str) -> set[str]:
        """The words of the passages that a word of a question stands for: the same, another form, or misheard by a letter."""
        return {known for known in self._vocabulary.get(language, ()) if _alike(word, known)}

    def _candidates(self, meant: Mapping[str, set[str]], language: str) -> Iterable[int]:
        if self._index is None:
            return [place for place, passage in enumerate(self._passages) if passage.language == language]
        forms = sorted({form for forms in meant.values() for form in forms})
        query = " OR ".join(f'"{form}"' for form in forms)  # folded letters and digits only: nothing of the syntax gets in
        rows = self._index.execute(
            "SELECT rowid FROM passages WHERE words MATCH ? AND language = ? ORDER BY rank LIMIT ?", (query, language, _CANDIDATES)
        )
        return [int(row[0]) for row in rows]


def _index(passages: Sequence[Passage], words: Sequence[frozenset[str]]) -> sqlite3.Connection | None:
    """The full-text index, or None where this SQLite has none."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    try:
        connection.execute("CREATE VIRTUAL TABLE passages USING fts5(words, language UNINDEXED)")
    except sqlite3.OperationalError:
        connection.close()
        return None
    rows = ((place, " ".join(sorted(held)), passages[place].language) for place, held in enumerate(words))
    connection.executemany("INSERT INTO passages(rowid, words, language) VALUES (?, ?, ?)", rows)
    return connection


def _words(text: str, language: str) -> list[str]:
    folded = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    stop = STOP_WORDS.get(language, frozenset())
    return [word for word in _WORD.findall(folded.replace("-", "")) if len(word) >= _SHORTEST and word not in stop]


def _alike(word: str, known: str) -> bool:
    if word == known:
        return True
    shorter, longer = sorted((word, known), key=len)
    if len(shorter) >= _STEM - 1 and len(longer) - len(shorter) <= 2 and longer.startswith(shorter):
        return True
    return len(shorter) >= _MISHEARD and Levenshtein.distance(word, known, score_cutoff=1) <= 1
