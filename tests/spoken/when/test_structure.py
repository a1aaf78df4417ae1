"""What was said about when is in the wish, or the wish is doubted; the words that no rule can know are made up."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from spoken.context import Context
from spoken.when.reader import read_when
from tests.spoken.when.shorthand import shorthand

WEDNESDAY = dt.datetime(2026, 2, 11, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))


def read(text: str, language: str) -> str:
    return shorthand(read_when(text, "datetime", language, WEDNESDAY, Context(same_as=WEDNESDAY.replace(day=17, hour=15))))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "i'm zorbing from the third to the tenth so anything once i stop zorbing"),
        ("fr", "je zorbe du trois au dix donc n'importe quand à mon zorb"),
    ],
)
def test_a_decision_that_was_not_understood_is_none(language: str, text: str) -> None:
    """What was told before "so" is no wish when nobody understood what comes after it."""
    assert read(text, language) == "nothing"


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "from the twelfth on unless it's before noon"), ("fr", "à partir du douze du moment que c'est avant midi")],
)
def test_a_condition_is_not_left_out(language: str, text: str) -> None:
    """A time in a condition belongs to a day that has none."""
    assert read(text, language) == "nothing"


def test_half_an_alternative_is_none() -> None:
    """After "or" a time must be of some day."""
    assert read("my sister's wedding is on the ninth of may so the day before or early that same morning", "en") == "nothing"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "kann ich meinen halb vier termin gegen was späteres am selben tag tauschen"),
        ("es", "cambiar la de las tres y media por algo más tarde el mismo día"),
    ],
)
def test_later_than_a_time_is_not_that_time(language: str, text: str) -> None:
    """A comparison beside a time means that the time is not what is wished for."""
    assert read(text, language) == "nothing"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the doctor said in a fortnight so that would be the twenty third no"),
        ("es", "me dijo en quince días o sea el veintitrés no"),
    ],
)
def test_a_no_at_the_very_end_may_be_a_question(language: str, text: str) -> None:
    """A day that is denied with the last word, after something was told, is not ruled out."""
    assert read(text, language) == "nothing"


def test_a_refusal_said_again_is_one() -> None:
    """A day that was told and is denied at the end is ruled out."""
    assert read("tengo zorbo el jueves así que el jueves no", "es").startswith("02-11 10:00..02-12 00:00")


def test_a_weekday_and_a_date_that_hardly_agree_are_asked_about() -> None:
    """A weekday and a day of the month that fall together only in months may be two days."""
    assert read("samedi alors le dix-huit", "fr") == "? 04-18 // 02-18 // 02-14"


def test_an_hour_and_a_part_of_the_day_that_come_to_the_night_are_apart() -> None:
    """No hour at night is put together of two times; one that is said as such stands."""
    assert read("par le train de onze heures vingt samedi donc après midi", "fr") == "nothing"
    assert read("el catorce a las dos de la madrugada", "es") == "02-14 02:00"


@pytest.mark.parametrize(
    ("language", "text", "meaning"),
    [
        ("en", "thursday or friday of next week preferably thursday after half four", "? 02-12 16:30+ // 02-26 16:30+ // 02-19 16:30+"),
        ("en", "first week of june but not the monday", "06-02..06-07"),
        ("fr", "mardi à la même heure neuf heures et demie", "02-17 09:30"),
    ],
)
def test_weeks_of_the_sentence(language: str, text: str, meaning: str) -> None:
    """Weekdays may lie in a week that was named, refusals reach as far as the wish, and a time said outright is the time."""
    assert read(text, language) == meaning


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "my appointment's at ten on friday could i push it to the afternoon"),
        ("fr", "mon rendez-vous est vendredi à dix heures je pourrais le décaler à l'après-midi"),
        ("de", "mein termin ist am freitag um zehn könnte ich den auf den nachmittag schieben"),
        ("es", "mi cita es el viernes a las diez la puedo pasar a la tarde"),
    ],
)
def test_a_time_alone_is_on_the_day_of_the_appointment_that_was_named(language: str, text: str) -> None:
    """Who names their appointment and moves only the time stays on its day."""
    assert read(text, language) == "02-13 12:00-18:00 part"


def test_a_time_behind_an_exception_is_of_the_one_or_of_all_others() -> None:
    """A time that may belong to the exception or to the rest is not understood."""
    assert read("any weekday except wednesday from ten to two", "en") == "nothing"
    assert read("friday but not from ten to two", "en").startswith("02-13 00:00-10:00")


def test_neither_a_day_nor_a_part_of_the_day() -> None:
    """Both are ruled out."""
    assert read("weder montags noch vormittags", "de").startswith("02-11 12:00..02-12 00:00")


def test_what_must_be_over_by_a_time_does_not_begin_at_it() -> None:
    """A time by which to be finished is no beginning."""
    assert read("da muss ich um halb drei fertig sein am donnerstag", "de") == "nothing"


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "before the end of next week and in the morning"), ("fr", "avant la fin de la semaine prochaine et le matin")],
)
def test_a_part_of_the_day_apart_from_a_bound_is_of_each_day(language: str, text: str) -> None:
    """ "By Friday noon" bounds the Friday, but a part of the day that is said apart holds for every day before it."""
    assert read(text, language).startswith("02-11 06:00-12:00 part | 02-12 06:00-12:00 part | ")


def test_the_third_after_the_second_tuesday_may_be_a_tuesday() -> None:
    """A number joined to a counted weekday counts weekdays, or is a day of the month."""
    assert read("the second tuesday in march or the third", "en") == "? 03-10 | 03-03 // 03-10 | 03-17"


@pytest.mark.parametrize(
    ("language", "text"), [("en", "before the weekend i've a party saturday night"), ("fr", "avant le week-end j'ai une fête samedi soir")]
)
def test_a_reason_is_no_day_before_the_bound(language: str, text: str) -> None:
    """What is told after a bound is asked about, and not put within it."""
    assert read(text, language) == "? ..02-13 22:00 // 02-14 17:00-22:00 part"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "el jueves me viene mal porque zorbo con mi suegra y el viernes por la tarde"),
    ],
)
def test_refusals_alone_leave_no_day_unaccounted_for(language: str, text: str) -> None:
    """Who names a day beside those that cannot be does not mean all the others."""
    assert read(text, language) == "nothing"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "freitag wär mir am liebsten zur not ginge auch samstag nach elf uhr"),
    ],
)
def test_a_time_said_with_a_second_thought_may_be_of_that_alone(language: str, text: str) -> None:
    """Two thoughts do not silently share the time of the second."""
    assert read(text, language).startswith("?")


@pytest.mark.parametrize(
    ("language", "text", "want"),
    [
        ("de", "donnerstag geht nicht freitag auch nicht aber ab samstag bin ich flexibel", "02-14+"),
        ("de", "die nächsten zwei wochen bin ich nicht da also erst ab dem fünfundzwanzigsten februar", "02-25+"),
        ("de", "erst nach ostern wieder vorher bin ich auf reha", "04-07+"),
        ("es", "se me pasa el doce de marzo tiene que ser antes del doce de marzo", "..03-11"),
        ("es", "el jueves es mi cumpleaños y quería ir el día de antes por la mañana", "02-11 06:00-12:00 part"),
        ("en", "tuesday say or friday either one after four", "02-17 16:00+ | 02-13 16:00+"),
    ],
)
def test_what_was_told_gives_way_to_the_wish(language: str, text: str, want: str) -> None:
    """Refusals end where an open wish begins, a bound replaces the day it names again, and a hung day the one it hangs on."""
    assert read(text, language) == want
