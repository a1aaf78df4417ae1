"""The shipped lines, loaded once."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.business import Business
from frontdesk.prompting.lines import Lines, load_lines
from frontdesk.prompting.render import Renderer
from tests.prompting.scenes import LANGUAGES


@pytest.fixture(scope="session")
def prompts(root: Path) -> Path:
    """The folder of the shipped prompts."""
    return root / "prompts"


@pytest.fixture(scope="session")
def shipped(prompts: Path) -> Lines:
    """The shipped lines in all four languages."""
    return load_lines([prompts], LANGUAGES)


@pytest.fixture
def renderer(shipped: Lines, salon: Business) -> Renderer:
    """Says the shipped lines for the salon."""
    return Renderer(shipped, salon)
