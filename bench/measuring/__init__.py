"""What the benches share: a booking to measure with, percentiles, and one way to print a figure."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from frontdesk.bootstrap.app import App, open_app  # noqa: E402
from frontdesk.bootstrap.content import Folders, load_content  # noqa: E402
from frontdesk.conversation.conversation import Conversation  # noqa: E402
from frontdesk.conversation.incoming import Words  # noqa: E402
from frontdesk.conversation.ports import Content  # noqa: E402
from integrations.models.port import Model  # noqa: E402

__all__ = ["BOOKING", "CALLER", "NOW", "ROOT", "a_booking", "booking", "clock", "content", "figure", "install", "percentile", "turn"]

NOW = dt.datetime(2026, 6, 12, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
CALLER = "+33612345678"
BOOKING = (
    "bonjour je voudrais un rendez-vous",
    "une coupe femme",
    "{day} après-midi",
    "vous êtes ouverts jusqu'à quelle heure",
    "le deuxième",
    "Marie Dupont",
    "oui",
    "pardon",
    "oui c'est bien ça",
    "non merci",
)
"""Ten turns: a booking step by step with a question and a "pardon?" in the middle."""


_DAYS = (
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi 19 juin",
    "samedi",
    "mardi 23 juin",
    "mercredi 24 juin",
    "jeudi 25 juin",
    "vendredi 26 juin",
)


def booking(number: int) -> list[str]:
    """The words of the booking; each call wants another day, so that the salon does not fill up."""
    return [words.format(day=_DAYS[number % len(_DAYS)]) for words in BOOKING]


def clock() -> dt.datetime:
    """The clock of all benches stands still, so that every run does the same."""
    return NOW


def content(model: Model | None = None) -> Content:
    """The shipped salon, with a model behind its rules or without."""
    return load_content(Folders(), clock, model)


@asynccontextmanager
async def install(db: str, loaded: Content | None = None) -> AsyncIterator[App]:
    """An installation of the salon on a database, with the real calendar."""
    async with await open_app(folders=Folders(), db=db, clock=clock, content=loaded) as app:
        yield app


async def turn(call: Conversation, words: str) -> None:
    """One turn, to the end."""
    async for _ in call.feed(Words(words)):
        pass


async def a_booking(app: App) -> Conversation:
    """A whole call. Not to be counted when it did not end in a booking."""
    call = app.conversation(language="fr", caller=CALLER)
    async for _ in call.start():
        pass
    for words in booking(0):
        await turn(call, words)
    return call


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share lies (0.5: the median); nearest rank."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def figure(name: str, value: float, unit: str, *, beside: Iterable[str] = ()) -> None:
    """One line: what, how much, and what it stands in relation to."""
    more = "; ".join(beside)
    print(f"{name:<46}{value:>12,.2f} {unit:<10}{more}")
