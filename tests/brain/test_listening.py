"""What words that may not be all of them amount to: it decides how long a pause ends a caller's turn."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from frontdesk.bootstrap.app import open_app
from frontdesk.bootstrap.content import Folders
from frontdesk.brain.listening import SoFar
from frontdesk.conversation.incoming import Words

NOW = dt.datetime(2026, 6, 12, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
BOOKING = ("une coupe femme", "mardi après-midi", "la première", "Anna Dupont")


@pytest.mark.parametrize(
    ("turns", "complete", "beginning", "unclear"),
    [
        (0, ["je voudrais un rendez-vous", "au revoir"], ["une coupe femme mardi à"], ["euh", "je voudrais", "bonjour"]),
        (1, ["mardi", "mardi à quinze heures", "au revoir"], ["mardi à", "mardi à quinze"], ["oui"]),
        (2, ["la première s'il vous plaît", "quinze heures", "non", "aucune"], [], ["plutôt"]),
        (3, ["Dupont", "Anna Dupont"], [], ["je m'appelle"]),
        (
            4,
            ["zéro six douze trente-quatre cinquante-six soixante-dix-huit", "0612345678"],
            ["zéro six", "zéro six douze trente-quatre", "06 12 34"],
            ["c'est le"],
        ),
    ],
)
async def test_words_so_far(turns: int, complete: list[str], beginning: list[str], unclear: list[str]) -> None:
    """In the state that so many turns of a booking lead to."""
    async with await open_app(folders=Folders(None), db="sqlite://", clock=lambda: NOW) as app:
        conversation = app.conversation()
        async for _ in conversation.start():
            pass
        for words in BOOKING[:turns]:
            async for _ in conversation.feed(Words(words)):
                pass
        found = {text: conversation.so_far(text) for text in (*complete, *beginning, *unclear)}
    wanted = dict.fromkeys(complete, SoFar.COMPLETE) | dict.fromkeys(beginning, SoFar.BEGINNING) | dict.fromkeys(unclear, SoFar.UNCLEAR)
    assert found == wanted


async def test_a_message_is_dictated() -> None:
    """Whoever dictates a message pauses between its sentences."""
    async with await open_app(folders=Folders(None), db="sqlite://", clock=lambda: NOW) as app:
        conversation = app.conversation()
        async for _ in conversation.start():
            pass
        async for _ in conversation.feed(Words("je voudrais laisser un message")):
            pass
        assert conversation.view.asks == "message"
        assert conversation.so_far("dites à Léa que je serai en retard") is SoFar.BEGINNING
