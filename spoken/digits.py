"""Dictated digits: one by one, in groups, doubled, with fillers and corrections between them.

A run of digits is heard as paths: each path is one way to cut the words into numbers ("soixante dix huit" is 78, or 60
and 18), with the corrections of the caller still in it. Who knows what is being dictated decides which path fits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from spoken.digit_paths import Path
from spoken.digit_words import digit_words
from spoken.normalise import Token, tokenise
from spoken.numerals import cardinals_at

__all__ = ["Run", "digit_runs"]

MAX_PATHS: Final = 48
MAX_PIECES: Final = 60

PAIR: Final = 2


@dataclass(frozen=True, slots=True)
class Run:
    """Digits said in a row, with the span of characters they take. The first path is the natural one."""

    paths: tuple[Path, ...]
    span: tuple[int, int]
    first: int
    """Index of the first token, and after the last, among the tokens of the utterance without signs."""
    last: int
    whole: bool
    """Nothing else was said but fillers."""
    hyphens: bool = False
    """Words of one number are held together by hyphens, so what is not held together is apart."""


class _Listener:
    """The tokens of one utterance and what can be heard at each of them."""

    def __init__(self, text: str, language: str, hesitant: bool = False) -> None:
        self.hesitant = hesitant
        every = tokenise(text)
        self.tokens: list[Token] = [token for token in every if token.kind != "symbol" or token.text == "+"]
        self.words: list[str] = [token.text for token in self.tokens]
        self.hyphen = [
            left.end + 1 == right.start and text[left.end] in "-‐‑" for left, right in zip(self.tokens, self.tokens[1:], strict=False)
        ]
        self.language = language
        self.data = digit_words(language)
        self.aside = {at for _, start, end in self.data.asides.find(self.words) for at in range(start, end)}

    def numbers_at(self, at: int) -> list[tuple[str, int]]:
        """Digits that may begin here, the likeliest first; empty for a quantity ("quinze heures") and in an aside."""
        token = self.tokens[at]
        if at in self.aside:
            return []
        heard = [(token.text, at + 1)] if token.is_number else self._with_alike(list(self._in_words(at)))
        if heard and heard[0][1] < len(self.words) and self.data.units.at(self.words, heard[0][1]) and not token.text.startswith("0"):
            return []
        whole = [found for found in heard if found[1] >= len(self.words) or not self.hyphen[found[1] - 1]]
        return whole or heard[:1]  # no number ends in the middle of a word with hyphens

    def _with_alike(self, heard: list[tuple[str, int]]) -> list[tuple[str, int]]:
        """ "trente cat" is thirty-four: a ten, and a word that sounds like its unit."""
        if not heard or len(heard[0][0]) != 2 or heard[0][0][1] != "0" or heard[0][1] >= len(self.words):
            return heard
        single = self._single(heard[0][1])
        if single is not None and single != "0" and heard[0][0] != "10" and len(heard) == 1:
            return [*heard, (heard[0][0][0] + single, heard[0][1] + 1)]  # "treinta cuatro" without its "y"
        alike = self.data.homophones.at(self.words, heard[0][1])
        if not alike or not 0 < alike[0] < 10 or alike[1] >= len(self.words) or self.data.fillers.at(self.words, heard[0][1]):
            return heard
        follows = next(cardinals_at(self.words, alike[1], self.language), None)
        return [(heard[0][0][0] + str(alike[0]), alike[1]), *heard] if follows else heard

    def _in_words(self, at: int) -> Iterator[tuple[str, int]]:
        words, data = self.words, self.data
        times = data.repeat.at(words, at)
        if times:
            next_at = times[1] + 1 if times[1] < len(words) and words[times[1]] in data.links else times[1]
            single = self._single(next_at)
            if single is not None:
                yield single * times[0], next_at + 1
                return
            pair = next(cardinals_at(words, next_at, self.language), None) if next_at < len(words) else None
            if pair and len(pair[0]) == PAIR and self.data.pairs_repeat.at(words, at):
                yield pair[0] * times[0], pair[1]  # "deux fois quarante-quatre"
                return
        for prefix, count in data.glued_repeat.items():
            rest = words[at][len(prefix) :]
            if rest and words[at].startswith(prefix):
                digit = next(cardinals_at([rest], 0, self.language), None)
                if digit and len(digit[0]) == 1:
                    yield digit[0] * count, at + 1
                    return
        yield from cardinals_at(words, at, self.language)

    def _single(self, at: int) -> str | None:
        """One digit said alone."""
        if at >= len(self.words):
            return None
        if self.words[at] in self.data.zero:
            return "0"
        found = next(cardinals_at(self.words[at : at + 1], 0, self.language), None)
        return found[0] if found and len(found[0]) == 1 else None

    def zero_at(self, at: int) -> bool:
        """ "oh" before or after a digit."""
        if self.words[at] not in self.data.zero:
            return False
        following = at + 1
        while following < len(self.words) and self.words[following] in self.data.zero:
            following += 1
        return following < len(self.words) and bool(self.numbers_at(following))


def _walk(listener: _Listener, start: int) -> tuple[list[tuple[tuple[str, ...], int, int]], int] | None:
    """All paths of the run that begins at `start` as (pieces, unlikely, end), and the furthest end."""
    words, data = listener.words, listener.data
    open_paths: dict[int, list[tuple[tuple[str, ...], int, int]]] = {start: [((), 0, start)]}
    done: list[tuple[tuple[str, ...], int, int]] = []
    at = start
    while open_paths:
        at = min(open_paths)
        paths = sorted(open_paths.pop(at), key=lambda path: path[1])[:MAX_PATHS]
        steps = _steps(listener, at, at > start) if at < len(words) else []
        for pieces, unlikely, end in paths:
            if not steps or len(pieces) >= MAX_PIECES:
                done.append((pieces, unlikely, end))
                continue
            for index, (piece, after) in enumerate(steps):
                grown = pieces if not piece else (*pieces, piece)
                open_paths.setdefault(after, []).append((grown, unlikely + bool(index), after if piece and piece[0] != "!" else end))
    del data
    real = [path for path in done if any(piece[0] not in "!+" for piece in path[0])]
    return (real, max(path[2] for path in real)) if real else None


def _steps(listener: _Listener, at: int, inside: bool) -> list[tuple[str, int]]:
    """What can be heard at a place of a run: digits, "+", a correction, or "" for a filler. Empty ends the run."""
    words, data = listener.words, listener.data
    if data.others.at(words, at):
        return []
    if words[at] in data.plus:
        following = at + 1
        if following < len(words) and (listener.numbers_at(following) or words[following] in data.zero):
            return [("+", following)]
        return [("", following)] if inside and words[at] != "+" else []
    numbers = listener.numbers_at(at)
    if not numbers and (listener.zero_at(at) or (inside and words[at] in data.zero)):
        numbers = [("0", at + 1)]
    if numbers:
        return numbers
    if not inside:
        return []
    correction, filler, alike = data.corrections.at(words, at), data.fillers.at(words, at), data.homophones.at(words, at)
    if correction and (not filler or correction[1] >= filler[1]):
        return [correction] if _digits_follow(listener, correction[1]) else []
    if alike and _alike_fits(listener, at, alike[1]):
        return [(str(alike[0]), alike[1])]
    if filler and listener.hesitant and data.hesitations.at(words, at):
        return [("!", filler[1])] if _digits_follow(listener, filler[1]) else []
    if filler:
        return [("", filler[1])] if _digits_follow(listener, filler[1]) else []
    return []


def _alike_fits(listener: _Listener, at: int, after: int) -> bool:
    """A word that sounds like a digit stands right behind a digit and before another, or ends the utterance."""
    behind = (
        listener.numbers_at(at - 1) or listener.words[at - 1] in listener.data.zero or listener.data.homophones.at(listener.words, at - 1)
    )
    if not behind:
        return False
    if after >= len(listener.words):
        return len(listener.words) > 3
    return (
        bool(listener.numbers_at(after))
        or listener.words[after] in listener.data.zero
        or bool(listener.data.homophones.at(listener.words, after))
    )


def _digits_follow(listener: _Listener, at: int) -> bool:
    """Digits come again after at most four fillers or corrections."""
    for _ in range(4):
        if at >= len(listener.words):
            return False
        if listener.numbers_at(at) or listener.words[at] in listener.data.zero or listener.words[at] in listener.data.plus:
            return True
        skipped = listener.data.corrections.at(listener.words, at) or listener.data.fillers.at(listener.words, at)
        if not skipped:
            return False
        at = skipped[1]
    return False


def digit_runs(text: str, language: str, *, hesitant: bool = False) -> list[Run]:
    """The runs of digits in an utterance, left to right. Quantities and times ("quinze heures") are none.

    `hesitant`: a caller who hesitates has begun a group again ("forty-two er forty-three"), as if he had said "no".
    """
    listener = _Listener(text, language, hesitant)
    words, data = listener.words, listener.data
    raw: list[tuple[tuple[Path, ...], int, int]] = []
    ignored = 0
    at = 0
    while at < len(words):
        found = _walk(listener, at) if _steps(listener, at, False) else None
        if found is None:
            skipped = data.fillers.at(words, at)
            ignored += (skipped[1] - at) if skipped else 0
            at = skipped[1] if skipped else at + 1
            continue
        paths, end = found
        unique: dict[tuple[str, ...], int] = {}
        for pieces, unlikely, _ in sorted(paths, key=lambda path: path[1]):
            unique.setdefault(pieces, unlikely)
        raw.append((tuple(Path(pieces, unlikely) for pieces, unlikely in unique.items())[:MAX_PATHS], at, max(end, at + 1)))
        at = max(end, at + 1)
    taken = sum(end - start for _, start, end in raw) + ignored
    tokens: Sequence[Token] = listener.tokens
    return [
        Run(paths, (tokens[start].start, tokens[end - 1].end), start, end, taken >= len(words), any(listener.hyphen[start : end - 1]))
        for paths, start, end in raw
    ]
