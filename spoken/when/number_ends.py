"""Where a day or a time ends: whether the number that seems to end it belongs to what follows, or counts something.

"Lundi 14 | heures", "mardi quatorze | trente", "at thirty | euros", "before eleven | June 19th".
"""

from __future__ import annotations

from typing import Any, Final

from spoken.when.grammar import Parser
from spoken.when.language import Language
from spoken.when.tokens import DIGITS

__all__ = ["counts_something", "ends_in_article", "ends_in_date", "ends_in_hour", "month_of_the_next"]

_AMOUNTS: Final = "%€"
"""Signs that make the number before them no time of day."""


def ends_in_date(parser: Parser, language: Language, end: int) -> bool:
    """Whether the figure that ends a time is that of a date: "18 Uhr | 20.07.2026", "bis | 19. September"."""
    if end >= parser.count or parser.firsts[end - 1] != DIGITS:
        return False
    if parser.words[end] != ".":
        ordinal = "ordinal" in language.rules and any(after > end for after, _ in parser.read("ordinal", end - 1)[0])
        return ordinal or bool(parser.read("month", end)[0])
    if end + 1 >= parser.count:
        return False
    return parser.firsts[end + 1] == DIGITS or (language.wording.dotted and bool(parser.read("month", end + 1)[0]))


def ends_in_article(parser: Parser, language: Language, start: int, end: int) -> bool:
    """Whether the one that ends a time is an article: "es geht um eine | Sache", "um fünfzehn Uhr ein | bisschen später"."""
    if end >= parser.count or end - start < 2 or parser.words[end - 1] not in language.articles or parser.words[end] in language.hour_words:
        return False
    if parser.words[end] in language.doubt.determiners:
        return False  # "De once a una | el sábado"
    before = parser.words[end - 2]
    return before in language.hour_words or (before in language.weak and before not in language.hour_articles)


def counts_something(parser: Parser, language: Language, value: Any, end: int) -> bool:
    """Whether a bare number turns out to be an amount: "at thirty euros"."""
    if not isinstance(value, dict) or end >= parser.count:
        return False
    ends = ("time", "mark", "bare", "harmless")
    lists, word = language.doubt, parser.words[end]
    asked = word in lists.harmless and word not in lists.matters and word not in language.not_hours
    if value.get("bare") and value.get("k") == "date" and not asked and word != "," and not any(parser.read(kind, end)[0] for kind in ends):
        return True  # "Für August 2 | Termine": a month is seldom said before its day.
    if parser.words[end] not in language.not_hours and parser.words[end] not in _AMOUNTS:
        return False
    if parser.words[end] in _AMOUNTS:
        return True
    last = value["b"] if value.get("k") in ("range", "two") else value  # "Two to four | people"
    return bool(last.get("bare")) or (value.get("k") == "date" and "m" not in value)


_FIRST_HOUR: Final = 7
_LAST_HOUR: Final = 21
_LAST_MONTH: Final = 12
_NOON: Final = 12
_DAYS: Final = 31
_CENTURY: Final = 100
_LAST_OF_DAY: Final = 24
_SURE_MINUTES: Final = 25
"""From here on a number in fives is no hour any more: in "mardi quatorze trente" fourteen is the hour."""


def _hour_goes_on(parser: Parser, language: Language, date: Any, end: int) -> bool:
    """Whether the number that ends a day turns out to be an hour: "mardi quatorze | trente", "martes tres | y media"."""
    if "after_hour" in language.rules and parser.read("after_hour", end)[0]:
        return True
    if date.get("soon") and any(after > end for after, _ in parser.read("time", end - 1)[0]):
        return True  # "Samstag 21 bis 23 Uhr"
    if "wd" not in date or date["d"] > _LAST_HOUR:
        return False
    if any(after > end + 1 and time.get("k") == "range" and time["b"].get("mer") for after, time in parser.read("time", end - 1)[0]):
        return True  # "Lunes 4 a 6 de la tarde"
    if date["d"] < _FIRST_HOUR and parser.words[end - 1] != ".":  # "Lunes 1-3 p. m.", but "Montag 06.48h"
        return end < parser.count and parser.words[end] == "-" and _figures_go_on(parser, language, end)
    if _figures_go_on(parser, language, end):
        return True
    for after, minutes in parser.read("number", end)[0]:
        if _SURE_MINUTES <= minutes < 60 and minutes % 5 == 0:
            return after >= parser.count or parser.words[after] not in language.hour_words
    return False


def _figures_go_on(parser: Parser, language: Language, end: int) -> bool:
    """Whether the figure that ends a day begins a written time: "vendredi 14.30", "freitag 14.30 uhr", "viernes 14-16h"."""
    if end + 1 < parser.count and parser.words[end] in ".-":
        minutes = parser.words[end] == "." and len(parser.words[end + 1]) == 2 and parser.firsts[end + 1] == DIGITS
        if minutes and _LAST_MONTH < int(parser.words[end + 1]) < 60:
            return True
        return any(after > end + 1 for after, _ in parser.read("time", end - 1)[0])
    # A German ordinal has taken the point of "14.30 Uhr".
    if end < parser.count and parser.words[end - 1] == "." and parser.firsts[end] == DIGITS and len(parser.words[end]) == 2:
        return int(parser.words[end]) < 60 and end + 1 < parser.count and parser.words[end + 1] in language.hour_words
    return False


def ends_in_hour(parser: Parser, language: Language, value: Any, end: int) -> bool:
    """Whether a piece would swallow the hour of the next one: "lundi 14 | heures", "huit heures, huit | heures quinze"."""
    if end >= parser.count:
        return False
    if isinstance(value, dict) and value.get("k") == "date":
        if "m" not in value and _hour_goes_on(parser, language, value, end):
            return True
        if value.get("row") and (parser.firsts[end] == DIGITS or bool(parser.read("month", end)[0])):
            return True  # "Le 16 10 30", "le 2 3 juillet": the month in figures is none.
    if parser.words[end] in language.hour_words or " ".join(parser.words[end : end + 2]) in language.hour_words:
        numbered = parser.firsts[end - 1] == DIGITS or parser.words[end - 1] in language.numbers
        return numbered and not parser.read("time", end)[0]  # But "June 19 | a quarter to four"
    if isinstance(value, dict) and 0 <= value.get("y", _CENTURY) <= _LAST_OF_DAY and parser.firsts[end] != DIGITS:
        return any(after > end for after, _ in parser.read("time", end - 1)[0])  # "29.6. | 17 bis 18 Uhr"
    if parser.words[end - 1] not in language.numbers:
        return False
    # "Lundi dix | huit heures" would cut a number in two.
    longer, _ = parser.read("word_number", end - 1)
    return any(further > end and further < parser.count and parser.words[further] in language.hour_words for further, _ in longer)


def month_of_the_next(parser: Parser, value: Any, end: int) -> bool:
    """Whether the month that ends a bound is that of the day behind it: "before eleven | June 19th", "from two to four | June 19th"."""
    if not isinstance(value, dict) or value.get("k") not in ("from", "until", "span") or end >= parser.count:
        return False
    last = value.get("b", value.get("a"))
    if not isinstance(last, dict) or last.get("k") != "date" or "m" not in last or not parser.read("month", end - 1)[0]:
        return False
    hour = parser.numbers[end] is not None and end + 1 < parser.count and bool(parser.read("time", end)[0])
    return not hour and last["d"] <= _NOON and any(_NOON < day <= _DAYS for _, day in parser.read("dom", end)[0] if isinstance(day, int))
