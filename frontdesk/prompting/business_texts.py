"""The texts of business.yaml that are said aloud, held to the same rules as the lines."""

from __future__ import annotations

from collections.abc import Iterator

from frontdesk.business import Business
from frontdesk.prompting.spoken_style import unfit_for_the_ear
from fsm.problems import Problem
from fsm.yaml_source import Source

__all__ = ["check_business_texts"]

_Place = tuple[str | int, ...]


def check_business_texts(business: Business, source: Source) -> Iterator[Problem]:
    """not-for-the-ear and long-sentence in names, answers and questions; `source` is the file, for the places."""
    for place, text in _spoken(business):
        for unfit in unfit_for_the_ear(text):
            yield source.problem(unfit.code, place, unfit.message, unfit.hint)


def _spoken(business: Business) -> Iterator[tuple[_Place, str]]:
    yield ("name",), business.name
    for key, person in business.staff.items():
        yield ("staff", key, "name"), person.name
    for place, texts in _localized(business):
        for language, text in texts.items():
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
