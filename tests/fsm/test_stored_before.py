"""Calls that an earlier version stored go on after an update."""

from __future__ import annotations

import json

from fsm.call import Call


def test_a_call_stored_before_invariants_were_watched_reads_back() -> None:
    """What has happened of invariants is empty for it."""
    call = Call(id="call_1", graph="digest", state="greet", language="fr")
    stored = json.loads(call.to_json())
    del stored["marks"]
    assert Call.from_json(json.dumps(stored)) == call
