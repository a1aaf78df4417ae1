"""Whole calls, word by word, in four languages: tests/calls/*.yaml, the format of which is in docs/owners/calls.md."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from frontdesk.conversation.dialogue_lines import WRONG
from frontdesk.rehearsing.dialogues import hold
from frontdesk.rehearsing.reading import LANGUAGES, load_callers, load_dialogues
from frontdesk.rehearsing.stages import Stages
from tests.conftest import ROOT
from tests.examples import unless_its_turn

FOLDER = ROOT / "tests" / "calls"
CALLERS = load_callers(FOLDER)
DIALOGUES = load_dialogues(FOLDER)
HELD = [
    pytest.param(name, language, id=f"{name}-{language}", marks=unless_its_turn(name, language, LANGUAGES))
    for name in DIALOGUES
    for language in LANGUAGES
]


@pytest.fixture(scope="module")
def stages() -> Iterator[Stages]:
    """The shipped business, and others that differ from it in a few settings."""
    with Stages() as opened:
        yield opened


@pytest.mark.parametrize(("name", "language"), HELD)
async def test_the_call_goes_as_written(name: str, language: str, stages: Stages) -> None:
    """Every turn does what the file says, and what is left in the end is what the file says."""
    dialogue = DIALOGUES[name]
    shown = await hold(dialogue, language, CALLERS[language], stages.of(dialogue.business))
    if any(line.startswith(WRONG) for line in shown):
        pytest.fail("\n".join([f"tests/calls/{name}.yaml in {language}: {dialogue.title}", *shown]), pytrace=False)


def test_every_call_is_written_in_every_language() -> None:
    """Where a caller speaks, there are words for each language."""
    said = [(name, said) for name, dialogue in DIALOGUES.items() for _, said in dialogue.everything_said() if isinstance(said, dict)]
    spoken = [(name, words) for name, words in said if not {"keys", "silent_s"} & set(words)]
    assert len(spoken) > 100
    assert [name for name, words in spoken if set(words) != set(LANGUAGES)] == []
