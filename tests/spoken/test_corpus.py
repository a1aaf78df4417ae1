"""What callers say, as data: every line of the corpus is a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from fsm.yaml_source import load_plain
from spoken import Choice, Context, Reading, understand
from spoken.lexicon import available_languages

HERE = Path(__file__).parent
PARIS = ZoneInfo("Europe/Paris")
NOW = dt.datetime(2026, 6, 12, 9, 0, tzinfo=PARIS)
KINDS = ("phone", "yes_no", "name", "email", "number")


def _choices(times: list[str]) -> tuple[Choice, ...]:
    return tuple(Choice(time, dt.datetime.fromisoformat(f"2026-06-{time}").replace(tzinfo=PARIS)) for time in times)


def cases() -> Iterator[tuple[str, str, str, Any, Context]]:
    """Every line: language, kind, utterance, expected, context."""
    for path in sorted(HERE.glob("corpus_*.yaml")):
        data = load_plain(path.read_text(encoding="utf-8"))
        language = data["language"]
        for kind in KINDS:
            for utterance, expected, *options in data[kind]:
                yield language, kind, _said(utterance), expected, Context(**options[0]) if options else Context()
        for utterance, offer, expected in data["choice"]["lines"]:
            in_words = data["choice"]["spoken_offers"].get(offer)
            offers = tuple(map(Choice, in_words)) if in_words else _choices(data["choice"]["offers"][offer])
            yield language, "choice", _said(utterance), expected, Context(choices=offers)


def _said(value: Any) -> str:
    """An utterance that YAML took for a truth value."""
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def shown_as(reading: Reading) -> Any:
    """A reading as the corpus writes it."""
    if reading.complete:
        return "none" if reading.value is None else reading.value
    return f"~prefix {reading.value}" if reading.status == "prefix" else f"~{reading.status}"


CASES = list(cases())


# One test for all of a kind: there are thousands, and to begin a test takes longer than to read an utterance.
@pytest.mark.parametrize(("language", "kind"), sorted({case[:2] for case in CASES}))
def test_the_corpus(language: str, kind: str) -> None:
    """What a caller says is understood as the corpus says, and no otherwise."""
    wrong: list[str] = []
    for utterance, expected, context in [case[2:] for case in CASES if case[:2] == (language, kind)]:
        reading = understand(utterance, kind, language, NOW, context)
        shown = shown_as(reading)
        if expected == "~nothing":
            right = not reading.complete and reading.status != "ambiguous"
        else:
            right = shown == expected and type(shown) is type(expected)
        if not right:
            wrong.append(f"{utterance!r} was read as {shown!r}, not as {expected!r}")
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)


def test_every_language_has_a_corpus() -> None:
    """A language that has data has a corpus too."""
    assert {path.stem.removeprefix("corpus_") for path in HERE.glob("corpus_*.yaml")} == set(available_languages())
