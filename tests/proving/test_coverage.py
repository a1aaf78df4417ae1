"""Targets, excuses, scripts and the picture of what is covered."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from frontdesk.bootstrap.content import Folders, load_content
from frontdesk.cli.coverage import print_coverage, print_paths
from frontdesk.drawing.marks import coverage_from
from frontdesk.proving.happenings import BadHappening, parse_happening
from frontdesk.proving.picture import drawn
from frontdesk.proving.report import Coverage, Excuse
from frontdesk.proving.script import read_paths, written
from frontdesk.proving.situations import NOW
from tests.conftest import ROOT

GRAPH = load_content(Folders(None), lambda: NOW).graph


@pytest.mark.parametrize(
    "line", ["intent=book", "service=1, when=2", "wants_change(fact=when)", "yes", "asks_question()", "mumbles", "key 0"]
)
def test_a_happening_reads_as_it_is_written(line: str) -> None:
    """The file of paths can be read back."""
    assert str(parse_happening(line)) == line


def test_what_nobody_can_do_is_told() -> None:
    """A slip in the file has a sentence."""
    with pytest.raises(BadHappening, match="nothing that a caller can do"):
        parse_happening("Books!")


def test_the_file_of_paths_reads_back_as_it_is() -> None:
    """Read and written again it is the same, byte for byte."""
    file = ROOT / "tests" / "paths" / "paths.yaml"
    assert written(read_paths(file)) == file.read_text(encoding="utf-8")


def test_what_no_call_covers_is_missing_and_what_cannot_happen_is_not() -> None:
    """An uncovered state is named; a move that the exact exploration rules out is not asked for."""
    coverage = Coverage.of(GRAPH)
    coverage.add("calls", ["greet", "greet.next[0]"])
    missing = {target.name for target in coverage.missing()}
    assert "greet" not in missing
    assert "confirm" in missing
    assert not coverage.impossible & missing
    assert "message.anywhere[14]" in coverage.impossible


def test_an_excuse_speaks_of_its_states_only() -> None:
    """The reason for one state is none for another."""
    excuse = Excuse(("greet",), "on “wants_change”, stay", "because")
    targets = Coverage.of(GRAPH).targets
    assert excuse.covers(targets["greet.anywhere[4]"])
    assert not excuse.covers(targets["intent.anywhere[4]"])


def test_the_counts_can_be_drawn() -> None:
    """`frontdesk graph --coverage` reads them, and the diagram has each state in one colour."""
    coverage = Coverage.of(GRAPH)
    coverage.add("calls", ["greet", "greet.next[0]", "intent"])
    assert coverage_from(coverage.as_json(), GRAPH.spec).states["greet"] == 1
    coloured = [line for line in drawn(coverage).splitlines() if line.startswith("    class ")]
    names = [name.strip(",") for line in coloured for name in line.split()[1:-1]]
    assert sorted(names) == sorted(GRAPH.states)


@pytest.mark.parametrize("language", ["it", ""])
def test_paths_in_a_language_that_nobody_speaks_are_refused(language: str) -> None:
    """Also an empty one: it is no way to leave the language out."""
    out = io.StringIO()
    assert print_paths(None, out, io.StringIO(), language) == 2
    assert "--language is one of fr, de, en, es" in out.getvalue()


@pytest.mark.slow
def test_a_business_with_the_shipped_graph_is_covered_by_the_shipped_paths(tmp_path: Path) -> None:
    shutil.copy(ROOT / "business.yaml", tmp_path)
    printed = io.StringIO()
    assert print_coverage(tmp_path, printed, io.StringIO(), as_json=False, picture=False) == 0
    assert "nobody has said why" not in printed.getvalue()
