"""A call in the terminal: you type what you would say."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from frontdesk.bootstrap.app import App
from frontdesk.cli.screen import Screen
from frontdesk.conversation.conversation import Conversation
from frontdesk.conversation.incoming import Gone, Incoming, Key, Quiet, Words

__all__ = ["hold_terminal_call"]

_SILENCE_S = 8.0


async def hold_terminal_call(
    app: App, conversation: Conversation, screen: Screen | None = None, *, warm_up: Callable[[], None] = lambda: None
) -> None:
    """Holds a call until it ends; an empty line is a silence, a line of keys such as #12 is the keypad, Ctrl-D hangs up.

    `warm_up` loads in a thread, while the caller reads the greeting, what the first answer would wait for.
    """
    screen = screen or Screen()
    screen.title(app.content.business.name, "type what you would say · empty line: silence · #12: keys · Ctrl-D: hang up")
    began = time.perf_counter()
    async for _ in conversation.start():
        pass
    screen.turn(conversation.turn(), (time.perf_counter() - began) * 1000)
    turn = conversation.turn()
    warm = asyncio.create_task(asyncio.to_thread(warm_up))
    while not turn.ended:
        typed = await asyncio.to_thread(_typed)
        await warm
        for incoming in typed:
            began = time.perf_counter()
            async for _ in conversation.feed(incoming):
                pass
            turn = conversation.turn()
            if turn.said or turn.ended:  # digits being typed are not answered one by one
                screen.turn(turn, (time.perf_counter() - began) * 1000)
            if turn.ended:
                break
    screen.ending(await conversation.ending())


def _typed() -> list[Incoming]:
    try:
        text = input("> ")
    except EOFError:
        return [Gone()]
    if not text.strip():
        return [Quiet(_SILENCE_S)]
    if text.startswith("#") and all(key in "0123456789*#" for key in text[1:]):
        return [Key(key) for key in text[1:] or "#"]
    return [Words(text)]
