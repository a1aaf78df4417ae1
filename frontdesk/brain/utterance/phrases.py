"""prompts/phrases/<language>.yaml: what callers say for each act, intent and question, and how it is found in an utterance.

A file has the sections `fillers` (a list), `acts`, `intents`, `questions` (lists by name), `wants_change` (lists by fact),
`moves` (a list) and `values` (lists by fact and value). The phrases are written as described in `template.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from frontdesk.brain.utterance.heard import Heard, Span
from frontdesk.brain.utterance.template import BadTemplate, Template, parse_template
from fsm.odd_names import misspelt_in
from fsm.problems import Problem
from fsm.yaml_source import Source, read_yaml
from spoken.normalise import fold_words

__all__ = ["Book", "Groups", "Key", "Match", "Phrases", "load_phrases", "read_groups", "uneven"]

Key = tuple[str, ...]
"""Section and names below it: ("acts", "goodbye"), ("values", "staff", "any")."""

_BY_NAME: Final = frozenset({"acts", "intents", "questions", "wants_change"})
_LISTS: Final = frozenset({"fillers", "moves"})
_SECTIONS: Final = _BY_NAME | _LISTS | {"values"}
_IN_ALL: Final = frozenset({"intents", "questions", "values", "wants_change"})
"""What each language has words for, where one has them."""
_ARROW: Final = " → "
_HEARD_ELSEWHERE: Final = frozenset(
    {"asks_question", "leaves_word", "switch_language", "unknown_service", "wants_another", "wants_call_back", "wants_change"}
)
"""Acts that are found by other means than a list under `acts`."""


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase that was heard. `plain` and `parts` are ranges of `Heard.plain`; `whole` says that nothing else was said."""

    key: Key
    plain: Span
    whole: bool = False
    parts: Mapping[str, Span] = field(default_factory=dict)

    @property
    def length(self) -> int:
        return self.plain[1] - self.plain[0]


class Book:
    """The phrases of one language with the words of one business. Expressions are compiled when their first word is heard."""

    def __init__(self, groups: Mapping[Key, tuple[Template, ...]], classes: Mapping[str, Iterable[str]]) -> None:
        self._classes = {name: _alternatives(words) for name, words in classes.items()}
        self._compiled: dict[str, re.Pattern[str]] = {}
        self._anywhere: dict[str | None, list[tuple[Key, Template]]] = {}
        self._exact: dict[str | None, list[tuple[Key, Template]]] = {}
        self._fillers: dict[str | None, list[tuple[Key, Template]]] = {}
        for key, templates in groups.items():
            for template in templates:
                index = self._fillers if key[0] == "fillers" else self._exact if template.exact else self._anywhere
                for first in template.firsts if template.firsts is not None else (None,):
                    index.setdefault(first, []).append((key, template))

    def warm_up(self) -> None:
        """Compiles every expression, so that no utterance waits for it."""
        for index in (self._anywhere, self._exact, self._fillers):
            for entries in index.values():
                for _, template in entries:
                    self._expression(template)

    def matches(self, heard: Heard) -> list[Match]:
        """Everything that is heard, in the order of the utterance; phrases may overlap."""
        found: list[Match] = []
        edges = self._edges(heard)
        for index in range(len(heard)):
            start = heard.start_of(index)
            for key, template in self.candidates(self._anywhere, heard, index):
                match = self._expression(template).match(heard.plain, start)
                if match is not None:
                    whole = start in edges[0] and match.end() in edges[1]
                    parts = {name: match.span(name) for name, value in match.groupdict().items() if value}
                    found.append(Match(key, match.span(), whole, parts))
            if start in edges[0]:
                found += self._whole(heard, index, edges[1])
        return found

    def only_fillers(self, heard: Heard) -> bool:
        """Whether nothing was said but "euh", "bonjour", "bitte"…"""
        return len(heard.plain) in self._edges(heard)[0]

    def greeting(self, heard: Heard) -> Span | None:
        """The characters of the fillers that an utterance begins with."""
        end = max(self._edges(heard)[0])
        return heard.span((0, end)) if end else None

    def _whole(self, heard: Heard, index: int, ends: set[int]) -> Iterator[Match]:
        start = heard.start_of(index)
        for key, template in self.candidates(self._exact, heard, index):
            expression = self._expression(template)
            for end in ends:
                if end > start and expression.fullmatch(heard.plain, start, end):
                    yield Match(key, (start, end), whole=True)
                    break

    def _edges(self, heard: Heard) -> tuple[set[int], set[int]]:
        """Where the utterance may begin when leading fillers are left out, and where it may end."""
        starts = {0}
        spans: list[Span] = []
        for index in range(len(heard)):
            start = heard.start_of(index)
            for _, template in self.candidates(self._fillers, heard, index):
                match = self._expression(template).match(heard.plain, start)
                if match is not None:
                    spans.append(match.span())
        for start, end in spans:
            if start in starts:
                starts.add(end)
        ends = {len(heard.plain)}
        for start, end in sorted(spans, key=lambda span: -span[1]):
            if end in ends:
                ends.add(start)
        return starts, ends

    def candidates(
        self, entries: Mapping[str | None, list[tuple[Key, Template]]], heard: Heard, index: int
    ) -> Iterator[tuple[Key, Template]]:
        """The phrases that may begin with the word of this index: no others are looked at."""
        for first in (heard.words[index], None):
            for key, template in entries.get(first, ()):
                if template.may_be_in(heard.different):
                    yield key, template

    def _expression(self, template: Template) -> re.Pattern[str]:
        expression = self._compiled.get(template.source)
        if expression is None:
            expression = self._compiled[template.source] = template.compiled(self._classes)
        return expression


class Phrases:
    """The phrases of all languages, as loaded."""

    def __init__(self, by_language: Mapping[str, Mapping[Key, tuple[Template, ...]]]) -> None:
        self._by_language = {language: dict(groups) for language, groups in by_language.items()}

    @property
    def groups(self) -> Mapping[str, Mapping[Key, tuple[Template, ...]]]:
        """The phrases by language and place in the file."""
        return self._by_language

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self._by_language)

    def topics(self) -> frozenset[str]:
        """The topics of questions that may be heard; each needs a line `answers.<topic>`."""
        return frozenset(key[1] for groups in self._by_language.values() for key in groups if key[0] == "questions")

    def book(self, language: str, classes: Mapping[str, Iterable[str]], extra: Mapping[Key, Iterable[str]] | None = None) -> Book:
        """The phrases of a language, ready to be matched.

        `classes` gives the words behind {staff} and {service}. `extra` adds plain phrases of the business, word for word.
        Raises KeyError for a language that was not loaded.
        """
        groups = dict(self._by_language[language])
        for key, phrases in (extra or {}).items():
            plain = (" ".join(fold_words(phrase)) for phrase in phrases)
            groups[key] = (*groups.get(key, ()), *(parse_template(phrase) for phrase in plain if phrase))
        return self.made_of(groups, classes)

    def made_of(self, groups: Mapping[Key, tuple[Template, ...]], classes: Mapping[str, Iterable[str]]) -> Book:
        """A book of these phrases."""
        return Book(groups, classes)


def load_phrases(
    folder: Path, languages: Iterable[str], acts: Iterable[str] = (), *, defaults: Phrases | None = None
) -> tuple[Phrases, list[Problem]]:
    """Reads `<folder>/<language>.yaml` for each language; every problem at once, and whatever could be read.

    `acts` are those of the graph: each must have phrases in every language. A list that a file does not have is taken from
    the `defaults`; an empty one stands for no phrases.
    """
    base = defaults.groups if defaults is not None else {}
    read = {language: read_groups(folder / f"{language}.yaml", acts, base.get(language, {})) for language in languages}
    found = {language: groups for language, (groups, _) in read.items()}
    return Phrases(found), [problem for _, problems in read.values() for problem in problems] + list(uneven(folder, found))


Groups = Mapping[Key, tuple[Template, ...]]
"""The phrases of one language by place in its file."""


def read_groups(file: Path, acts: Iterable[str], base: Groups) -> tuple[dict[Key, tuple[Template, ...]], list[Problem]]:
    """The phrases of one file; see :func:`load_phrases`."""
    source = read_yaml(file)
    reader = _Reader(source, base)
    if source.data is not None:
        reader.read()
        reader.require(acts)
    return reader.groups, [*source.problems, *reader.problems]


class _Reader:
    """Turns one file into groups of templates."""

    def __init__(self, source: Source, base: Mapping[Key, tuple[Template, ...]]) -> None:
        self.source = source
        self.groups: dict[Key, tuple[Template, ...]] = dict(base)
        self.problems: list[Problem] = []

    def problem(self, code: str, place: tuple[str | int, ...], message: str, hint: str = "") -> None:
        self.problems.append(self.source.problem(code, place, message, hint))

    def read(self) -> None:
        data = self.source.data
        if not isinstance(data, dict):
            self.problem("not-a-phrase-file", (), "A phrase file is made of sections.", f"Use {', '.join(sorted(_SECTIONS))}.")
            return
        for section, content in data.items():
            if section in _LISTS:
                self.group((section,), (section,), content)
            elif section in _SECTIONS:
                self.section(section, content)
            else:
                self.problem("unknown-section", (section,), f"There is no section “{section}”.", f"Use {', '.join(sorted(_SECTIONS))}.")

    def section(self, section: str, content: Any) -> None:
        if not isinstance(content, dict):
            self.problem("not-named", (section,), f"Under “{section}” stand names, and phrases under each.")
            return
        for name, inner in content.items():
            if section != "values":
                self.group((section, name), (section, name), inner)
            elif isinstance(inner, dict):
                for value, phrases in inner.items():
                    self.group((section, name, value), (section, name, value), phrases)
            else:
                self.problem("not-named", (section, name), f"Under “{name}” stand values, and phrases under each.")

    def group(self, key: Key, place: tuple[str | int, ...], content: Any) -> None:
        if not isinstance(content, list):
            self.problem("not-a-list", place, f"“{key[-1]}” needs a list of phrases.", "Begin each phrase with a dash.")
            return
        templates: list[Template] = []
        for index, phrase in enumerate(content):
            try:
                templates.append(parse_template(phrase if isinstance(phrase, str) else str(phrase)))
            except BadTemplate as error:
                self.problem("bad-phrase", (*place, index), f"“{str(phrase)[:60]}”: {error}", "Put the phrase in quotes if it has signs.")
        self.groups[key] = tuple(templates)

    def require(self, acts: Iterable[str]) -> None:
        for act in sorted(set(acts) - _HEARD_ELSEWHERE):
            if not self.groups.get(("acts", act)):
                hint = f"Add what callers say: acts: {{{act}: [words, …]}}."
                self.problem("missing-phrases", ("acts",), f"There are no phrases for the act “{act}”.", hint)


def uneven(folder: Path, found: Mapping[str, Groups]) -> Iterator[Problem]:
    """Intents, questions and values that one language has and another lacks. A misspelt name is told once, where it stands."""
    names = {language: {_ARROW.join(key[:2]) for key in groups if key[0] in _IN_ALL} for language, groups in found.items() if groups}
    slips = misspelt_in(names)
    for (language, name), meant in slips.items():
        message = f"“{name}” is there in this language alone; the others have “{meant}”."
        hint = f"Did you mean “{meant.rpartition(_ARROW)[2]}”?"
        yield read_yaml(folder / f"{language}.yaml").problem("unused-phrases", tuple(name.split(_ARROW)), message, hint)
    meanings = {(language, meant) for (language, _), meant in slips.items()}
    wanted = {name for some in names.values() for name in some} - {name for _, name in slips}
    for language, some in names.items():
        for name in sorted(wanted - some):
            if (language, name) in meanings:
                continue
            message = f"Another language has phrases for {name}, this one has none."
            yield Problem("missing-phrases", str(folder / f"{language}.yaml"), 1, 1, message)


def _alternatives(words: Iterable[str]) -> str:
    """An expression for any of some names, each followed by the space that ends it."""
    forms = sorted({" ".join(fold_words(word)) for word in words} - {""}, key=lambda form: (-len(form), form))
    return "(?:" + "|".join(re.escape(form) + " " for form in forms) + ")" if forms else ""
