"""What is told beside a wish is no wish, what hangs on it does, and no appointment lies in the past."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from spoken import Context, understand

NOW = dt.datetime(2026, 10, 19, 9, 50, tzinfo=ZoneInfo("Europe/Paris"))
"""A Monday."""


def read(text: str, language: str) -> str:
    reading = understand(text, "datetime", language, NOW, Context())
    return str(reading.value["start"]) if isinstance(reading.value, dict) else f"{reading.status} {reading.value}"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "halloween's a saturday this year so could i come the day before about four pm"),
        ("en", "she starts school on the thirty first of october and i want it done the day before at four pm"),
        ("fr", "ma fille se marie le trente et un octobre et je la voudrais coiffée la veille à seize heures"),
        ("de", "meine tochter heiratet am einunddreißigsten oktober und ich möchte am tag davor um sechzehn uhr"),
        ("es", "mi hija se gradúa el treinta y uno de octubre y la quiero peinada la víspera a las cuatro de la tarde"),
    ],
)
def test_the_day_that_a_wish_hangs_on_is_no_wish(language: str, text: str) -> None:
    """Only the day before it is asked for, and in this year."""
    assert read(text, language) == "2026-10-30T16:00"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "i've an interview on the thirty first so the evening before"),
        ("fr", "on se marie le trente et un octobre donc la veille au soir"),
        ("de", "hochzeit ist am einunddreißigsten oktober also am abend davor"),
        ("es", "me caso el treinta y uno así que la noche anterior"),
    ],
)
def test_the_evening_before(language: str, text: str) -> None:
    """A part of the day before is of that day."""
    assert read(text, language) == "2026-10-30T17:00"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "friday in the morning please she doesn't know yet"),
        ("fr", "vendredi matin elle ne le sait pas encore"),
        ("de", "freitag vormittag sie weiß es noch nicht"),
        ("es", "el viernes por la mañana ella no lo sabe"),
        ("en", "early on friday before i go to work in the morning"),
        ("fr", "vendredi matin avant que je parte au bureau"),
        ("es", "el viernes por la mañana antes de ir al taller"),
    ],
)
def test_a_remark_behind_a_day_with_its_time_turns_nothing(language: str, text: str) -> None:
    """She does not know yet; that says nothing about when."""
    assert read(text, language) == "2026-10-23T06:00"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "monday's out and so is tuesday"),
        ("en", "monday's out and neither is tuesday any use"),
        ("fr", "lundi je peux pas et pareil pour mardi"),
        ("de", "montag kann ich nicht und genauso dienstag"),
        ("es", "el lunes no puedo y lo mismo el martes"),
    ],
)
def test_a_refusal_carries_over(language: str, text: str) -> None:
    """Neither of the two days is left."""
    value = understand(text, "datetime", language, NOW, Context()).value
    assert isinstance(value, list)
    assert not any(window["start"][:10] in ("2026-10-20", "2026-10-26") for window in value)


def test_now_i_cannot_is_not_about_the_day_wished() -> None:
    """ "Ahora no puedo, pero" keeps what follows."""
    assert read("ahorita mismo no puedo pero el jueves a un cuarto para las cinco de la tarde", "es") == "2026-10-22T16:45"


def test_a_reason_between_day_and_time_loses_no_time() -> None:
    """The time is said behind why that day is better."""
    assert read("mejor el sábado que estoy más tranquila a las diez y media", "es") == "2026-10-24T10:30"
