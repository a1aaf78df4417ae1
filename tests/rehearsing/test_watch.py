"""The watch over rehearsed calls sees what it is there to see: a check that cannot fail would prove nothing."""

from __future__ import annotations

from typing import Any

import pytest

from frontdesk.rehearsing.goals import compare
from frontdesk.rehearsing.left import covers
from frontdesk.rehearsing.watch import Watch

LANGUAGES = ("fr", "de", "en", "es")


def turn(number: int = 0, **changes: Any) -> dict[str, Any]:
    """A turn with nothing wrong in it, but for the changes."""
    return {
        "turn": number, "state": "greet", "language": "en", "said": ["How can I help you?"], "asks": "intent", "offered": [],
        "facts": {}, "actions": [], "ended": False, **changes,
    }  # fmt: skip


def fact(value: Any, source: str = "speech") -> dict[str, Any]:
    return {"value": value, "source": source}


def test_a_good_turn_is_not_complained_about() -> None:
    """Nothing wrong, nothing said."""
    watch = Watch({}, LANGUAGES)
    assert watch.turn(turn(), None, []) == []
    assert watch.turn(turn(1, asks="phone", said=[]), {"dtmf": "0"}, []) == []


@pytest.mark.parametrize(
    ("changes", "heard", "complaint"),
    [
        ({"turn": 2}, {"say": "a"}, "calls itself 2"),
        ({"said": []}, {"say": "a"}, "nothing is said"),
        ({"said": ["  "]}, {"say": "a"}, "empty sentence"),
        ({"said": ["It costs {price}."]}, {"say": "a"}, "nobody can say"),
        ({"said": ["At 15:00."]}, {"say": "a"}, "nobody can say"),
        ({"said": ["It costs  , thanks."]}, {"say": "a"}, "hole"),
        ({"said": ["You're booked in."]}, {"say": "a"}, "claims a success"),
        ({"asks": None}, {"say": "a"}, "waits for None"),
        ({"asks": "service", "facts": {"service": fact("colour")}}, {"say": "a"}, "which is known"),
        ({"facts": {"service": fact("colour", "guess")}}, {"say": "a"}, "fact service"),
        ({"facts": {"service": {"value": "colour"}}}, {"say": "a"}, "fact service"),
        ({"asks": "slot", "offered": ["2026-06-16T11:00"]}, {"say": "a"}, "not free"),
        ({"offered": ["2026-06-16T10:00"]}, {"say": "a"}, "on offer while"),
        ({"actions": [{"name": "book", "outcome": "ok"}]}, {"say": "a"}, "without having asked"),
        ({"language": "it"}, {"say": "a"}, "speaks"),
        ({}, {"hangup": True}, "after the caller hung up"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_no_turn_may_do_is_seen(changes: dict[str, Any], heard: dict[str, Any], complaint: str) -> None:
    """Each rule complains about the turn that breaks it."""
    watch = Watch({"free_slots": ["2026-06-16T10:00"]}, LANGUAGES)
    watch.turn(turn(), None, [])
    assert any(complaint in wrong for wrong in watch.turn(turn(1, **{"turn": 1, **changes}), heard, []))


def test_a_claim_in_a_line_needs_its_action() -> None:
    """A sentence that claims a success is said once it was done, and not for an attempt that failed."""
    watch = Watch({}, LANGUAGES)
    watch.turn(turn(asks="agreed"), None, [])
    failed = turn(1, asks="agreed", actions=[{"name": "book", "outcome": "taken"}])
    assert watch.turn(failed, {"say": "yes"}, ["booked.done"]) == ["says booked.done though book was not done"]
    assert watch.turn(turn(2, actions=[{"name": "book", "outcome": "ok"}]), {"say": "yes"}, ["booked.done"]) == []


def test_what_is_stored_is_what_was_agreed_to() -> None:
    """A row that differs from the read-back in anything, the stylist included, is seen."""
    known = {"service": "colour", "slot": "2026-06-16T10:00", "name": "Ann", "phone": "+33612345678", "staff": "sofia"}
    row = {
        "id": "apt_1", "service": "colour", "staff": "sofia", "start": "2026-06-16T10:00", "end": "2026-06-16T12:05",
        "name": "Ann", "phone": "+33612345678", "status": "booked",
    }  # fmt: skip
    for change, right in (({}, True), ({"staff": "lea"}, False), ({"start": "2026-06-16T11:00"}, False), ({"name": "Anna"}, False)):
        watch = Watch({}, LANGUAGES)
        watch.turn(turn(asks="agreed", facts={name: fact(value) for name, value in known.items()}), None, [])
        watch.turn(turn(1, actions=[{"name": "book", "outcome": "ok"}]), {"say": "yes"}, [])
        wrong = watch.end({"end": True, "outcome": "booked", "appointments": [{**row, **change}], "messages": []})
        assert (wrong == []) is right


def test_a_number_is_read_back_once() -> None:
    """A number may be asked for while it is read back, and not again when that is over."""
    watch = Watch({}, LANGUAGES)
    known = {"phone": fact("+33612345678")}
    assert watch.turn(turn(asks="phone", facts=known), None, []) == []
    assert watch.turn(turn(1, asks="agreed", facts=known), {"say": "yes"}, []) == []
    assert watch.turn(turn(2, asks="phone", facts=known), {"say": "yes"}, []) != []


def test_rows_are_compared_one_to_one() -> None:
    """One row cannot stand for two that are wanted, and a row too many is seen."""
    row = {"service": "colour", "start": "2026-06-16T10:00", "name": "Ann Lee", "status": "booked"}
    end = {"outcome": "booked", "appointments": [row], "messages": [], "tasks": [], "path": ["greet"], "language": "en"}
    wanted = {"service": "colour", "name": "ann lee"}
    assert covers(row, wanted)
    assert not covers(row, {"service": ["perm", "blow_dry"]})
    assert compare({"outcome": "booked", "appointments": [wanted]}, end, [turn()]) == []
    assert len(compare({"outcome": "booked", "appointments": [wanted, wanted]}, end, [turn()])) == 1
    assert len(compare({"outcome": ["moved"], "appointments": []}, end, [turn()])) == 2
    assert len(compare({"outcome": "booked", "messages": 1, "tasks": 1, "said_has": ["bye"], "language": "de"}, end, [turn()])) == 4
