"""What the picture says: marks of coverage, traffic and one call, its legend, and the one in the docs."""

from __future__ import annotations

import io
import json
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.cli.graph import GraphOptions, print_graph
from frontdesk.cli.options import BadOption
from frontdesk.drawing.marks import BadCoverage, coverage_from, marks_of_call, marks_of_traffic
from frontdesk.drawing.png import NoPictures, to_png
from frontdesk.drawing.svg import to_svg
from frontdesk.drawing.text import shortened, width_of
from fsm.loader import load_graph_spec
from tests.drawing.graphs import INSURANCE, TINY


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def drawn(options: GraphOptions) -> str:
    out = io.StringIO()
    assert print_graph(options, out, io.StringIO()) == 0
    return out.getvalue()


def test_the_picture_in_the_docs_is_current(root: Path) -> None:
    """After an edit of states.yaml: make picture."""
    assert (root / "docs" / "graph.svg").read_text(encoding="utf-8") == drawn(GraphOptions(format="svg"))


def test_ends_starts_and_achievements_are_marked() -> None:
    """A reader sees where a call ends, and with what."""
    said = texts(to_svg(INSURANCE, CATALOGUE, "An insurance company"))
    assert said.count("the call ends") == 2  # the state, and the legend
    assert "a person takes over" in said
    assert "achieves: booked" in said


def test_one_call_is_highlighted_in_its_order() -> None:
    """Each move has its number; one that is made twice has both."""
    moves = [
        ("welcome", "topic"),
        ("topic", "policy_number"),
        ("policy_number", "topic"),
        ("topic", "policy_number"),
        ("policy_number", "adviser"),
    ]
    said = texts(to_svg(INSURANCE, CATALOGUE, "One call", marks_of_call("welcome", moves, "call 1")))
    assert {"1", "2·4", "3", "5"} <= set(said)  # the fifth is heard anywhere
    assert "the call was here" in said


def test_traffic_counts_calls_not_visits() -> None:
    """A call that came by twice is one call."""
    calls = [[("welcome", "topic"), ("topic", "policy_number"), ("policy_number", "topic")], [("welcome", "topic")]]
    marks = marks_of_traffic("welcome", calls, "2 calls")
    assert marks.states == {"welcome": 2, "topic": 2, "policy_number": 1}
    assert marks.ways["welcome", "topic"] == 2
    assert "2 calls" in texts(to_svg(INSURANCE, CATALOGUE, "Traffic", marks))


def test_coverage_shows_what_is_not_covered() -> None:
    """Several transitions between two states are one arrow."""
    marks = coverage_from({"states": {"ask": 3, "bye": 0}, "transitions": {"ask -> bye #1": 2, "ask -> bye #2": 1}}, TINY)
    assert marks.ways["ask", "bye"] == 3
    assert marks.note == "1 of 2 states are covered"
    assert {"3", "0", "not covered"} <= set(texts(to_svg(TINY, CATALOGUE, "Coverage", marks)))


@pytest.mark.parametrize("data", [[], {}, {"states": {}, "transitions": 3}, {"states": {"ask": "x"}, "transitions": {}}])
def test_what_is_no_coverage_is_refused(data: object) -> None:
    """One sentence that says how to make one."""
    with pytest.raises(BadCoverage, match="frontdesk coverage --json"):
        coverage_from(data, TINY)


def test_transitions_may_be_named_by_their_place_in_the_file() -> None:
    """Those that stay, and those of another graph, are nowhere on the page."""
    counted = {"ask.next[0]": 2, "ask.next[7]": 1, "elsewhere.next[0]": 1, "ask.odd": 1}
    marks = coverage_from({"states": {"ask": 1}, "transitions": counted, "limits": {"ask.attempts": 4, "ask.silences": 0}}, TINY)
    assert marks.ways == {("ask", "bye"): 6}


def test_what_no_call_can_come_through_is_not_uncovered() -> None:
    """Only a way of which every transition is impossible; one that has been taken is shown all the same."""
    data = {"states": {"ask": 1, "bye": 1}, "transitions": {"ask -> bye #1": 0}, "impossible": ["ask.next[0]"]}
    assert coverage_from(data, TINY).ways == {}
    data["transitions"] = {"ask -> bye #1": 0, "ask -> bye #2": 0}
    assert coverage_from(data, TINY).ways == {("ask", "bye"): 0}


def test_a_limit_does_not_borrow_the_count_of_another_way(root: Path) -> None:
    """A name, and two answers that are no name, lead from `caller_name` to one state."""
    spec = load_graph_spec(root / "states.yaml", CATALOGUE)
    marks = coverage_from({"states": {"caller_name": 1}, "transitions": {"caller_name -> caller_phone #3": 77}}, spec)
    assert texts(to_svg(spec, CATALOGUE, "Coverage", marks)).count("77") == 1


def test_files_that_are_no_coverage_are_refused(tmp_path: Path) -> None:
    """Missing, not JSON, or another JSON."""
    (tmp_path / "odd.json").write_text("{", encoding="utf-8")
    (tmp_path / "other.json").write_text(json.dumps({"a": 1}), encoding="utf-8")
    for name in ("none.json", "odd.json", "other.json"):
        with pytest.raises(BadOption, match="coverage file"):
            drawn(GraphOptions(format="svg", coverage=tmp_path / name))


def test_options_that_do_not_go_together_are_refused() -> None:
    """One kind of marks, and none on a Mermaid diagram."""
    with pytest.raises(BadOption, match="one of"):
        drawn(GraphOptions(call="call_1", traffic=True))
    with pytest.raises(BadOption, match="svg or png"):
        drawn(GraphOptions(format="mermaid", traffic=True))
    with pytest.raises(BadOption, match="svg or png"):
        drawn(GraphOptions(output=Path("graph.mmd"), traffic=True))


def test_the_name_of_the_file_says_the_format(tmp_path: Path) -> None:
    """-o graph.svg is enough."""
    assert print_graph(GraphOptions(output=tmp_path / "graph.svg"), io.StringIO(), io.StringIO()) == 0
    assert (tmp_path / "graph.svg").read_text(encoding="utf-8").startswith("<svg ")


def test_png_is_drawn() -> None:
    """Twice as many pixels as the SVG has."""
    pytest.importorskip("resvg_py", reason="the extra pictures is not installed")
    png = to_png(to_svg(TINY, CATALOGUE, "Tiny"))
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20], "big") > 800


def test_without_the_extra_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """PNG is optional."""
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(NoPictures, match=r"^PNG needs one more package; run make pictures, or use --format svg\.$"):
        to_png("<svg/>")


def test_texts_are_measured_and_cut() -> None:
    """What is too long ends in an ellipsis, within the room there is."""
    assert width_of("iii", 10) < width_of("mmm", 10)
    cut = shortened("appointment, cancel or never mind", 10, 80)
    assert cut.endswith("…")
    assert width_of(cut, 10) <= 80


def test_names_are_escaped() -> None:
    """A business may be called anything."""
    assert "Scissors &amp; &lt;Co&gt;" in to_svg(TINY, CATALOGUE, "Scissors & <Co>")
