"""`frontdesk graph` with stored calls on it: one call in its order, and the traffic of all."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from frontdesk.cli.graph import GraphOptions, print_graph
from frontdesk.cli.options import BadOption
from tests.cli.holding import hold


def texts(options: GraphOptions) -> list[str]:
    out = io.StringIO()
    assert print_graph(options, out, io.StringIO()) == 0
    return [element.text or "" for element in ET.fromstring(out.getvalue()).iter("{http://www.w3.org/2000/svg}text")]


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory, root_folder: Path) -> str:
    """Two calls with the shipped graph, and one with an edited one."""
    import asyncio

    folder = tmp_path_factory.mktemp("edited")
    text = (root_folder / "states.yaml").read_text(encoding="utf-8")
    edited = text.replace("limits: {attempts: 3, visits: 8", "limits: {attempts: 4, visits: 8", 1)
    assert edited != text
    (folder / "states.yaml").write_text(edited, encoding="utf-8")
    url = f"sqlite:///{folder}/calls.db"
    asyncio.run(hold(url, "call_1", ("I want to cancel my appointment",)))
    asyncio.run(hold(url, "call_2", ("goodbye",)))
    asyncio.run(hold(url, "call_3", ("goodbye",), folder))
    return url


@pytest.fixture(scope="module")
def root_folder() -> Path:
    return Path(__file__).parents[2]


def test_one_call_is_numbered_in_its_order(db: str) -> None:
    """From the greeting on."""
    said = texts(GraphOptions(call="call_1", db=lambda: db))
    assert any("call call_1: " in text and text.endswith("moves") for text in said)
    assert {"1", "2"} <= set(said)


def test_a_call_of_another_version_is_drawn_with_that_version(db: str) -> None:
    """Its graph was kept when it began."""
    said = texts(GraphOptions(call="call_3", db=lambda: db))
    assert any("with the version of the graph that it was held with" in text for text in said)
    assert "4× not understood" in said


def test_traffic_leaves_other_versions_out_and_says_so(db: str) -> None:
    """Only what can be laid over this graph is counted."""
    said = texts(GraphOptions(traffic=True, db=lambda: db))
    assert any("2 calls, 1 of other versions of the graph are left out" in text for text in said)


def test_an_unknown_call_is_one_sentence(db: str) -> None:
    """Nothing is drawn."""
    with pytest.raises(BadOption, match="There is no call call_9"):
        texts(GraphOptions(call="call_9", db=lambda: db))
