"""A scripted call, played for whoever wants to see one."""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from pathlib import Path
from typing import Any

from frontdesk.bootstrap.content import DEFAULTS
from frontdesk.cli.screen import Screen
from frontdesk.conversation.incoming import Words
from fsm.yaml_source import read_yaml

__all__ = ["play_demo"]


async def play_demo(business: Path | None, language: str | None) -> None:
    """Plays prompts/demo.yaml in a language (default: that of the business) against a database that is thrown away."""
    from frontdesk.cli.calling import CallOptions, open_for_call

    screen = Screen()
    with tempfile.TemporaryDirectory() as folder:
        script = _script(business)
        fixture = Path(folder) / "fixture.json"
        fixture.write_text(json.dumps(script["fixture"]), encoding="utf-8")
        options = CallOptions(business, language=language, now=script["now"], fixture=fixture, db=f"sqlite:///{folder}/demo.db")
        async with await open_for_call(options) as app:
            spoken = language or app.content.business.default_language
            conversation = app.conversation(language=spoken)
            screen.title(app.content.business.name, "a call played from prompts/demo.yaml")
            began = time.perf_counter()
            async for _ in conversation.start():
                pass
            screen.turn(conversation.turn(), (time.perf_counter() - began) * 1000)
            for text in script["callers"].get(spoken) or next(iter(script["callers"].values())):
                if conversation.call.ended:
                    break
                screen.caller(text)
                began = time.perf_counter()
                async for _ in conversation.feed(Words(text)):
                    pass
                screen.turn(conversation.turn(), (time.perf_counter() - began) * 1000)
            await asyncio.sleep(0)
            screen.ending(await conversation.ending())


def _script(business: Path | None) -> dict[str, Any]:
    own = business / "prompts" / "demo.yaml" if business is not None else None
    path = own if own is not None and own.exists() else DEFAULTS / "prompts" / "demo.yaml"
    script: dict[str, Any] = read_yaml(path).data
    return script
