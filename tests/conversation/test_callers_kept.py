"""Who called before."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from frontdesk.bootstrap.app import open_app
from frontdesk.bootstrap.content import Folders
from frontdesk.conversation.incoming import Gone, Words

NOW = dt.datetime(2026, 6, 12, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))


async def test_a_caller_is_counted_under_their_number() -> None:
    """Two calls from one number are two; the name is that given for this number, and a withheld number keeps nothing."""
    async with await open_app(folders=Folders(None), db="sqlite://", clock=lambda: NOW) as app:
        for words in (("hello",), ("a women's cut on Tuesday at eleven", "Jane Smith", "yes that number")):
            call = app.conversation(language="en", caller="+447400123456")
            async for _ in call.start():
                pass
            for said in words:
                async for _ in call.feed(Words(said)):
                    pass
            async for _ in call.feed(Gone()):
                pass
        withheld = app.conversation(language="en")
        async for _ in withheld.start():
            pass
        async for _ in withheld.feed(Gone()):
            pass
        known = await app.ports.records.caller("+447400123456")
        assert known is not None
        assert (known.calls, known.name, known.language) == (2, "Jane Smith", "en")
