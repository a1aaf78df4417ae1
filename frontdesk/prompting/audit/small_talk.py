"""Small talk: clauses about the caller's life, feelings, the weather, the conversation itself; what they say is nobody's claim.

The words for all that are many and open to nobody's listing, but they are words of other matters than appointments. A clause is small
talk when it is made of such words (`about`) and of words that every clause has (`frame`), and when it does not do what claims do: speak
of the house, let somebody act or get something, or say that something is in place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, Final

import yaml

from frontdesk.prompting.audit.patterns import flatten
from frontdesk.prompting.audit.phrasebook import Phrasebook
from frontdesk.prompting.audit.vocabulary import Vocabulary, split_words
from frontdesk.prompting.errors import PromptingError
from fsm.yaml_source import load_texts

__all__ = ["SmallTalk", "load_small_talk"]

_TEXTS: Final = ("frame", "intensifiers", "copulas", "indefinite", "calendar", "places")
_WORDS: Final = ("doing", "causing", "things", "people", "speakers", "listeners", "permits", "we_endings")
_PHRASES: Final = ("never", "house", "persons", "risky", "existential")
_OTHERS: Final = ("endings", "compounds", "about")
_LIFE: Final = ("family", "weather", "travel", "health", "food", "animals", "events")
"""What a clause must name to be plainly about the caller's life."""
_NOBODY: Final = ("feelings", "thoughts", "weather", "health", "body_and_hair", "food")
"""What cannot be booked, moved or told something, unlike a daughter or a wedding."""
_INNER: Final = ("feelings", "thoughts", "evaluation", "conversation")
"""What a machine may say of itself: to hope, to be glad, to hear."""
_SOMEWHERE: Final = ("feelings", "weather", "travel", "health", "work")
"""What somebody may be in or at: on holiday, in hospital, in a good mood."""
_EXISTS: Final = (*_SOMEWHERE, "thoughts", "evaluation", "conversation", "time_passing", "people_and_sorts", "life")
"""What there may be without the house having it."""
_MOST_UNKNOWN: Final = 2


class SmallTalk:
    """The lists of one language, prepared for comparing; never changed after it was built."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Raises ValueError for a phrase whose brackets do not close, KeyError for a category that is missing."""
        words = {name: split_words(str(text)) for name, text in data["about"].items()}
        parted = [flatten(str(each)).partition(">") for each in data["endings"]]
        endings = [(ending, instead) for ending, _, instead in parted]

        def of(names: Iterable[str]) -> Vocabulary:
            return Vocabulary(chain.from_iterable(words[name] for name in names), endings, compounds=data["compounds"] == "true")

        self._known, self._life, self._nobody = of(words), of(_LIFE), of(_NOBODY)
        self._inner, self._somewhere, self._exists = of(_INNER), of(_SOMEWHERE), of(_EXISTS)
        self._texts = {name: frozenset(split_words(str(data[name]))) for name in _TEXTS}
        self._sets = {name: frozenset(flatten(str(each)) for each in data[name]) for name in _WORDS}
        self._books = {name: Phrasebook(flatten(str(each)) for each in data[name]) for name in _PHRASES}
        self.calendar = self._texts["calendar"]
        """Words of days and times that may stand beside what is plainly of the caller's life: "snow in April"."""

    # --- words ----------------------------------------------------------------------------------------------------

    def knows(self, word: str) -> bool:
        """Whether a flattened word is one of small talk, in any of its forms."""
        return self._known.has(word)

    def is_frame(self, word: str) -> bool:
        """Whether a flattened word is one that every clause has, whatever it speaks of."""
        return word in self._texts["frame"]

    def is_of_life(self, words: Sequence[str]) -> bool:
        """Whether a clause names somebody or something of the caller's life: family, weather, travel, health, food, animals, events."""
        return any(map(self._life.has, words))

    def claims_a_person(self, words: Sequence[str]) -> int | None:
        """Where a clause makes a person of the machine: "my own daughter", "I'm a real woman"; None when it does not."""
        return next((index for index in range(len(words)) if self._says("persons", words, index)), None)

    def _says(self, book: str, words: Sequence[str], at: int) -> bool:
        return self._books[book].match(words, at) > at

    # --- clauses --------------------------------------------------------------------------------------------------

    def holds(self, words: Sequence[str], spoken_for: Sequence[bool]) -> bool:
        """Whether a clause of these flattened words is small talk; `spoken_for`: those that something else accounts for already."""
        if len(words) == 1 and self.is_frame(words[0]):
            return True  # "phew": no single one of these words says anything
        told = 0
        unknown: list[int] = []
        sets, intensifiers = self._sets, self._texts["intensifiers"]
        acted = not sets["people"].isdisjoint(words)
        for index, word in enumerate(words):
            if self.knows(word) or (index and words[index - 1] in intensifiers and not spoken_for[index]):
                told += 1  # "far too modest", "such a racket": what can be so to a degree is no deed
            elif word in sets["causing"] and told and not acted:
                continue  # "puppies make work"
            elif word in sets["doing"] or word in sets["causing"]:
                # "It takes courage" is about nothing that is done here; "I take it" and "someone takes it" may be.
                if acted or sets["things"].isdisjoint(words):
                    return False
            elif not self.is_frame(word) and word not in intensifiers and not spoken_for[index]:
                unknown.append(index)
        if not told or (unknown and not self._may_be_unknown(words, unknown)):
            return False
        return not (self._somebody_acts(words) or self._is_placed(words) or self._is_there(words) or self._concerns_the_house(words))

    def _concerns_the_house(self, words: Sequence[str]) -> bool:
        """Whether a clause speaks of the caller's matter or the house, or says more than its harmless words seem to."""
        return any(self._says(book, words, index) for index in range(len(words)) for book in ("house", "never"))

    def _may_be_unknown(self, words: Sequence[str], unknown: Sequence[int]) -> bool:
        """Whether a few words that nobody listed may stand in a clause that is plainly about the caller's life.

        Not where somebody acts, not where the caller is promised or allowed something, and not as what something or somebody *is*: "your
        daughter is sorted".
        """
        if len(unknown) > _MOST_UNKNOWN or not self.is_of_life(words) or not self._sets["people"].isdisjoint(words):
            return False
        safe = [word in self._sets["causing"] or self.knows(word) for word in words]
        if any(not safe[index] and self._says("risky", words, index) for index in range(len(words))):
            return False
        return not any(self._is_predicate(words, index) for index in unknown)

    def _is_predicate(self, words: Sequence[str], at: int) -> bool:
        """Whether a word may be what something is; "that's a racket" only says what it is like."""
        for index in range(at - 1, max(-1, at - 4), -1):
            if words[index] in self._texts["indefinite"]:
                return False
            if words[index] in self._texts["copulas"]:
                # "your laugh is infectious", "the weather is ghastly": no laugh and no weather can be arranged
                return not any(map(self._nobody.has, words[:index]))
        return False

    def _somebody_acts(self, words: Sequence[str]) -> bool:
        """Whether the machine does more than feel or think, somebody does something to the caller, or something is allowed.

        "I've bumped you", "she'll see you", "your cat can come"; but "I can imagine", "it can be dreadful".
        """
        sets = self._sets
        if any(word.endswith(ending) for word in words for ending in sets["we_endings"] if not self.is_frame(word)):
            return True
        for index, word in enumerate(words):
            if word in sets["speakers"] and not self._is_next(words, index, self._inner):
                return True
            if word in sets["permits"] and not self._is_next(words, index, self._known):
                return True
            if word in sets["people"] and word not in sets["speakers"] and not sets["listeners"].isdisjoint(words[index + 1 :]):
                return True
        return False

    def _is_next(self, words: Sequence[str], at: int, vocabulary: Vocabulary) -> bool:
        """Whether the first word behind `at` that means something is of a vocabulary; true where there is none."""
        empty = self._texts["intensifiers"]
        following = next((each for each in words[at + 1 :] if not self.is_frame(each) and each not in empty), None)
        return following is None or vocabulary.has(following)

    def _is_placed(self, words: Sequence[str]) -> bool:
        """Whether something or somebody *is in, on, at* what is no weather, journey, illness or feeling: "is in the picture"."""
        texts = self._texts
        for index, word in enumerate(words):
            if word not in texts["copulas"]:
                continue
            behind = iter([each for each in words[index + 1 :] if each not in texts["intensifiers"]])
            what = next((each for each in behind if each in texts["places"] or each in texts["indefinite"] or not self.is_frame(each)), "")
            if what in texts["places"] and not self._somewhere.has(next((each for each in behind if not self.is_frame(each)), "")):
                return True
        return False

    def _is_there(self, words: Sequence[str]) -> bool:
        """Whether a clause says that there is something that the house may have: "there's a rabbit", but "there's a lot of traffic"."""
        for index in range(len(words)):
            end = self._books["existential"].match(words, index)
            if end > index:
                return not self._is_next(words, end - 1, self._exists)
        return False


def load_small_talk(path: Path) -> SmallTalk:
    """The lists of one language. Raises PromptingError for a file that is missing or not as it should be."""
    where = f"small_talk/{path.name}"
    try:
        return _made(path.read_text(encoding="utf-8"), where)
    except (OSError, yaml.YAMLError) as error:
        raise PromptingError(f"The audit words {where} cannot be read: {error}") from error


@lru_cache(maxsize=8)
def _made(text: str, where: str) -> SmallTalk:
    """Kept by what it is made of, as the other lists are."""
    data = load_texts(text)
    known = {*_TEXTS, *_WORDS, *_PHRASES, *_OTHERS}
    unknown, missing = sorted(set(data) - known), sorted(known - set(data))
    missing += sorted({*_LIFE, *_NOBODY, *_EXISTS} - set(data.get("about", ())))
    if unknown:
        raise PromptingError(f"The audit words {where} have a list {unknown[0]!r} that nothing reads; remove it.")
    if missing:
        raise PromptingError(f"The audit words {where} lack the list {missing[0]!r}; add it.")
    try:
        return SmallTalk(data)
    except ValueError as error:
        raise PromptingError(f"In the audit words {where} {error}.") from error
