"""Generated paths: every one goes as written, in every language, and together they come through all of the graph."""

from __future__ import annotations

import pytest

from frontdesk.bootstrap.content import Folders, load_content
from frontdesk.bootstrap.reading import read_all
from frontdesk.conversation.ports import Content
from frontdesk.proving.holding import hold_paths, without_a_path
from frontdesk.proving.playing import Player
from frontdesk.proving.report import Coverage, read_excuses
from frontdesk.proving.script import read_paths
from frontdesk.proving.situations import NOW
from tests.conftest import ROOT

PATHS = ROOT / "tests" / "paths" / "paths.yaml"
EXCUSES = read_excuses(PATHS.with_name("excuses.yaml"))


@pytest.fixture(scope="module")
def content() -> Content:
    """The shipped content, on the day of the generated calls."""
    return load_content(Folders(None), lambda: NOW)


@pytest.fixture(scope="module")
def player(content: Content) -> Player:
    """Plays paths against the shipped content."""
    return Player(content, read_all(Folders(None)).phrases)


@pytest.mark.parametrize("language", ["fr", "de", "en", "es"])
async def test_every_path_goes_as_written_and_everything_has_one(language: str, content: Content, player: Player) -> None:
    """A new edge without a path that passes, and a path that goes otherwise, fail with a sentence that names them."""
    coverage = Coverage.of(content.graph)
    wrong = await hold_paths(read_paths(PATHS), language, player, coverage)
    wrong += without_a_path(coverage, EXCUSES)
    if wrong:
        pytest.fail("\n".join([*wrong, "Run `make paths`, look at what it changes, and see docs/proving.md."]), pytrace=False)
    needless = [excuse for excuse in EXCUSES if not any(excuse.covers(target) for target in coverage.missing("paths"))]
    assert needless == []
