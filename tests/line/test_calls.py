"""Whole calls over a real line: LiveKit's server, a worker, a caller as SIP brings one, ears that hear only what arrives."""

from __future__ import annotations

import asyncio
import json
from typing import Any, cast

import pytest

pytest.importorskip("livekit.agents", reason="the voice extra is not installed: make voice")

from livekit import api

from tests.emulators.deepgram_emulator import DeepgramEmulator
from tests.line.caller import Caller, ringing
from tests.line.conftest import Stage
from tests.line.script import Keys, Says, play, teach
from tests.line.worker import Stored

pytestmark = pytest.mark.line

AGENT = "frontdesk"
_GREETED_WITHIN_S = 8.0
"""Two or three seconds on a quiet machine; the tests also run on a busy one."""

FRENCH = [
    Says("bonjour je voudrais prendre rendez-vous pour une coupe femme"),
    Says("le plus tôt possible"),
    Says("le premier"),
    Says("Marie Dupont"),
    Says("oui bien sûr"),
    Says("oui c'est ça"),
    Says("non merci au revoir"),
]
GERMAN = [
    Says("guten Tag ich hätte gern einen Termin für eine Coloration", "de"),
    Says("so bald wie möglich", "de"),
    Says("den dritten bitte", "de"),
    Says("Sabine Krüger", "de"),
    Says("ja gern", "de"),
    Says("ja genau", "de"),
    Says("nein danke", "de"),
]
BY_KEYS = [
    Says("je voudrais un rendez-vous pour une coupe homme le plus tôt possible"),
    Keys("2"),
    Says("Paul Martin"),
    Keys("0612345678"),
    Says("oui c'est ça"),
    Says("oui c'est ça"),
    Says("non merci au revoir"),
]


def _ears(stage: Stage) -> DeepgramEmulator:
    return cast("DeepgramEmulator", stage.ears)


async def _stored(stored: Stored, caller: str | None) -> dict[str, Any]:
    return await asyncio.to_thread(stored.last_call, caller)


async def _room_is_gone(stage: Stage, caller: Caller) -> bool:
    """Within a few seconds: the server tells the caller first and clears up then."""
    line = stage.line
    async with api.LiveKitAPI(line["LIVEKIT_URL"], line["LIVEKIT_API_KEY"], line["LIVEKIT_API_SECRET"]) as service:
        for _ in range(50):
            rooms = await service.room.list_rooms(api.ListRoomsRequest(names=[caller.name]))
            if not rooms.rooms:
                return True
            await asyncio.sleep(0.1)
    return False


def _assert_booked(stored: Stored, call: dict[str, Any], *, service: str, name: str, phone: str, language: str) -> dict[str, Any]:
    """One appointment, one message about it, and every turn stored with what was heard and said."""
    assert (call["outcome"], call["language"]) == ("booked", language)
    (appointment,) = stored.rows("select * from appointments where name = ? and phone = ?", name, phone)
    assert (appointment["service"], appointment["status"], appointment["language"]) == (service, "booked", language)
    (message,) = stored.rows("select * from outbox where call_id = ?", call["id"])
    assert (message["recipient"], message["channel"], message["status"]) == (phone, "sms", "sent")
    assert stored.rows("select * from holds where call_id = ?", call["id"]) == []
    assert stored.rows("select count(*) as events from journal where call_id = ?", call["id"])[0]["events"] > 5
    return appointment


def _heard(stored: Stored, call: dict[str, Any]) -> list[str]:
    told = [json.loads(turn["heard"]) for turn in stored.turns(call["id"]) if turn["heard"]]
    return [one["say"] for one in told if "say" in one]


@pytest.mark.parametrize(
    ("script", "number", "service", "name", "language"),
    [
        pytest.param(FRENCH, "+33612345601", "womens_cut", "Marie Dupont", "fr", id="fr"),
        pytest.param(GERMAN, "+4915112345602", "colour", "Sabine Krüger", "de", id="de"),
    ],
)
async def test_booked_by_voice(stage: Stage, script: list[Says | Keys], number: str, service: str, name: str, language: str) -> None:
    """Greeted within seconds, heard word for word, answered after every turn, booked, and the line is hung up after the goodbye."""
    teach(_ears(stage), script)
    async with ringing(stage.line, agent_name=AGENT, number=number) as caller:
        heard = await play(caller, script)
        assert heard[0].start - caller.rang_at < _GREETED_WITHIN_S
        assert len(heard) == len(script) + 1
        await caller.wait_for_the_end()
        assert caller.heard[-1].end - caller.heard[-1].start > 0.3, "the goodbye was cut off"
        assert await _room_is_gone(stage, caller)
    stored = stage.worker.stored
    call = await _stored(stored, number)
    assert _heard(stored, call) == [step.text for step in script if isinstance(step, Says)]
    _assert_booked(stored, call, service=service, name=name, phone=number, language=language)


async def test_times_and_number_by_keys_from_a_withheld_number(stage: Stage) -> None:
    """A caller without caller id chooses by one key, types the number, and the number is that of the appointment."""
    teach(_ears(stage), BY_KEYS)
    async with ringing(stage.line, agent_name=AGENT, number=None) as caller:
        await play(caller, BY_KEYS)
        await caller.wait_for_the_end()
    stored = stage.worker.stored
    call = await _stored(stored, None)
    _assert_booked(stored, call, service="mens_cut", name="Paul Martin", phone="+33612345678", language="fr")


async def test_two_callers_at_once(stage: Stage) -> None:
    """Each is answered in a room and a process of their own, in their own language, and gets another time."""
    numbers = ("+33612345603", "+4915112345604")
    scripts = ([*FRENCH[:3], Says("Jeanne Moreau"), *FRENCH[4:]], [*GERMAN[:3], Says("Karl Weber", "de"), *GERMAN[4:]])
    teach(_ears(stage), *scripts)

    async def rings(number: str, script: list[Says | Keys]) -> None:
        async with ringing(stage.line, agent_name=AGENT, number=number) as caller:
            await play(caller, script)
            await caller.wait_for_the_end()

    await asyncio.gather(*(rings(number, list(script)) for number, script in zip(numbers, scripts, strict=True)))
    stored = stage.worker.stored
    calls = [await _stored(stored, number) for number in numbers]
    first = _assert_booked(stored, calls[0], service="womens_cut", name="Jeanne Moreau", phone=numbers[0], language="fr")
    second = _assert_booked(stored, calls[1], service="colour", name="Karl Weber", phone=numbers[1], language="de")
    assert (first["staff"], first["starts_at"]) != (second["staff"], second["starts_at"])


async def test_a_hang_up_in_the_middle_gives_the_time_back(stage: Stage) -> None:
    """The caller leaves after choosing a time: the call is stored as theirs to have ended, nothing is held or booked."""
    number = "+33612345605"
    script = FRENCH[:3]
    teach(_ears(stage), script)
    async with ringing(stage.line, agent_name=AGENT, number=number) as caller:
        await play(caller, script)
        held = stage.worker.stored.rows("select holds.* from holds join calls on calls.id = holds.call_id where calls.caller = ?", number)
        assert len(held) == 1
        await caller.hang_up()
    stored = stage.worker.stored
    call = await _stored(stored, number)
    assert call["outcome"] != "booked"
    assert stored.rows("select * from holds where call_id = ?", call["id"]) == []
    assert stored.rows("select * from occupancy where hold_call_id = ?", call["id"]) == []
    assert stored.rows("select * from appointments where phone = ?", number) == []


async def test_nothing_about_callers_in_the_log(stage: Stage) -> None:
    """The worker registered under its name, and after all these calls no line of its log holds a number or a name."""
    assert stage.worker.about()["agent_name"] == AGENT
    assert '"received job request"' in stage.worker.log
    for private in ("+336", "+4915", "0612345678", "Dupont", "Krüger", "coupe femme"):
        assert [line for line in stage.worker.log.splitlines() if private in line] == []
