"""Whatever day, hour or errand fills a structure, it is understood, or an honest question; never another day."""

from __future__ import annotations

from functools import cache

import pytest

from tests.spoken.discourse.corpus import FAMILIES, LANGUAGES, Sentence, sentences, verdict
from tests.spoken.heldout.measure import RIGHT, WRONG

RIGHT_FLOOR = 0.9
"""At least this share of the sentences of a family is right in each language."""


@cache
def _read(language: str) -> tuple[tuple[Sentence, str, str], ...]:
    return tuple((sentence, *verdict(sentence)) for sentence in sentences(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_structure_is_misunderstood(language: str) -> None:
    """A question is better than a wrong day."""
    assert {sentence.text: came for sentence, mark, came in _read(language) if mark == WRONG} == {}


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_structures_are_understood(language: str, family: str) -> None:
    """Most sentences of every family of structures are right."""
    marks = [mark for sentence, mark, _ in _read(language) if sentence.family == family]
    assert marks.count(RIGHT) >= RIGHT_FLOOR * len(marks)


@pytest.mark.parametrize("language", LANGUAGES)
def test_corpus_is_big_enough_to_mean_something(language: str) -> None:
    """A few hundred sentences a language, each said once."""
    texts = [sentence.text for sentence, _, _ in _read(language)]
    assert len(set(texts)) >= 400
