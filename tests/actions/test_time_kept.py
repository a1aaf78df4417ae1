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
