"""The phrases of a language that tell names from other words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from spoken.lexicon import load, phrases
from spoken.normalise import PhraseBook, fold, fold_words

__all__ = ["NameWords", "name_words"]


@dataclass(frozen=True, slots=True)
class NameWords:
    """The data of `names.yaml`, with what other files lend it."""

    cues: PhraseBook[bool]
    """True for a weak one."""
    after: PhraseBook[bool]
    skipped: PhraseBook[str]
    """Titles, relations and fillers."""
    links: PhraseBook[str]
    """What says that a surname, or a first name, comes now."""
    roles: PhraseBook[str]
    """What says that the words just heard were one."""
    stops: PhraseBook[bool]
    ends: PhraseBook[bool]
    """Remarks behind a name in which no other part of it comes ("de soltera")."""
    particles: PhraseBook[bool]
    withs: PhraseBook[bool]
    two: PhraseBook[bool]
    at_end: PhraseBook[bool]
    corrections: PhraseBook[bool]
    refusals: PhraseBook[bool]
    not_names: frozenset[str]
    homophones: PhraseBook[str]
    capital_nouns: bool
    first_names: frozenset[str]
    letters: PhraseBook[str]
    hyphens: PhraseBook[bool]
    ordinary_surnames: frozenset[str]
    """Of those that are no name by themselves: surnames in the frame of a name, see `ordinary_surnames.py`."""
    surnames_behind_first_names: frozenset[str]
    """Of those, too: so common that only a first name, a title or a word for surnames makes one of them."""
    ands: frozenset[str]


@lru_cache(maxsize=16)
def name_words(language: str) -> NameWords:
    """The phrases of a language, read once."""
    data: Any = load(language, "names")
    weak = {fold_words(phrase) for phrase in data["weak_cues"]}
    cues = {str(phrase): fold_words(phrase) in weak for phrase in [*data["cues"], *data["weak_cues"]]}
    cues = {f"{phrase} {article}": weakly for phrase, weakly in cues.items() for article in data["articles"]} | cues
    links = dict.fromkeys(data["surname_links"], "surname") | dict.fromkeys(data["first_links"], "first")
    return NameWords(
        cues=PhraseBook(cues),
        after=PhraseBook(dict.fromkeys(data["after"], True)),
        skipped=PhraseBook([(phrase, kind) for kind in ("fillers", "titles", "relations") for phrase in data[kind]]),
        links=PhraseBook(links),
        roles=PhraseBook(dict.fromkeys(data["surname_roles"], "surname") | dict.fromkeys(data["first_roles"], "first")),
        ands=frozenset(fold(word) for word in phrases(language, "choice", "ands")),
        stops=PhraseBook(dict.fromkeys(data["stops"], True)),
        ends=PhraseBook(dict.fromkeys(data["ends"], True)),
        particles=PhraseBook(dict.fromkeys(data["particles"], True)),
        withs=PhraseBook(dict.fromkeys(data["with"], True)),
        two=PhraseBook(dict.fromkeys(map(str, data["two"]), True)),
        at_end=PhraseBook(dict.fromkeys(data["at_end"], True)),
        corrections=PhraseBook(dict.fromkeys(map(str, data["corrections"]), True)),
        refusals=PhraseBook(dict.fromkeys(map(str, data["refusals"]), True)),
        not_names=frozenset(word for phrase in data["not_names"] for word in fold_words(str(phrase))),
        homophones=PhraseBook(data["homophones"]),
        capital_nouns=bool(data["capital_nouns"]),
        first_names=frozenset(fold(name) for name in data["first_names"]),
        letters=PhraseBook((name, letter) for letter, names in load(language, "letters")["names"].items() for name in names),
        hyphens=PhraseBook(dict.fromkeys(data["hyphens"], True)),
        ordinary_surnames=frozenset(fold(word) for word in phrases(language, "names", "ordinary_surnames")),
        surnames_behind_first_names=frozenset(fold(word) for word in phrases(language, "names", "surnames_behind_first_names")),
    )
