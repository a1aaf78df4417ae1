"""The word lists of the audit: `prompts/audit/<language>.yaml`, content that native speakers edit.

A phrase is written as it is said; case and accents do not matter, apostrophes and hyphens are spaces. `word*` takes any ending,
`(a|b)` is a choice, `[a]` may be missing, and `..` stands for up to four words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final

import yaml

from frontdesk.prompting.audit.patterns import compile_phrases, flatten
from frontdesk.prompting.audit.phrasebook import Phrasebook
from frontdesk.prompting.audit.small_talk import SmallTalk, load_small_talk
from frontdesk.prompting.errors import PromptingError
from fsm.yaml_source import load_texts

__all__ = ["AuditWords", "flatten", "load_audit_words"]

_LISTS: Final = (
    "questions", "negations", "not_negations", "conditions", "once", "modals", "contrast", "joints",
    "free", "full", "open", "opens", "closed", "closes", "every_day", "works", "hours_nouns",
    "see_you", "from_price", "free_of_charge", "discounts", "money", "lasts", "harmless", "counts", "big_numbers",
    "system", "titles", "name_cues", "at_sign", "ends_in", "superlatives", "turns", "because", "follows", "unable", "then", "matter",
    "assures", "articles",
)  # fmt: skip
_OTHERS: Final = (
    "claims", "promises", "numbers_between", "hours", "minutes", "hours_are_clock", "durations", "half", "capitals", "capital_nouns",
    "common", "same", "glue",
)  # fmt: skip
_BOOKS: Final = ("heads", "talk", "asks", "facts", "achieved")
_CLAIMS: Final = ("booked", "moved", "cancelled", "message", "sms", "email", "held", "transfer", "any", "whatever")


def _book(name: str, phrases: Iterable[Any]) -> Phrasebook:
    flat = [flatten(str(phrase)) for phrase in phrases]
    if any(".." in phrase or "[" in phrase for phrase in flat):
        raise PromptingError(f"The list {name!r} of the audit words allows no gap (..) and no [square brackets]; write (|word) instead.")
    try:
        return Phrasebook(flat)
    except ValueError as error:
        raise PromptingError(f"In the list {name!r} of the audit words {error}.") from error


class Synonyms:
    """Groups of words that mean the same; `word*` takes any ending."""

    def __init__(self, groups: Iterable[str]) -> None:
        self._exact: dict[str, set[str]] = {}
        self._stems: list[tuple[str, str]] = []
        for number, group in enumerate(groups):
            name = f"={number}"
            for word in flatten(group).split():
                if word.endswith("*"):
                    self._stems.append((word[:-1], name))
                else:
                    self._exact.setdefault(word, set()).add(name)

        self.of = lru_cache(maxsize=8192)(self._of)
        """The names of the groups that a flattened word belongs to."""

    def _of(self, word: str) -> frozenset[str]:
        found = {name for stem, name in self._stems if word.startswith(stem)}
        return frozenset(found | self._exact.get(word, set()))


@dataclass(frozen=True, slots=True)
class AuditWords:
    """The compiled lists of one language."""

    language: str
    lists: Mapping[str, re.Pattern[str]]
    """By name, each a pattern over flattened text."""
    claims: Mapping[str, re.Pattern[str]]
    """Words that say that something has been done, by what is said to be done."""
    promises: Mapping[str, re.Pattern[str]]
    """Words that promise what only follows from something done."""
    numbers_between: frozenset[str]
    """Words between two numbers of which the second carries the unit: "between twelve and sixty euros"."""
    hours: frozenset[str]
    minutes: frozenset[str]
    hours_are_clock: bool
    """Whether the word for hours also tells the time of day ("deux heures")."""
    duration_phrases: tuple[tuple[re.Pattern[str], int], ...]
    half: re.Pattern[str]
    capitals: frozenset[str]
    """Words with a capital that are no names."""
    capital_nouns: bool
    common: frozenset[str]
    """Words that say nothing about a subject."""
    heads: Phrasebook
    """Beginnings behind which nothing is stated up to the end of the clause: "I can't tell you", "sorry about", "let me know"."""
    talk: Phrasebook
    """What conversations are made of and what states nothing wherever it stands."""
    asks: Phrasebook
    """What may stand in a question besides."""
    facts: Phrasebook
    """What may stand around something that was found true, or that the house says."""
    achieved: Phrasebook
    """What may stand around something that was done, or that was not."""
    same: Synonyms
    """Words that mean the same where the house is quoted."""
    glue: frozenset[str]
    """Words that may join those of the house: they say neither what nor how much."""
    small_talk: SmallTalk
    """What clauses about other matters than the caller's appointment and the house are made of."""

    def __getitem__(self, name: str) -> re.Pattern[str]:
        return self.lists[name]


def _words(data: Mapping[str, Any], name: str) -> frozenset[str]:
    return frozenset(word for item in data.get(name) or () for word in flatten(str(item)).split())


def _read(path: Path, language: str) -> AuditWords:
    try:
        make = _lists(path.read_text(encoding="utf-8"), path.name, language)
    except (OSError, yaml.YAMLError) as error:
        raise PromptingError(f"The audit words {path.name} cannot be read: {error}") from error
    return make(small_talk=load_small_talk(path.parent / "small_talk" / path.name))


@lru_cache(maxsize=8)
def _lists(text: str, name: str, language: str) -> partial[AuditWords]:
    """All but the small talk. Kept by what it is made of: a business's content is made anew after each edit, mostly of something else."""
    data = load_texts(text)
    known = {*_LISTS, *_BOOKS, *_OTHERS}
    unknown = sorted(set(data) - known)
    if unknown:
        raise PromptingError(f"The audit words {name} have a list {unknown[0]!r} that nothing reads; remove it.")
    missing = sorted(known - set(data))
    if missing:
        raise PromptingError(f"The audit words {name} lack the list {missing[0]!r}; add it.")
    strange = sorted({*data["claims"], *data["promises"]} - set(_CLAIMS))
    if strange:
        raise PromptingError(f"The audit words {name} name {strange[0]!r}, which nothing can achieve; use {', '.join(_CLAIMS)}.")
    phrases = sorted(data["durations"].items(), key=lambda item: -len(item[0]))
    return partial(
        AuditWords,
        language=language,
        lists={name: compile_phrases(data[name]) for name in _LISTS},
        claims={kind: compile_phrases(items) for kind, items in data["claims"].items()},
        promises={kind: compile_phrases(items) for kind, items in data["promises"].items()},
        numbers_between=_words(data, "numbers_between"),
        hours=_words(data, "hours"),
        minutes=_words(data, "minutes"),
        hours_are_clock=data["hours_are_clock"] == "true",
        duration_phrases=tuple((compile_phrases([phrase]), int(value)) for phrase, value in phrases),
        half=compile_phrases(data["half"]),
        capitals=_words(data, "capitals"),
        capital_nouns=data["capital_nouns"] == "true",
        common=_words(data, "common"),
        heads=_book("heads", data["heads"]),
        talk=_book("talk", data["talk"]),
        asks=_book("asks", data["asks"]),
        facts=_book("facts", data["facts"]),
        achieved=_book("achieved", data["achieved"]),
        same=Synonyms(map(str, data["same"])),
        glue=_words(data, "glue"),
    )


def load_audit_words(folder: Path, languages: Iterable[str]) -> Mapping[str, AuditWords]:
    """The lists in `folder` (`fr.yaml`…), by language. Raises PromptingError for a file that is missing or not as it should be."""
    return {language: _read(folder / f"{language}.yaml", language) for language in languages}
