"""Names of days that are written short: "Do.", "mo-fr", "di 14 uhr"."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final

from spoken.when.wording import Wording, fold

__all__ = ["spelt_out"]

_TITLE: Final = re.compile(r"\.\s+([A-ZÄÖÜ]\w+)")
_LAST: Final = re.compile(r"\s*(?:$|[,;?!])")
_PLAIN_HOUR: Final = re.compile(r"\s+(?:([^\W\d_]+)\s)?[0-9]{1,2}(?:(:[0-9]{2})|\s?([^\W\d_]+))")
_SHORT_ROW: Final = re.compile(r"\b([a-z]{2})(?:\.?\s?[/–-]\s?|\.\s(?:oder|und)\s)([a-z]{2})\b")
_WORD_OR_FIGURE: Final = re.compile(r"\.?\s+(?:[0-9]|([^\W\d_]+))")
_LONG_WORD: Final = 24
"""Letters within which the word before a name of a day is looked for."""
_JOINING: Final = "-–—/"


def spelt_out(text: str, start: int, end: int, wording: Wording) -> str:
    """The word that stands there, folded and as the phrases write it."""
    raw = text[start:end]
    if len(raw) == 2 and wording.shortened and (raw[0].isupper() or _in_a_row(text, start, end, wording.shortened)):
        name = _written_short(text, start, end, wording.shortened, wording.known or ())
        if name is not None:
            return name
    word = fold(raw)
    if word in wording.shortened and (
        ((_before_an_hour(text, end, wording) or (raw[0].isupper() and _LAST.match(text, end))) and _begins_a_day(text, start, wording))
        or (start and raw[0].isupper() and _before_an_hour(text, end, wording))
        or _hour_behind(text, end, wording)
    ):
        return wording.shortened[word]
    # By the word as it is written first: "wär" is short for "wäre", "war" is not.
    return wording.spellings.get(raw.lower(), wording.spellings.get(word, word))


def _written_short(text: str, start: int, end: int, shortened: Mapping[str, str], known: Collection[str]) -> str | None:
    """What a name of two letters is short for, beside a point, stroke or dash."""
    name, after = text[start:end].lower(), text[end : end + 1]
    title = _TITLE.match(text, end)
    if title is not None and fold(title.group(1)) not in known:
        return None  # "Fr. Müller"
    joined = (after and after in _JOINING) or (start and text[start - 1] in _JOINING)
    return shortened.get(name, shortened.get(name + "-")) if joined else shortened.get(name) if after == "." else None


def _in_a_row(text: str, start: int, end: int, shortened: Mapping[str, str]) -> bool:
    """Whether two names of two letters stand beside a stroke or dash, or a point and a stroke or "and": "mo-fr", "do./fr."."""
    row = _SHORT_ROW.search(text, max(0, start - 10), end + 10)
    while row is not None:
        if row.start() <= start < row.end() and all(name in shortened or f"{name}-" in shortened for name in row.groups()):
            return True
        row = _SHORT_ROW.search(text, row.start() + 1, end + 10)
    return False


def _before_an_hour(text: str, end: int, wording: Wording) -> bool:
    following = _WORD_OR_FIGURE.match(text, end)
    if following is None or following.group(1) is None:
        return following is not None
    word = fold(following.group(1))
    return word in wording.before_hours or wording.ranging.get(word) == "number"


def _hour_behind(text: str, end: int, wording: Wording) -> bool:
    """Whether an hour stands behind that says that it is one, after a word that leads to it or none: "di 14 uhr", "do ab 15:30"."""
    found = _PLAIN_HOUR.match(text, end)
    if found is None or (found.group(1) and fold(found.group(1)) not in wording.before_hours):
        return False
    return found.group(3) is None or wording.ranging.get(fold(found.group(3))) == "hour" or fold(found.group(3)) == "h"


def _begins_a_day(text: str, start: int, wording: Wording) -> bool:
    before = text[max(0, start - _LONG_WORD) : start].rstrip()
    if not before:
        return not text[:start].strip()
    return before[-1] == "," or fold(before.rpartition(" ")[2]) in wording.before_short
