"""A sentence seen as the audit sees it: clauses, and whether a claim in them is stated, asked, denied or supposed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from frontdesk.prompting.audit.words import AuditWords, flatten
from spoken.normalise import Token, words_of
from spoken.numerals import cardinal_at

__all__ = ["Number", "Sentence"]

_BREAK: Final = re.compile(r"[,;:!?.…()–—]+")
_BEHIND: Final = 24
_REACH: Final = 60
"""So many characters before a word a negation can stand and still deny it."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in words: its value, its tokens (half-open) and its characters."""

    value: int
    first: int
    last: int
    span: tuple[int, int]


@dataclass(slots=True)
class Sentence:
    """Built once per audit. `plain` is as long as `text`; `free` is the text with what is accounted for masked."""

    text: str
    words: AuditWords
    plain: str = ""
    tokens: list[Token] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    clauses: list[tuple[int, int]] = field(default_factory=list)
    backed: bool = False
    """Whether something in it has been found true."""
    dated: bool = False
    """Whether it gives the time of an appointment that stands in the calendar."""
    house: list[tuple[int, int]] = field(default_factory=list)
    achieved: bool = False
    """Whether it says of something done that it has been done."""
    settled: list[tuple[int, int]] = field(default_factory=list)
    harmless: list[tuple[int, int]] = field(default_factory=list)
    """Phrases that claim nothing although words in them could: "get better soon", "it made me laugh"."""

    def __post_init__(self) -> None:
        self.plain = flatten(self.text)
        self.tokens = words_of(self.text)
        self.numbers = list(self._numbers())
        self.clauses = self._clauses()

    # --- shape ----------------------------------------------------------------------------------------------------

    def _numbers(self) -> list[Number]:
        found: list[Number] = []
        folded = [token.text for token in self.tokens]
        at = 0
        while at < len(folded):
            hit = cardinal_at(folded, at, self.words.language)
            if hit is None:
                at += 1
                continue
            # A comma ends a number: "soixante, dix" are two.
            end = next(
                (i for i in range(at + 1, hit[1]) if "," in self.text[self.tokens[i - 1].end : self.tokens[i].start]),
                hit[1],
            )
            if end != hit[1]:
                hit = cardinal_at(folded[:end], at, self.words.language) or (0, at + 1)
            found.append(Number(hit[0], at, hit[1], (self.tokens[at].start, self.tokens[hit[1] - 1].end)))
            at = hit[1]
        return found

    def _clauses(self) -> list[tuple[int, int]]:
        cuts = [(m.start(), m.end()) for m in _BREAK.finditer(self.plain)]
        cuts += [(m.start(), m.start()) for m in self.words["contrast"].finditer(self.plain)]
        clauses: list[tuple[int, int]] = []
        start = 0
        for begin, end in sorted(cuts):
            if self.plain[start:begin].strip():
                clauses.append((start, begin))
            start = max(start, end)
        if self.plain[start:].strip():
            clauses.append((start, len(self.plain)))
        return clauses or [(0, len(self.plain))]

    def clause_of(self, at: int) -> tuple[int, int]:
        """The clause that the character `at` lies in."""
        return next(((start, end) for start, end in self.clauses if start <= at < end), self.clauses[-1])

    # --- what is accounted for ------------------------------------------------------------------------------------

    def settle(self, start: int, end: int, *, backed: bool = True, house: bool = False) -> None:
        """These characters are accounted for: no later check looks at them.

        `backed`: a record or the house makes them true; `house`: the house does, whatever happens in this call.
        """
        self.settled.append((start, end))
        if house:
            self.house.append((start, end))
        self.backed = self.backed or backed

    def is_settled(self, start: int, end: int) -> bool:
        """Whether some of these characters are accounted for."""
        return any(first < end and start < last for first, last in self.settled)

    @property
    def free(self) -> str:
        """The text with what is accounted for replaced by a word that means nothing."""
        signs = list(self.text)
        for start, end in self.settled:
            signs[start:end] = "x" * (end - start)
        return "".join(signs)

    # --- mood -----------------------------------------------------------------------------------------------------

    def asked(self, at: int) -> bool:
        """Whether the clause is part of a question: the last one before "?", or one that opens like a question before `at`."""
        return self._is_question(self.clause_of(at), at)

    def is_question(self, start: int, end: int) -> bool:
        """The same of a whole clause, wherever in it the question opens."""
        return self._is_question((start, end), end)

    def _is_question(self, clause: tuple[int, int], until: int) -> bool:
        if not self.plain.rstrip(" \"'»”").endswith("?"):
            return False
        if "¿" in self.text:
            return self.text.rfind("¿", 0, until + 1) > self.text.rfind("?", 0, until)
        return clause == self.clauses[-1] or self.words["questions"].search(self.plain, clause[0], until) is not None

    def denied(self, start: int, end: int, *, wide: bool = False) -> bool:
        """Whether a negation stands before these words in their clause, or right behind them; with `wide`, anywhere behind them."""
        low, high = self.clause_of(start)
        first = max(low, start - _REACH)
        if first > low:
            first = self.plain.find(" ", first, start) if " " in self.plain[first:start] else start
        last = high if wide else min(high, end + _BEHIND)
        if last < high and " " in self.plain[end:last]:
            last = self.plain.rfind(" ", end, last)
        joint = None if wide else self.words["joints"].search(self.plain, end, last)
        last = joint.start() if joint is not None else last
        return self.has_negation(first, last)

    def has_negation(self, start: int, end: int) -> bool:
        """Whether a negation stands between these characters; "no problem" is none."""
        window = self.plain[start:end]
        for name in ("not_negations", "free_of_charge"):  # "it doesn't cost anything" denies nothing
            window = self.words[name].sub(lambda m: " " * len(m.group()), window)
        return self.words["negations"].search(window) is not None

    def supposed(self, start: int) -> bool:
        """Whether the words hang on a condition, a "whether", or come "once" something else is done."""
        low, _ = self.clause_of(start)
        for match in self.words["conditions"].finditer(self.plain, low, start):
            if "í" not in self.text[match.start() : match.end()]:  # "sí" is no "si"
                return True
        once = self.words["once"].search(self.plain, 0, start)
        return once is not None

    def possible(self, start: int) -> bool:
        """Whether a modal verb makes it a possibility: "can be booked"."""
        low, _ = self.clause_of(start)
        return self.words["modals"].search(self.plain, max(low, start - 40), start) is not None
