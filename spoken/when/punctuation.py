"""Signs of writing that say something about when: "15:30", "16.6.", "Mon-Fri"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from spoken.when.wording import fold

__all__ = ["DASHES", "says_something"]

_NAME: Final = re.compile(r"\s*([^\W\d_]+)")
_FIGURE: Final = re.compile(r"[0-9](?:[^\W\d_]{1,2}\s?|\s)$")
_HALF: Final = re.compile(r"[0-9]\s?[ap]\.?m\.?\s$", re.IGNORECASE)
_DAY_OF_MONTH: Final = re.compile(r"([^\W\d_]+)\s[0-9]{1,2}$")
_FULL_DATE: Final = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.([0-9]{2,4})?,?\s*$")
_HOUR: Final = re.compile(r"[0-9]\s?[^\W\d_]{0,3}\s*$")
_DATED: Final = re.compile(r"\.?\s*[0-9]{1,2}(?!\s?[0-9h:])")
DASHES: Final = "-–—"


def says_something(text: str, sign: str, start: int, end: int, last: str, ranging: Mapping[str, str]) -> bool:
    """Punctuation says something only inside or right after a figure: "15:30", "16.6.", "14-16"; a dash also between names of days."""
    if start == 0 or sign == "…":
        return False
    if sign in DASHES:
        if _ranges(text, last, start, end, ranging):
            return True
        # "8am-1pm", "9h30 - 11h", "16.-18. Juni": a dash before a figure is "to".
        before = text[max(0, start - 3) : start].rstrip(" ,")
        after_ordinal = before[-1:] == "." and before[-2:-1].isalnum()  # Or behind "a.m."
        return "0" <= text[end : end + 2].lstrip()[:1] <= "9" and (before[-1:].isalnum() or after_ordinal)
    if sign == "/" and text[start - 1] == "." and text[max(0, start - 2)].isdigit():
        return "0" <= text[end : end + 1] <= "9"  # "14./15.10."
    return "0" <= text[start - 1] <= "9" and (sign not in "/:" or "0" <= text[end : end + 1] <= "9")


def _ranges(text: str, before: str, start: int, end: int, ranging: Mapping[str, str]) -> bool:
    """Whether a dash stands between two names of days or of months, a figure and the name of a month, or two whole dates.

    "Mon-Fri", "3rd - Jul 9th", "lundi 15 - vendredi 19 juin".
    """
    following = _NAME.match(text, end)
    kind = ranging.get(fold(following.group(1))) if following else None
    if kind == "number":  # "nine – eleven", but "twenty-two" is one
        apart = text[start:end] != "-" or text[start - 1] == " "
        return ranging.get(before) == "hour" or (ranging.get(before) in ("number", "month") and apart)
    if following is None or kind is None or kind == ranging.get(before):
        return kind is not None
    if kind == "about":
        return ranging.get(before) == "hour" or _HOUR.search(text, max(0, start - 8), start) is not None  # "15 Uhr - ca. 18 Uhr"
    if kind == "weekday":  # "Samstag 5.9. - Mittwoch 16.9.", "lundi 15 - vendredi 19 juin"
        dated = (before == "." or before.isdigit() or ranging.get(before) == "month") and _DATED.match(text, following.end()) is not None
        return dated or _FULL_DATE.search(text, max(0, start - 12), start) is not None
    if kind == "month" and (day := _DAY_OF_MONTH.search(text, max(0, start - 13), start)):
        return ranging.get(fold(day.group(1))) == "month"  # "Nov 18-Dec 19"
    if kind != "month":
        return False
    if _HALF.search(text, max(0, start - 7), start):  # "28 June, 5 PM - Aug 2, 7 PM"
        return True
    return _FIGURE.search(text, max(0, start - 5), start) is not None
