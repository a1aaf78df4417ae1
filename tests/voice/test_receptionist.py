"""LiveKit's side of a turn, without a session."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest

pytest.importorskip("livekit.agents", reason="the voice extra is not installed (make voice)")

from livekit.agents import StopResponse, llm

from frontdesk.voice.carrier import Carrier
from frontdesk.voice.ports import Hearing
from frontdesk.voice.receptionist import Receptionist, RoomEars, TurnEnd


class _Carrier:
    """Notes what it is told."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.quiet_since: list[float] = []

    def words(self, text: str) -> None:
        self.taken.append(text)

    async def turn_ends(self, text: str, quiet_since: float) -> None:
        self.quiet_since.append(quiet_since)


class _Ears:
    forgotten_until: float | None = None
    hearing: Hearing | None = None


async def test_the_pause_of_a_turn_is_never_that_of_the_turn_before():
    """A "oui" too short for the detector of voices is waited after like any other word."""
    carrier, turn_end = _Carrier(), TurnEnd()
    turn_end.carrier = cast("Carrier", carrier)
    receptionist = Receptionist(turn_end.carrier, cast("RoomEars", _Ears()), turn_end)
    context = llm.ChatContext()
    turn_end.quiet_since = asyncio.get_running_loop().time() - 20.0
    said = context.add_message(role="user", content="six")
    with pytest.raises(StopResponse):
        await receptionist.on_user_turn_completed(context, said)
    before: Any = asyncio.get_running_loop().time()
    await turn_end.predict_end_of_turn(context)
    assert carrier.taken == ["six"]
    assert carrier.quiet_since[-1] >= before
