"""What of an utterance nobody has understood, and how much harm that can do to the days and times that were found.

The reader of days and times picks what it knows out of a sentence and skips the rest. The rest is mostly harmless: who
comes, what for, thanks. Now and then it is the word on which everything turns ("anders als", "bar", "the week of"). Each
language lists both in `when-doubt.yaml`; a word that is on no list is a content word that nobody foresaw.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from spoken.when.grammar import Parser
from spoken.when.tokens import DIGITS
from spoken.when.wording import fold

if TYPE_CHECKING:
    from spoken.when.language import Language

__all__ = ["CONTENT", "NEVER", "Leftover", "Risk", "Vocabulary", "WordList", "explained_by", "leftovers", "load_vocabulary"]

NEVER: Final = r"(?!)"
"""The shape of words that a language has none of."""
_FIRST_YEAR: Final = 1900
_IN_A_ROW: Final = 3
"""So many numbers are no time but the rest of a telephone number."""
_ENDING: Final = 2
"""Letters of what may end a number: "1er", "5th"."""
_SIGNS: Final = frozenset("/.:-")
_APART: Final = 2
"""Numbers of a telephone number are no further apart than this."""


class Risk(StrEnum):
    """Why a word that nobody understood may matter, the gravest first."""

    TIME = "time"
    """It is a word for a day, a month, a part of the day or a unit of time."""
    NUMBER = "number"
    RELATION = "relation"
    """It negates, bounds, compares, conditions or places in time: "unless", "sauf", "davor"."""
    HINDRANCE = "hindrance"
    """It tells what else fills a day: "closed", "piscine", "Inventur"."""
    UNKNOWN = "unknown"


CONTENT: Final = frozenset({Risk.UNKNOWN, Risk.HINDRANCE})
"""What tells of something, whatever it is."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """A word at token `at` that nobody understood."""

    at: int
    risk: Risk


def _without_umlauts(word: str) -> str:
    """A word as it is written where there are no umlauts: "moeglich"."""
    return word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")


def _by_letter(parts: Iterable[str], letter: slice) -> dict[str, tuple[str, ...]]:
    """Beginnings or endings of words by their first or last letter."""
    found: dict[str, list[str]] = {}
    for part in sorted(parts):
        found.setdefault(part[letter], []).append(part)
    return {first: tuple(some) for first, some in found.items()}


class WordList:
    """Words, beginnings of words (written with a star after them) and endings (with a star before)."""

    __slots__ = ("_ends", "_stems", "_words")

    def __init__(self, entries: Sequence[Any]) -> None:
        """`entries` are words or lists of words."""
        flat: list[str] = []
        for entry in entries:
            flat += [str(word) for word in entry] if isinstance(entry, list) else [str(entry)]
        flat += [spelt for word in flat if (spelt := _without_umlauts(word)) != word]
        self._words = frozenset(fold(word) for word in flat if "*" not in word)
        # By their outermost letter: a list has hundreds of stems, and a word is tried with the few that it may begin with.
        self._stems = _by_letter({fold(word[:-1]) for word in flat if word.endswith("*")}, slice(1))
        self._ends = _by_letter({fold(word[1:]) for word in flat if word.startswith("*")}, slice(-1, None))

    @property
    def words(self) -> frozenset[str]:
        """The whole words of the list, folded."""
        return self._words

    def __contains__(self, word: str) -> bool:
        return word in self._words or word.startswith(self._stems.get(word[:1], ())) or word.endswith(self._ends.get(word[-1:], ()))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The word lists of a language by what a leftover word may do."""

    time: WordList
    compound: WordList
    """Ends of compound words about time; they count only for words that no list knows."""
    relation: WordList
    prepositions: WordList
    """Relations that look for an object of their own behind them: "vor der Tür"."""
    hindrance: WordList
    little: WordList
    """Harmless words without a meaning of their own."""
    matters: WordList
    """What an appointment is for, and for whom."""
    harmless: WordList
    """All harmless words, the little ones and the matters too."""
    asking: WordList
    contrast: WordList
    limiting: WordList
    """Words that leave a day to what is said with it: "only", "nur"."""
    firm: WordList
    """Words that make a bound one that is wished for, and no time that something fills: "by four at the *latest*"."""
    conditions: WordList
    """Words that open a condition: "if", "wenn"."""
    undenying: WordList
    """Words with which a "not" denies nothing of a day: "not bad", "ça ne presse pas"."""
    bounding: WordList
    """Words that open a clause of time: "before", "avant"; those of `subjects` go on with it: "I", "qu'"."""
    subjects: WordList
    joining: WordList
    """Words for "and", beside those for "or"."""
    before: WordList
    """Those of `bounding` that leave the time before an event: "before we fly on the tenth"."""
    after: WordList
    links: WordList
    """What links a date to the words that count from it: "la veille *du* dix"."""
    determiners: WordList
    """What may stand before the name of an event: "before *the* wedding"."""
    habits: WordList
    """What people do on most days, so that the day said behind it is the wish: "before I go to *work* on Tuesday"."""
    past: WordList
    """Verbs of the past: "war", "was"."""
    auxiliaries: WordList
    """Helping verbs that tell of the past beside one of the `participles`: "ich *habe* am Montag angerufen"."""
    participles: WordList
    past_shape: re.Pattern[str]
    """How unknown verbs of the past are written: "painted", "sonó"; a language need not say."""
    participle_shape: re.Pattern[str]
    """How unknown participles are: "gestrichen"."""
    genitive: WordList
    """Words between a part and the week or month that it is of: "the tenth *of* July"."""
    day_openers: WordList
    """What stands before a day: "on", "el"."""
    person_openers: WordList
    """What stands before a name: "with", "Frau"."""
    topics: WordList
    """Words before the day that something is about, which need not have been: "I rang *about* Monday"."""
    inviting: WordList
    """Words that make a clause with one of those verbs a wish all the same, or tell of an appointment there is."""

    def asks(self, words: Iterable[str]) -> bool:
        """Whether something is asked for: one of the `asking` words is among these."""
        return any(word in self.asking for word in words)


def load_vocabulary(data: Mapping[str, Any], days_and_months: Sequence[str]) -> Vocabulary:
    """The lists of a `when-doubt.yaml`; the names of days and months come from the rules."""
    little = WordList(data["little"])
    return Vocabulary(
        time=WordList([*data["time_words"], *(name for name in days_and_months if name not in little)]),
        compound=WordList(data.get("time_endings", ())),
        relation=WordList(data["relations"]),
        prepositions=WordList(data["prepositions"]),
        hindrance=WordList(data["hindrances"]),
        little=little,
        matters=WordList(data["matters"]),
        harmless=WordList([*data["little"], *data["matters"], *data["harmless"]]),
        asking=WordList(data["asking"]),
        contrast=WordList(data["contrast"]),
        limiting=WordList(data["limiting"]),
        firm=WordList(data.get("firm", ())),
        conditions=WordList(data["conditions"]),
        undenying=WordList(data["undenying"]),
        bounding=WordList(data["bounding"]),
        subjects=WordList(data["subjects"]),
        joining=WordList(data["joining"]),
        before=WordList(data.get("event_before", ())),
        after=WordList(data.get("event_after", ())),
        links=WordList(data.get("event_links", ())),
        determiners=WordList(data.get("determiners", ())),
        habits=WordList(data.get("habits", ())),
        past=WordList(data.get("past", ())),
        auxiliaries=WordList(data.get("auxiliaries", ())),
        participles=WordList(data.get("participles", ())),
        past_shape=re.compile(data.get("past_shape", NEVER)),
        participle_shape=re.compile(data.get("participle_shape", NEVER)),
        genitive=WordList(data.get("genitive", ())),
        day_openers=WordList(data.get("day_openers", ())),
        person_openers=WordList(data.get("person_openers", ())),
        topics=WordList(data.get("topics", ())),
        inviting=WordList(data.get("inviting", ())),
    )


def explained_by(spans: Iterable[tuple[int, int]], count: int) -> bytearray:
    """Token by token, of `count`, whether something was made of it: it lies in one of the half-open `spans`."""
    known = bytearray(count)
    for start, end in spans:
        known[start:end] = b"\1" * (end - start)
    return known


def leftovers(parser: Parser, explained: bytearray, language: Language) -> list[Leftover]:
    """The words that are neither `explained` nor harmless."""
    found: list[Leftover] = []
    at = 0
    while at < parser.count:
        harmless, _ = parser.read("harmless", at)
        if harmless:
            at = harmless[0][0]
            continue
        risk = None if explained[at] else _risk(parser, at, language)
        if risk is not None and not _about_something_else(parser, at, risk, explained, language):
            found.append(Leftover(at, risk))
        at += 1
    return _without_telephones(found)


def _without_telephones(found: list[Leftover]) -> list[Leftover]:
    """Without numbers in a row, which are no time but what is left of a telephone number."""
    kept: list[Leftover] = []
    row: list[Leftover] = []
    for one in found:
        if row and (one.risk is not Risk.NUMBER or one.at - row[-1].at > _APART):
            kept += row if len(row) < _IN_A_ROW else []
            row = []
        (row if one.risk is Risk.NUMBER else kept).append(one)
    return kept + (row if len(row) < _IN_A_ROW else [])


def _risk(parser: Parser, at: int, language: Language) -> Risk | None:
    """What a word may do, or `None` when it is harmless."""
    word, lists = parser.words[at], language.doubt
    if parser.firsts[at] == DIGITS or word in language.phone_words:
        return Risk.NUMBER
    if word not in language.articles and word not in lists.harmless and (word in language.numbers or parser.read("dom", at)[0]):
        return Risk.NUMBER
    for risk, words in ((Risk.TIME, lists.time), (Risk.RELATION, lists.relation), (Risk.HINDRANCE, lists.hindrance)):
        if word in words:
            return risk
    if word in lists.harmless.words or not word.isalpha():
        return None
    if word in lists.compound:
        return Risk.TIME  # "Muttertag", whatever begins with "Mutter" otherwise
    return None if word in lists.harmless else Risk.UNKNOWN


def _about_something_else(parser: Parser, at: int, risk: Risk, explained: bytearray, language: Language) -> bool:
    """Whether a number counts something, or a word that turns turns what the appointment is for: "keine Farbe"."""
    if risk is Risk.NUMBER:
        return _counts(parser, at, explained, language)
    after = at + 1
    if risk is not Risk.RELATION or after >= parser.count:
        return False
    if _risk(parser, after, language) is Risk.NUMBER and _counts(parser, after, explained, language):
        return True  # "Ein Gutschein über zwanzig Euro"
    while after < parser.count and after - at <= _APART and not explained[after] and parser.words[after] in language.doubt.little:
        after += 1
    return after < parser.count and not explained[after] and parser.words[after] in language.doubt.matters


def _counts(parser: Parser, at: int, explained: bytearray, language: Language) -> bool:
    """Whether a number is said of something: "two haircuts", "zwei Personen"; or is the year of the date before it."""
    value = parser.numbers[at]
    if value is not None and value >= _FIRST_YEAR and any(explained[max(0, at - 2) : at]):
        return True
    if at and parser.words[at - 1] in _SIGNS:
        return False  # "4/22, gracias": the rest of a date or a time
    after = at + 1
    while after < parser.count and not explained[after] and parser.words[after] in language.numbers:
        after += 1  # "thirty | five pounds"
    if after >= parser.count or explained[after]:
        return False
    word = parser.words[after]
    if word in language.not_hours:
        return True
    if parser.words[at] not in language.numbers and value is None:
        return word in language.doubt.matters  # "The second haircut", but "the second thing"
    if word in language.doubt.little or len(word) <= _ENDING:
        return False
    return _risk(parser, after, language) in (None, Risk.UNKNOWN, Risk.HINDRANCE)
