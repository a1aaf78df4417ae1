"""What the words of a text are whatever the day is, which parts of one answer and offers of one kind ask for again and again."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Final

from spoken.when.language import Language
from spoken.when.pieces import Scan
from spoken.when.scanning import scan
from spoken.when.timeless import says_none
from spoken.when.tokens import Tokens, tokenise

__all__ = ["first_pass"]

_SHORT: Final = 120
"""Characters of a text that is kept: longer ones hardly come twice."""


def first_pass(text: str, language: Language, *, as_time: bool = False) -> tuple[Tokens, Scan | None]:
    """The tokens of a text and the pieces in it, which the caller may change; no scan where no word begins a day or time.

    `as_time`: a full stop at the end makes no date of a figure.
    """
    tokens, found = (_kept if len(text) <= _SHORT else _read)(text, language, as_time)
    if found is None:
        return tokens, None
    return replace(tokens), replace(found, pieces=list(found.pieces), skipped=list(found.skipped))


def _read(text: str, language: Language, as_time: bool) -> tuple[Tokens, Scan | None]:
    tokens = tokenise(text, language.wording)
    if as_time and tokens.words:
        tokens.soften(".")  # "12." is a day, but no answer to "at what time?".
    return tokens, None if not tokens.words or says_none(tokens, language) else scan(tokens, language)


_kept: Final = lru_cache(maxsize=256)(_read)
"""By the loaded language, not its code: what one edition of the data made of a text is not what the next one does."""
