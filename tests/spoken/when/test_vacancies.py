"""A made-up word counts where something that the wish lacks would stand, and nowhere else."""

from __future__ import annotations

import pytest

from spoken.context import Context
from spoken.when.reader import read_when
from tests.spoken.when.shorthand import TUESDAY
from tests.spoken.when.shorthand import read_on_a_tuesday as read


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "zrb quatorze heures"),
        ("fr", "le zorbedi à quinze heures"),
        ("de", "zo 14 uhr"),
        ("de", "am zorbtag um halb drei"),
        ("en", "zrb half past two"),
        ("en", "half past two on zorbday"),
        ("es", "zor 17:30"),
        ("es", "el zórboles a las cinco de la tarde"),
        # A figure, and what is perhaps a month.
        ("fr", "12 zorbaire 18:50"),
        ("de", "12 zorbember 18:50"),
        ("en", "2 zorrow at three in the afternoon"),
        ("es", "12 zorbo 18:50"),
    ],
)
def test_a_word_in_the_place_of_a_day_is_not_taken_for_today(language: str, text: str) -> None:
    assert read(text, language) == "nothing"


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("fr", "zrb demain quatorze heures", "03-11 14:00"),
        ("de", "zo morgen 14 uhr", "03-11 14:00"),
        ("en", "zrb half past two tomorrow", "03-11 14:30"),
        ("es", "zor mañana 17:30", "03-11 17:30"),
        # Behind a preposition of amounts, a number is of something.
        ("en", "a zorb for 4 zorbers at half past two this afternoon", "03-10 14:30"),
        ("de", "in zwei stunden zorb ich", "03-10 12:00"),
    ],
)
def test_it_does_no_harm_where_a_day_is_said_or_none_is_needed(language: str, text: str, value: str) -> None:
    assert read(text, language) == value


def test_a_time_alone_needs_no_day() -> None:
    """Asked for a time, "zrb, half past two" is one."""
    assert read("zrb half past two in the afternoon", "en", "time") == "14:30"


@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", "le deux zorbaire"), ("de", "am zweiten zorbember"), ("en", "the second zorbember"), ("es", "el dos zorbo")],
)
def test_a_word_in_the_place_of_a_month_is_not_taken_for_this_month(language: str, text: str) -> None:
    assert read(text, language) == "nothing"
    assert read(text, language, "date") == "nothing"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "le zorbième de juillet"),
        ("de", "der zorbigste vom juli"),
        ("en", "the zorbeenth of july"),
        ("en", "the last zorb of july"),
        ("es", "zorbésimo de julio"),
    ],
)
def test_a_word_in_the_place_of_a_number_is_not_taken_for_the_whole_month(language: str, text: str) -> None:
    assert read(text, language) in ("nothing", "prefix")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "mejor el sábado que el viernes y si es a las once perfecto"),
        ("es", "el sábado que a las once me va de perlas"),
    ],
)
def test_a_time_that_was_taken_for_a_remark_is_not_lost(language: str, text: str) -> None:
    """A day without a time, and a time behind it that nothing was made of: not the whole day."""
    assert read(text, language) != "03-14"


def test_a_time_in_a_reason_is_told() -> None:
    assert read("saturday would suit because the zorb comes at ten", "en") == "03-14"


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("fr", "fin mars zorbo début avril", "? 03-21..03-31 // 04-01..04-10"),
        ("de", "der zwölfte zorb der vierzehnte", "? 03-12 // 03-14"),
        ("en", "late march through early april", "03-21..04-10"),
        ("en", "late march zorb early april", "? 03-21..03-31 // 04-01..04-10"),
        ("es", "el doce zorbo el catorce", "? 03-12 // 03-14"),
    ],
)
def test_days_are_no_list_when_the_word_between_them_is_unknown(language: str, text: str, values: str) -> None:
    assert read(text, language) == values


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "vendredi vers zorbe"),
        ("fr", "vendredi dans la zorbée"),
        ("de", "freitag um zorb"),
        ("en", "friday at zorb"),
        ("en", "friday in the zorbing"),
        ("es", "el viernes por la zorbe"),
        ("es", "el viernes sobre las zorbe"),
    ],
)
def test_a_word_in_the_place_of_a_time_leaves_it_to_be_asked_for(language: str, text: str) -> None:
    """The day is what is known so far."""
    reading = read_when(text, "datetime", language, TUESDAY, Context())
    assert reading.status == "prefix"
    assert reading.value["start"].startswith("2026-03-13")


@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", "vendredi à la clinique"), ("de", "freitag um die ecke"), ("en", "friday at your place"), ("es", "el viernes por la revisión")],
)
def test_a_known_word_is_no_time(language: str, text: str) -> None:
    assert read(text, language) == "03-13"
