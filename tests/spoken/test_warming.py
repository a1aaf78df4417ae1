"""Loading beforehand what the first caller would wait for."""

from __future__ import annotations

import sys

import pytest

from spoken import warm_up
from spoken.errors import UnknownLanguage
from spoken.lexicon import available_languages, load


def test_everything_of_a_language_is_loaded() -> None:
    """After the warm-up no data file of the language is left to be read, and the libraries are there."""
    load.cache_clear()
    warm_up(["fr"], ["LU"])
    loaded = load.cache_info().misses
    for name in ("choice", "digits", "email", "letters", "names", "numbers", "phones", "service", "yes_no"):
        load("fr", name)
    assert load.cache_info().misses == loaded
    assert {"phonenumbers", "rapidfuzz", "email_validator"} <= set(sys.modules)


def test_a_language_without_data_is_refused() -> None:
    """A language that nothing is known of is an error at the start, not at the first call."""
    assert "xx" not in available_languages()
    with pytest.raises(UnknownLanguage):
        warm_up(["xx"])
