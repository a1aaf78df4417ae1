"""Opens what a call from the command line needs, and holds it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from frontdesk.bootstrap.app import App, open_app
from frontdesk.bootstrap.clock import machine_clock
from frontdesk.bootstrap.content import Folders
from frontdesk.bootstrap.fixture import read_fixture
from frontdesk.bootstrap.logs import log_as_set
from frontdesk.bootstrap.models import open_model
from frontdesk.bootstrap.places import database_url, outbox_file
from frontdesk.cli.clock import clock_at
from frontdesk.cli.jsonl import hold_jsonl_call
from frontdesk.cli.options import BadOption, business_folder
from frontdesk.conversation.ports import Clock
from frontdesk.settings import Settings
from integrations.telephony.port import E164

__all__ = ["CallOptions", "hold_call", "open_for_call", "spoken_language"]


@dataclass(frozen=True, slots=True)
class CallOptions:
    """As given on the command line. `language` None is auto."""

    business: Path | None = None
    jsonl: bool = False
    language: str | None = None
    now: str | None = None
    caller: str = "anonymous"
    fixture: Path | None = None
    db: str | None = None
    model: bool = False


async def open_for_call(options: CallOptions) -> App:
    """Opens the installation that the options describe. Raises what :func:`open_app` raises, BadOption and BadTime."""
    settings = Settings.from_environment()
    log_as_set(settings)
    folders = Folders(business_folder(options.business, settings))
    return await open_app(
        folders=folders,
        db=options.db or database_url(settings),
        clock=_clock(options, folders),
        outbox=outbox_file(settings) if options.db is None else None,
        fixture=read_fixture(options.fixture) if options.fixture is not None else None,
        model=open_model(settings) if options.model else None,
    )


async def hold_call(options: CallOptions) -> None:
    """Holds one call: by JSON lines, in the terminal, or, where there is none, the demo."""
    caller = caller_number(options.caller)
    if not options.jsonl and not sys.stdin.isatty():
        from frontdesk.cli.demo import play_demo

        if options != CallOptions(business=options.business, language=options.language):  # the demo would not heed them
            raise BadOption("There is no terminal to type a call into; give --jsonl, or only --business and --language for the demo.")
        await play_demo(options.business, options.language)
        return
    async with await open_for_call(options) as app:
        language = spoken_language(options.language, app)
        conversation = app.conversation(language=language, caller=caller)
        warm_up = partial(app.warm_up, language or app.content.business.default_language)
        if options.jsonl:
            warm_up()  # before the greeting: a program answers it at once, and would wait for what a person reads over
            await hold_jsonl_call(conversation, sys.stdin.buffer, sys.stdout.buffer)
        else:
            from frontdesk.bootstrap.live import following_edits
            from frontdesk.cli.screen import Screen
            from frontdesk.cli.terminal import hold_terminal_call

            screen = Screen()
            async with following_edits(app, Settings.from_environment().watch_s, lambda edit: screen.note(str(edit))):
                await hold_terminal_call(app, conversation, screen, warm_up=warm_up)


def caller_number(text: str) -> str | None:
    """The caller id in E.164, None when it is withheld. Raises BadOption."""
    if text.strip().lower() in {"", "anonymous"}:
        return None
    number = "".join(text.split())
    if not E164.fullmatch(number):
        raise BadOption(f"“{text}” is no phone number with country code; write it as +33612345678, or anonymous.")
    return number


def spoken_language(language: str | None, app: App) -> str | None:
    """`language`, None for that of the business. Raises BadOption where the business does not speak it."""
    if language is not None and language not in app.content.business.languages:
        languages = ", ".join(app.content.business.languages)
        raise BadOption(f"This business does not answer in “{language}”; choose one of {languages}.")
    return language


def _clock(options: CallOptions, folders: Folders) -> Clock:
    """The machine's clock needs no zone: the business is read for it only where --now is given."""
    return machine_clock if options.now is None else clock_at(options.now, _zone(folders))


def _zone(folders: Folders) -> ZoneInfo:
    """The zone of the business, read before the rest so that --now can be understood."""
    from frontdesk.business.loader import read_business

    business, _ = read_business(*folders.file("business.yaml"))
    return business.zone if business is not None else ZoneInfo("UTC")
