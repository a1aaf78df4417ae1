"""The texts of business.yaml that are said aloud, held to the same rules as the lines."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from frontdesk.business import Business
from frontdesk.business.checks import names_said
from frontdesk.prompting.placeholder_names import PLACEHOLDERS
from frontdesk.prompting.spoken_style import unfit_for_the_ear
from fsm.problems import Problem
from fsm.yaml_source import Source

__all__ = ["check_business_texts", "localized_texts"]

_Place = tuple[str | int, ...]
_NEAR: Final = 0.75
_HOLE: Final = re.compile(r"\{[^{}]*\}")


def check_business_texts(business: Business, source: Source) -> Iterator[Problem]:
    """not-for-the-ear and long-sentence in names, answers and questions; `source` is the file, for the places.

    unknown-placeholder: a {name} there, or in what callers say; nothing is filled in in this file.
    """
    for place, text in _spoken(business):
        for hole in _HOLE.findall(text):
            yield source.problem(
                "unknown-placeholder", place, f"This shows {hole}, but callers would hear it as it stands.", _instead(hole)
            )
        for unfit in unfit_for_the_ear(_HOLE.sub(" ", text)):
            yield source.problem(unfit.code, place, unfit.message, unfit.hint)
    for place, text in _heard(business):
        for hole in _HOLE.findall(text) if "{" in text else ():
            message = f"Callers never say {hole}, and nothing is filled in here."
            yield source.problem("unknown-placeholder", place, message, "Write the words that they say.")


def _instead(hole: str) -> str:
    """Where the value that was probably meant can be shown."""
    near = difflib.get_close_matches(hole.strip("{} ").lower(), list(PLACEHOLDERS), 1, _NEAR)
    what = f"{{{near[0]}}} is shown by sentences in prompts/lines and prompts/answers only" if near else "Nothing is filled in here"
    return f"{what}: write the words themselves."


def _heard(business: Business) -> Iterator[tuple[_Place, str]]:
    """What callers say, by business.yaml."""
    for language in business.languages:
        for _, _, place, words in names_said(business, language):
            yield place, words
        for place, phrases in _asked(business):
            for index, words in enumerate(phrases.get(language, ())):
                yield (*place, language, index), words


def _asked(business: Business) -> Iterator[tuple[_Place, Mapping[str, Sequence[str]]]]:
    yield ("address", "asked_as"), business.address.asked_as
    for section, answers in (("access", business.access), ("payment", business.payment), ("policies", business.policies)):
        for key, answer in answers.items():
            yield (section, key, "asked_as"), answer.asked_as
    for key, family in business.families.items():
        for member, words in family.answers.items():
            yield ("families", key, "answers", member), words


def localized_texts(business: Business) -> Iterator[tuple[_Place, str, str]]:
    """What is said in each language: where it stands, the language, and the text."""
    for place, texts in _localized(business):
        for language, text in texts.items():
            yield place, language, text


def _spoken(business: Business) -> Iterator[tuple[_Place, str]]:
    yield ("name",), business.name
    for key, person in business.staff.items():
        yield ("staff", key, "name"), person.name
    for place, language, text in localized_texts(business):
        yield (*place, language), text


def _localized(business: Business) -> Iterator[tuple[_Place, dict[str, str]]]:
    yield ("address", "says"), business.address.says
    for section, answers in (("access", business.access), ("payment", business.payment), ("policies", business.policies)):
        for key, answer in answers.items():
            yield (section, key, "says"), answer.says
    for key, service in business.services.items():
        yield ("services", key, "name"), service.name
        yield ("services", key, "name_with_article"), service.name_with_article
        yield ("services", key, "about"), service.about
    for key, family in business.families.items():
        yield ("families", key, "question"), family.question
    for key, item in business.not_offered.items():
        yield ("not_offered", key, "name"), item.name
