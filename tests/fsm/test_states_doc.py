"""The reference for product owners names every key, action, outcome and code that there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.bootstrap.content import CHANGING
from frontdesk.bootstrap.whole_check import NOT_CHECKED
from fsm.spec import FactSpec, GraphSpec, LimitsSpec, ListenSpec, MoveSpec, StateSpec


@pytest.fixture(scope="module")
def reference() -> str:
    return (Path(__file__).parents[2] / "docs" / "states.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("model", [GraphSpec, FactSpec, StateSpec, MoveSpec, LimitsSpec, ListenSpec])
def test_every_key_is_explained(model: type[GraphSpec], reference: str) -> None:
    """A key that the parser takes stands in the reference."""
    for name, field in model.model_fields.items():
        assert re.search(rf"`{field.alias or name}[`:]", reference) or f"## {(field.alias or name).capitalize()}" in reference


def test_every_action_is_listed(reference: str) -> None:
    """Each action stands there with exactly its outcomes and what it needs."""
    for name, action in CATALOGUE.items():
        row = next(line for line in reference.splitlines() if line.startswith(f"| `{name}`"))
        assert row.split(" | ")[1] == ", ".join(sorted(action.outcomes))
        assert row.split(" | ")[2].removesuffix(" |") == (", ".join(sorted(action.needs)) or "–")
        assert ("(after the yes)" in row) == action.writes


def test_every_code_is_explained(root: Path, reference: str) -> None:
    """A code that a check of the graph can give stands in the reference, and no other one does."""
    sources = [
        *(root / "fsm" / "checks").glob("*.py"),
        root / "fsm" / "repair.py",
        root / "fsm" / "loader.py",
        root / "fsm" / "text_source.py",
        root / "fsm" / "yaml_source.py",
    ]
    text = "\n".join(source.read_text(encoding="utf-8") for source in sources)
    given = set(re.findall(r'(?:Finding|Problem|broken|_add)\(\s*"([a-z]+(?:-[a-z]+)+|alias|unreadable)"', text))
    given |= {CHANGING, NOT_CHECKED}  # what holds calls says it, not the check
    section = reference[reference.index("| code | what is wrong |") :]
    explained = {code for line in section.splitlines()[2:] for code in re.findall(r"`([a-z-]+)`", line.split(" | ")[0])}
    assert given == explained
