"""Cut a transcript into folded words that remember where they stood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

__all__ = ["DIGITS", "MAX_TOKENS", "Tokens", "Wording", "fold", "tokenise", "words_of"]

MAX_TOKENS: Final = 400
"""Words beyond this are not read: no caller says a day after four hundred words, and work stays bounded."""

DIGITS: Final = "0"
"""What every run of digits looks like to the grammar's first-word index."""

_PIECE: Final = re.compile(r"[0-9]+|[^\W\d_]+(?:[̀-ͯ]+[^\W\d_]*)*|[\-–—]+|[:/.,…%€]")
_NAME: Final = re.compile(r"\s*([^\W\d_]+)")
_TITLE: Final = re.compile(r"\.\s+([A-ZÄÖÜ]\w+)")
_LAST: Final = re.compile(r"\s*(?:$|[,;?!])")
_PLAIN_HOUR: Final = re.compile(r"\s+(?:([^\W\d_]+)\s)?[0-9]{1,2}(?:(:[0-9]{2})|\s?([^\W\d_]+))")
_SHORT_ROW: Final = re.compile(r"\b([a-z]{2})(?:\.?\s?[/–-]\s?|\.\s(?:oder|und)\s)([a-z]{2})\b")
_STROKE: Final = re.compile(r"/(?:[0-9]{2}|[0-9]/)")
_WORD_OR_FIGURE: Final = re.compile(r"\.?\s+(?:[0-9]|([^\W\d_]+))")
_LONG_WORD: Final = 24
"""Letters within which the word before a name of a day is looked for."""
_FIGURE: Final = re.compile(r"[0-9](?:[^\W\d_]{1,2}\s?|\s)$")
_DAY_OF_MONTH: Final = re.compile(r"([^\W\d_]+)\s[0-9]{1,2}$")
_FULL_DATE: Final = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.([0-9]{2,4})?,?\s*$")
_HOUR: Final = re.compile(r"[0-9]\s?[^\W\d_]{0,3}\s*$")
_DATED: Final = re.compile(r"\.?\s*[0-9]{1,2}(?!\s?[0-9h:])")
_DASHES: Final = "-–—"
_JOINING: Final = "-–—/"
_SPLIT_LETTERS: Final = str.maketrans({"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l"})


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """Lower case without accents: transcripts lose both at random."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.lower().translate(_SPLIT_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c))


@dataclass(frozen=True, slots=True)
class Wording:
    """What a language knows of single words before any phrase is looked for; all of them folded."""

    fillers: Collection[str] = frozenset()
    """Words that say nothing: "euh"."""
    repeatable: Collection[str] = frozenset()
    """Words that may follow themselves and are no stutter then: numbers."""
    turning: Collection[str] = frozenset()
    """Words that announce the decision ("donc", "also"): those that are fillers leave their place in :attr:`Tokens.turns`."""
    softeners: Collection[str] = frozenset()
    """Words at the end that add nothing: "environ"."""
    known: Collection[str] | None = None
    """Every word of the phrases; another is a false start when the next one begins with it ("tre tres"). None: not looked at."""
    spellings: Mapping[str, str] = field(default_factory=dict)
    """Words as they are spoken, in lower case, and as the phrases write them: "is", "ist"."""
    telling: Mapping[str, Collection[str]] = field(default_factory=dict)
    """For some fillers the words after which they are none: "c'est bon"."""
    ranging: Mapping[str, str] = field(default_factory=dict)
    """The names of days, of months and of numbers, which of them they are: a dash between two of a kind is "to".

    And words for "about", before which a dash behind an hour is.
    """
    dotted: bool = False
    """Whether a full stop behind a figure makes it an ordinal ("am 16."), also where the text ends."""
    shortened: Mapping[str, str] = field(default_factory=dict)
    """Names of days and what they are short for, where something tells them from words.

    For those of two letters that is a point, stroke or dash, "Do.", "Di/Do", "Mo-Fr" (with a dash behind the name only a stroke
    or dash: "so-"). For all of them it is a figure or one of `before_hours` behind it, where the text begins or after one of
    `before_short`: "di 14 uhr", "mar 10h30 ou ven 9h".
    """
    before_hours: Collection[str] = frozenset()
    before_short: Collection[str] = frozenset()
    answers: Collection[str] = frozenset()
    """Words of agreeing, as they are written, that add nothing where a text begins: "sí, no puedo el lunes" is no "si no"."""
    homonyms: Collection[str] = frozenset()
    """Words that are two when they are said twice, the second written in capitals: "morgen Morgen"."""


NO_WORDING: Final = Wording()


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


def _says_something(text: str, sign: str, start: int, end: int, last: str, ranging: Mapping[str, str]) -> bool:
    """Punctuation says something only inside or right after a figure: "15:30", "16.6.", "14-16"; a dash also between names of days."""
    if start == 0 or sign == "…":
        return False
    if sign in _DASHES:
        if _ranges(text, last, start, end, ranging):
            return True
        # "8am-1pm", "9h30 - 11h", "16.-18. Juni": a dash before a figure is "to".
        before = text[max(0, start - 3) : start].rstrip(" ,")
        after_ordinal = before[-1:] == "." and before[-2:-1].isalnum()  # Or behind "a.m."
        return "0" <= text[end : end + 2].lstrip()[:1] <= "9" and (before[-1:].isalnum() or after_ordinal)
    if sign == "/" and text[start - 1] == "." and text[max(0, start - 2)].isdigit():
        return "0" <= text[end : end + 1] <= "9"  # "14./15.10."
    return "0" <= text[start - 1] <= "9" and (sign not in "/:" or "0" <= text[end : end + 1] <= "9")


def _ranges(text: str, before: str, start: int, end: int, ranging: Mapping[str, str]) -> bool:
    """Whether a dash stands between two names of days or of months, a figure and the name of a month, or two whole dates.

    "Mon-Fri", "3rd - Jul 9th", "lundi 15 - vendredi 19 juin".
    """
    following = _NAME.match(text, end)
    kind = ranging.get(fold(following.group(1))) if following else None
    if kind == "number":  # "nine – eleven", but "twenty-two" is one
        apart = text[start:end] != "-" or text[start - 1] == " "
        return ranging.get(before) == "hour" or (ranging.get(before) in ("number", "month") and apart)
    if following is None or kind is None or kind == ranging.get(before):
        return kind is not None
    if kind == "about":
        return ranging.get(before) == "hour" or _HOUR.search(text, max(0, start - 8), start) is not None  # "15 Uhr - ca. 18 Uhr"
    if kind == "weekday":  # "Samstag 5.9. - Mittwoch 16.9.", "lundi 15 - vendredi 19 juin"
        dated = (before == "." or before.isdigit() or ranging.get(before) == "month") and _DATED.match(text, following.end()) is not None
        return dated or _FULL_DATE.search(text, max(0, start - 12), start) is not None
    if kind == "month" and (day := _DAY_OF_MONTH.search(text, max(0, start - 13), start)):
        return ranging.get(fold(day.group(1))) == "month"  # "Nov 18-Dec 19"
    return kind == "month" and _FIGURE.search(text, max(0, start - 5), start) is not None


def _spelt_out(text: str, start: int, end: int, wording: Wording) -> str:
    """The word that stands there, folded and as the phrases write it."""
    raw = text[start:end]
    if len(raw) == 2 and wording.shortened and (raw[0].isupper() or _in_a_row(text, start, end, wording.shortened)):
        name = _written_short(text, start, end, wording.shortened, wording.known or ())
        if name is not None:
            return name
    word = fold(raw)
    if word in wording.shortened and (
        ((_before_an_hour(text, end, wording) or (raw[0].isupper() and _LAST.match(text, end))) and _begins_a_day(text, start, wording))
        or (start and raw[0].isupper() and _before_an_hour(text, end, wording))
        or _hour_behind(text, end, wording)
    ):
        return wording.shortened[word]
    # By the word as it is written first: "wär" is short for "wäre", "war" is not.
    return wording.spellings.get(raw.lower(), wording.spellings.get(word, word))


def _written_short(text: str, start: int, end: int, shortened: Mapping[str, str], known: Collection[str]) -> str | None:
    """What a name of two letters is short for, beside a point, stroke or dash."""
    name, after = text[start:end].lower(), text[end : end + 1]
    title = _TITLE.match(text, end)
    if title is not None and fold(title.group(1)) not in known:
        return None  # "Fr. Müller"
    joined = (after and after in _JOINING) or (start and text[start - 1] in _JOINING)
    return shortened.get(name, shortened.get(name + "-")) if joined else shortened.get(name) if after == "." else None


def _in_a_row(text: str, start: int, end: int, shortened: Mapping[str, str]) -> bool:
    """Whether two names of two letters stand beside a stroke or dash, or a point and a stroke or "and": "mo-fr", "do./fr."."""
    row = _SHORT_ROW.search(text, max(0, start - 10), end + 10)
    while row is not None:
        if row.start() <= start < row.end() and all(name in shortened or f"{name}-" in shortened for name in row.groups()):
            return True
        row = _SHORT_ROW.search(text, row.start() + 1, end + 10)
    return False


def _before_an_hour(text: str, end: int, wording: Wording) -> bool:
    following = _WORD_OR_FIGURE.match(text, end)
    if following is None or following.group(1) is None:
        return following is not None
    word = fold(following.group(1))
    return word in wording.before_hours or wording.ranging.get(word) == "number"


def _hour_behind(text: str, end: int, wording: Wording) -> bool:
    """Whether an hour stands behind that says that it is one, after a word that leads to it or none: "di 14 uhr", "do ab 15:30"."""
    found = _PLAIN_HOUR.match(text, end)
    if found is None or (found.group(1) and fold(found.group(1)) not in wording.before_hours):
        return False
    return found.group(3) is None or wording.ranging.get(fold(found.group(3))) == "hour" or fold(found.group(3)) == "h"


def _begins_a_day(text: str, start: int, wording: Wording) -> bool:
    before = text[max(0, start - _LONG_WORD) : start].rstrip()
    if not before:
        return not text[:start].strip()
    return before[-1] == "," or fold(before.rpartition(" ")[2]) in wording.before_short


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
        if "0" <= head <= "9":
            word, first = raw, DIGITS
            if len(raw) <= 4:
                number = int(raw)
        elif head in ":/.-–—…":
            if not _says_something(text, head, start, end, words[-1] if words else "", wording.ranging):
                continue
            word = first = "-" if head in _DASHES else head
        else:
            word = first = _spelt_out(text, start, end, wording)
            if " " in word:  # "thats" for "that's"
                apart, _, word = word.rpartition(" ")
                first = word
                words.append(apart)
                numbers.append(None)
                firsts.append(apart)
                starts.append(start)
                ends.append(start)
            tells = bool(words) and words[-1] in wording.telling.get(word, ())
            if word in wording.turning and not tells:
                turns.append(len(words))
            if not word or (word in fillers and not tells) or (not words and _only_agrees(text, start, end, wording.answers)):
                continue
            noun = bool(starts) and word in wording.homonyms and raw[0].isupper() and text[starts[-1] : starts[-1] + 1].islower()
            if words and words[-1] == word and word not in repeatable and turns[-1:] != [len(words)] and not noun:
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
