"""The figures of a transcript that are a telephone number, and so no days and times."""

from __future__ import annotations

from typing import Final

from spoken.when.grammar import Parser
from spoken.when.language import Language
from spoken.when.tokens import DIGITS

__all__ = ["telephone_number"]

_PHONE_LENGTH: Final = 4
"""So many numbers in a row are no time but a telephone number."""


def telephone_number(parser: Parser, language: Language) -> set[int]:
    """Tokens that belong to a dictated number."""
    masked: set[int] = set()
    at, dated = 0, -1
    while at < parser.count:
        first = parser.firsts[at]
        if first != DIGITS and first not in language.numbers:
            at += 1
            continue
        after_date = _date_of_row(parser, language, at)
        if after_date is not None:
            at = dated = after_date
            continue
        start, items = at, 0
        while at < parser.count:
            if 0 < items < _PHONE_LENGTH and _is_nought(parser, at):
                start, items = at, 0  # "à quinze heures trente | zéro six douze …": a number begins with its nought
            if parser.firsts[at] == DIGITS:
                items += _PHONE_LENGTH if len(parser.words[at]) > 4 else 1
                at += 1
            elif (parser.firsts[at] in ".-," or parser.words[at] in language.phone_words) and items:
                at += 1
            else:
                found, _ = parser.read("word_number", at)
                if not found:
                    break
                items += 1
                at = found[0][0]
        if items < _PHONE_LENGTH:
            at = max(at, start + 1)
            continue
        # "14.10. - 15.10." are two dates.
        dates = bool(parser.read("written_date", start)[0]) or any(end >= at for end, _ in parser.read("day", start)[0])
        dates = dates or (start == dated and any(end >= at for end, _ in parser.read("time", start)[0]))
        if not dates and at < parser.count and parser.words[at] in language.hour_words:
            dates = any(end - start > 2 for end, _ in parser.read("date", start)[0])  # "2.11. 7-9 Uhr" is a day and its hours.
        if not dates:
            masked.update(range(start, at))
        at = max(at, start + 1)
    return masked


def _date_of_row(parser: Parser, language: Language, at: int) -> int | None:
    """Where a date in figures ends right before the figures of its hours: "05.08.26 | 15-17 Uhr", "21.11 | 8.10"."""
    if parser.firsts[at] != DIGITS:
        return None
    for rule in ("written_date", "figures"):
        found = parser.read(rule, at)[0] if rule in language.rules else ()
        if found and found[0][0] - at > 2:
            end = found[0][0]
            return end if end < parser.count and parser.firsts[end] == DIGITS else None
    return None


def _is_nought(parser: Parser, at: int) -> bool:
    """Whether a number begins here as telephone numbers do."""
    if parser.firsts[at] == DIGITS:
        return len(parser.words[at]) > 1 and parser.words[at][0] == "0"
    found, _ = parser.read("word_number", at)
    return bool(found) and found[0][1] == 0
