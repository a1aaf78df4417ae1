"""What holds for every value and for any text."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spoken.context import Context
from spoken.reading import Status
from spoken.say_when import say_date, say_slot, say_slots, say_time, say_window
from spoken.when.language import load_language
from spoken.when.reader import read_when
from tests.examples import examples

LANGUAGES = ["fr", "de", "en", "es"]
PARIS = ZoneInfo("Europe/Paris")
NOW = dt.datetime(2026, 6, 16, 10, 0, tzinfo=PARIS)

days = st.dates(dt.date(2026, 6, 17), dt.date(2028, 6, 1))
times = st.builds(dt.time, st.integers(0, 23), st.integers(0, 59))
slots = st.builds(dt.datetime.combine, days, times)


def read(text: str, expect: str, language: str) -> object:
    return read_when(text, expect, language, NOW, Context()).value


@pytest.mark.parametrize("style", ["spoken", "written"])
@pytest.mark.parametrize("language", LANGUAGES)
@given(day=days)
@settings(max_examples=examples(60), deadline=None)
def test_date_round_trip(language: str, style: str, day: dt.date) -> None:
    """A date as we say it is understood as the same date."""
    assert read(say_date(day, language, NOW, style=style), "date", language) == day.isoformat()  # type: ignore[arg-type]


@pytest.mark.parametrize("style", ["spoken", "written"])
@pytest.mark.parametrize("language", LANGUAGES)
@given(time=times)
@settings(max_examples=examples(80), deadline=None)
def test_time_round_trip(language: str, style: str, time: dt.time) -> None:
    """A time of day as we say it is understood as the same time; written figures need the hour of the business."""
    said = say_time(time, language, style=style)  # type: ignore[arg-type]
    if style == "written" and language != "en" and not 8 <= time.hour < 19:
        return
    assert read(said, "time", language) == time.strftime("%H:%M")


@pytest.mark.parametrize("language", LANGUAGES)
@given(slot=slots)
@settings(max_examples=examples(60), deadline=None)
def test_slot_round_trip(language: str, slot: dt.datetime) -> None:
    """A free time as we offer it is understood as the same time, and has no figures in it."""
    said = say_slot(slot, language, NOW)
    assert not any(c.isdigit() for c in said)
    value = read(said, "datetime", language)
    assert isinstance(value, dict), said
    assert value["start"] == slot.strftime("%Y-%m-%dT%H:%M"), said


@pytest.mark.parametrize("language", LANGUAGES)
@given(
    chosen=st.lists(
        st.builds(
            dt.datetime.combine,
            st.dates(dt.date(2026, 6, 17), dt.date(2026, 6, 21)),
            st.builds(dt.time, st.integers(8, 18), st.sampled_from([0, 15, 30, 45])),
        ),
        min_size=1,
        max_size=4,
        unique=True,
    )
)
@settings(max_examples=examples(60), deadline=None)
def test_offer_round_trip(language: str, chosen: list[dt.datetime]) -> None:
    """Several times in one sentence are understood one by one."""
    chosen.sort()
    value = read(say_slots(chosen, language, NOW), "datetime", language)
    found = [value] if isinstance(value, dict) else value
    assert isinstance(found, list), say_slots(chosen, language, NOW)
    assert [one["start"] for one in found] == [slot.strftime("%Y-%m-%dT%H:%M") for slot in chosen]


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        (
            "fr",
            [
                "jeudi",
                "jeudi matin",
                "jeudi en fin d'après-midi",
                "jeudi après 17h",
                "jeudi avant dix heures",
                "d'ici vendredi",
                "la semaine prochaine",
                "en juillet",
                "ce week-end",
                "jeudi entre 14 et 16 heures",
                "dès que possible",
                "n'importe quand",
                "à partir de jeudi",
            ],
        ),
        (
            "de",
            [
                "donnerstag",
                "donnerstag vormittag",
                "am späten nachmittag",
                "donnerstag ab 17 uhr",
                "donnerstag vor zehn uhr",
                "bis freitag",
                "nächste woche",
                "im juli",
                "am wochenende",
                "donnerstag zwischen 14 und 16 uhr",
                "so bald wie möglich",
                "egal wann",
                "ab donnerstag",
            ],
        ),
        (
            "en",
            [
                "thursday",
                "thursday morning",
                "late afternoon",
                "thursday after five",
                "thursday before ten",
                "by friday",
                "next week",
                "in july",
                "this weekend",
                "thursday between two and four",
                "as soon as possible",
                "any time",
                "from thursday",
            ],
        ),
        (
            "es",
            [
                "el jueves",
                "el jueves por la mañana",
                "a última hora de la tarde",
                "el jueves a partir de las cinco",
                "el jueves antes de las diez",
                "hasta el viernes",
                "la semana que viene",
                "en julio",
                "este fin de semana",
                "el jueves entre las dos y las cuatro",
                "lo antes posible",
                "cualquier día",
                "a partir del jueves",
            ],
        ),
    ],
)
def test_window_round_trip(language: str, texts: list[str]) -> None:
    """A window said back is understood as the same window."""
    for text in texts:
        value = read(text, "datetime", language)
        assert isinstance(value, dict), text
        assert read(say_window(value, language, NOW), "datetime", language) == value, say_window(value, language, NOW)


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=st.text(max_size=300), expect=st.sampled_from(["date", "time", "datetime"]))
@settings(max_examples=examples(80), deadline=None)
def test_any_text_gets_an_answer(language: str, text: str, expect: str) -> None:
    """No text makes the reader fail, and a span stays inside the text."""
    reading = read_when(text, expect, language, NOW, Context())
    assert reading.span is None or 0 <= reading.span[0] < reading.span[1] <= len(text)


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data())
@settings(max_examples=examples(150), deadline=None)
def test_word_salad_gets_an_answer(language: str, data: st.DataObject) -> None:
    """Words of the language in any order, however long, get an answer whose ambiguity offers two to four ways."""
    words = sorted(load_language(language).grammar.words)
    text = " ".join(data.draw(st.lists(st.sampled_from(words), max_size=40)))
    for expect in ("date", "time", "datetime"):
        reading = read_when(text, expect, language, NOW, Context())
        if reading.status is Status.AMBIGUOUS:
            assert len(reading.alternatives) >= 2
            assert all(one.say for one in reading.alternatives)
            assert not any(c.isdigit() for one in reading.alternatives for c in one.say)
        if reading.status is Status.COMPLETE:
            assert reading.value
            windows = reading.value if isinstance(reading.value, list) else [reading.value]
            assert all(expect != "datetime" or one["end"] is None or one["start"] < one["end"] for one in windows)


@pytest.mark.parametrize(
    "unit", ["mardi ", "le ", "à ", "1 ", "12:", "ا", "\u0301", "\x00", "mardi ou ", "pas ", "vingt ", "entre ", "31/"]
)
def test_long_text_is_bounded(unit: str) -> None:
    """Ten thousand characters of anything are read in bounded work."""
    for language in LANGUAGES:
        read_when(unit * (10_000 // len(unit)), "datetime", language, NOW, Context())
