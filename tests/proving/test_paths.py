"""Generated paths: every one goes as written, in every language, and together they come through all of the graph."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from frontdesk.bootstrap.content import Folders, load_content
from frontdesk.bootstrap.reading import read_all
from frontdesk.conversation.ports import Content
from frontdesk.proving.holding import hold_paths, without_a_path
from frontdesk.proving.playing import Player
from frontdesk.proving.report import Coverage, Excuse, read_excuses
from frontdesk.proving.script import read_paths
from frontdesk.proving.situations import NOW
from tests.conftest import ROOT

LANGUAGES = ("fr", "de", "en", "es")
BUSINESSES = {"salon": "", "insurer": "examples/insurance"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A business, its paths, and what they may leave out."""

    content: Content
    player: Player
    file: Path
    excuses: list[Excuse]
    again: str


# The insurer's calls and goals are held in tests/test_insurance.py; its paths take as long again as the salon's.
@pytest.fixture(scope="module", params=["", pytest.param("examples/insurance", marks=pytest.mark.slow)], ids=tuple(BUSINESSES))
def shown(request: pytest.FixtureRequest) -> Shown:
    """Each business that we ship, on the day of the generated calls."""
    business = ROOT / request.param if request.param else None
    folders = Folders(business)
    content = load_content(folders, lambda: NOW)
    file = (business or ROOT / "tests") / "paths" / "paths.yaml"
    again = f"frontdesk paths --write --business {request.param}" if request.param else "make paths"
    return Shown(content, Player(content, read_all(folders).phrases), file, read_excuses(file.with_name("excuses.yaml")), again)


def test_what_cannot_happen_is_proved_where_it_is_said_to_be(shown: Shown) -> None:
    """A graph that has come to lead back to a state within one task has no excuse any more."""
    graph = shown.content.graph
    assert [sentence for excuse in shown.excuses for sentence in excuse.fails(graph)] == []
    back = Excuse(("confirm",), "the limit of 8 visits", "it is not so", proved=True)
    assert [sentence for sentence in back.fails(graph) if "“confirm”" in sentence]


async def test_together_the_paths_go_as_written_and_everything_has_one(shown: Shown) -> None:
    """A new edge without a path that passes, and a path that goes otherwise, fail with a sentence that names them.

    Each path in one of the languages in turn: a minute less than every path in all of them, which the slow test below plays.
    """
    coverage, paths = Coverage.of(shown.content.graph), read_paths(shown.file)
    wrong = []
    for first, language in enumerate(LANGUAGES):
        wrong += await hold_paths(paths[first :: len(LANGUAGES)], language, shown.player, coverage)
    _all_right_and_whole(wrong, coverage, shown)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shown", BUSINESSES.values(), ids=tuple(BUSINESSES), indirect=True)
async def test_every_path_goes_as_written_and_everything_has_one(language: str, shown: Shown) -> None:
    """So it is in each language by itself."""
    coverage = Coverage.of(shown.content.graph)
    wrong = await hold_paths(read_paths(shown.file), language, shown.player, coverage)
    _all_right_and_whole(wrong, coverage, shown)


def _all_right_and_whole(wrong: list[str], coverage: Coverage, shown: Shown) -> None:
    wrong += without_a_path(coverage, shown.excuses)
    if wrong:
        pytest.fail("\n".join([*wrong, f"Run `{shown.again}`, look at what it changes, and see docs/proving.md."]), pytrace=False)
    needless = [excuse for excuse in shown.excuses if not any(excuse.covers(target) for target in coverage.missing("paths"))]
    assert needless == []
