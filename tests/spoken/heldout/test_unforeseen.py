"""Wording that nobody foresaw leads to a question, seldom to a wrong day."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.spoken.heldout.measure import RIGHT, WRONG
from tests.spoken.heldout.unforeseen import marks_without, trusting

pytestmark = pytest.mark.slow  # each reads all held-out sets several times

LANGUAGES = ("fr", "en")
SEEDS = (1, 2)
"""Which phrases a seed leaves out depends on all the others; one seed may leave out none that matters."""


def test_what_was_not_understood_is_seldom_misunderstood() -> None:
    """With a tenth of the phrases unknown, leftover words stop most of the wrong readings and few of the right ones."""
    marks, believed = Counter[str](), Counter[str]()
    for seed in SEEDS:
        marks += marks_without(0.1, seed=seed, languages=LANGUAGES)
        with trusting():
            believed += marks_without(0.1, seed=seed, languages=LANGUAGES)
    assert marks[WRONG] < 0.03 * marks.total()
    assert 3 * marks[WRONG] < believed[WRONG]
    assert believed[RIGHT] - marks[RIGHT] < 0.03 * marks.total()


def test_knowing_all_phrases_doubt_costs_next_to_nothing() -> None:
    """On sentences whose wording is known, doubt turns less than one right reading in a hundred into a question."""
    marks = marks_without(0.0, seed=0)
    with trusting():
        believed = marks_without(0.0, seed=0)
    assert believed[RIGHT] - marks[RIGHT] < 0.01 * marks.total()
