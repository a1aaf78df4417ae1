"""What only looks like a list, a refusal or a bound is asked about; what decides, compares or hangs is understood."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from spoken.context import Context
from spoken.when.reader import read_when
from tests.spoken.heldout.measure import hours
from tests.spoken.when.shorthand import shorthand

WEDNESDAY = dt.datetime(2026, 6, 10, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))


def read(text: str, language: str) -> str:
    return shorthand(read_when(text, "datetime", language, WEDNESDAY, Context(hours=hours)))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "le huit c'est trop tôt le dix-huit c'est trop tard entre les deux quoi"),
        ("en", "the eighth's too soon the eighteenth's too late somewhere in between"),
        ("de", "es geht um den übernächsten samstag den zwanzigsten nicht den dreizehnten"),
        ("es", "el martes lo había pensado pero no el jueves a las diez"),
        ("es", "tengo a mi hijo martes y jueves así que uno de los otros días"),
        ("es", "contra la semana del catorce"),
        ("fr", "je peux venir jeudi il faut juste que je reparte à seize heures"),
        ("de", "vor dem zwanzigsten hat's keinen sinn da bin ich nicht da"),
    ],
)
def test_nothing_is_better_than_the_opposite(language: str, text: str) -> None:
    """What bounds, refuses or tells an hour was not understood, so nothing was."""
    assert read(text, language) == "nothing"


@pytest.mark.parametrize(
    ("language", "text", "want"),
    [
        ("es", "le dije el sábado pero toca el viernes a la una", "? 06-13 13:00 // 06-12 13:00"),
        ("en", "i'm off to the spa on monday i'd like to come before that say saturday", "? 06-15 // 06-13"),
        ("en", "i'll drop thursday and take friday at ten", "? 06-11 10:00 // 06-12 10:00"),
        ("de", "ich hätte donnerstag gewollt aber freitag geht auch", "? 06-11 // 06-12"),
        ("fr", "lundi le matin c'est pas terrible mardi le matin ce serait mieux", "? 06-15 06:00-12:00 part // 06-16 06:00-12:00 part"),
    ],
)
def test_two_days_that_are_no_list_are_asked_about(language: str, text: str, want: str) -> None:
    """Each is an alternative."""
    assert read(text, language) == want


@pytest.mark.parametrize(
    ("language", "text", "want"),
    [
        ("de", "donnerstag passt mir doch besser als freitag", "06-11"),
        ("de", "nicht donnerstag nicht freitag", "06-10 10:00..06-11 00:00 | 06-13..06-17 | 06-20+"),
        ("en", "saturday or if you're full saturday then tuesday at ten", "06-13 | 06-16 10:00"),
        ("fr", "c'était noté mardi neuf heures il me faudrait une heure plus tard", "06-16 10:00"),
        ("en", "i finish my round about two so tuesday or thursday after", "06-16 14:00+ | 06-11 14:00+"),
        ("de", "meine runde geht bis zwei also dienstag oder donnerstag danach", "06-16 14:00+ | 06-11 14:00+"),
        ("fr", "mon mari travaille de nuit cette semaine donc c'est l'après-midi mardi", "06-16 12:00-18:00 part"),
        ("en", "no point before the twentieth i'm not here", "06-20+"),
    ],
)
def test_what_decides_compares_or_hangs(language: str, text: str, want: str) -> None:
    """A comparison reaches over a few words, a condition names no day anew, an hour told before is what "after" hangs on."""
    assert read(text, language) == want
