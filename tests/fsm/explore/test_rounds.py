"""Rounds that nothing counts: found also where a count begins anew each time, or where the state that counts only lets through."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from fsm.catalogue import Catalogue
from fsm.loader import read_graph_spec
from tests.fsm.test_checks import CATALOGUE, LINES, PROMPTS, SMALL

_COUNTED = ("silence_s: 8, else: human, silent: bye}", "silence_s: 8, visits: 3, else: human, silent: bye}")
_WHEN = ("    ask: when\n", "    ask: when\n    limits: {silent: again}\n")
_GREET = ("    ask: intent\n", "    ask: intent\n    limits: {silent: when}\n")
_FAILED = ("{if: {hold: failed}, to: message}", "{if: {hold: failed}, to: slot, forget: [hold]}")


def _again(move: str) -> tuple[tuple[str, str], ...]:
    return (_COUNTED, _WHEN, _GREET, ("  human:\n", f"  again:\n    next: [{{to: greet{move}}}]\n  human:\n"))


@dataclass(frozen=True)
class Case:
    """Changes of the small graph, and the states of the round; none where it is counted."""

    change: tuple[tuple[str, str], ...]
    states: str = ""
    turns: tuple[str, ...] = ()
    """The end of the example: what happens in the round."""
    hint: str = ""
    misses: frozenset[tuple[str, str]] = frozenset()


_SILENT = ("caller: says nothing, 3 times", "caller: says nothing, 3 times")
CASES = {
    "every count is forgotten": Case(_again(", forget: [task]"), "“greet”, “when” and “again”", _SILENT, "forget: [task]"),
    "counted": Case(_again("")),
    "a fact is forgotten, and no count": Case(_again(", forget: [when, intent]")),
    "the state that counts lets through": Case((_FAILED,), "“slot” and “hold”", ("hold: failed",), "visits"),
    "an outcome that says that something is missing, and it is not": Case((_FAILED,), misses=frozenset({("failed", "slot")})),
    "one that says so of two, and one is": Case(
        (_FAILED,), "“slot” and “hold”", misses=frozenset({("failed", "slot"), ("failed", "name")})
    ),
    "giving up leads to a state that gives up too": Case(
        (
            _COUNTED,
            ("    ask: when\n", "    ask: when\n    limits: {else: greet}\n"),
            ("    ask: intent\n", "    ask: intent\n    limits: {else: when}\n"),
        ),
        "visits of “greet” and “when” are used up",
        ("caller: is not understood, 3 times", "caller: is not understood, 3 times"),
        "Lead “else”",
    ),
    "giving up leads to a state that is left at once for the one that gave up": Case(
        (_COUNTED, ("    ask: when\n", "    ask: when\n    limits: {else: greet}\n")), "“greet” and “when” are used up", hint="Lead “else”"
    ),
    "giving up leads to a state that gives up elsewhere": Case(
        (_COUNTED, ("    ask: when\n", "    ask: when\n    limits: {else: message}\n"))
    ),
    "only a caller who says something goes round": Case(
        (_COUNTED, ("{if: {agreed: false}, to: when, forget", "{if: {agreed: false}, to: greet, forget"))
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_rounds(case: Case, tmp_path: Path) -> None:
    """One problem, with the call into the round and once around."""
    graph = SMALL
    for old, new in case.change:
        assert graph.count(old) == 1
        graph = graph.replace(old, new)
    path = tmp_path / "states.yaml"
    path.write_text(graph, encoding="utf-8")
    actions = {**CATALOGUE, "hold": replace(CATALOGUE["hold"], misses=case.misses)}
    _, problems = read_graph_spec(path, Catalogue(actions.values()), known_lines=LINES, known_prompts=PROMPTS, explored=True)
    assert [problem.code for problem in problems] == (["loop-without-bound"] if case.states else [])
    for problem in problems:
        assert case.states in problem.message
        assert case.hint in problem.hint
        assert problem.example[-1].endswith("again and again")
        assert problem.example[-1 - len(case.turns) : -1] == case.turns or not case.turns
        assert len(problem.example) > len(case.turns) + 1 or all(
            turn.startswith("caller: ") for turn in case.turns
        )  # from the first word on
