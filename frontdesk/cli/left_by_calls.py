"""What calls have left to the business, for those who run it: shared by `frontdesk messages` and `frontdesk appointments`.

Names and numbers stand there as they are, on the owner's own machine; nothing of it goes to a log.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TextIO, TypeVar

from frontdesk.bootstrap.errors import ContentProblems
from frontdesk.bootstrap.places import database_url
from frontdesk.bootstrap.reading import Folders
from frontdesk.business import Business
from frontdesk.business.loader import read_business
from frontdesk.cli.check import printable
from frontdesk.cli.own_answers import OwnAnswers
from frontdesk.settings import Settings
from fsm.counted import counted
from integrations.records.database import Database
from integrations.records.opening import open_database
from integrations.records.sql_records import SqlRecords

__all__ = ["INDENT", "LeftOptions", "Stored", "answer_lines", "of_business", "summary", "tell", "who", "with_stored"]

_Left = TypeVar("_Left")

INDENT: Final = "   "


@dataclass(frozen=True, slots=True)
class LeftOptions:
    """As given on the command line."""

    business: Path | None = None
    everything: bool = False
    """Also what is done, over or cancelled."""
    as_json: bool = False
    db: str | None = None
    called: tuple[str, ...] = ()
    """Names that the business had before: what calls to them have left is its own, too."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored, and how a business reads it."""

    database: Database
    records: SqlRecords
    business: Business
    answers: OwnAnswers
    names: frozenset[str]
    """Under which the business is, or was, called."""

    def wall(self, moment: dt.datetime) -> str:
        return f"{moment.astimezone(self.business.zone):%Y-%m-%d %H:%M}"


async def with_stored(options: LeftOptions, work: Callable[[Stored], Awaitable[None]], stderr: TextIO) -> int:
    business, problems = read_business(*Folders(options.business).file("business.yaml"))
    if business is None:
        raise ContentProblems(problems)
    database = await open_database(options.db or database_url(Settings.from_environment()), create=False)
    try:
        records = SqlRecords(database)
        stored = Stored(database, records, business, OwnAnswers(records), frozenset({business.name, *options.called}))
        await work(stored)
    finally:
        await database.close()
    if stored.answers.unreadable:
        calls = counted(len(stored.answers.unreadable), "call")
        told = f"What was answered to questions of your own in {calls} cannot be read; frontdesk replay says why."
        tell(stderr, [told])
    return 0


async def of_business(left: Sequence[tuple[_Left, str | None]], stored: Stored) -> tuple[list[_Left], Counter[str]]:
    """What is of this business, and how much is of which others. What is of no call that is known may be anybody's, and is shown."""
    names = await stored.records.businesses_of({call_id for _, call_id in left if call_id is not None})
    others = {call_id: name for call_id, name in names.items() if name not in stored.names}
    ours = [one for one, call_id in left if call_id not in others]
    return ours, Counter(others[call_id] for _, call_id in left if call_id in others)


def who(name: str | None, phone: str | None, email: str | None, language: str) -> list[str]:
    known = [name or "no name", phone or "no number", *filter(None, [email, f"speaks {language}" if language else ""])]
    return [f"{INDENT}{', '.join(known)}"]


def answer_lines(said: Mapping[str, Any]) -> list[str]:
    return [f"{INDENT}{name}: {_shown(value)}" for name, value in said.items()]


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def summary(number: int, what: str, nothing: str, others: Counter[str]) -> str:
    """With how much is not shown, and how those see it whose business had another name."""
    said = f"{counted(number, what)}." if number else nothing
    if not others:
        return said
    names = ", ".join(f"“{name}”" for name in sorted(others))
    return f"{said} {counted(others.total(), 'other')} in this database, of {names}; --called NAME shows what is left under a name."


def tell(stdout: TextIO, lines: Sequence[str]) -> None:
    for line in lines:
        print(printable(line, stdout), file=stdout)
