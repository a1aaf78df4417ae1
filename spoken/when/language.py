"""The data of one language, loaded when it is first spoken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from spoken.data_files import VALUES, read_file
from spoken.errors import UnknownLanguage
from spoken.when.activity_words import Activities, load_activities
from spoken.when.grammar import Grammar
from spoken.when.residue import Vocabulary, load_vocabulary
from spoken.when.tokens import words_of
from spoken.when.wording import Wording, fold

__all__ = ["Language", "load_language", "read_data"]

_DATA: Final = Path(__file__).parent.parent / "data"
_CONTENT: Final = ("day", "time", "bare", "whole")
"""Rules of what can be said about when; "whole" is one that a language need not have."""


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """Everything that differs between languages."""

    code: str
    grammar: Grammar
    beginning: frozenset[str]
    """The words that a day, a time or an hour can begin with."""
    wording: Wording
    """What is known of its single words."""
    numbers: frozenset[str]
    """Words that are (part of) a number; they may follow themselves."""
    more: frozenset[str]
    """Number words that another may continue: after them a day of the month may be unfinished ("le vingt")."""
    closing: frozenset[str]
    """Words that belong to a verb when they end a sentence, and begin no day then: "… am Dienstag an"."""
    closing_verbs: Mapping[str, tuple[str, ...]]
    """Words that do so only after words that begin like this: "sagen Sie … ab", "merken Sie mich … vor"."""
    weak: frozenset[str]
    """Little words that begin many phrases and so prove no unfinished one."""
    phone_words: frozenset[str]
    """Words inside a dictated telephone number: "double"."""
    not_hours: frozenset[str]
    """Words that make the number before them no time of day: "at 30 euros"."""
    hour_words: frozenset[str]
    """Words that make the number before them an hour and no day of the month: "lundi 14 heures"."""
    universal: frozenset[str]
    """Words after which what is said with "but" is left out: "any morning but Thursday"."""
    turning_last: frozenset[str]
    """Words that do so only at the end: "Tuesday then"."""
    prefer: frozenset[str]
    """Words that announce a comparison: "plutôt … que", "prefer … to"."""
    than: frozenset[str]
    """Words between what is preferred and what is not."""
    than_to: frozenset[str]
    """Words that do so only after a verb of preferring: "je préfère mercredi à mardi"."""
    prefer_to: frozenset[str]
    """Those verbs: "plutôt l'après-midi à trois heures" compares nothing."""
    leading: frozenset[str]
    """Prepositions before any day or time: what follows them may be longer than what begins with them ("pour | vendredi en huit")."""
    announcing: frozenset[str]
    """Words after which a bare number right before a day is its hour: "is | nine tomorrow | all right"."""
    consequent: frozenset[str]
    """Words for "then" that conclude from a day that was told: "Thursday's a holiday, *then* Friday"."""
    narrowing: frozenset[str]
    """Words that put a refusal right: "Thursday's no good, *well*, the morning isn't"."""
    instead: frozenset[str]
    """Words for "or" that, behind a "no", are "but rather": "no el martes *sino* el otro"."""
    correlative: frozenset[str]
    """Words for "or" that stand before each of two alternatives: "soit … soit"."""
    articles: frozenset[str]
    """Numbers that are no hour by themselves: "un corte"."""
    pronouns: frozenset[str]
    """Numbers that stand for the thing itself after words of wishing: "could I have one on Tuesday"."""
    hour_articles: frozenset[str]
    """Articles of an hour, after which those numbers are one: "a la una"."""
    rules: frozenset[str]
    """Names of the rules; some are optional."""
    doubt: Vocabulary
    """What words that nobody understood may do."""
    activities: Activities
    """How somebody is said to do something."""
    conventions: Mapping[str, Any]


def read_data(language: str, name: str) -> dict[str, Any]:
    """One data file of a language; raises :class:`UnknownLanguage`."""
    try:
        return dict(read_file(_DATA / language / name, VALUES))
    except (FileNotFoundError, NotADirectoryError):
        raise UnknownLanguage(f"There is no {name} for the language {language!r}; add it under spoken/data.") from None


def number_phrases(data: Mapping[str, Any]) -> dict[str, int]:
    """Number words and every composed one: `join` lists how tens and units are put together."""
    phrases: dict[str, int] = {str(word): int(value) for word, value in data["words"].items()}
    for rule in data.get("join", ()):
        adds = {w: v for w, v in phrases.items() if rule["low"] <= v <= rule["high"]}
        for tens, value in rule["tens"].items():
            for unit, add in adds.items():
                phrases.setdefault(str(rule["as"]).format(tens=tens, unit=unit), int(value) + int(add))
    return phrases


def _ranging(data: Mapping[str, Any], spellings: Mapping[str, str], numbers: Iterable[str]) -> dict[str, str]:
    """The names of days and of months, also as they are written short, words of numbers and hours, and words for "about"."""
    rules = data["rules"]
    names = {fold(word): rule for rule in ("weekday", "month") for entry in rules[rule] for word in entry if word.isalpha()}
    short = {fold(short): names[word] for short, word in spellings.items() if word in names}
    about = {fold(word): "about" for word in data.get("softeners", ())}
    hours = {fold(word): "hour" for word in data["hour_words"] if word.isalpha() and len(word) > 1}
    return {**dict.fromkeys(numbers, "number"), **hours, **about, **dict.fromkeys(data.get("shortened", ()), "weekday"), **short, **names}


def _names(rules: Mapping[str, Any]) -> list[str]:
    """The single words that name days of the week, months and parts of the day."""
    entries = [entry for rule in ("weekday", "month", "part") for entry in rules[rule]]
    return [word for entry in entries if isinstance(entry, Mapping) for word in entry if word.isalpha()]


def _numbered_months(data: Mapping[str, Any]) -> frozenset[str]:
    """Ordinals, where months are told by them: "erster erster" is the first of January, and no stutter."""
    entries = data["rules"]["ordinal"] if data.get("dotted_ordinals") else ()
    return frozenset(fold(word) for entry in entries if isinstance(entry, Mapping) for word in entry if word.isalpha())


def _wording(data: Mapping[str, Any], grammar: Grammar, numbers: frozenset[str]) -> Wording:
    spellings = {spoken.lower(): fold(written) for spoken, written in data.get("spellings", {}).items()}
    return Wording(
        fillers=frozenset(fold(w) for w in data.get("fillers", ())),
        repeatable=numbers | _numbered_months(data),
        turning=frozenset(fold(w) for w in data.get("turning", ())),
        softeners=frozenset(fold(w) for w in data.get("softeners", ())),
        known=grammar.words,
        spellings=spellings,
        telling={fold(filler): frozenset(fold(w) for w in words) for filler, words in data.get("telling", {}).items()},
        ranging=_ranging(data, spellings, numbers),
        shortened={short: fold(name) for short, name in data.get("shortened", {}).items()},
        before_hours=frozenset(fold(w) for w in data.get("before_hours", ())),
        before_short=frozenset(fold(w) for w in data.get("before_short", ())),
        answers=frozenset(word.lower() for word in data.get("answers", ())),
        denials=frozenset(fold(w) for w in data.get("denials", ())),
        homonyms=frozenset(fold(w) for w in data.get("homonyms", ())),
        dotted=bool(data.get("dotted_ordinals")),
    )


@lru_cache(maxsize=8)
def load_language(language: str) -> Language:
    """The compiled data of `language`; raises :class:`UnknownLanguage`."""
    if not language.isalpha():
        raise UnknownLanguage(f"{language!r} is not a language code.")
    data = read_data(language, "when.yaml")
    phrases = number_phrases(data["numbers"])
    doubt = read_data(language, "when-doubt.yaml")
    grammar = Grammar({**data["rules"], "harmless": doubt["phrases"]}, phrases)
    numbers = frozenset(w for phrase in phrases for w in words_of(phrase))
    return Language(
        code=language,
        grammar=grammar,
        beginning=frozenset[str]().union(*(grammar.firsts[rule] for rule in _CONTENT if rule in grammar.firsts)),
        wording=_wording(data, grammar, numbers),
        numbers=numbers,
        more=frozenset(fold(w) for w in data.get("may_continue", ())),
        closing=frozenset(fold(w) for w in data.get("closing", ())),
        closing_verbs={fold(part): tuple(map(fold, verbs)) for part, verbs in data.get("closing_verbs", {}).items()},
        weak=frozenset(fold(w) for w in data.get("weak", ())),
        phone_words=frozenset(fold(w) for w in data.get("phone_words", ())),
        not_hours=frozenset(fold(w) for w in data.get("not_hours", ())),
        hour_words=frozenset(fold(w) for w in data.get("hour_words", ())),
        universal=frozenset(fold(w) for w in data.get("universal", ())),
        turning_last=frozenset(fold(w) for w in data.get("turning_last", ())),
        prefer=frozenset(fold(w) for w in data.get("prefer", ())),
        than=frozenset(fold(w) for w in data.get("than", ())),
        than_to=frozenset(fold(w) for w in data.get("than_to", ())),
        prefer_to=frozenset(fold(w) for w in data.get("prefer_to", data.get("prefer", ()))),
        leading=frozenset(fold(w) for w in data.get("leading", ())),
        announcing=frozenset(fold(w) for w in data.get("announcing", ())),
        consequent=frozenset(fold(w) for w in data.get("consequent", ())),
        narrowing=frozenset(fold(w) for w in data.get("narrowing", ())),
        instead=frozenset(fold(w) for w in data.get("instead", ())),
        correlative=frozenset(" ".join(words_of(phrase)) for phrase in data.get("correlative", ())),
        articles=frozenset(fold(w) for w in data.get("articles", ())),
        pronouns=frozenset(fold(w) for w in data.get("pronouns", ())),
        hour_articles=frozenset(fold(w) for w in data.get("hour_articles", ())),
        rules=frozenset(grammar.roots),
        doubt=load_vocabulary(doubt, _names(data["rules"])),
        activities=load_activities(doubt["activities"]),
        conventions=data.get("conventions", {}),
    )
