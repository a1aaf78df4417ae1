"""What callers say, and what it means: a table for each language, written from how people speak."""

from __future__ import annotations

from typing import Any

import pytest

from frontdesk.brain.rules import Rules
from fsm.yaml_source import load_plain
from tests.brain.sketches import LANGUAGES, NOW, ROOT, in_signs, salon_rules, sketch


def _rows() -> list[Any]:
    found = []
    for language in LANGUAGES:
        table = load_plain((ROOT / "tests" / "brain" / f"{language}.yaml").read_text(encoding="utf-8"))
        for place, rows in table.items():
            found += [pytest.param(language, place, said, wanted, id=f"{language} {place}: {said[:50]}") for said, wanted in rows.items()]
    return found


@pytest.fixture(scope="module")
def rules() -> Rules:
    return salon_rules()


@pytest.mark.parametrize(("language", "place", "said", "wanted"), _rows())
def test_what_a_caller_says_is_understood(rules: Rules, language: str, place: str, said: str, wanted: list[str]) -> None:
    """Each utterance means exactly what its table says, and every value is proposed with words that were said."""
    proposal = rules.propose(said, sketch(place, language), NOW)
    assert in_signs(proposal) == sorted(wanted)
    assert all(fact.words and fact.words in said for fact in proposal.facts)
    assert all(doubt.words in said for doubt in proposal.doubts)
