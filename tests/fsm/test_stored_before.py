"""Calls that an earlier version stored go on after an update."""

from __future__ import annotations

import json

import pytest

from fsm.call import Call


@pytest.mark.parametrize("lacks", [("marks",), ("replies",), ("marks", "replies")])
def test_a_call_stored_by_an_earlier_version_reads_back(lacks: tuple[str, ...]) -> None:
    """What was not counted or watched over then is as in a new call."""
    call = Call(id="call_1", graph="digest", state="greet", language="fr")
    stored = json.loads(call.to_json())
    for name in lacks:
        del stored[name]
    assert Call.from_json(json.dumps(stored)) == call
