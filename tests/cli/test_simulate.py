"""`frontdesk simulate`: the same seed prints the same, failures can be read, and CI can stop at what must not happen."""

from __future__ import annotations

import dataclasses
import io
import json

import pytest

from frontdesk.cli import simulate as command
from frontdesk.cli.options import BadOption
from frontdesk.cli.simulate import Show, SimulateOptions, plan_of, run_simulation
from frontdesk.simulating.judging import Result
from frontdesk.simulating.running import Plan

_SERVED = Result(0, "book", "fr", 0.0, "booked", True, 6, 0, False, (), (), ("call 0: book",))
_GAVE_UP = dataclasses.replace(
    _SERVED, number=1, language="de", outcome="abandoned", success=False, gave_up=True, dialogue=("call 1: book",)
)
_WRONG = dataclasses.replace(_SERVED, number=2, success=False, wrong=("booked at ten",), dialogue=("call 2: book",))


def _run(show: Show = "none", *, as_json: bool = False) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = run_simulation(SimulateOptions(Plan(calls=3), 1, show, as_json), out, err)
    return code, out.getvalue(), err.getvalue()


def _rings(monkeypatch: pytest.MonkeyPatch, *results: Result) -> None:
    monkeypatch.setattr(command, "simulate", lambda _plan, _jobs: list(results))


def test_the_figures_are_a_table_and_nothing_in_them_is_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """By goal, by language and of all; how long it took goes to the other output."""
    _rings(monkeypatch, _SERVED, _GAVE_UP)
    code, out, err = _run()
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == ["callers", "book", "de", "fr", "all"]
    assert "50.0 % (9.5 to 90.5)" in out
    assert "a second" in err
    assert "second" not in out


def test_what_was_written_against_a_caller_stops_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    """The exit code is 1, and --show failures prints those calls and no others."""
    _rings(monkeypatch, _SERVED, _WRONG)
    code, out, _ = _run("failures")
    assert code == 1
    assert "call 2: book" in out
    assert "call 0: book" not in out


def test_the_figures_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    """One object with groups and calls."""
    _rings(monkeypatch, _SERVED)
    read = json.loads(_run(as_json=True)[1])
    assert read["groups"][-1]["success"]["hits"] == 1
    assert read["calls"][0]["outcome"] == "booked"


def test_what_cannot_be_simulated_is_an_option_that_cannot_be_used() -> None:
    """No calls, a noise above one, a goal or a language that nobody has: one sentence each."""
    for wrong in ({"calls": 0}, {"noise": 1.5}, {"goal": "sing"}):
        given = {"calls": 3, "seed": 1, "language": None, "goal": None, "noise": 0.0, **wrong}
        with pytest.raises(BadOption):
            plan_of(None, **given)  # type: ignore[arg-type]
    with pytest.raises(BadOption, match="“it”"):
        run_simulation(SimulateOptions(Plan(calls=1, languages=("it",)), 1), io.StringIO(), io.StringIO())
