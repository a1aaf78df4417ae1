"""A scripted call, played for whoever wants to see one."""

from __future__ import annotations

import asyncio
import re
import time
from pathlib import Path
from typing import Final

from rich.console import Console

from frontdesk.cli.screen import Screen
from frontdesk.conversation.incoming import Words

__all__ = ["play_demo"]

_PICTURE_WIDTH: Final = 110


async def play_demo(business: Path | None, language: str | None, svg: Path | None = None) -> None:
    """Plays prompts/demo.yaml in a language (default: that of the business) against a database that is thrown away.

    `svg` is a file that the call is drawn into as well.
    """
    from frontdesk.cli.scripted_call import open_scripted_call

    console = Console(highlight=False, record=svg is not None, width=_PICTURE_WIDTH if svg is not None else None)
    screen = Screen(console)
    async with open_scripted_call(business, language) as script:
        conversation = script.app.conversation(language=script.language)
        screen.title(script.app.content.business.name, "a call played from prompts/demo.yaml")
        began = time.perf_counter()
        async for _ in conversation.start():
            pass
        screen.turn(conversation.turn(), (time.perf_counter() - began) * 1000)
        for text in script.words:
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
