"""`transitions` is the only mover: each move of the YAML is one of its transitions, with its condition, and nothing else moves."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import transitions

from frontdesk.actions.catalogue import CATALOGUE
from fsm import Act, Graph, IllegalMove, compile_graph
from fsm.draft import Draft
from fsm.loader import load_graph_spec
from fsm.machine import FELL_SILENT, GAVE_UP, NEXT, on
from fsm.spec import GraphSpec
from tests.fsm.playing import Played, small_graph, windows


@pytest.fixture(scope="module")
def shipped(root: Path) -> Graph:
    return compile_graph(load_graph_spec(root / "states.yaml", CATALOGUE), CATALOGUE)


def _yaml_moves(spec: GraphSpec) -> Iterator[tuple[str, str, str | None, dict[str, Any]]]:
    """Trigger, state, target (None: it stays) and condition of every move that the document has, in its order."""
    for name, state in spec.states.items():
        for move in state.on:
            yield on(str(move.on)), name, move.to, dict(move.if_)
        for move in state.next:
            yield NEXT, name, move.to, dict(move.if_)
    for move in spec.anywhere:
        for name, state in spec.states.items():
            if name not in move.except_ and state.end is None:
                yield on(str(move.on)), name, move.to, dict(move.if_)


def _inner(graph: Graph) -> transitions.Machine:
    machine = graph.machine._machine
    assert isinstance(machine, transitions.Machine)
    return machine


def test_every_move_is_a_transition(shipped: Graph) -> None:
    """For each move of states.yaml there is one transition from and to the same states, and but for limits no other."""
    wanted: dict[tuple[str, str], list[str | None]] = {}
    for trigger, source, target, _ in _yaml_moves(shipped.spec):
        wanted.setdefault((trigger, source), []).append(target)
    found: dict[tuple[str, str], list[str | None]] = {}
    for trigger, event in _inner(shipped).events.items():
        for source, moves in event.transitions.items():
            if moves:
                found[trigger, source] = [move.dest for move in moves]
    limits = {key: found.pop(key) for key in list(found) if key[0] in {GAVE_UP, FELL_SILENT}}
    assert found == wanted
    for (trigger, state), targets in limits.items():
        limit = shipped.limits[state]
        assert targets == [limit.else_ if trigger == GAVE_UP else limit.silent]


def test_every_transition_has_the_condition_of_its_move(shipped: Graph) -> None:
    """A transition is taken exactly when the table of its move holds."""
    from fsm import Fact, Origin
    from tests.fsm.playing import Played

    call = Played(shipped)
    machine = _inner(shipped)
    places: dict[tuple[str, str], int] = {}
    for trigger, source, _, condition in _yaml_moves(shipped.spec):
        place = places.get((trigger, source), 0)
        places[trigger, source] = place + 1
        move = machine.events[trigger].transitions[source][place]
        assert len(move.conditions) == 1
        for satisfied in (True, False):
            draft = Draft(shipped, call.call)
            draft.facts, draft.outcomes = {}, {}
            for name, wanted in condition.items():
                value = wanted[0] if isinstance(wanted, list) else wanted
                if (value == "unknown") is satisfied:
                    continue
                value = (
                    ("something" if value in {"known", "unknown"} else value)
                    if satisfied
                    else ("else" if value not in {"known", "unknown"} else "x")
                )
                if not satisfied and wanted == "known":
                    continue
                if name in shipped.fact_names:
                    draft.facts[name] = Fact(value, Origin.SPEECH, 1)
                else:
                    draft.outcomes[name] = str(value)
            event = transitions.EventData(None, None, machine, draft, (), {})
            assert move.conditions[0].check(event) is (satisfied or not condition)


def test_machine_makes_every_move_of_a_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """The state of a call changes inside `transitions`, and nowhere else."""
    moved: list[tuple[str, str]] = []
    change = transitions.Transition._change_state

    def recording(self: transitions.Transition, event: Any) -> None:
        moved.append((self.source, self.dest))
        change(self, event)

    monkeypatch.setattr(transitions.Transition, "_change_state", recording)
    call = Played(small_graph()).to_confirm()
    call.say("oui", "yes")
    call.finish("ok")
    call.say("au revoir", "goodbye")
    assert moved == [move for made in call.steps for move in made.moves]
    assert [moved[0][0], *(target for _, target in moved)] == list(call.call.path)


def test_without_the_machine_nothing_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no second mechanism beside it: when `transitions` does not move, the call stays."""
    monkeypatch.setattr(transitions.Transition, "_change_state", lambda self, event: None)
    call = Played(small_graph())
    with pytest.raises(IllegalMove):  # it would go on for ever in the same place
        call.say("une coupe", thing="cut")
    assert call.call.state == "hello"


def test_state_is_assigned_in_one_place(root: Path) -> None:
    """No line of the engine sets the state of a draft but where it is made."""
    assigned = []
    for path in sorted((root / "fsm").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            targets = (
                node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign | ast.AugAssign) else []
            )
            assigned += [path.name for target in targets if isinstance(target, ast.Attribute) and target.attr == "state"]
    assert assigned == ["draft.py"]


def test_no_state_can_be_asked_for_by_name(shipped: Graph) -> None:
    """There are no automatic transitions: no "to_book", and an act that names a state is not heard."""
    assert not [trigger for trigger in _inner(shipped).events if trigger.startswith("to_")]
    for act in ("to_book", "book", "goto", "next", "gave_up"):
        call = Played(shipped)
        call.say("bla", Act(act, {"state": "book", "to": "book"}))
        assert call.last.refusals == (("not-heard-here", act),)


@pytest.mark.parametrize("trigger", ["to_day", "on_nothing", "goto", ""])
def test_unknown_move_raises(trigger: str) -> None:
    """A move that the machine does not know raises, and moves nothing."""
    call = Played(small_graph())
    draft = Draft(call.graph, call.call)
    with pytest.raises(IllegalMove, match="has no move"):
        call.graph.machine.fire(trigger, draft)
    assert draft.state == "hello"


def test_machine_holds_nothing_of_a_call() -> None:
    """One machine serves all calls: two of them do not touch each other."""
    graph = small_graph()
    one, other = Played(graph), Played(graph)
    one.say("une coupe mardi", thing="cut", day=windows("16"))
    assert (one.call.state, other.call.state) == ("slot", "hello")
    assert _inner(graph).models == []
