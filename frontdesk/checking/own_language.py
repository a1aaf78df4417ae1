"""Sentences that are in another language than the one they are said in: a file copied for a translation that was never made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final

from frontdesk.bootstrap.reading import Folders
from frontdesk.business import Business
from frontdesk.business.languages import LANGUAGE_NAMES
from frontdesk.checking.memo import Memo
from frontdesk.prompting.business_texts import localized_texts
from frontdesk.prompting.lines import Lines
from fsm.problems import Problem
from fsm.yaml_source import read_yaml

__all__ = ["check_own_language", "spoken_in"]

_SENTENCES: Final = frozenset({"says", "about", "question"})
"""Texts of business.yaml that are whole sentences: the name of a service may be the same in several languages."""
_HOLE: Final = re.compile(r"\{[^{}]*\}")


def spoken_in(text: str, language: str, languages: Sequence[str]) -> str:
    """The language of a sentence that is meant to be in `language`: another of `languages` only where its words leave little doubt."""
    from spoken.languages import detect  # only here: a check in which everything is known needs no words

    return detect(_HOLE.sub(" ", text), languages, language)[0]


def check_own_language(lines: Lines, business: Business, folders: Folders, memo: Memo) -> tuple[list[Problem], list[str]]:
    """other-language: a line, a message or a text of business.yaml in the words of another language; and the keys of all that is right."""
    problems: list[Problem] = []
    right: list[str] = []
    for language, texts, problem in (*_of_lines(lines), *_of_business(business, folders)):
        key = memo.of_language(language, business.languages, texts)
        other = None if memo.knows(key) else _other(texts, language, business.languages)
        if other is None:
            right.append(key)
        else:
            problems.append(problem("other-language", _message(language, other), _HINT))
    return problems, right


Said = tuple[str, Sequence[str], Callable[[str, str, str], Problem]]
"""A language, sentences that are said in it, and what makes a problem of them by code, message and hint."""


def _of_lines(lines: Lines) -> Iterator[Said]:
    for line in lines:
        yield line.language, [template.written for wording in line.wordings for template in wording.templates], line.problem


def _of_business(business: Business, folders: Folders) -> Iterator[Said]:
    for place, language, text in localized_texts(business):
        if place[-1] in _SENTENCES and language in business.languages:
            yield language, (text,), partial(_problem_at, folders, (*place, language))


def _problem_at(folders: Folders, place: tuple[str | int, ...], code: str, message: str, hint: str) -> Problem:
    return read_yaml(*folders.file("business.yaml")).problem(code, place, message, hint)


_HINT: Final = "Translate it, or put it where that language is: the voice would read it out as if it were its own."


def _message(language: str, other: str) -> str:
    return f"Callers who speak {LANGUAGE_NAMES[language]} would hear this in {LANGUAGE_NAMES[other]}."


def _other(texts: Sequence[str], language: str, languages: Sequence[str]) -> str | None:
    """The first other language that one of the texts is in."""
    return next((found for text in texts if (found := spoken_in(text, language, languages)) != language), None)
