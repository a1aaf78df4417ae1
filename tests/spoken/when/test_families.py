"""Whole families of sentences: what is told beside a wish, why something is refused, in the frames callers put it into."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

from fsm.yaml_source import load_plain
from spoken.context import Context
from spoken.reading import Reading, Status
from spoken.when.reader import read_when
from tests.examples import in_turn
from tests.spoken.when.shorthand import shorthand

LANGUAGES: Final = ("fr", "de", "en", "es")
FAMILIES: Final[dict[str, Any]] = load_plain((Path(__file__).parent / "families.yaml").read_text(encoding="utf-8"))
NOW: Final = dt.datetime(2026, 6, 10, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))


@cache
def _read(text: str, language: str) -> Reading:
    return read_when(text, "datetime", language, NOW, Context())


def _said(family: str, language: str) -> Iterator[tuple[str, str]]:
    """Each sentence of a family with what it means: its frames, with each filling of their slots."""
    slots = FAMILIES[family].get("slots", {})
    for case in FAMILIES[family]["cases"]:
        for frame in case[language]:
            used = [name for name in slots if f"{{{name}}}" in frame]
            for filling in itertools.product(*(slots[name][language] for name in used)):
                yield " ".join(frame.format(**dict(zip(used, filling, strict=True))).split()), case["want"]


def _meant(want: str) -> set[str]:
    """The short forms that are right: `a OR b`; `= words` is what these mean in English."""
    return {shorthand(_read(one[2:], "en")) if one.startswith("= ") else one for one in want.split(" OR ")}


def _is_right(reading: Reading, want: str) -> bool:
    if want == "none":  # Nothing is wished for; what is left when a day is ruled out is no wish for it.
        return reading.status is not Status.COMPLETE or shorthand(reading).startswith("06-10 10:00..")
    return shorthand(reading) in _meant(want)


@pytest.mark.parametrize(("family", "language"), in_turn(FAMILIES, LANGUAGES))
def test_a_family_is_understood(family: str, language: str) -> None:
    """None of it is taken for something else, and hardly any is not understood."""
    readings = [(text, want, _read(text, language)) for text, want in _said(family, language)]
    missed = [
        (f"{text!r} was read as {shorthand(read)}, not as {want}", read) for text, want, read in readings if not _is_right(read, want)
    ]
    assert not [line for line, read in missed if read.complete]
    assert len(missed) <= (1 - FAMILIES[family].get("least", 1)) * len(readings), [line for line, _ in missed]
