"""Loading beforehand what the first caller would wait for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from spoken import warm_up
from spoken.errors import UnknownLanguage
from spoken.lexicon import available_languages

ROOT = Path(__file__).resolve().parents[2]


_CODE = """
import sys
from spoken import warm_up
from spoken.lexicon import load
warm_up(["fr"], ["LU"])
loaded = load.cache_info().misses
for name in ("choice", "detect", "digits", "email", "letters", "names", "numbers", "phones", "say", "service", "yes_no"):
    load("fr", name)
from spoken.when import language, saying
language.read_data = saying.read_data = None
saying.say_date(__import__("datetime").date(2026, 1, 5), "fr")
print(load.cache_info().misses - loaded, {"phonenumbers", "rapidfuzz", "email_validator"} <= set(sys.modules))
"""


def test_everything_of_a_language_is_loaded() -> None:
    """After the warm-up of a fresh process no data file of the language is left to be read, and the libraries are there."""
    ran = subprocess.run([sys.executable, "-c", _CODE], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["0", "True"]


def test_a_language_without_data_is_refused() -> None:
    """A language that nothing is known of is an error at the start, not at the first call."""
    assert "xx" not in available_languages()
    with pytest.raises(UnknownLanguage):
        warm_up(["xx"])
