"""Whatever our sentences invite callers to say is understood where it is invited."""

from __future__ import annotations

from typing import Any

import pytest

from frontdesk.prompting.lines import Lines
from frontdesk.rehearsing.rehearsal import Stage
from fsm.yaml_source import load_plain
from tests.conftest import ROOT
from tests.examples import unless_its_turn

TABLE: dict[str, Any] = load_plain((ROOT / "tests" / "prompting" / "invitations.yaml").read_text(encoding="utf-8"))
LANGUAGES = ("fr", "de", "en", "es")
NOW = "2026-06-12T09:00"
CALLER = "+34612345678"
FIXTURE = {
    "free_slots": ["2026-06-16T14:00", "2026-06-16T16:00", "2026-06-18T10:00", "2026-06-18T15:00"],
    "appointments": [
        {"service": "womens_cut", "start": "2026-06-16T11:00", "name": "Ana Ruiz", "phone": CALLER},
        {"service": "blow_dry", "start": "2026-06-19T11:00", "name": "Ana Ruiz", "phone": CALLER},
    ],
}


@pytest.fixture(scope="module")
def stage() -> Stage:
    """The salon that is shipped, loaded once."""
    return Stage()


def _named(invited: dict[str, Any]) -> str:
    return f"{invited['line']}-{invited['en']}"


@pytest.mark.parametrize(
    ("invited", "language"),
    [
        pytest.param(invited, language, id=f"{_named(invited)}-{language}", marks=unless_its_turn(_named(invited), language, LANGUAGES))
        for invited in TABLE["invitations"]
        for language in LANGUAGES
    ],
)
async def test_what_is_invited_is_understood(stage: Stage, language: str, invited: dict[str, Any]) -> None:
    """The example that a line gives moves the call on."""
    call = await stage.call(now=NOW, language=language, caller=CALLER, fixture=FIXTURE)
    try:
        for step in invited["after"]:
            await call.send({"say": TABLE["steps"][step][language]})
        turn: dict[str, Any] = await call.send({"say": invited[language]})
    finally:
        await call.close()
    assert ("ended" if turn["ended"] else turn["asks"]) in invited["asks"], turn["said"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_are_those_of_the_lines(shipped: Lines, language: str) -> None:
    """The words tested here stand in the lines, so that a line that comes to invite to something else is tested anew."""
    for invited in TABLE["invitations"]:
        line = shipped.get(invited["line"], language)
        literal = " ".join(template.literal for wording in line.wordings for template in wording.templates).lower()
        assert invited[language].lower() in literal, (line.name, invited[language])
