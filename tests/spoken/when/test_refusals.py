"""Whatever is denied of a day is no wish for it, by whatever verb."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

from fsm.yaml_source import load_plain
from spoken.context import Context
from spoken.reading import Reading
from spoken.when.reader import read_when

LANGUAGES: Final = ("fr", "de", "en", "es")
NOW: Final = dt.datetime(2026, 6, 10, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))
REFUSED: Final = "2026-06-16"
INSTEAD: Final = "2026-06-11"


@cache
def _data(language: str) -> dict[str, list[str]]:
    data: dict[str, dict[str, list[str]]] = load_plain((Path(__file__).parent / "refusals.yaml").read_text(encoding="utf-8"))
    return data[language]


def _read(text: str, language: str) -> Reading:
    return read_when(text, "datetime", language, NOW, Context())


def _days(value: Any) -> set[str]:
    """The days on which windows begin that do not stay open."""
    windows = value if isinstance(value, list) else [value]
    return {window["start"][:10] for window in windows if not window["from"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refused_day_is_no_wish(language: str) -> None:
    """The day itself, a part of it or an hour of it is never what was wished for."""
    data = _data(language)
    wished = []
    for refusal in data["refusals"]:
        for day in data["days"]:
            reading = _read(refusal.format(day), language)
            if reading.complete and _days(reading.value) == {REFUSED}:
                wished.append(refusal.format(day))
    assert not wished


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wished_instead_is_another_day(language: str) -> None:
    """A day that is named behind the refusal is wished, or nothing is understood; never the one refused, and most are understood."""
    data = _data(language)
    said = [instead.format(refusal.format(data["days"][0])) for refusal in data["refusals"] for instead in data["instead"]]
    found = {text: _read(text, language) for text in said}
    assert not [text for text, reading in found.items() if reading.complete and REFUSED in _days(reading.value)]
    understood = [text for text, reading in found.items() if reading.complete and _days(reading.value) == {INSTEAD}]
    assert len(understood) >= 0.93 * len(said)
