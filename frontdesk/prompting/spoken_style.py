"""What must not stand in a sentence for the ear: a synthetic voice reads signs aloud, or stumbles over them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

__all__ = ["unspeakable"]

_SHORT: Final = "an abbreviation"
_WHOLE: Final = "Write the whole word."
_RULES: Final[tuple[tuple[re.Pattern[str], str, str], ...]] = (
    (re.compile(r"\d"), "digits", "Write numbers as words, or show a placeholder."),
    (re.compile(r"[@#€$£%&*/\\_+=<>|~^°§©®™(){}\[\]\"]"), "a sign", "Write it as a word."),
    (re.compile(r"\b(?:etc|env|tél|tel|max|nr|nº|bzw|ca|usw|approx|mr|mrs|dr|sr|sra|ud|uds|st)\.", re.IGNORECASE), _SHORT, _WHOLE),
    (re.compile(r"\b(?:z\.\s?b|d\.\s?h|e\.\s?g|i\.\s?e)\.", re.IGNORECASE), _SHORT, _WHOLE),
    (re.compile(r"\b(?:rdv|svp|asap)\b", re.IGNORECASE), _SHORT, _WHOLE),
    (re.compile(r"https?:|www\."), "a web address", "Say how to find it in words."),
)  # fmt: skip


def unspeakable(text: str) -> Iterator[tuple[str, str]]:
    """What stands in `text` that cannot be said, as (what, hint). Placeholders must have been taken out."""
    for pattern, what, hint in _RULES:
        found = pattern.search(text)
        if found:
            yield f"{what} (“{found[0]}”)", hint
