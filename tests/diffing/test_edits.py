"""Edits of the shipped content: what is said about each, and how it is graded. The table is edits.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from frontdesk.diffing.comparing import compare
from fsm.yaml_source import load_plain
from tests.diffing.editing import edited, shipped
from tests.examples import sampled

EDITS: list[dict[str, Any]] = load_plain((Path(__file__).parent / "edits.yaml").read_text(encoding="utf-8"))
IDS = [f"{number}-{Path(edit['file']).stem}" for number, edit in enumerate(EDITS)]


@pytest.mark.parametrize("edit", sampled(EDITS, 3), ids=IDS)
def test_an_edit_is_told_in_these_sentences(edit: dict[str, Any], tmp_path: Path) -> None:
    """All that is said about an edit, with its grades, and nothing else; backwards there is something to say when there was forwards."""
    new = edited(tmp_path, edit["file"], [(one["old"], one["new"]) for one in edit["edit"]])
    changes = compare(shipped(), new)
    assert [{change.grade.word: change.sentence} for change in changes] == edit["says"]
    assert {change.file for change in changes} <= {edit["file"]}
    assert bool(compare(new, shipped())) == bool(edit["says"])


def test_the_table_is_long_enough_to_trust() -> None:
    """Every grade and every kind of file is in it."""
    assert len(EDITS) >= 60
    assert {grade for edit in EDITS for said in edit["says"] for grade in said} == {"harmless", "look", "dangerous"}
    assert {Path(edit["file"]).parts[0] for edit in EDITS} == {"states.yaml", "business.yaml", "prompts", "knowledge"}


def test_a_version_is_the_same_as_itself() -> None:
    """Remarks and order of keys are no change."""
    assert compare(shipped(), shipped()) == []
