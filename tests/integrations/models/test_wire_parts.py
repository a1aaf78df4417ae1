"""The small parts that read what comes over the wire: events, waits, arguments."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.models.arguments import clean_text, read_arguments
from integrations.models.errors import BadAnswer
from integrations.models.retry_after import duration_s, retry_after_s
from integrations.models.sse import EventReader


@given(st.lists(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), min_size=1), max_size=4), st.integers(1, 9))
def test_events_survive_any_cutting(events: list[str], size: int) -> None:
    """However the bytes are cut, the same events come out, whatever characters they hold."""
    data = "".join(f"data: {event}\n\n" for event in events).encode()
    reader = EventReader()
    found = [event for start in range(0, len(data), size) for event in reader.feed(data[start : start + size])]
    assert found + reader.end() == events


def test_events_of_several_lines() -> None:
    """Lines of one event are joined, comments and other fields left out, the last empty line may be missing."""
    reader = EventReader()
    assert reader.feed(b": hi\r\nevent: x\r\ndata:a\r\ndata: b\r\n\r\n\r\nid: 7\n\ndata:  c") == ["a\nb"]
    assert reader.end() == [" c"]
    assert reader.end() == []


def test_events_without_end() -> None:
    """A line, or lines without end, do not fill the memory."""
    for piece in (b"data: " + b"a" * 100_000, b"data: " + b"a" * 100_000 + b"\n"):
        reader = EventReader()
        with pytest.raises(BadAnswer):
            for _ in range(20):
                reader.feed(piece)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "3"}, 3.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "20", "retry-after": "3"}, 0.02),
        ({"retry-after": "Fri, 12 Jun 2026 09:00:30 GMT", "date": "Fri, 12 Jun 2026 09:00:00 GMT"}, 30.0),
        ({"retry-after": "Fri, 12 Jun 2026 09:00:00 GMT", "date": "Fri, 12 Jun 2026 09:00:30 GMT"}, 0.0),
        ({"retry-after": "Fri, 12 Jun 2026 09:00:30 GMT"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "nan"}, None),
        ({"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "1m30s"}, 90.0),
        ({"x-ratelimit-remaining-requests": "5", "x-ratelimit-reset-requests": "1m30s"}, None),
        (
            {
                "x-ratelimit-remaining-requests": "0",
                "x-ratelimit-reset-requests": "1s",
                "x-ratelimit-remaining-tokens": "0",
                "x-ratelimit-reset-tokens": "250ms",
            },
            1.0,
        ),
    ],
)
def test_how_long_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    """Every way in which servers say it is understood; rubbish says nothing."""
    assert retry_after_s(headers) == seconds


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("1s", 1), ("6m0s", 360), ("120ms", 0.12), ("1h2m3.5s", 3723.5), ("", None), ("5", None), ("1d", None), ("s", None), ("-1s", None)],
)
def test_durations(text: str, seconds: float | None) -> None:
    """Durations as servers write them."""
    assert duration_s(text) == (None if seconds is None else pytest.approx(seconds))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    )
)
def test_arguments(value: object) -> None:
    """An object is read as it was written; every other JSON value is none."""
    assert read_arguments(json.dumps(value)) == (value if isinstance(value, dict) else None)


@given(st.text())
def test_arguments_never_raise(text: str) -> None:
    """No text a model may write is an error."""
    read_arguments(text)
    read_arguments(f'{{"words": {text}}}')


@pytest.mark.parametrize(
    "raw", ["[" * 100_000, '{"a":' * 100_000, '{"a": ' + "9" * 5000 + "}", '{"a": "\\udc00"}', '{"a": {"b": 1, "b": 2}}', '{"a": Infinity}']
)
def test_arguments_that_break_readers(raw: str) -> None:
    """What would break a reader, or be read in two ways, is no object."""
    assert read_arguments(raw) is None


def test_half_characters() -> None:
    """Half a character becomes a mark, everything else stays."""
    assert clean_text("a\ud83eb") == "a?b"
    assert clean_text("à 🦊\u2028") == "à 🦊\u2028"


def test_the_library_is_loaded_by_nobody_who_does_not_need_it() -> None:
    """Importing the application, the port, the adapters and the test API loads no HTTP library."""
    code = (
        "import sys, frontdesk.cli.app, frontdesk.testing, integrations.models.openai, integrations.models.gemini;"
        "sys.exit('httpx' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_missing_extra_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library the model says how to install it."""
    from integrations.http_client import MissingExtra
    from integrations.models.openai import OpenAIModel

    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(MissingExtra, match="pip install"):
        OpenAIModel(base_url="http://127.0.0.1:1", key="k", model="m")
