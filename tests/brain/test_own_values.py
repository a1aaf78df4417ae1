"""Questions of a business's own: options of a choice in the owner's words, and other words for yes and no."""

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
from tests.brain.sketches import sketch
from tests.conftest import ROOT

NOW = dt.datetime(2026, 6, 12, 9, tzinfo=ZoneInfo("Europe/Paris"))
TYPES: dict[str, FactType] = {"intent": "choice", "cover": "choice", "allergies": "yes_no", "when": "time_window", "service": "service"}
OWN = """
values:
  cover:
    public:
      - (national health|the state)
      - no private cover
    private:
      - private [cover]
  allergies:
    yes: [allergic to]
    no: [not that i know]
"""


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Rules:
    """The salon's rules with the answers to two more questions."""
    folder = tmp_path_factory.mktemp("phrases")
    (folder / "en.yaml").write_text(OWN, encoding="utf-8")
    defaults, _ = load_phrases(ROOT / "prompts" / "phrases", ["en"])
    phrases, problems = load_phrases(folder, ["en"], defaults=defaults)
    assert not problems
    return Rules(load_business(ROOT / "business.yaml"), phrases)


def answer(rules: Rules, words: str, asks: str) -> Proposal:
    asked = replace(sketch("intent", "en"), state=asks, asks=asks, asks_type=TYPES[asks], fact_types=TYPES)
    return rules.propose(words, asked, NOW)


def facts(proposal: Proposal) -> dict[str, Any]:
    return {fact.name: fact.value for fact in proposal.facts}


@pytest.mark.parametrize(
    ("words", "option"),
    [
        ("national health", "public"),
        ("I'm with the state, I think", "public"),
        ("private", "private"),
        ("well I have private cover", "private"),
        ("I have no private cover", "public"),  # the longer phrase is the one that was meant
        ("private, no sorry, national health", "public"),
        ("private or national health", None),  # not an answer: the question is put again
        ("what do you mean", None),
    ],
)
def test_the_options_of_a_choice_are_heard(rules: Rules, words: str, option: str | None) -> None:
    """In the words that stand under `values`, where the choice is asked for."""
    assert facts(answer(rules, words, "cover")) == ({} if option is None else {"cover": option})


def test_a_choice_is_heard_only_where_it_is_asked_for(rules: Rules) -> None:
    """ "Private" says nothing to another question."""
    assert "cover" not in facts(answer(rules, "I have private cover", "allergies"))


@pytest.mark.parametrize(
    ("words", "acts"),
    [
        ("yes", ["yes"]),
        ("no", ["no"]),
        ("I'm allergic to latex", ["yes"]),
        ("not that I know", ["no"]),
        ("a person please", ["wants_human"]),
    ],
)
def test_yes_and_no_may_have_words_of_their_own(rules: Rules, words: str, acts: list[str]) -> None:
    assert [act.name for act in answer(rules, words, "allergies").acts] == acts
