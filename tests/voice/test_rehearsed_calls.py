"""Whole calls through the real session of LiveKit, in this process: own sound in and out, ears and voice by script, no server."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from frontdesk.bootstrap.app import open_app
from frontdesk.bootstrap.content import Folders
from fsm.outcome import outcome

pytest.importorskip("livekit.agents", reason="the voice extra is not installed (make voice)")

from frontdesk.voice.rehearsal.call import Rehearsal

pytestmark = pytest.mark.slow

NOW = dt.datetime(2026, 6, 12, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))


async def test_a_call_is_answered_and_books():
    """The greeting, a service and a day, one of the times, a name, the number called from, yes: booked, and a goodbye."""
    async with await open_app(folders=Folders(None), db="sqlite://", clock=lambda: NOW) as app:
        conversation = app.conversation(caller="+33612345678")
        async with Rehearsal(conversation) as call:
            words = ["une coupe femme mardi après-midi", "la première", "Anna Dupont", "oui", "oui", "non merci, au revoir"]
            for said in words:
                await call.hears_us_out()
                await call.says(said)
                await call.taken()
            await call.ended()
        assert outcome(conversation.call) == "booked"
        assert [appointment.name for appointment in await app.ports.calendar.of_call(conversation.call.id)] == ["Anna Dupont"]
