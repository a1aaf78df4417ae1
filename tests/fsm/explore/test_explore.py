"""The shipped graph, explored: every state and every move of its own is come to, by a call that says how."""

from __future__ import annotations

from functools import cache
from unittest.mock import patch

from frontdesk.actions.catalogue import CATALOGUE
from fsm.explore import Exploration, explore
from fsm.explore.table import Table
from fsm.loader import read_graph_spec
from fsm.spec import NOT_FROM_CALLERS
from tests.conftest import ROOT
from tests.fsm.playing import ACTIONS, SMALL, graph_of


@cache
def shipped() -> Exploration:
    spec, problems = read_graph_spec(ROOT / "states.yaml", CATALOGUE)
    assert spec is not None, problems
    return explore(spec, CATALOGUE)


@cache
def shipped_in_keys() -> Exploration:
    """The same, with what the caller has come for in the keys, as in a graph that tells apart much more."""
    with patch("fsm.explore.space.MANY_BITS", 1):
        return explore(shipped().table.spec, CATALOGUE)


def test_what_is_in_the_keys_is_explored_all_the_same() -> None:
    """It is only another way of writing situations down."""
    assert "intent" in shipped().walk.space.loose
    assert "intent" in shipped_in_keys().walk.space.firm
    assert shipped_in_keys().transitions == shipped().transitions
    assert shipped_in_keys().reached.keys() == shipped().reached.keys()
    assert (shipped_in_keys().met.stuck, shipped_in_keys().met.broken, shipped_in_keys().met.unagreed) == ({}, {}, {})


def test_every_state_is_come_to() -> None:
    found = shipped()
    assert found.states == found.table.spec.states.keys()


def test_shortest_call_to_a_booking() -> None:
    """The way to a transition is a call from its beginning, and its last step walks it."""
    found = shipped()
    booked = next(one for one in found.all_transitions if one.source == "book" and one.target == "booked")
    path = found.path_to(booked)
    assert path is not None
    assert booked in path.steps[-1].transitions
    assert [step.state for step in path.steps][-2:] == ["book", "notify"]
    assert "caller: says yes" in path.dialogue
    assert path.dialogue[-1] == "book: ok"


def test_no_caller_says_what_only_records_can_know() -> None:
    """The engine refuses it, so that no way through the graph may rest on it."""
    spec, problems = read_graph_spec(ROOT / "examples" / "insurance" / "states.yaml", CATALOGUE)
    assert spec is not None, problems
    sayable = Table(spec, CATALOGUE).sayable
    assert sayable
    assert not [name for name in sayable if spec.facts[name].type in NOT_FROM_CALLERS]


def test_what_is_said_on_the_spot_is_remembered() -> None:
    """An act that stays and changes nothing is passed over, unless an invariant looks at what is said or done by it."""
    rule = "invariants:\n  - never: {line: never_mind, before: {line: hold_on}}\n  - never: {action: write, before: {action: explain}}\n"
    found = explore(graph_of(f"{SMALL}\n{rule}").spec, ACTIONS)
    for mark in ("line hold_on", "action explain"):
        firm = found.walk.space.firm[mark]
        assert {firm.of(key) for region in found.reached.values() for key in region} == {False, True}
    assert found.met.broken.keys() == {0, 1}
