"""Every expression of the corpora is understood as written there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

from fsm.yaml_source import load_plain
from spoken.context import Context
from spoken.when.reader import read_when
from tests.spoken.when.shorthand import shorthand

HERE: Final = Path(__file__).parent
CORPORA: Final[dict[str, dict[str, Any]]] = {path.stem: load_plain(path.read_text("utf-8")) for path in sorted(HERE.glob("??.yaml"))}
KINDS: Final = ("datetime", "date", "time")


def expressions() -> Iterator[tuple[str, str, str, str, dt.datetime]]:
    """Every line: language, kind, expression, meaning in shorthand, and when it is said."""
    for language, corpus in CORPORA.items():
        now = dt.datetime.fromisoformat(corpus["now"]).astimezone(ZoneInfo("Europe/Paris"))
        for kind in KINDS:
            for text, meaning in corpus.get(kind, {}).items():
                yield language, kind, text, meaning, now


# One test for all of a kind: there are thousands, and to begin a test takes longer than to read an expression.
@pytest.mark.parametrize(
    ("language", "expect"), [(language, expect) for language, corpus in CORPORA.items() for expect in KINDS if expect in corpus]
)
def test_expressions(language: str, expect: str) -> None:
    """An expression means what the corpus says, and its span lies inside the text."""
    wrong: list[str] = []
    for text, meaning, now in [line[2:] for line in expressions() if line[:2] == (language, expect)]:
        reading = read_when(text, expect, language, now, Context())
        first, last = reading.span or (0, 1)
        if shorthand(reading) != meaning:
            wrong.append(f"{text!r} was read as {shorthand(reading)!r}, not as {meaning!r}")
        elif not 0 <= first < last <= len(text):
            wrong.append(f"{text!r} has the span {reading.span}")
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)


def test_every_language_has_expressions_of_every_kind() -> None:
    """None is left out: hundreds of days with times, and some of each alone."""
    assert set(CORPORA) == {"fr", "de", "en", "es"}
    assert min(len(corpus["datetime"]) for corpus in CORPORA.values()) > 300
    assert min(len(corpus[expect]) for corpus in CORPORA.values() for expect in ("date", "time")) > 0
