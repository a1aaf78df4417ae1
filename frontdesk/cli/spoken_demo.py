"""The scripted call, spoken: both sides as sound, and a page that shows who spoke when and what the time between was spent on."""

from __future__ import annotations

import asyncio
import importlib.util
import logging
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Final

from rich.console import Console

from frontdesk.cli.check import printable
from frontdesk.cli.options import BadOption
from frontdesk.cli.screen import Screen
from frontdesk.cli.scripted_call import open_scripted_call
from frontdesk.settings import Settings

__all__ = ["PICTURE", "SOUND", "play_spoken_demo"]

SOUND: Final = "demo-voice.wav"
PICTURE: Final = "demo-voice.png"

_CALLERS_WORDS_PER_MINUTE: Final = 150
_THINKS_S: Final = 0.6
"""People take that long to answer a question."""


async def play_spoken_demo(business: Path | None, language: str | None, folder: Path) -> None:
    """Holds the call in real time, about two minutes, and writes both files into the folder.

    Raises BadOption, with one sentence, for what is not installed; OSError for a folder that cannot be written to.
    """
    lacking = _lacking()
    if lacking:
        raise BadOption(f"A call cannot be spoken here yet; install {', and '.join(lacking)}.")
    from frontdesk.voice.rehearsal.picture import draw
    from frontdesk.voice.rehearsal.spoken_call import hold_spoken_call
    from frontdesk.voice.rehearsal.stopwatch import Stopwatch

    settings = Settings.from_environment()
    logging.getLogger("livekit").setLevel(logging.ERROR)  # on a busy machine it complains of every late frame
    screen, stopwatch = Screen(Console(highlight=False)), Stopwatch()
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    async with open_scripted_call(business, language) as script:
        app = script.app
        app.content = replace(app.content, brain=stopwatch.around(app.content.brain))
        app.warm_up(script.language)
        conversation = app.conversation(language=script.language)
        screen.title(app.content.business.name, "the call of prompts/demo.yaml, spoken; it takes about two minutes")
        held = await hold_spoken_call(
            conversation,
            script.words,
            stopwatch,
            words_per_minute=settings.voice_speed,
            callers_words_per_minute=_CALLERS_WORDS_PER_MINUTE,
            thinks_s=_THINKS_S,
        )
        for line in held.timeline.as_text():
            print(printable(line, sys.stdout))
        print()
        screen.ending(await conversation.ending())
        title = f"{app.content.business.name}: a call by voice ({script.language})"
    await asyncio.to_thread(held.recording.write, folder / SOUND)
    await asyncio.to_thread(draw, held.timeline, held.recording, title, folder / PICTURE)
    print(f"\n{folder / SOUND} (left: the caller, right: frontdesk)\n{folder / PICTURE}")


def _lacking() -> list[str]:
    lacking = []
    if any(importlib.util.find_spec(package) is None for package in ("livekit", "numpy")):
        lacking.append("the libraries of the phone line (make voice)")
    if importlib.util.find_spec("PIL") is None:
        lacking.append("the library that draws (make demo-voice installs both)")
    if shutil.which("espeak-ng") is None:
        lacking.append("espeak-ng (Debian: apt-get install espeak-ng)")
    return lacking
