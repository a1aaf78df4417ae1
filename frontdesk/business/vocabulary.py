"""Comparing what callers say with what is written: case, accents and punctuation do not count."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["plain"]


def plain(words: str) -> str:
    """Small letters without accents, single spaces, no punctuation: "L'après-midi !" becomes "l apres midi"."""
    letters = unicodedata.normalize("NFKD", words.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^0-9a-z]+", " ", bare).strip()
