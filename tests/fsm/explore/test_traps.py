"""States that a call never leaves again for an end: found whether the edges are missing or only never hold, with the call that leads in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from fsm.explore.escaping import traps
from fsm.loader import read_graph_spec
from tests.fsm.explore.test_explore import shipped
from tests.fsm.test_checks import CATALOGUE, LINES, PROMPTS, SMALL

_INTO = ("{on: never_mind, to: bye}", "{on: never_mind, to: ping}")
_TWO = """\
  ping:
    ask: name
    limits: {else: pong, silent: pong, visits: 3}
    next:
      MOVE
      - {if: {name: known}, to: pong, forget: [name]}
  pong:
    ask: message
    limits: {else: ping, silent: ping, visits: 3}
    next: [{if: {message: known}, to: ping, forget: [message]}]
  bye:
"""


@dataclass(frozen=True)
class Case:
    """The two states with a move out of the first, and the states of each trap."""

    move: str
    trapped: tuple[str, ...]
    """Words of each message."""
    into: tuple[str, str] = _INTO
    business: str = ""
    """What the example says about the business."""


CASES = {
    "no edge leads out": Case("", ("From the state “ping”", "From the state “pong”")),
    "an edge whose condition no call fulfils": Case("- {if: {name: known, hold: failed}, to: bye}", ("it stays in “ping” and “pong”",)),
    "an edge for some businesses only": Case("- {if: {name: known, vip: true}, to: bye}", ("“ping” and “pong”",), business="vip is no"),
    "an edge for other businesses only": Case("- {if: {name: known, vip: false}, to: bye}", ("“ping” and “pong”",)),
    "what is set on the way in": Case(
        "- {if: {name: known, vip: true}, to: bye}", ("“ping” and “pong”",), (_INTO[0], "{on: never_mind, to: ping, set: {vip: false}}")
    ),
    "a caller can do something about it": Case("- {if: {name: known, when: known}, to: bye}", ()),
    "an action may come out otherwise": Case(
        "- {if: {name: known, hold: ok}, to: bye}",
        ("“ping” and “pong”",),
        ("{if: {hold: failed}, to: message}", "{if: {hold: failed}, to: ping}"),
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_traps(case: Case, tmp_path: Path) -> None:
    """One problem for a trap, and none for the moves in it."""
    graph = SMALL
    for old, new in (("  bye:\n", _TWO.replace("      MOVE\n", f"      {case.move}\n" if case.move else "")), case.into):
        assert graph.count(old) == 1
        graph = graph.replace(old, new)
    path = tmp_path / "states.yaml"
    path.write_text(graph, encoding="utf-8")
    _, problems = read_graph_spec(path, CATALOGUE, known_lines=LINES, known_prompts=PROMPTS, explored=True)
    problems = [problem for problem in problems if problem.code != "loop-without-bound"]  # of giving up: see test_rounds
    assert [problem.code for problem in problems] == ["no-way-out"] * len(case.trapped)
    for problem, words in zip(problems, case.trapped, strict=True):
        assert words in problem.message
        assert problem.example[-1].startswith("no way leads out of ")
        assert any(turn.startswith("caller:") for turn in problem.example)
        assert (problem.example[0] == f"the business: {case.business}") == bool(case.business)


def test_the_shipped_graph_has_none() -> None:
    """Not one without situations either, for which the shortest call would be looked for in vain: it takes longer than all the rest."""
    assert list(traps(shipped())) == []
