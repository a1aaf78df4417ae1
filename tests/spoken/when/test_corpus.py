"""Every expression of the corpora is understood as written there."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from spoken.context import Context
from spoken.when import read_when
from tests.spoken.when.shorthand import shorthand

HERE = Path(__file__).parent


def _cases() -> list[Any]:
    cases = []
    for path in sorted(HERE.glob("??.yaml")):
        corpus = yaml.safe_load(path.read_text("utf-8"))
        now = dt.datetime.fromisoformat(corpus["now"]).astimezone(ZoneInfo("Europe/Paris"))
        for expect in ("datetime", "date", "time"):
            for text, meaning in corpus.get(expect, {}).items():
                cases.append(pytest.param(path.stem, expect, text, meaning, now, id=f"{path.stem}-{expect}-{text[:60]}"))
    return cases


@pytest.mark.parametrize(("language", "expect", "text", "meaning", "now"), _cases())
def test_expression(language: str, expect: str, text: str, meaning: str, now: dt.datetime) -> None:
    """An expression means what the corpus says, and its span lies inside the text."""
    reading = read_when(text, expect, language, now, Context())
    assert shorthand(reading) == meaning
    if reading.span is not None:
        first, last = reading.span
        assert 0 <= first < last <= len(text)
