"""The conventions of CALL.md section 3 and docs/conventions-time.md, one by one."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from spoken.context import Context, Hours
from spoken.errors import UnknownLanguage
from spoken.reading import Reading, Status
from spoken.when.reader import read_when
from spoken.when.shifts import read_shift
from tests.spoken.when.shorthand import shorthand

PARIS = ZoneInfo("Europe/Paris")
TUESDAY = dt.datetime(2026, 6, 16, 10, 0, tzinfo=PARIS)


def _salon(day: dt.date) -> Hours:
    """Open Tuesday to Saturday, with a lunch break."""
    if day.weekday() in (0, 6):
        return ()
    return ((dt.time(9), dt.time(12)), (dt.time(13), dt.time(19)))


def read(text: str, language: str = "fr", now: dt.datetime = TUESDAY, expect: str = "datetime", **context: Any) -> Reading:
    return read_when(text, expect, language, now, Context(**context))


@pytest.mark.parametrize(("language", "text"), [("fr", "mardi"), ("de", "am dienstag"), ("en", "tuesday"), ("es", "el martes")])
def test_weekday_of_today_while_open_is_ambiguous(language: str, text: str) -> None:
    """A weekday said on that weekday while the day is still open offers today and in a week."""
    assert shorthand(read(text, language, hours=_salon)) == "? 06-16 // 06-23"


def test_weekday_of_today_after_closing_is_in_a_week() -> None:
    """A weekday said on that weekday after closing means a week later."""
    assert shorthand(read("mardi", now=TUESDAY.replace(hour=20), hours=_salon)) == "06-23"


def test_weekday_of_today_when_closed_is_in_a_week() -> None:
    """A weekday said on that weekday when the business is closed that day means a week later."""
    assert shorthand(read("lundi", now=TUESDAY - dt.timedelta(days=1), hours=_salon)) == "06-22"


def test_weekday_of_today_with_time_to_come_is_ambiguous() -> None:
    """Today's weekday with a time still to come offers both days; with a time gone by, only the next."""
    assert shorthand(read("mardi à quinze heures", hours=_salon)) == "? 06-16 15:00 // 06-23 15:00"
    assert shorthand(read("mardi à neuf heures", hours=_salon)) == "06-23 09:00"


def test_today_is_today() -> None:
    """When "today" is said nothing is ambiguous."""
    assert shorthand(read("aujourd'hui mardi à quinze heures")) == "06-16 15:00"


@pytest.mark.parametrize(
    ("text", "language", "meaning"),
    [("à trois heures", "fr", "06-16 15:00"), ("at nine tomorrow", "en", "06-17 09:00"), ("um acht", "de", "? 06-17 08:00 // 06-16 20:00")],
)
def test_bare_hour_lies_within_opening_hours(text: str, language: str, meaning: str) -> None:
    """A bare hour is the one within opening hours; none or both of them within is ambiguous."""
    assert shorthand(read(text, language, hours=_salon)) == meaning


def test_bare_time_is_read_on_the_day_under_discussion() -> None:
    """A time alone belongs to the day that is being talked about."""
    reading = read("plutôt à seize heures", day=dt.date(2026, 6, 19))
    assert shorthand(reading) == "06-19 16:00"
    assert reading.mentions == {"time"}


def test_same_time_and_same_day_are_those_of_the_appointment_being_moved() -> None:
    """ "The same time" is the time of the appointment being moved, and so is "an hour later"."""
    kept = {"same_as": dt.datetime(2026, 6, 18, 15, 30, tzinfo=PARIS)}
    assert shorthand(read("vendredi à la même heure", **kept)) == "06-19 15:30"
    assert shorthand(read("le même jour à dix heures", **kept)) == "06-18 10:00"
    assert shorthand(read("une heure plus tard", **kept)) == "06-18 16:30"
    assert read("à la même heure").status is Status.NOTHING


@pytest.mark.parametrize(
    ("text", "language", "meaning"),
    [
        ("könnten wir den Termin vom Donnerstag zwei Stunden nach hinten schieben", "de", "06-18 17:30"),
        ("eine Stunde vorziehen", "de", "06-18 14:30"),
        ("could you push Thursday's appointment back two hours", "en", "06-18 17:30"),
        ("can we bring it forward half an hour", "en", "06-18 15:00"),
        ("repousser le rendez-vous de jeudi de deux heures", "fr", "06-18 17:30"),
        ("retrasar la cita del jueves una hora", "es", "06-18 16:30"),
        ("adelantarla dos horas", "es", "06-18 13:30"),
    ],
)
def test_an_appointment_is_moved_by_so_much(text: str, language: str, meaning: str) -> None:
    """The day beside it is that of the appointment being moved, and no wish."""
    assert shorthand(read(text, language, same_as=dt.datetime(2026, 6, 18, 15, 30, tzinfo=PARIS))) == meaning


def test_what_every_way_to_mean_it_has_is_not_said_again() -> None:
    """ "Thursday, or Friday after four", said on a Friday: it is asked which Friday is meant, and the Thursday is kept."""
    reading = read("jeudi, ou vendredi après seize heures", "fr", dt.datetime(2026, 6, 12, 9, tzinfo=PARIS))
    assert [item.say for item in reading.alternatives] == [f"vendredi {day} juin à partir de seize heures" for day in ("douze", "dix-neuf")]
    assert [[window["start"] for window in item.value] for item in reading.alternatives] == [
        ["2026-06-18T16:00", f"2026-06-{day}T16:00"] for day in (12, 19)
    ]


def test_closed_days_are_left_out_of_a_time_in_a_week() -> None:
    """ "Next week in the morning" names the open days when the hours are known."""
    reading = read("la semaine prochaine le matin", hours=_salon)
    assert [one["start"][8:10] for one in reading.value] == ["23", "24", "25", "26", "27"]


def test_mentions_say_what_was_said() -> None:
    """`mentions` names the day, the part of the day and the time that the caller put in words."""
    assert read("mercredi").mentions == {"day"}
    assert read("le matin").mentions == {"part"}
    assert read("mercredi matin à dix heures").mentions == {"day", "time"}


def test_span_is_the_expression() -> None:
    """The span holds the characters that the value was read from."""
    text = "Je voudrais une coupe femme mercredi à quinze heures, c'est Marie Dupont"
    reading = read(text)
    assert reading.span is not None
    assert text[slice(*reading.span)] == "mercredi à quinze heures"


def test_alternatives_can_be_said() -> None:
    """Each alternative of an ambiguous reading has words without figures."""
    reading = read("mardi à quinze heures")
    assert [one.say for one in reading.alternatives] == ["mardi seize juin à quinze heures", "mardi vingt-trois juin à quinze heures"]


@pytest.mark.parametrize(
    ("text", "value"), [("le 3 mars 1985", "1985-03-03"), ("le trois mars mille neuf cent quatre-vingt-cinq", "1985-03-03")]
)
def test_a_date_may_be_of_birth(text: str, value: str) -> None:
    """With its year a date may lie in the past where a date is asked for, but no appointment does."""
    assert read(text, expect="date").value == value
    assert read(text).status is Status.NOTHING


def test_decomposed_accents_and_offsets() -> None:
    """Accents as combining marks change neither meaning nor span."""
    text = "après-demain à quinze heures"
    reading = read(text)
    assert shorthand(reading) == "06-18 15:00"
    assert reading.span == (0, len(text))


@pytest.mark.parametrize("language", ["fr", "de", "en", "es"])
@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Asia/Tokyo", "Pacific/Apia", "Europe/Paris"])
def test_wall_time_of_the_business_decides(language: str, zone: str) -> None:
    """The same wall clock gives the same reading in every zone."""
    text = {"fr": "demain à 15h", "de": "morgen um 15 uhr", "en": "tomorrow at 3pm", "es": "mañana a las 15:00"}[language]
    now = dt.datetime(2026, 6, 16, 23, 59, tzinfo=ZoneInfo(zone))
    assert shorthand(read(text, language, now)) == "06-17 15:00"


def test_wrong_calls_are_refused() -> None:
    """A naive clock, an unknown kind or language raise at once."""
    with pytest.raises(ValueError, match="time zone"):
        read("demain", now=dt.datetime(2026, 6, 16, 10, 0))  # noqa: DTZ001
    with pytest.raises(ValueError, match="expect"):
        read("demain", expect="day")
    with pytest.raises(UnknownLanguage):
        read("domani", "it")


@pytest.mark.parametrize(
    ("text", "language", "way"),
    [
        ("vous auriez plus tard", "fr", "later"),
        ("anything earlier", "en", "earlier"),
        ("lieber an einem anderen tag", "de", "other_day"),
        ("un poco más tarde", "es", "later"),
        ("une heure plus tard", "fr", None),
        ("", "fr", None),
    ],
)
def test_shift_is_heard(text: str, language: str, way: str | None) -> None:
    """ "Later", "earlier" and "another day" are heard, a measured shift is left to the time."""
    assert read_shift(text, language) == way


@pytest.mark.parametrize(
    ("language", "text", "meaning"),
    [
        ("en", "nothing before one on friday", "06-19 13:00+"),
        ("de", "am freitag nichts vor eins", "06-19 13:00+"),
        ("fr", "vendredi rien avant dix heures", "06-19 10:00+"),
        ("es", "el viernes nada antes de las diez", "06-19 10:00+"),
        ("en", "the builders are here till three friday so after that", "06-19 15:00+"),
        ("de", "ich hab frühschicht bis zwei also danach am freitag", "06-19 14:00+"),
        ("en", "can't do thursday but friday after three", "06-19 15:00+"),
        ("en", "monday to wednesday next week", "06-22..06-24"),
    ],
)
def test_bounds_are_never_turned_round(language: str, text: str, meaning: str) -> None:
    """A refused bound leaves what lies beyond it, on the day it was said of."""
    assert shorthand(read(text, language)) == meaning


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "thursday visitors from cork friday at ten"),
        ("de", "donnerstag große hitze freitag um zehn"),
        ("fr", "jeudi grosses chaleurs vendredi à dix heures"),
        ("es", "el jueves mis padres de visita el viernes a las diez"),
    ],
)
def test_two_days_without_a_known_relation_are_asked_about(language: str, text: str) -> None:
    """Where nothing tells which of two days is the wish, the reading is ambiguous and never both."""
    assert shorthand(read(text, language)) == "? 06-18 10:00 // 06-19 10:00"


@pytest.mark.parametrize(
    ("language", "text", "meaning"),
    [
        ("en", "thursday we have visitors friday at ten", "06-19 10:00"),
        ("de", "donnerstag kommt besuch zu uns freitag um zehn", "06-19 10:00"),
        ("fr", "jeudi on a du monde vendredi à dix heures", "06-19 10:00"),
        ("es", "el jueves vienen mis padres el viernes a las diez", "06-19 10:00"),
        ("fr", "jeudi c'est bon vendredi à dix heures aussi", "? 06-18 10:00 // 06-19 10:00"),
        ("es", "el jueves me viene bien y el viernes a las diez", "06-18 10:00 | 06-19 10:00"),
        ("fr", "jeudi j'ai dix heures ou vendredi à dix heures", "06-18 10:00 | 06-19 10:00"),
    ],
)
def test_what_fills_a_day_rules_it_out(language: str, text: str, meaning: str) -> None:
    """A clause about what happens on a day makes way for the day said after it; one that says the day suits does not."""
    assert shorthand(read(text, language)) == meaning


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "the week after"), ("fr", "la semaine d'après"), ("de", "die woche darauf"), ("es", "la semana siguiente")],
)
def test_the_week_after_is_counted_from_the_appointment_being_moved(language: str, text: str) -> None:
    """The week after is the one after the appointment that is moved."""
    assert shorthand(read(text, language, same_as=TUESDAY + dt.timedelta(days=9))) == "06-29..07-05 week"


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "push it back two days"), ("fr", "le décaler de deux jours"), ("de", "zwei tage nach hinten"), ("es", "retrasarla dos días")],
)
def test_an_appointment_is_pushed_from_its_own_day(language: str, text: str) -> None:
    """So many days back are counted from the appointment that is moved."""
    assert shorthand(read(text, language, same_as=TUESDAY + dt.timedelta(days=9))) == "06-27"


def test_first_thing_is_when_the_doors_open() -> None:
    """Where the hours are known, "first thing" is the first hour that is open."""
    assert shorthand(read("friday first thing", "en", hours=_salon)) == "06-19 09:00-10:00 part"


def test_a_feast_that_has_just_been_counts() -> None:
    """What follows a feast is counted from the last one while that still lies ahead, else from the next."""
    easter_monday = dt.datetime(2026, 4, 6, 9, 0, tzinfo=PARIS)
    assert shorthand(read("une semaine après Pâques", now=easter_monday)) == "04-12"
    assert shorthand(read("une semaine après Pâques", now=easter_monday + dt.timedelta(days=7))) == "2027-04-04"


def test_a_week_without_an_open_day_left_is_over() -> None:
    """In the week, said when it is over, is the next one; this week remains this week."""
    sunday = dt.datetime(2026, 6, 14, 18, 0, tzinfo=PARIS)
    assert shorthand(read("dans la semaine", now=sunday, hours=_salon)) == "06-15..06-21 week"
    assert shorthand(read("dans la semaine", now=sunday - dt.timedelta(days=3), hours=_salon)) == "06-08..06-14 week"
    assert shorthand(read("cette semaine", now=sunday, hours=_salon)) == "06-08..06-14 week"
