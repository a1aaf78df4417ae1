"""The table of the exploration and the engine are the same: what the engine does is in it, and what is in it the engine does."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from fsm import compile_graph
from fsm.events import Faulted
from fsm.explore import Exploration, explore
from tests.examples import some
from tests.fsm import hostile
from tests.fsm.explore.comparing import Driver, is_reached, situation_of
from tests.fsm.explore.test_explore import CATALOGUE, shipped, shipped_in_keys
from tests.fsm.playing import ACTIONS, small_graph


def _stays_within(found: Exploration, data: Any, graph: Any, most: int) -> None:
    played = hostile.play_hostile(data.draw, graph, most)
    for event, made in zip(played.events, played.steps, strict=True):
        if isinstance(event, Faulted):
            return
        assert is_reached(found, graph, made.call), (made.call.path, event, situation_of(found, graph, made.call))


@settings(max_examples=25)
@given(data=st.data())
def test_no_call_of_the_engine_leaves_what_was_explored(data: Any) -> None:
    found = data.draw(st.sampled_from([shipped, shipped_in_keys]))()
    _stays_within(found, data, compile_graph(found.table.spec, CATALOGUE), 25)


@settings(max_examples=25)
@given(data=st.data())
def test_no_call_on_another_graph_leaves_it_either(data: Any) -> None:
    graph = small_graph()
    _stays_within(explore(graph.spec, ACTIONS), data, graph, 25)


def test_the_engine_walks_every_path() -> None:
    """Played to the engine, a path leads through the situations that it names, to the last."""
    found = shipped()
    graph = compile_graph(found.table.spec, CATALOGUE)
    played, tried = 0, some(found.all_transitions, 4)
    for transition in tried:
        path = found.path_to(transition)
        if path is None:
            continue
        driver = Driver(graph, path)
        for step in path.steps:
            driver.play(step.happening)
            call = driver.call.call
            situation = situation_of(found, graph, call)
            assert situation is not None
            assert situation[0] == (step.state, step.waits_for), (transition, path.dialogue, driver.call.last.refusals)
            described = [found.table.space.describe(key, situation[2]) for key in situation[1]]
            assert step.known in described, (transition, path.dialogue, step.known, described[0])
        played += 1
    assert played > (350 if len(tried) == len(found.all_transitions) else 50)
