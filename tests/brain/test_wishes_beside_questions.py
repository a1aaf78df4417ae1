"""A question and a wish in one breath: the question is answered, and the wish is not forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest

from fsm.step import new_call
from fsm.yaml_source import load_plain
from tests.brain.desk import Desk

FAMILIES: dict[str, dict[str, list[str]]] = load_plain(Path(__file__).with_name("wishes_beside_questions.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk()


def heard(desk: Desk, words: str, language: str) -> tuple[bool, bool]:
    """Whether something was asked, and whether an appointment for a service is wanted."""
    said = desk.hears(words, new_call(desk.graph, "beside", language))
    known = {fact.name for fact in said.facts}
    return "asks_question" in {act.name for act in said.acts}, {"intent", "service"} <= known


@pytest.mark.parametrize("language", FAMILIES)
def test_who_asks_and_wants_gets_both(desk: Desk, language: str) -> None:
    assert [words for words in FAMILIES[language]["wants"] if heard(desk, words, language) != (True, True)] == []


@pytest.mark.parametrize("language", FAMILIES)
def test_who_only_asks_books_nothing(desk: Desk, language: str) -> None:
    assert [words for words in FAMILIES[language]["asks"] if heard(desk, words, language) != (True, False)] == []
