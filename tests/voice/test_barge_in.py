"""A caller who speaks at the worst moment, through LiveKit's real session: own sound in and out, everything else by script, no server.

Whatever comes when: the engine, the ears and what is being asked agree, nothing is done twice, what was done is said, and no call
ends in silence.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from frontdesk.bootstrap.app import App, open_app
from frontdesk.bootstrap.content import Folders
from frontdesk.conversation.incoming import Words
from frontdesk.testing import ScriptedModel, Wait, reply
from frontdesk.testing import call as tool_call
from fsm.outcome import outcome

pytest.importorskip("livekit.agents", reason="the voice extra is not installed (make voice)")

from frontdesk.voice.rehearsal.call import Rehearsal

pytestmark = pytest.mark.slow

NOW = dt.datetime(2026, 6, 12, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
BEFORE_YES = ("une coupe femme mardi après-midi", "la première", "Anna Dupont", "oui")
BOOKING_S = 0.8
TO_THE_MODEL = "enfin peut-être bien quelque chose comme la dernière des trois propositions que vous disiez"
"""What the rules are not sure of."""


class SlowCalendar:
    """A calendar that takes `BOOKING_S` over a booking, half before it is written and half after. `written` is when it was."""

    def __init__(self, calendar: Any) -> None:
        self._calendar = calendar
        self.begun, self.written = asyncio.Event(), asyncio.Event()
        self.bookings = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._calendar, name)

    async def book(self, *args: Any, **given: Any) -> Any:
        self.bookings += 1
        self.begun.set()
        await asyncio.sleep(BOOKING_S / 2)
        booked = await self._calendar.book(*args, **given)
        self.written.set()
        await asyncio.sleep(BOOKING_S / 2)
        return booked


@asynccontextmanager
async def salon(model: ScriptedModel | None = None) -> AsyncIterator[tuple[App, SlowCalendar]]:
    async with await open_app(folders=Folders(None), db="sqlite://", clock=lambda: NOW, model=model) as app:
        app.warm_up("fr")
        calendar = SlowCalendar(app.ports.calendar)
        app.ports = replace(app.ports, calendar=calendar)
        yield app, calendar


async def up_to_the_read_back(call: Rehearsal) -> None:
    for words in BEFORE_YES:
        await call.hears_us_out()
        await call.says(words)
        await call.taken()
    await call.hears_us_out()
    assert call.conversation.call.state == "confirm"


def agree(call: Rehearsal) -> None:
    """What the ears were told last is what the engine waits for now."""
    view, told = call.conversation.view, call.room_ears.hearing
    assert told is not None
    assert (told.generation, told.asks, told.language) == (view.generation, view.asks, view.language)


def heard_whole(call: Rehearsal, name: str) -> int:
    return sum(said.line.name == name and said.spoken.whole for said in call.lines)


async def asked(model: ScriptedModel, times: int) -> None:
    async with asyncio.timeout(5):
        while len(model.requests) < times:  # noqa: ASYNC110 - a test that looks
            await asyncio.sleep(0.01)


async def booked(app: App, call: Rehearsal) -> Sequence[Any]:
    return [row for row in await app.ports.calendar.of_call(call.conversation.call.id) if row.status.value == "booked"]


@pytest.mark.parametrize(
    ("moment", "what"),
    [
        *((moment, "allô ?") for moment in ("before", "during", "after", "while we say so", "while we ask again")),
        *((moment, "key") for moment in ("during", "while we say so")),
    ],
)
async def test_a_barge_in_around_the_commit(moment: str, what: str):
    """Something is said, or a key without a meaning is pressed, before the booking is written, just then, just after, or over our words."""
    async with salon() as (app, calendar):
        async with Rehearsal(app.conversation(caller="+33612345678")) as call:
            await up_to_the_read_back(call)
            await call.says("oui")
            if moment == "before":
                await calendar.begun.wait()
            elif moment in {"during", "after"}:
                await calendar.written.wait()
                await asyncio.sleep(0.1 if moment == "after" else 0.0)
            else:
                await call.begins("booked.done" if moment == "while we say so" else "anything_else.ask")
                await asyncio.sleep(0.1)
            if what == "key":
                call.carrier.key("7")
            else:
                await call.says(what)
            await asyncio.sleep(0.6)
            await call.hears_us_out()
            agree(call)
            assert heard_whole(call, "booked.done") == 1
            assert call.conversation.call.state == "anything_else"
            await call.says("non merci, au revoir")
            await call.ended()
            assert call.lines[-1].line.name == "goodbye.bye"
            assert call.lines[-1].spoken.whole
            assert call.hung_up_at is not None
            assert call.hung_up_at >= call.lines[-1].ended
        assert len(await booked(app, call)) == 1
        assert calendar.bookings == 1
        assert outcome(call.conversation.call) == "booked"
        assert len(await app.ports.outbox.messages(call_id=call.conversation.call.id)) >= 1


async def test_a_yes_over_the_read_back_books_nothing_unheard():
    """A yes before the day and the time were said is no agreement: they hear it all, and are asked again."""
    async with salon() as (app, calendar):
        async with Rehearsal(app.conversation(caller="+33612345678")) as call:
            for words in BEFORE_YES:
                await call.hears_us_out()
                await call.says(words)
                await call.taken()
            await call.begins("confirm.ask")
            await call.says("oui", seconds=0.2)
            await call.taken()
            await call.hears_us_out()
            assert call.conversation.call.state == "confirm"
            assert calendar.bookings == 0
            agree(call)
            await call.says("oui")
            await call.taken()
            await call.hears_us_out()
            assert call.conversation.call.state == "anything_else"
        assert len(await booked(app, call)) == 1


async def test_a_change_while_we_speak_is_taken_at_once():
    """Over the offers: another day. The offers are broken off, and others follow."""
    async with salon() as (app, _), Rehearsal(app.conversation(caller="+33612345678")) as call:
        await call.hears_us_out()
        await call.says("une coupe femme mardi après-midi")
        await call.begins("slot.ask")
        await call.says("plutôt jeudi matin")
        await call.taken()
        await call.hears_us_out()
        agree(call)
        broken_off, again = [said for said in call.lines if said.line.name == "slot.ask"]
        assert not broken_off.spoken.whole
        assert len(broken_off.spoken.heard) < len(broken_off.line.text)
        assert again.spoken.whole
        assert "jeudi" in again.line.text


async def test_a_noise_does_not_take_our_words_away():
    """A cough over the offers: they stop for a moment, go on, and are heard to their end."""
    async with salon() as (app, _), Rehearsal(app.conversation(caller="+33612345678")) as call:
        await call.hears_us_out()
        await call.says("une coupe femme mardi après-midi")
        await call.begins("slot.ask")
        await call.coughs(seconds=0.5)
        await call.hears_us_out()
        assert [said.spoken.whole for said in call.lines if said.line.name == "slot.ask"] == [True]
        agree(call)


async def test_words_over_the_greeting_are_answered_after_it():
    """Every caller hears that an AI speaks; what they said meanwhile is not lost."""
    async with salon() as (app, _), Rehearsal(app.conversation(caller="+33612345678")) as call:
        await call.begins("greet.hello")
        await call.says("une coupe femme mardi après-midi", seconds=0.3)
        await call.taken()
        await call.hears_us_out()
        assert call.lines[0].spoken.whole
        assert call.conversation.call.state == "slot"
        agree(call)


async def test_a_hang_up_while_we_book():
    """What was begun is brought to its end: one booking, a stored call, nothing held, and nobody is spoken to."""
    async with salon() as (app, calendar):
        async with Rehearsal(app.conversation(caller="+33612345678")) as call:
            await up_to_the_read_back(call)
            await call.says("oui")
            await calendar.begun.wait()
            call.carrier.gone()
            await call.ended()
        assert len(await booked(app, call)) == 1
        assert call.conversation.call.ended == "hung_up"
        assert outcome(call.conversation.call) == "booked"


async def test_a_model_that_is_late_or_says_everything_twice():
    """The model answers with the same tool call twice, and so late that the caller has spoken again: one fact, one state, one answer."""
    choose = tool_call("choose_slot", words="la dernière des trois", number=3)
    answers = [reply(Wait(0.8), choose, choose), reply(Wait(30.0), choose)]
    model = ScriptedModel({"slot": answers}, otherwise=reply(tool_call("act", act="nothing", words="")), sleep=asyncio.sleep)
    async with salon(model) as (app, _), Rehearsal(app.conversation(caller="+33612345678")) as call:
        await call.hears_us_out()
        await call.says("une coupe femme mardi après-midi")
        await call.taken()
        await call.hears_us_out()
        await call.says(TO_THE_MODEL)
        await asked(model, 1)
        await call.says("voilà")
        await call.taken()
        await call.hears_us_out()
        agree(call)
        assert call.conversation.call.path.count("hold") == 1
        assert call.lines[-1].spoken.whole


async def test_a_key_while_the_model_thinks():
    """The model's tool call is taken for the view it was made from, the key for the one after: one hold, and no time between the two."""
    late = reply(Wait(0.6), tool_call("choose_slot", words="la dernière des trois", number=3))
    model = ScriptedModel({"slot": [late]}, otherwise=reply(tool_call("act", act="nothing", words="")), sleep=asyncio.sleep)
    async with salon(model) as (app, _), Rehearsal(app.conversation(caller="+33612345678")) as call:
        await call.hears_us_out()
        await call.says("une coupe femme mardi après-midi")
        await call.taken()
        await call.hears_us_out()
        await call.says(TO_THE_MODEL)
        await asked(model, 1)
        call.carrier.key("1")
        await call.taken()
        await call.hears_us_out()
        agree(call)
        assert call.conversation.call.path.count("hold") == 1
        assert call.conversation.call.facts["slot"].value == "2026-06-16T17:30"


async def test_a_tool_call_after_the_caller_is_gone():
    """They hang up while the model thinks: what it proposes then is done for nobody, and nothing stays held."""
    late = reply(Wait(0.6), tool_call("choose_slot", words="la dernière des trois", number=3))
    model = ScriptedModel({"slot": [late]}, sleep=asyncio.sleep)
    async with salon(model) as (app, _):
        async with Rehearsal(app.conversation(caller="+33612345678")) as call:
            await call.hears_us_out()
            await call.says("une coupe femme mardi après-midi")
            await call.taken()
            await call.hears_us_out()
            said = len(call.lines)
            await call.says(TO_THE_MODEL)
            await asked(model, 1)
            call.carrier.gone()
            await call.ended()
            assert len(call.lines) == said
        assert call.conversation.call.ended == "hung_up"
        assert not await booked(app, call)
        again = app.conversation(caller="+33698765432")
        async for _ in again.start():
            pass
        for words in BEFORE_YES[:1]:
            async for _ in again.feed(Words(words)):
                pass
        assert "2026-06-16T17:30" in again.turn().offered
