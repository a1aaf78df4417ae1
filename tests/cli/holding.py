"""Holds and stores a call in English, for the commands that read what is stored."""

from __future__ import annotations

from pathlib import Path

from frontdesk.bootstrap.app import open_app
from frontdesk.bootstrap.reading import Folders
from frontdesk.conversation.incoming import Words
from frontdesk.rehearsing.rehearsal import HandSetClock

__all__ = ["hold"]


async def hold(db: str, call_id: str, words: tuple[str, ...], folder: Path | None = None, *, caller: str | None = None) -> None:
    opened = await open_app(folders=Folders(folder), db=db, clock=HandSetClock())
    try:
        call = opened.conversation(language="en", call_id=call_id, caller=caller)
        async for _ in call.start():
            pass
        for text in words:
            async for _ in call.feed(Words(text)):
                pass
    finally:
        await opened.close()
