"""An invariant is watched in every step: what it forbids does not happen, whatever graph a process was started with."""

from __future__ import annotations

import pytest

from fsm import Graph
from fsm.errors import InvariantBroken
from tests.fsm.playing import SMALL, Played, graph_of


def guarded(invariant: str) -> Graph:
    return graph_of(f"{SMALL}\ninvariants:\n  - {invariant}\n")


def test_what_is_allowed_is_done() -> None:
    """A booking after the yes goes through, and what has to be remembered of the call is."""
    call = Played(guarded("never: {action: write, before: {state: confirm}}")).to_confirm()
    call.say("oui", "yes")
    assert [run.action for run in call.runs] == ["write"]
    assert call.call.marks == ("state confirm",)


@pytest.mark.parametrize(
    "invariant",
    [
        "never: {action: look, before: {fact: name}}",
        "never: {action: look, before: {action: write, is: ok}}",
        "never: {state: slot, before: {state: confirm}}",
        "never: {states: [day, slot]}",
        "never: {actions: [look, write]}",
        "always: {state: day, says: hello.greeting}",
    ],
)
def test_what_is_forbidden_is_refused(invariant: str) -> None:
    """The step raises, and the call is as it was before: nothing was run, nothing said."""
    call = Played(guarded(invariant))
    before = call.call
    with pytest.raises(InvariantBroken):
        _book(call)
    assert "write" not in [run.action for run in call.runs]
    assert call.call.state in {"hello", "confirm"}
    assert call.call == before or call.call.state == "confirm"


def _book(call: Played) -> None:
    call.to_confirm().say("oui", "yes")


def test_a_line_before_its_time() -> None:
    call = Played(guarded("never: {line: never_mind, before: {fact: day}}"))
    with pytest.raises(InvariantBroken):
        call.say("laissez", "never_mind")


def test_a_line_that_a_state_owes() -> None:
    """At the greeting already: the call does not begin without it."""
    with pytest.raises(InvariantBroken):
        Played(guarded("always: {state: hello, says: done.done}"))
    assert Played(guarded("always: {state: hello, says: hello.greeting}")).call.state == "hello"
