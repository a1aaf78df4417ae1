"""What a call from the command line loads, and when."""

from __future__ import annotations

import builtins
import io
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import pytest
from rich.console import Console

from frontdesk.bootstrap.app import open_app
from frontdesk.bootstrap.content import Folders
from frontdesk.cli.screen import Screen
from frontdesk.cli.terminal import hold_terminal_call

ROOT = Path(__file__).resolve().parents[2]
_A_WHILE_S = 0.3
"""Longer than two turns take."""


async def test_the_terminal_warms_up_while_the_caller_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the terminal everything is loaded once, after the greeting and before the first answer."""
    events: list[str] = []
    typed: Iterator[str] = iter(["hello", "goodbye"])

    def say(prompt: str) -> str:
        del prompt
        with suppress(StopIteration):
            return next(typed)
        raise EOFError

    def slowly() -> None:
        time.sleep(_A_WHILE_S)
        events.append("warm")

    class Noted(Screen):
        def turn(self, *_: object) -> None:
            events.append("turn")

    monkeypatch.setattr(builtins, "input", say)
    async with await open_app(folders=Folders(None), db="sqlite://") as app:
        screen = Noted(Console(file=io.StringIO()))
        await hold_terminal_call(app, app.conversation(language="en"), screen, warm_up=slowly)
    assert events[:3] == ["turn", "warm", "turn"]
    assert events.count("warm") == 1


async def test_what_cannot_be_loaded_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error while loading ends the call, and is not swallowed by its thread."""

    def fail() -> NoReturn:
        raise ZeroDivisionError

    monkeypatch.setattr(builtins, "input", lambda _: "hello")
    async with await open_app(folders=Folders(None), db="sqlite://") as app:
        with pytest.raises(ZeroDivisionError):
            await hold_terminal_call(app, app.conversation(language="en"), Screen(Console(file=io.StringIO())), warm_up=fail)


_FIRST_TURN = """
import asyncio, re, sys
from frontdesk.bootstrap.app import open_app
from frontdesk.bootstrap.content import Folders
from frontdesk.conversation.incoming import Words
from spoken.lexicon import load
from spoken.when.language import load_language

async def main():
    async with await open_app(folders=Folders(None), db="sqlite://") as app:
        app.warm_up("fr")
        loaded, compiled = load.cache_info().misses, []
        re.compile = lambda *given: compiled.append(given)
        call = app.conversation(language="fr")
        async for _ in call.start():
            pass
        async for _ in call.feed(Words("bonjour, une coupe femme mardi à quinze heures, au nom de Léa Martin")):
            pass
        print(load.cache_info().misses - loaded, load_language.cache_info().misses, len(compiled), len(call.turn().said))

asyncio.run(main())
"""


def test_the_first_turn_finds_everything_loaded() -> None:
    """After the warm-up of one language a first turn reads no data file and compiles no phrase; no other language was loaded."""
    ran = subprocess.run([sys.executable, "-c", _FIRST_TURN], cwd=ROOT, capture_output=True, text=True, check=True)
    loads, languages, compiled, said = map(int, ran.stdout.split())
    assert (loads, languages, compiled) == (0, 1, 0)
    assert said


def test_the_check_opens_no_database_and_asks_no_model() -> None:
    """`frontdesk check` reads, counts and tries out; what calls and models need beside that is not imported."""
    code = (
        "import sys; sys.argv = ['frontdesk', 'check']\nfrom frontdesk.cli.app import main\n"
        "try:\n    main()\nexcept SystemExit as done:\n"
        "    print(done.code, sorted({'sqlalchemy', 'httpx', 'holidays'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "0 []"
