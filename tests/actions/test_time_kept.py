"""A caller who changes the service or the person keeps the time that was chosen, where that can be."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from frontdesk.bootstrap.app import open_app
from frontdesk.bootstrap.content import Folders
from frontdesk.conversation.incoming import Words

NOW = dt.datetime(2026, 6, 12, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))


async def test_another_service_at_the_same_time() -> None:
    """After “make it highlights” the time of the cut stays chosen when the highlights fit there."""
    async with await open_app(folders=Folders(None), db="sqlite://", clock=lambda: NOW) as app:
        call = app.conversation(language="en", caller="+447400123456")
        async for _ in call.start():
            pass
        for words in ("a women's cut on Tuesday afternoon", "the first one", "Jane Smith", "yes that number"):
            async for _ in call.feed(Words(words)):
                pass
        before = call.turn()
        assert before.asks == "agreed"
        async for _ in call.feed(Words("actually make it a blow-dry instead")):
            pass
        after = call.turn()
        assert after.facts["service"]["value"] == "blow_dry"
        assert after.asks == "agreed"
        assert after.facts["slot"]["value"] == before.facts["slot"]["value"]


async def test_new_offers_end_the_question_between_old_ones() -> None:
    """Who was asked which of three times is meant, and refuses them all, hears the new ones."""
    async with await open_app(folders=Folders(None), db="sqlite://", clock=lambda: NOW) as app:
        call = app.conversation(language="en", caller="+447400123456")
        async for _ in call.start():
            pass
        for words in ("a women's cut on Tuesday", "yes"):
            async for _ in call.feed(Words(words)):
                pass
        first = call.turn()
        async for _ in call.feed(Words("no, none of them")):
            pass
        second = call.turn()
        assert first.asks == second.asks == "slot"
        assert not set(first.offered) & set(second.offered)
        assert call.view.mode == "ask"
