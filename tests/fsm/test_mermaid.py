"""The picture of the graph shows every state and every move."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.actions.catalogue import CATALOGUE
from fsm.loader import load_graph_spec
from fsm.mermaid import to_mermaid
from fsm.spec import GraphSpec


@pytest.fixture(scope="module")
def shipped() -> GraphSpec:
    return load_graph_spec(Path(__file__).parents[2] / "states.yaml", CATALOGUE)


def test_every_state_and_every_move_is_drawn(shipped: GraphSpec) -> None:
    """No state is left out, and no way from one to another."""
    lines = to_mermaid(shipped).splitlines()
    drawn = {tuple(line.strip().partition(":")[0].split(" --> ")) for line in lines if "-->" in line}
    assert lines[0] == "stateDiagram-v2"
    for name, state in shipped.states.items():
        assert any(line.strip().startswith(f"{name}: ") for line in lines)
        assert all((name, move.to) in drawn for move in (*state.next, *state.on) if move.to)
        assert ((name, "[*]") in drawn) == (state.end is not None)
    assert ("[*]", shipped.start) in drawn


def test_a_way_is_drawn_once(shipped: GraphSpec) -> None:
    """Several moves between two states share one arrow."""
    ways = [line.partition(":")[0] for line in to_mermaid(shipped, limits=False).splitlines() if "-->" in line]
    assert len(ways) == len(set(ways))


def test_the_call_that_books_comes_first(shipped: GraphSpec) -> None:
    """A reader follows a booking from hello to goodbye before anything else."""
    names = [line.strip().partition(":")[0] for line in to_mermaid(shipped).splitlines() if ":" in line and "-->" not in line]
    assert names[: names.index("goodbye") + 1] == [
        "greet", "intent", "service", "when", "slot", "hold", "identity", "contact", "confirm", "book", "booked", "notify", "done",
        "anything_else", "goodbye",
    ]  # fmt: skip


def test_limits_are_drawn_when_asked_for(shipped: GraphSpec) -> None:
    """Where a state leads when it gives up can be seen too."""
    assert "    slot --> silence: silence" in to_mermaid(shipped, limits=True)
    assert "silence: silence" not in to_mermaid(shipped).replace("    silence: silence", "")


def test_labels_end_where_they_should(shipped: GraphSpec) -> None:
    """A label holds no sign that would end it early."""
    for line in to_mermaid(shipped).splitlines():
        label = line.partition(":")[2]
        assert ":" not in label.removeprefix(" ")
        if "-->" in line:
            assert ";" not in label
