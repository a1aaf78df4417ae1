"""A name that one language alone has, beside one that it alone lacks, is a slip; a new name, and one that is missing, is none."""

from __future__ import annotations

import pytest

from fsm.odd_names import misspelt_in


@pytest.mark.parametrize(
    ("names", "slips"),
    [
        ({"fr": ["phone", "name"], "de": ["phnoe", "name"], "en": ["phone", "name"]}, {("de", "phnoe"): "phone"}),
        ({"fr": ["phone"], "de": ["phone", "phones"], "en": ["phone"]}, {}),  # new there, with nothing missing
        ({"fr": ["phone"], "de": [], "en": ["phone"]}, {}),
        ({"fr": ["phone"], "de": ["colour"], "en": ["phone"]}, {}),
        ({"fr": ["phone"], "de": ["phnoe"]}, {}),  # which one?
        ({"fr": ["phone"], "de": ["phnoe"], "en": ["phoen"], "es": ["phone"]}, {}),
    ],
)
def test_a_slip_in_one_language(names: dict[str, list[str]], slips: dict[tuple[str, str], str]) -> None:
    """By the name that was meant."""
    assert misspelt_in(names) == slips
