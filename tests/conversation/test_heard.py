"""What a caller really heard of us goes back to the engine: it is no turn, it is kept, and what was not heard is not agreed to."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from frontdesk.bootstrap.app import App, open_app
from frontdesk.bootstrap.content import Folders
from frontdesk.conversation.conversation import Conversation
from frontdesk.conversation.incoming import Heard, Words
from frontdesk.conversation.outputs import Line, Output

NOW = dt.datetime(2026, 6, 12, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
TO_THE_READ_BACK = ("une coupe femme mardi après-midi", "la première", "Anna Dupont", "oui")


async def fed(conversation: Conversation, incoming: Words | Heard) -> list[Output]:
    return [output async for output in conversation.feed(incoming)]


async def at_the_read_back(app: App) -> Conversation:
    conversation = app.conversation(caller="+33612345678")
    async for _ in conversation.start():
        pass
    for words in TO_THE_READ_BACK:
        await fed(conversation, Words(words))
    assert conversation.call.state == "confirm"
    return conversation


async def test_a_read_back_that_was_broken_off_is_said_again() -> None:
    """The yes came before the day and the time were said."""
    async with await open_app(folders=Folders(None), db="sqlite://", clock=lambda: NOW) as app:
        conversation = await at_the_read_back(app)
        turn = conversation.call.turn
        assert await fed(conversation, Heard(False, "Je récapitule : une")) == []
        assert conversation.call.turn == turn
        outputs = await fed(conversation, Words("oui"))
        assert conversation.call.state == "confirm"
        assert any(isinstance(output, Line) and "mardi" in output.text for output in outputs)
        await fed(conversation, Words("oui"))
        assert conversation.call.achieved == ("booked",)


async def test_it_is_in_the_journal() -> None:
    """So that a call can be replayed, and be understood afterwards."""
    async with await open_app(folders=Folders(None), db="sqlite://", clock=lambda: NOW) as app:
        conversation = await at_the_read_back(app)
        await fed(conversation, Heard(False, "Je récapitule"))
        await fed(conversation, Words("oui"))
        journal = await app.ports.records.journal_of(conversation.call.id)
    assert [event["heard"] for event in journal if "heard" in event] == ["Je récapitule"]
