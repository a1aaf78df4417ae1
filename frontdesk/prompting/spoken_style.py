"""What must not stand in a sentence for the ear: a synthetic voice reads signs aloud, or stumbles over them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

__all__ = ["unspeakable"]

_RULES: Final[tuple[tuple[re.Pattern[str], str, str], ...]] = (
    (re.compile(r"\d"), "digits", "Write numbers as words, or show a placeholder."),
    (re.compile(r"[@#€$£%&*/\\_+=<>|~^°§©®™(){}\[\]\"]"), "a sign", "Write it as a word."),
    (re.compile(r"\b(?:etc|env|tél|tel|min|max|nr|nº|bzw|ca|z\.\s?b|d\.\s?h|usw|e\.\s?g|i\.\s?e|approx)\.", re.IGNORECASE), "an abbreviation",
     "Write the whole word."),
    (re.compile(r"\b(?:mr|mrs|dr|sr|sra|ud|uds|st|rdv)\.", re.IGNORECASE), "an abbreviation", "Write the whole word."),
    (re.compile(r"\b(?:rdv|svp|cb|asap|uhr[0-9]|stck)\b", re.IGNORECASE), "an abbreviation", "Write the whole words."),
    (re.compile(r"https?:|www\."), "a web address", "Say how to find it in words."),
)  # fmt: skip


def unspeakable(text: str) -> Iterator[tuple[str, str]]:
    """What stands in `text` that cannot be said, as (what, hint). Placeholders must have been taken out."""
    for pattern, what, hint in _RULES:
        found = pattern.search(text)
        if found:
            yield f"{what} (“{found[0]}”)", hint
