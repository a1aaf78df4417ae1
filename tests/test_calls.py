"""Whole calls, word by word, in four languages: tests/calls/*.yaml, the format of which is in docs/owners/calls.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from frontdesk.rehearsing.dialogues import LANGUAGES, hold, load_callers, load_dialogues
from frontdesk.rehearsing.rehearsal import Stage
from tests.conftest import ROOT

FOLDER = ROOT / "tests" / "calls"
CALLERS = load_callers(FOLDER)
DIALOGUES = load_dialogues(FOLDER)


class Stages:
    """The shipped business, and others that differ from it in a few settings; each is loaded once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stages: dict[str, Stage] = {}

    def of(self, changes: dict[str, Any]) -> Stage:
        key = str(sorted(changes.items()))
        if key not in self._stages:
            self._stages[key] = Stage(self._business(changes) if changes else None)
        return self._stages[key]

    def _business(self, changes: dict[str, Any]) -> Path:
        content = yaml.safe_load((ROOT / "business.yaml").read_text(encoding="utf-8"))
        for path, value in changes.items():
            *parents, name = path.split(".")
            section = content
            for parent in parents:
                section = section[parent]
            section[name] = value
        folder = self._folder / str(len(self._stages))
        folder.mkdir()
        (folder / "business.yaml").write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return folder


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Stages:
    """Businesses by what is different about them."""
    return Stages(tmp_path_factory.mktemp("businesses"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DIALOGUES)
async def test_the_call_goes_as_written(name: str, language: str, stages: Stages) -> None:
    """Every turn does what the file says, and what is left in the end is what the file says."""
    dialogue = DIALOGUES[name]
    shown, right = await hold(dialogue, language, CALLERS[language], stages.of(dialogue.business))
    if not right:
        pytest.fail("\n".join([f"tests/calls/{name}.yaml in {language}: {dialogue.title}", *shown]), pytrace=False)


def test_every_call_is_written_in_every_language() -> None:
    """Where a caller speaks, there are words for each language."""
    spoken = [(name, step.caller) for name, dialogue in DIALOGUES.items() for step in dialogue.call if isinstance(step.caller, dict)]
    assert [name for name, words in spoken if set(words) != set(LANGUAGES)] == []
