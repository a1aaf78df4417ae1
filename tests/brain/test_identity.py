"""Reference numbers and birth dates: asked for, in pieces, read back, typed, and volunteered behind words that announce them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from frontdesk.brain.rules import Rules
from frontdesk.brain.utterance.phrases import load_phrases
from frontdesk.business import load_business
from fsm.proposals import Proposal
from fsm.spec import FactType
from fsm.view import View
from tests.brain.sketches import sketch
from tests.conftest import ROOT

NOW = dt.datetime(2026, 6, 12, 9, tzinfo=ZoneInfo("Europe/Paris"))
TYPES: dict[str, FactType] = {
    "intent": "choice",
    "reference": "reference",
    "birth_date": "birth_date",
    "when": "time_window",
    "phone": "phone",
}
OWN = """
values:
  reference:
    mine:
      - (contract|policy) number (is|'s)
    none:
      - (don't|do not) have (it|one|my number)
  birth_date:
    mine:
      - (i was|i'm) born [on]
    none:
      - rather not say
"""


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Rules:
    """The salon's rules with a few phrases of another business on top."""
    folder = tmp_path_factory.mktemp("phrases")
    (folder / "en.yaml").write_text(OWN, encoding="utf-8")
    defaults, _ = load_phrases(ROOT / "prompts" / "phrases", ["en"])
    phrases, problems = load_phrases(folder, ["en"], defaults=defaults)
    assert not problems
    return Rules(load_business(ROOT / "business.yaml"), phrases)


def view(asks: str, **more: Any) -> View:
    return replace(
        sketch("intent", "en"), state=asks, asks=asks, asks_type=TYPES[asks], fact_types=TYPES, fact_lengths={"reference": 8}, **more
    )


def facts(proposal: Proposal) -> dict[str, Any]:
    return {fact.name: fact.value for fact in proposal.facts}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("four seven two one nine three oh six", {"reference": "47219306"}),
        ("it's forty-seven twenty-one ninety-three oh six", {"reference": "47219306"}),
        ("four seven two one nine three oh seven sorry oh six", {"reference": "47219306"}),
        (
            "my policy number is 47219306 and I was born on the twelfth of March 1978",
            {"reference": "47219306", "birth_date": "1978-03-12"},
        ),
    ],
)
def test_a_whole_reference_is_heard(rules: Rules, words: str, found: dict[str, str]) -> None:
    assert facts(rules.propose(words, view("reference"), NOW)) == found


def test_a_reference_may_come_in_pieces(rules: Rules) -> None:
    """Four of eight signs are a beginning, and the other four complete it."""
    [doubt] = rules.propose("four seven two one", view("reference"), NOW).doubts
    assert doubt.so_far == "4721"
    assert facts(rules.propose("nine three oh six", view("reference", so_far="4721"), NOW)) == {"reference": "47219306"}


@pytest.mark.parametrize("words", ["four seven two one nine three oh six five five", "on Tuesday at three", "what do you mean"])
def test_what_is_no_reference_is_none(rules: Rules, words: str) -> None:
    """Neither too many digits nor a time are taken for one, or for a wish."""
    proposal = rules.propose(words, view("reference"), NOW)
    assert not proposal.facts
    assert not proposal.doubts


@pytest.mark.parametrize(
    ("asks", "words", "act"),
    [("reference", "I don't have it", "no"), ("reference", "no", "no"), ("birth_date", "I'd rather not say", "no")],
)
def test_who_has_none_says_so(rules: Rules, asks: str, words: str, act: str) -> None:
    assert [one.name for one in rules.propose(words, view(asks), NOW).acts] == [act]


@pytest.mark.parametrize(
    ("words", "acts", "found"), [("yes", ["yes"], {}), ("no", ["no"], {}), ("no, 47219307", [], {"reference": "47219307"})]
)
def test_what_is_said_to_a_reference_read_back(rules: Rules, words: str, acts: list[str], found: dict[str, str]) -> None:
    """Yes, no, or another number."""
    proposal = rules.propose(words, view("reference", mode="read_back", read_back="47219306"), NOW)
    assert [act.name for act in proposal.acts] == acts
    assert facts(proposal) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("the twelfth of March nineteen seventy-eight", {"birth_date": "1978-03-12"}),
        ("twelve three seventy-eight", {"birth_date": "1978-03-12"}),
        ("the twelfth of March", {}),
        ("tomorrow at three", {}),
    ],
)
def test_a_birth_date_has_its_year(rules: Rules, words: str, found: dict[str, str]) -> None:
    """Half of one is nothing, and neither is any wish for a time."""
    assert facts(rules.propose(words, view("birth_date"), NOW)) == found


def test_unasked_only_what_is_announced(rules: Rules) -> None:
    """Eight digits said at the beginning are no policy number by themselves."""
    assert "reference" not in facts(rules.propose("47219306", view("intent"), NOW))
    assert facts(rules.propose("hello, my policy number is 47219306", view("intent"), NOW))["reference"] == "47219306"


def typed(rules: Rules, asks: str, keys: str) -> Proposal:
    proposal, held = Proposal(0), ""
    for key in keys:
        proposal = rules.propose_key(key, view(asks, keypad=held), NOW)
        held = held + key if proposal.typing else ""
    return proposal


@pytest.mark.parametrize(
    ("asks", "keys", "found"),
    [
        ("reference", "47219306", {"reference": "47219306"}),
        ("reference", "4721#", {}),
        ("birth_date", "12031978", {"birth_date": "1978-03-12"}),
        ("birth_date", "31021978", {}),
    ],
)
def test_both_can_be_typed(rules: Rules, asks: str, keys: str, found: dict[str, str]) -> None:
    """A reference of known length and a birth date (day, month, year) are done with their last digit."""
    proposal = typed(rules, asks, keys)
    assert facts(proposal) == found
    assert not proposal.typing
    assert typed(rules, asks, keys[:3]).typing
