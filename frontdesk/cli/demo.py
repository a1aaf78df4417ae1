"""A scripted call, played for whoever wants to see one."""

from __future__ import annotations

import asyncio
import json
import re
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from rich.console import Console

from frontdesk.bootstrap.content import DEFAULTS
from frontdesk.cli.screen import Screen
from frontdesk.conversation.incoming import Words
from fsm.yaml_source import read_yaml

__all__ = ["play_demo"]

_PICTURE_WIDTH: Final = 110


async def play_demo(business: Path | None, language: str | None, svg: Path | None = None) -> None:
    """Plays prompts/demo.yaml in a language (default: that of the business) against a database that is thrown away.

    `svg` is a file that the call is drawn into as well.
    """
    from frontdesk.cli.calling import CallOptions, open_for_call, spoken_language
    from frontdesk.cli.options import business_folder

    business = business_folder(business)
    console = Console(highlight=False, record=svg is not None, width=_PICTURE_WIDTH if svg is not None else None)
    screen = Screen(console)
    with tempfile.TemporaryDirectory() as folder:
        script = _script(business)
        fixture = Path(folder) / "fixture.json"
        fixture.write_text(json.dumps(script["fixture"]), encoding="utf-8")
        options = CallOptions(business, language=language, now=script["now"], fixture=fixture, db=f"sqlite:///{folder}/demo.db")
        async with await open_for_call(options) as app:
            spoken = spoken_language(language, app) or app.content.business.default_language
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
            screen.ending(await conversation.ending())
    if svg is not None:
        picture = console.export_svg(title="frontdesk demo", code_format=_svg_format(), unique_id="frontdesk")
        await asyncio.to_thread(svg.write_text, picture, encoding="utf-8")


def _svg_format() -> str:
    """Rich's picture without its web fonts: looking at it asks nobody for anything."""
    from rich._export_format import CONSOLE_SVG_FORMAT

    return re.sub(r"@font-face \{\{.*?\}\}\s*|<!--.*?-->\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)


def _script(business: Path | None) -> dict[str, Any]:
    own = business / "prompts" / "demo.yaml" if business is not None else None
    path = own if own is not None and own.exists() else DEFAULTS / "prompts" / "demo.yaml"
    script: dict[str, Any] = read_yaml(path).data
    return script
