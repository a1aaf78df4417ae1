"""The pages for product owners, done literally: every edit and every command of theirs, in a copy of the folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.docs.page_follower import NotAsWritten, follow

PAGES = ("change-a-sentence", "add-a-service", "add-a-state")


# Each is a dozen processes; the first has an edit, a check and a test as the others have.
@pytest.mark.parametrize("name", [PAGES[0], *(pytest.param(page, marks=pytest.mark.slow) for page in PAGES[1:])])
def test_a_page_is_right_to_the_letter(name: str, tmp_path: Path) -> None:
    """Its edits can be made, its commands run, and they print what it says; each ends with calls that go as written."""
    commands = follow((ROOT / "docs" / "owners" / f"{name}.md").read_text(encoding="utf-8"), ROOT, tmp_path)
    assert commands[-1] == "frontdesk test --business my-salon"


@pytest.mark.parametrize(
    ("page", "wrong"),
    [
        ("```\necho yes\n```\n```text\nno\n```", "“no” is not printed, but:\nyes"),
        ("In `states.yaml`, below\n```yaml\nstart: nowhere\n```\ninsert\n```yaml\nx: 1\n```", "has 'start: nowhere.n' 0 times"),
        ("In `states.yaml`, replace\n```yaml\nstart: greet\n```\nperhaps\n```yaml\nx: 1\n```", "what is to be done with"),
        ("Have a look:\n```yaml\nx: 1\n```", "what is to be done with"),
        ("In `states.yaml`, above\n```yaml\nstart: greet\n```", "begun and not done"),
        ("```python\n1\n```", "a block of python"),
    ],
)
def test_a_page_that_is_wrong_is_found_out(page: str, wrong: str, tmp_path: Path) -> None:
    """What the follower cannot do, or does not see, is an error."""
    with pytest.raises(NotAsWritten, match=wrong):
        follow(page, ROOT, tmp_path)


def test_every_page_is_on_the_way_from_the_readme() -> None:
    """Somebody who starts at the README finds them."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in PAGES if f"docs/owners/{name}.md" not in readme] == []
