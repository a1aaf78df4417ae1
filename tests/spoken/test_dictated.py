"""Names, e-mail addresses and phone numbers put together from parts: what is meant is known, and hundreds of forms are held."""

from __future__ import annotations

import pytest

from tests.spoken.dictated.compose import HERE, KINDS, LANGUAGES, RIGHT, cases, mark, reading_of
from tests.spoken.heldout.measure import run

EVERY = {"name": 1, "email": 7, "phone": 1}
"""One in so many of the sentences; a prime."""
FEWEST = {"name": 350, "email": 150, "phone": 25}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_composed_values(language: str, kind: str) -> None:
    """Every composed sentence is read as what it was composed of."""
    drawn = list(cases(language, kind, EVERY[kind]))
    assert len(drawn) >= FEWEST[kind], "the corpus shrank"
    readings = [(case, reading_of(case, language)) for case in drawn]
    failed = [f"{case.text!r}: {case.value}, came {reading.value}" for case, reading in readings if mark(case, reading) != RIGHT]
    assert not failed, "\n".join(failed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_to_questions(language: str) -> None:
    """Whole answers of our own to what is asked for, of every kind: all of them are read as they are meant."""
    verdicts = run([language], folder=HERE / "answers")
    assert {verdict.entry["as"] for verdict in verdicts} >= {"email", "phone", "yes_no", "name", "birth_date", "reference", "service"}
    assert not [(verdict.entry["id"], verdict.entry["text"], verdict.came) for verdict in verdicts if verdict.mark != RIGHT]
