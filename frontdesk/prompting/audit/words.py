"""The word lists of the audit: `prompts/audit/<language>.yaml`, content that native speakers edit.

A phrase is written as it is said; case and accents do not matter, apostrophes and hyphens are spaces. `word*` takes any ending,
`(a|b)` is a choice, `[a]` may be missing, and `..` stands for up to four words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from frontdesk.prompting.audit.phrasebook import Phrasebook
from frontdesk.prompting.errors import PromptingError

__all__ = ["AuditWords", "flatten", "load_audit_words"]

_NEVER: Final = re.compile(r"(?!)")
_LETTERS: Final = {"ß": "s", "œ": "o", "æ": "a", "ø": "o", "ł": "l"}
_SPACES: Final = frozenset("'’‘`-‐‑\u00a0\u202f\t\n\r")
_GROUP: Final = re.compile(r"\(([^()\[\]]*)\)|\[([^()\[\]]*)\]")
_GAP: Final = r"(?:\s+[^\s,.;:!?]+){0,4}?\s+"
_LISTS: Final = (
    "questions", "negations", "not_negations", "conditions", "once", "modals", "contrast", "joints",
    "free", "full", "open", "opens", "closed", "closes", "every_day", "works", "hours_nouns",
    "see_you", "from_price", "free_of_charge", "discounts", "money", "lasts", "harmless", "counts", "big_numbers",
    "system", "titles", "name_cues", "at_sign", "ends_in", "superlatives", "turns", "because", "follows", "unable", "then", "matter",
)  # fmt: skip
_OTHERS: Final = (
    "claims", "promises", "numbers_between", "hours", "minutes", "hours_are_clock", "durations", "half", "capitals", "capital_nouns",
    "common",
)  # fmt: skip
_BOOKS: Final = ("heads", "talk", "asks", "facts", "achieved")
_CLAIMS: Final = ("booked", "moved", "cancelled", "message", "sms", "email", "held", "transfer", "any", "whatever")


@lru_cache(maxsize=8192)
def _flat(sign: str) -> str:
    if sign in _SPACES:
        return " "
    low = sign.lower()
    if low in _LETTERS:
        return _LETTERS[low]
    plain = unicodedata.normalize("NFKD", low)
    return plain[0] if plain else " "


def flatten(text: str) -> str:
    """Lower case without accents; apostrophes and hyphens become spaces. As long as `text`, sign by sign."""
    return "".join([sign if "a" <= sign <= "z" or sign == " " else _flat(sign) for sign in text])


def _expand(phrase: str) -> Iterator[str]:
    """The phrase without choices and optional parts, in every way it can be said."""
    group = _GROUP.search(phrase)
    if group is None:
        yield phrase
        return
    choices = group[1].split("|") if group[1] is not None else [*group[2].split("|"), ""]
    for choice in choices:
        yield from _expand(phrase[: group.start()] + choice + phrase[group.end() :])


def _regex(phrase: str) -> str:
    out: list[str] = []
    gap = False
    for word in flatten(phrase.replace("..", " \x00 ")).split():
        if word == "\x00":
            gap = True
            continue
        if out:
            out.append(_GAP if gap else r"\s+")
        out.append(r"\w*".join(re.escape(part) for part in word.split("*")))
        gap = False
    return "".join(out)


def _compile(phrases: Iterable[Any]) -> re.Pattern[str]:
    found = sorted({_regex(plain) for phrase in phrases for plain in _expand(str(phrase))}, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(found) + r")(?!\w)") if found else _NEVER


def _book(name: str, phrases: Iterable[Any]) -> Phrasebook:
    flat = [flatten(str(phrase)) for phrase in phrases]
    if any(".." in phrase or "[" in phrase for phrase in flat):
        raise PromptingError(f"The list {name!r} of the audit words allows no gap (..) and no [square brackets]; write (|word) instead.")
    try:
        return Phrasebook(flat)
    except ValueError as error:
        raise PromptingError(f"In the list {name!r} of the audit words {error}.") from error


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

    def __getitem__(self, name: str) -> re.Pattern[str]:
        return self.lists[name]


def _words(data: Mapping[str, Any], name: str) -> frozenset[str]:
    return frozenset(word for item in data.get(name) or () for word in flatten(str(item)).split())


def _read(path: Path, language: str) -> AuditWords:
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - every scalar stays text
    except (OSError, yaml.YAMLError) as error:
        raise PromptingError(f"The audit words {path.name} cannot be read: {error}") from error
    known = {*_LISTS, *_BOOKS, *_OTHERS}
    unknown = sorted(set(data) - known)
    if unknown:
        raise PromptingError(f"The audit words {path.name} have a list {unknown[0]!r} that nothing reads; remove it.")
    missing = sorted(known - set(data))
    if missing:
        raise PromptingError(f"The audit words {path.name} lack the list {missing[0]!r}; add it.")
    strange = sorted({*data["claims"], *data["promises"]} - set(_CLAIMS))
    if strange:
        raise PromptingError(f"The audit words {path.name} name {strange[0]!r}, which nothing can achieve; use {', '.join(_CLAIMS)}.")
    phrases = sorted(data["durations"].items(), key=lambda item: -len(item[0]))
    return AuditWords(
        language=language,
        lists={name: _compile(data[name]) for name in _LISTS},
        claims={kind: _compile(items) for kind, items in data["claims"].items()},
        promises={kind: _compile(items) for kind, items in data["promises"].items()},
        numbers_between=_words(data, "numbers_between"),
        hours=_words(data, "hours"),
        minutes=_words(data, "minutes"),
        hours_are_clock=data["hours_are_clock"] == "true",
        duration_phrases=tuple((_compile([phrase]), int(value)) for phrase, value in phrases),
        half=_compile(data["half"]),
        capitals=_words(data, "capitals"),
        capital_nouns=data["capital_nouns"] == "true",
        common=_words(data, "common"),
        heads=_book("heads", data["heads"]),
        talk=_book("talk", data["talk"]),
        asks=_book("asks", data["asks"]),
        facts=_book("facts", data["facts"]),
        achieved=_book("achieved", data["achieved"]),
    )


def load_audit_words(folder: Path, languages: Iterable[str]) -> Mapping[str, AuditWords]:
    """The lists in `folder` (`fr.yaml`…), by language. Raises PromptingError for a file that is missing or not as it should be."""
    return {language: _read(folder / f"{language}.yaml", language) for language in languages}
