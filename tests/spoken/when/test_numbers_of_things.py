"""Numbers that are no times: of children, euros, floors, buses; they wish for nothing, and leave a wish beside them as it is."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Final, TypedDict
from zoneinfo import ZoneInfo

import pytest
import yaml

from spoken.context import Context
from spoken.reading import Reading
from spoken.when.reader import read_when

LANGUAGES: Final = ("fr", "de", "en", "es")
NOW: Final = dt.datetime(2026, 6, 3, 10, 20, tzinfo=ZoneInfo("Europe/Paris"))


class Numbers(TypedDict):
    """What the file holds for a language."""

    wish: str
    remarks: list[str]


@cache
def _data(language: str) -> Numbers:
    data: dict[str, Numbers] = yaml.safe_load((Path(__file__).parent / "numbers_of_things.yaml").read_text(encoding="utf-8"))
    return data[language]


def _read(text: str, language: str) -> Reading:
    return read_when(text, "datetime", language, NOW, Context())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_of_things_is_no_time(language: str) -> None:
    assert not [remark for remark in _data(language)["remarks"] if _read(remark, language).complete]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("joint", [", ", " "])
def test_a_number_of_things_leaves_the_wish(language: str, joint: str) -> None:
    data = _data(language)
    wished = _read(data["wish"], language)
    assert wished.complete
    assert not [remark for remark in data["remarks"] if _read(data["wish"] + joint + remark, language).value != wished.value]
