"""The simulator: the same seed gives the same bytes, callers are served, and a worse receptionist has worse figures."""

from __future__ import annotations

import copy
import dataclasses
import json
from collections.abc import Callable
from typing import Any

import pytest

from frontdesk import processes
from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.rehearsing.rehearsal import Stage
from frontdesk.simulating.errors import NoCallers, NoWords
from frontdesk.simulating.figures import groups
from frontdesk.simulating.judging import Result
from frontdesk.simulating.running import Plan, Simulator, simulate
from fsm.graph import compile_graph
from fsm.spec import GraphSpec

_PLAN = Plan(calls=8, seed=7, goals=("book", "cancel"), noise=0.02, dialogues=True)


@pytest.fixture(scope="module")
def stage() -> Stage:
    """The salon that is shipped, loaded once."""
    return Stage()


@pytest.fixture(scope="module")
def served(stage: Stage) -> list[Result]:
    """The calls of the plan with the shipped graph."""
    return Simulator(_PLAN, stage).calls(range(_PLAN.calls))


def _bytes(results: list[Result]) -> bytes:
    return json.dumps([result.as_json() for result in results]).encode()


@pytest.mark.slow  # each process loads the salon; tests/test_processes.py shares out what is quick
def test_the_same_seed_gives_the_same_bytes(stage: Stage, served: list[Result], monkeypatch: pytest.MonkeyPatch) -> None:
    """Dialogues and all, held one after the other here and in two processes there; another seed gives other calls."""
    monkeypatch.setattr(processes, "_WORTH_A_PROCESS", 2)
    assert _bytes(simulate(_PLAN, processes=2)) == _bytes(served)
    other = Simulator(dataclasses.replace(_PLAN, seed=8), stage).calls(range(2))
    assert _bytes(other) != _bytes(served[:2])


def test_a_call_does_not_depend_on_those_before(stage: Stage, served: list[Result]) -> None:
    """The last caller is the same without those before."""
    assert _bytes(Simulator(_PLAN, stage).calls([7])) == _bytes([served[7]])


def test_callers_are_served(served: list[Result]) -> None:
    """Most get what they want from the shipped graph, nobody gets anything else, and the dialogue of each can be read."""
    assert sum(result.success for result in served) >= 7
    assert [result.wrong + result.broken for result in served if result.wrong or result.broken] == []
    assert all(result.dialogue[0].startswith(f"call {result.number}:") for result in served)


def _without_confirm(spec: dict[str, Any]) -> None:
    """Books as soon as the number is known."""
    for move in spec["states"]["contact"]["next"]:
        if move["to"] == "confirm":
            move["to"] = "book"
    for move in spec["states"]["cancel"]["next"]:
        if move["to"] == "confirm_cancel":
            move["to"] = "cancel_it"


def _deaf(spec: dict[str, Any]) -> None:
    """A time that was chosen leads nowhere, and a yes to a cancellation neither."""
    for state, target in (("slot", "hold"), ("confirm_cancel", "cancel_it")):
        kept = [move for move in spec["states"][state]["next"] if move["to"] != target]
        spec["states"][state]["next"] = kept


@pytest.mark.parametrize("spoil", [_without_confirm, _deaf])
def test_a_worse_graph_has_worse_figures(spoil: Callable[[dict[str, Any]], None], served: list[Result]) -> None:
    """Without its read-back, where the engine does not let it write, or deaf to an answer: fewer are served, beyond any chance."""
    stage = Stage()
    spec = stage.content.graph.spec.model_dump(by_alias=True, exclude_unset=True)
    spoil(spec)
    stage.content = dataclasses.replace(stage.content, graph=compile_graph(GraphSpec.model_validate(spec), CATALOGUE))
    plan = dataclasses.replace(_PLAN, noise=0.0)
    worse = groups(Simulator(plan, stage).calls(range(plan.calls)))[-1]
    good = groups(served)[-1]
    assert worse.success.high < good.success.low


def _in_french(stage: Stage) -> Stage:
    """A salon that answers in French only."""
    french = copy.copy(stage)
    french.content = dataclasses.replace(stage.content, business=stage.content.business.model_copy(update={"languages": ("fr",)}))
    return french


def test_a_call_that_cannot_even_begin_is_broken(stage: Stage) -> None:
    """It is counted, and ends no simulation."""
    english = dataclasses.replace(_PLAN, languages=("en",))
    simulator = Simulator(english, copy.copy(stage))
    simulator._stage.content = _in_french(stage).content
    [result] = simulator.calls([0])
    assert (result.success, result.broken) == (False, ("turn 0: speaks 'en'",))
    assert result.dialogue[-1] == "   !! never: turn 0: speaks 'en'"


def test_what_cannot_be_simulated_is_said(stage: Stage) -> None:
    """A language without callers and a graph without their goals are errors of one sentence."""
    with pytest.raises(NoWords, match="“it”"):
        Simulator(Plan(languages=("it",)), stage)
    with pytest.raises(NoCallers, match=r"does not answer in “en”; it answers in fr\."):
        Simulator(Plan(languages=("en",)), _in_french(stage))
    with pytest.raises(NoCallers, match="intent"):
        Simulator(Plan(goals=()), stage)
