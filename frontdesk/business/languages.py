"""The languages that calls can be answered in, and their names in English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["LANGUAGE_NAMES"]

LANGUAGE_NAMES: Final[Mapping[str, str]] = {"fr": "French", "de": "German", "en": "English", "es": "Spanish"}
