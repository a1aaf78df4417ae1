"""Callers answer what only one business asks, so that a state that an owner adds does not look as if it confused everybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.simulating.running import Plan, Simulator

_STATES = """
  ask_allergies:
    ask: allergies
    next: [{if: {intent: [reschedule, cancel, message]}, to: intent}, {if: {slot: unknown}, to: slot},
           {if: {allergies: known}, to: ask_cover}]

  ask_cover:
    ask: cover
    next: [{if: {intent: [reschedule, cancel, message]}, to: intent}, {if: {slot: unknown}, to: slot}, {if: {cover: known}, to: contact}]

  contact:
    prompt: states/contact.md"""
_LINES = """
ask_allergies: {ask: "Do you have any allergies?", reask: ["Any allergies at all?", "Please say yes or no: any allergies?"]}
ask_cover: {ask: "And which cover do you have?", reask: ["Sorry, which cover?", "Your cover, please?"]}
"""
_PHRASES = "values: {cover: {public: [(national health|the state)], private: [private cover]}}\n"


@pytest.fixture
def clinic(tmp_path: Path, root: Path) -> Path:
    """The salon in English with two questions more."""
    states = (root / "states.yaml").read_text(encoding="utf-8")
    for old, new in (
        (
            "  message: {type: text}\n",
            "  message: {type: text}\n  allergies: {type: yes_no}\n  cover: {type: choice, options: [public, private]}\n",
        ),
        ("\n  contact:\n    prompt: states/contact.md", _STATES),
        ("      - {if: {name: known}, to: contact}\n", "      - {if: {name: known}, to: ask_allergies}\n"),
    ):
        assert states.count(old) == 1, old
        states = states.replace(old, new)
    business = (root / "business.yaml").read_text(encoding="utf-8")
    business = business.replace("languages: [fr, de, en, es]", "languages: [en]").replace("default_language: fr", "default_language: en")
    files = {"states.yaml": states, "business.yaml": business, "prompts/lines/en.yaml": _LINES, "prompts/phrases/en.yaml": _PHRASES}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_questions_of_a_business_are_answered(clinic: Path) -> None:
    """Every caller is asked both, and books all the same; both kinds of answer are heard."""
    plan = Plan(calls=6, seed=3, business=clinic, goals=("book",), noise=0.0, dialogues=True)
    results = Simulator(plan).calls(range(plan.calls))
    assert [result.success for result in results] == [True] * plan.calls
    said = [line for result in results for line in result.dialogue]
    assert sum("Do you have any allergies?" in line for line in said) == plan.calls
    assert {"national health", "private cover"} <= {line.partition("caller: ")[2] for line in said}
