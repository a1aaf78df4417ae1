"""Whatever callers, brains and actions send, the engine keeps its word (on the shipped graph, and on a small one)."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.actions.catalogue import CATALOGUE
from fsm import Graph, compile_graph, replay
from fsm.loader import read_graph_spec
from tests.conftest import ROOT
from tests.examples import examples
from tests.fsm.hostile import leave, play_hostile


@cache
def shipped() -> Graph:
    spec, problems = read_graph_spec(ROOT / "states.yaml", CATALOGUE)
    assert spec is not None, problems
    return compile_graph(spec, CATALOGUE)


@settings(max_examples=examples(120))
@given(data=st.data())
def test_engine_keeps_its_word(data: Any) -> None:
    """Always a legal state, never a write without its confirmation, never a question about a known fact, always an utterance due."""
    play_hostile(data.draw, shipped(), 25)


@settings(max_examples=examples(40))
@given(data=st.data())
def test_silence_ends_every_call(data: Any) -> None:
    """From wherever a call has come to, a caller who says nothing more is not kept for ever."""
    leave(play_hostile(data.draw, shipped(), 15))


@settings(max_examples=examples(30))
@given(data=st.data())
def test_every_call_replays(data: Any) -> None:
    """The journal of any call replays to the same steps."""
    call = play_hostile(data.draw, shipped(), 15)
    assert replay(call.graph, "call_1", "fr", call.events) == call.steps


@pytest.mark.slow
@settings(max_examples=1500)
@given(data=st.data())
def test_engine_keeps_its_word_for_long(data: Any) -> None:
    """The same over many and longer calls."""
    leave(play_hostile(data.draw, shipped(), 80))
