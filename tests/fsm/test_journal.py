"""A call is data: it is stored at any moment, resumed in another process, and replayed to the same bytes anywhere."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fsm import Act, Call, CorruptJournal, Doubt, Fact, Option, Origin, Proposal, ProposedFact, event_from_json, event_to_json, replay
from fsm.events import ActionFinished, CallStarted, Event, Faulted, HungUp, KeyPressed, LinesHeard, Silence, Spoke
from tests.fsm.playing import AT, Played, small_graph, windows

ZONES = ("Europe/Paris", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Kiritimati", "UTC")


def a_whole_call() -> Played:
    """A call with something of everything in it."""
    call = Played(small_graph(), caller="+33612345678")
    call.heard(whole=True)
    call.say("un truc", doubts=(Doubt("thing", "un truc", (Option("cut", "la coupe"), Option("colour", "la couleur"))),))
    call.say("la coupe, mardi", thing="cut", day=windows("16"))
    call.finish("found", offers=("2026-06-16T15:00", "2026-06-16T16:00"))
    call.say("aucun", "refuses_offers")
    call.finish("found", offers=("2026-06-17T09:00",))
    call.say("quels horaires ?", Act("asks_question", {"topic": "hours"}))
    call.finish("ok", line="answers.hours")
    call.press("1", slot="2026-06-17T09:00")
    call.silence()
    call.say("Zoë Müller", name="Zoë Müller")
    call.say("non", "no")
    call.press("0", typing=True)
    call.say("zéro six douze", doubts=(Doubt("phone", "zéro six", so_far="0612"),))
    call.say("trente-quatre", phone="+33612345679")
    call.say("oui", "yes")
    call.heard(whole=False)
    call.say("pardon ?", "asks_repeat")
    call.say("oui", "yes", language="en")
    call.finish("ok")
    call.hang_up()
    return call


EVENTS: list[Event] = [
    CallStarted(AT, "fr", None, {"open_late": Fact(True, Origin.RECORD, 0)}),
    CallStarted(AT, "de", "+4930123456"),
    Spoke(
        AT,
        "„Grüße“ 😀 \u2028 \x00 \ud800",
        Proposal(
            3,
            (ProposedFact("day", windows("16"), "Grüße"),),
            (Act("asks_question", {"topic": "hours", "n": 1, "deep": {"list": [None, 1.5]}}),),
            (Doubt("thing", "Grüße", (Option("cut", "la coupe"),), "06"),),
            "en",
            by="model",
        ),
    ),
    KeyPressed(AT, "#", Proposal(0, typing=True, by="keypad")),
    Silence(AT, 8.5),
    Silence(AT, 8),
    ActionFinished(
        AT,
        "call_1.1",
        "found",
        {"slot": Fact("x", Origin.CALLER_ID, 2, "w", {"staff": "lea"})},
        {"offers": ({"start": "x"},)},
        {"day": "x"},
        "l",
    ),
    ActionFinished(AT, "call_1.2", "failed"),
    LinesHeard(AT, whole=False, heard="Bonjour, ici"),
    HungUp(AT),
    Faulted(AT, instead_of_turn=True),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_event_round_trip(event: Event) -> None:
    """Every event reads back from its JSON as the same event, and is written to the same bytes again."""
    text = event_to_json(event)
    read = event_from_json(text)
    assert event_to_json(read) == text
    assert type(read) is type(event)
    assert read.at == event.at
    text.encode()


def test_call_round_trip_at_every_moment() -> None:
    """After each step the call reads back from its JSON as the same call, and as the same bytes."""
    call = a_whole_call()
    assert call.call.ended
    for made in call.steps:
        text = made.call.to_json()
        assert Call.from_json(text) == made.call
        assert Call.from_json(text).to_json() == text


def test_resuming_from_json_goes_on_alike() -> None:
    """A call that is stored and read back between any two events comes to the same effects."""
    from fsm import step

    whole = a_whole_call()
    for at, event in enumerate(whole.events[1:], 1):
        stored = Call.from_json(whole.steps[at - 1].call.to_json())
        made = step(whole.graph, stored, event_from_json(event_to_json(event)))
        assert made == whole.steps[at]


def test_replay() -> None:
    """The journal replays to the same steps."""
    call = a_whole_call()
    made = replay(call.graph, "call_1", "fr", [event_from_json(event_to_json(event)) for event in call.events])
    assert made == call.steps


_IN_ANOTHER_PROCESS = """
import json, sys
from fsm import event_from_json, replay
from tests.fsm.playing import small_graph
steps = replay(small_graph(), "call_1", "fr", [event_from_json(line) for line in json.load(sys.stdin)])
print(json.dumps([step.call.to_json() for step in steps]))
"""


def test_other_processes_in_five_time_zones_agree(root: Path) -> None:
    """Another process, in any time zone and with any hash seed, replays the journal to the same bytes."""
    call = a_whole_call()
    journal = json.dumps([event_to_json(event) for event in call.events])
    expected = [made.call.to_json() for made in call.steps]
    for seed, zone in enumerate(ZONES):
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": str(seed)}
        done = subprocess.run(
            [sys.executable, "-c", _IN_ANOTHER_PROCESS],
            input=journal,
            capture_output=True,
            text=True,
            cwd=root,
            env=environment,
            check=True,
        )
        assert json.loads(done.stdout) == expected, zone


def _damaged(text: str, optional: frozenset[str] = frozenset()) -> list[str]:
    """Ways in which stored text goes bad. `optional` may be missing: an older version of the program wrote it."""
    data = json.loads(text)
    broken = ["", "null", "[]", "5", '"x"', "{}", text[: len(text) // 2], text + "}", "[" * 100_000, "\x00"]
    for name in data:
        if name not in optional:
            broken.append(json.dumps({key: value for key, value in data.items() if key != name}))
        broken.append(json.dumps({**data, name: {"odd": 1} if not isinstance(data[name], dict) else [1]}))
    return broken


def test_corrupt_call() -> None:
    """A stored call that was damaged is named as such, whatever the damage."""
    for text in _damaged(
        Played(small_graph(), caller="+33612345678").to_confirm().call.to_json(), frozenset({"marks", "replies", "question", "times_put"})
    ):
        with pytest.raises(CorruptJournal, match="restore it from a backup"):
            Call.from_json(text)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_corrupt_event(event: Event) -> None:
    """A journal entry that was damaged is named as such, whatever the damage."""
    optional = frozenset(item.name for item in dataclasses.fields(event) if item.default is not item.default_factory)
    for text in _damaged(event_to_json(event), optional):
        with pytest.raises(CorruptJournal, match="restore it from a backup"):
            event_from_json(text)


def test_unknown_kind_of_event() -> None:
    """An event of another version of the program is not guessed at."""
    with pytest.raises(CorruptJournal):
        event_from_json('{"event":"teleported","at":"x"}')


def test_call_is_plain_data() -> None:
    """Everything in a call is one of its fields: nothing hides beside the JSON."""
    names = {item.name for item in dataclasses.fields(Call)}
    assert set(json.loads(a_whole_call().call.to_json())) == names
