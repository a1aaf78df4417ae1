"""What callers say, and what it means: a table for each language, written from how people speak."""

from __future__ import annotations

from typing import Any

import pytest

from frontdesk.brain.rules import Rules
from fsm.yaml_source import load_plain
from tests.brain.sketches import LANGUAGES, NOW, ROOT, in_signs, salon_rules, sketch


def _tables() -> list[Any]:
    found = []
    for language in LANGUAGES:
        table = load_plain((ROOT / "tests" / "brain" / f"{language}.yaml").read_text(encoding="utf-8"))
        found += [pytest.param(language, place, rows, id=f"{language} {place}") for place, rows in table.items()]
    return found


@pytest.fixture(scope="module")
def rules() -> Rules:
    return salon_rules()


def _misread(rules: Rules, language: str, place: str, said: str, wanted: list[str]) -> str | None:
    proposal = rules.propose(said, sketch(place, language), NOW)
    signs = in_signs(proposal)
    if signs != sorted(wanted):
        return f"{said!r} means {signs}, not {sorted(wanted)}"
    unsaid = [item for item in (*proposal.facts, *proposal.doubts) if item.words not in said]
    unsaid += [fact for fact in proposal.facts if not fact.words]
    return f"{said!r} has no words for {unsaid}" if unsaid else None


@pytest.mark.parametrize(("language", "place", "rows"), _tables())
def test_what_a_caller_says_is_understood(rules: Rules, language: str, place: str, rows: dict[str, list[str]]) -> None:
    """Each utterance means exactly what its table says, and every value is proposed with words that were said.

    One test for each place, which tells all rows that are wrong: two thousand tests of a few milliseconds cost as much again.
    """
    assert rows
    wrong = [told for said, wanted in rows.items() if (told := _misread(rules, language, place, said, wanted)) is not None]
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)
