"""What somebody does on a day is no wish for it, by whatever verb; what is said of an appointment is."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import pytest
import yaml

from spoken.choosing.choices import read_choice
from spoken.context import Choice, Context
from spoken.reading import Reading
from spoken.when.reader import read_when

LANGUAGES: Final = ("fr", "de", "en", "es")
NOW: Final = dt.datetime(2026, 6, 10, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))
TUESDAY: Final = "2026-06-16"


@cache
def _data(language: str) -> dict[str, list[str]]:
    data: dict[str, dict[str, list[str]]] = yaml.safe_load((Path(__file__).parent / "activities.yaml").read_text(encoding="utf-8"))
    return data[language]


def _read(text: str, language: str) -> Reading:
    return read_when(text, "datetime", language, NOW, Context())


def _choose(text: str, language: str) -> Reading:
    return read_choice(text, language, NOW, Context(choices=tuple(Choice(say) for say in _data(language)["offers"])))


def _told(language: str) -> list[tuple[str, str]]:
    """Each sentence with the words of its time alone."""
    data = _data(language)
    return [(frame.format(done), frame.format("")) for frame in data["frames"] for done in data["done"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_done_then_wishes_for_no_time(language: str) -> None:
    read_alone = {time: _read(time, language).value for _, time in _told(language)}
    assert all(value is not None for value in read_alone.values())
    assert not [said for said, time in _told(language) if _read(said, language).value == read_alone[time]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_done_then_picks_no_time_on_offer(language: str) -> None:
    readings = {said: _choose(said, language) for said, _ in _told(language)}
    assert not [said for said, reading in readings.items() if reading.complete and reading.value == 0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wish_with_a_verb_of_the_caller_stays_one(language: str) -> None:
    wishes = _data(language)["wishes"]
    read = {said: _read(said, language).value for said in wishes}
    assert not [said for said, value in read.items() if not isinstance(value, dict) or value["start"][:10] != TUESDAY]
    assert not [said for said in wishes if _choose(said, language).value != 0]
