"""Cut a transcript into folded words that remember where they stood."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from spoken.when.punctuation import DASHES, says_something
from spoken.when.short_names import spelt_out
from spoken.when.wording import NO_WORDING, Wording, fold

__all__ = ["DIGITS", "MAX_TOKENS", "Tokens", "tokenise", "words_of"]

MAX_TOKENS: Final = 400
"""Words beyond this are not read: no caller says a day after four hundred words, and work stays bounded."""

DIGITS: Final = "0"
"""What every run of digits looks like to the grammar's first-word index."""

_PIECE: Final = re.compile(r"[$£€]\s?[0-9]+(?:[.,][0-9]+)*|[0-9]+|[^\W\d_]+(?:[̀-ͯ]+[^\W\d_]*)*|[\-–—]+|[:/.,…%€]")
_SHORT_YEAR: Final = re.compile(r"\s['’](?:2[5-9]|3[0-5])$")
_CENTURY: Final = 2000
_STROKE: Final = re.compile(r"/(?:[0-9]{2}|[0-9]/)")


@dataclass(slots=True)
class Tokens:
    """Parallel lists, which are quicker to walk than objects."""

    words: list[str]
    """Folded word, digits as written, or one of `: / . , -`."""
    numbers: list[int | None]
    """The value of a run of at most four digits."""
    firsts: list[str]
    """The word, or :data:`DIGITS`."""
    starts: list[int]
    ends: list[int]
    trailing_off: bool
    """The transcript itself says that the caller has not finished ("le vingt…")."""
    turns: list[int] = field(default_factory=list)
    """Before which words one that announces the decision stood ("donc", "also"), although it is no word of a phrase."""
    commas: list[int] = field(default_factory=list)
    """Before which words a comma was written."""

    def __len__(self) -> int:
        return len(self.words)

    def settle(self, wording: Wording) -> None:
        """Drop what adds nothing at the end: the full stop of "at 4.", words like "environ"."""
        if not wording.dotted and self.words[-1:] == ["."] and "." not in self.words[-3:-1]:
            self.soften(".")
        elif self.words[-1:] == ["."] and (
            self.words[-3:-2] == [":"] or wording.ranging.get(self.words[-3:-2][0] if len(self) > 2 else "") == "hour"
        ):
            self.soften(".")  # "Um 9 Uhr 15."
        self.soften(wording.softeners)

    def soften(self, softeners: Collection[str]) -> None:
        """Drop words at the end that add nothing: "dans six semaines environ"."""
        while len(self.words) > 1 and self.words[-1] in softeners:
            for kept in (self.words, self.numbers, self.firsts, self.starts, self.ends):
                kept.pop()


def _keeps_apart(words: list[str], numbers: list[int | None], word: str, number: int | None, repeatable: Collection[str]) -> bool:
    """Whether a comma keeps apart what would else be one time: only between two numbers, "at ten, eleven or twelve"."""
    last = numbers[-2:-1] if words and words[-1] == "." else numbers[-1:]  # "am 16., 17. oder 18."
    return bool(words) and (last[:1] not in ([None], []) or words[-1] in repeatable) and (number is not None or word in repeatable)


def _hour_and_date(before: str, text: str, end: int, wording: Wording) -> bool:
    """Whether a figure behind an hour begins a date as it is written: in "16h 11/06/2026" are no eleven minutes."""
    return (before == "h" or wording.ranging.get(before) == "hour") and _STROKE.match(text, end) is not None


def _false_start(word: str, following: str, known: Collection[str]) -> bool:
    """Whether a word that nobody knows is the beginning of the next one: "tre tres"."""
    return 1 < len(word) < len(following) and word not in known and following.startswith(word)


def _only_agrees(text: str, start: int, end: int, answers: Collection[str]) -> bool:
    """Whether the first word of a text only agrees: it is written as such words are, or a comma follows it and it sounds like one."""
    raw = text[start:end].lower()
    return raw in answers or (text[end : end + 1] == "," and any(fold(raw) == fold(answer) for answer in answers))


def _tells(words: list[str], telling: Collection[str]) -> bool:
    """Whether the last word or the last two make a filler one that says something: "très bon", "zum ersten Mal"."""
    return words[-1] in telling or " ".join(words[-2:]) in telling


def _figure(text: str, start: int, end: int) -> tuple[str, int | None]:
    """A run of digits as a word and as a number: "Jan '27" is of 2027."""
    raw = text[start:end]
    number = int(raw) if len(raw) <= 4 else None
    if number is not None and _SHORT_YEAR.search(text, max(0, start - 2), end):
        return str(_CENTURY + number), _CENTURY + number
    return raw, number


def tokenise(text: str, wording: Wording = NO_WORDING) -> Tokens:
    """Words of `text` without fillers and without stutters, as `wording` has them."""
    fillers, repeatable, known = wording.fillers, wording.repeatable, wording.known
    words: list[str] = []
    numbers: list[int | None] = []
    firsts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    turns: list[int] = []
    commas: list[int] = []
    comma = False
    for match in _PIECE.finditer(text):
        raw = match.group()
        start, end = match.span()
        number: int | None = None
        head = raw[0]
        if head == ",":
            comma = True
            commas.append(len(words))
            continue
        if head in "$£€":  # "£12" is no twelve; the sign alone may stand behind a figure.
            word = first = "€"
        elif "0" <= head <= "9":
            word, number = _figure(text, start, end)
            first = DIGITS
        elif head in ":/.-–—…":
            if not says_something(text, head, start, end, words[-1] if words else "", wording.ranging):
                continue
            word = first = "-" if head in DASHES else head
        else:
            word = first = spelt_out(text, start, end, wording)
            if " " in word:  # "thats" for "that's"
                apart, _, word = word.rpartition(" ")
                first = word
                words.append(apart)
                numbers.append(None)
                firsts.append(apart)
                starts.append(start)
                ends.append(start)
            telling = wording.telling.get(word)
            tells = telling is not None and bool(words) and _tells(words, telling)
            if word in wording.turning and not tells:
                turns.append(len(words))
            if not word or (word in fillers and not tells) or (not words and _only_agrees(text, start, end, wording.answers)):
                continue
            noun = bool(starts) and word in wording.homonyms and raw[0].isupper() and text[starts[-1] : starts[-1] + 1].islower()
            anew = noun or (comma and word in wording.denials)
            if words and words[-1] == word and word not in repeatable and turns[-1:] != [len(words)] and not anew:
                continue  # A stutter; but "je suis pas là, donc la suivante" is none.
            if known is not None and words and _false_start(words[-1], word, known):
                for kept in (words, numbers, firsts, starts, ends):
                    kept.pop()
        behind_comma = comma and _keeps_apart(words, numbers, word, number, repeatable)
        if behind_comma or (number is not None and words and _hour_and_date(words[-1], text, end, wording)):
            words.append(",")
            numbers.append(None)
            firsts.append(",")
            starts.append(start)
            ends.append(start)
        comma = False
        words.append(word)
        numbers.append(number)
        firsts.append(first)
        starts.append(start)
        ends.append(end)
        if len(words) >= MAX_TOKENS:
            break
    stripped = text[-8:].rstrip()
    tokens = Tokens(words, numbers, firsts, starts, ends, stripped.endswith(("…", "...")), turns, commas)
    tokens.settle(wording)
    return tokens


def words_of(phrase: str) -> list[str]:
    """The words of a phrase of the language data, folded as a transcript would be."""
    return [match.group() if match.group()[0] in ":/.-" else fold(match.group()) for match in _PIECE.finditer(phrase)]
