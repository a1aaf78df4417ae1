"""docs/testing.md is true: its examples run, and it names everything that is public."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import frontdesk.testing

PAGE = (Path(__file__).parents[2] / "docs" / "testing.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_examples_run(number: int, root: Path) -> None:
    """Whoever copies an example has a program that works, by itself, with warnings as errors."""
    done = subprocess.run([sys.executable, "-W", "error", "-c", EXAMPLES[number]], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_there_are_examples() -> None:
    """The pattern above finds the examples of the page."""
    assert len(EXAMPLES) == PAGE.count("```python") == 5


def test_names_on_the_page_are_public() -> None:
    """Everything that an example imports from the public module is public."""
    imported = {name.strip() for names in re.findall(r"from frontdesk\.testing import (.*)", PAGE) for name in names.split(",")}
    assert imported <= set(frontdesk.testing.__all__)
