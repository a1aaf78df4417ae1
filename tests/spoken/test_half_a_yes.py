"""Nobody is booked on half a yes."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from spoken import Context, understand

NOW = dt.datetime(2026, 6, 12, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "oui enfin je ne suis pas certain"),
        ("fr", "oui mais pas trop sûr quand même"),
        ("de", "ja also nicht ganz sicher"),
        ("en", "yes well not a hundred percent"),
        ("es", "sí bueno no lo tengo claro"),
    ],
)
def test_a_yes_in_doubt_is_none(language: str, text: str) -> None:
    """A yes that the caller doubts in the same breath is not taken."""
    assert understand(text, "yes_no", language, NOW, Context()).value is not True
