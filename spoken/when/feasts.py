"""Feasts that callers name days by. Whether the business is closed then is not decided here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

__all__ = ["ALIKE", "feast"]

_FIXED: Final[Mapping[str, tuple[int, int]]] = {
    "new_year": (1, 1),
    "epiphany": (1, 6),
    "epiphany_eve": (1, 5),
    "berchtold": (1, 2),
    "burns_night": (1, 25),
    "candlemas": (2, 2),
    "st_david": (3, 1),
    "michaelmas": (9, 29),
    "st_andrew": (11, 30),
    "andalusia_day": (2, 28),
    "womens_day": (3, 8),
    "st_george": (4, 23),
    "st_isidore": (5, 15),
    "juneteenth": (6, 19),
    "st_james": (7, 25),
    "catalan_day": (9, 11),
    "childrens_day": (9, 20),
    "almudena": (11, 9),
    "martinmas": (11, 11),
    "valentine": (2, 14),
    "st_patrick": (3, 17),
    "st_joseph": (3, 19),
    "april_fools": (4, 1),
    "labour_day": (5, 1),
    "victory_day": (5, 8),
    "st_john": (6, 24),
    "peter_and_paul": (6, 29),
    "bastille_day": (7, 14),
    "swiss_day": (8, 1),
    "assumption": (8, 15),
    "german_unity": (10, 3),
    "hispanic_day": (10, 12),
    "austrian_day": (10, 26),
    "reformation": (10, 31),
    "halloween": (10, 31),
    "all_saints": (11, 1),
    "all_souls": (11, 2),
    "bonfire_night": (11, 5),
    "armistice": (11, 11),
    "constitution_day": (12, 6),
    "st_barbara": (12, 4),
    "st_nicholas": (12, 6),
    "immaculate": (12, 8),
    "belgian_day": (7, 21),
    "independence_day": (7, 4),
    "christmas_eve": (12, 24),
    "christmas": (12, 25),
    "boxing_day": (12, 26),
    "holy_innocents": (12, 28),
    "new_years_eve": (12, 31),
}

_FROM_EASTER: Final[Mapping[str, int]] = {
    "shrove_saturday": -50,
    "shrove_sunday": -49,
    "shrove_monday": -48,
    "shrove_tuesday": -47,
    "ash_wednesday": -46,
    "palm_sunday": -7,
    "holy_monday": -6,
    "holy_tuesday": -5,
    "holy_wednesday": -4,
    "maundy_thursday": -3,
    "good_friday": -2,
    "holy_saturday": -1,
    "easter": 0,
    "easter_monday": 1,
    "ascension": 39,
    "pentecost": 49,
    "whit_monday": 50,
    "easter_tuesday": 2,
    "whit_tuesday": 51,
    "whit_saturday": 48,
    "carnival_thursday": -52,
    "mothering_sunday": -21,
    "corpus_christi": 60,
}


_WEEKDAYS: Final[Mapping[str, tuple[int, int, int]]] = {
    "martin_luther_king": (1, 0, 3),
    "presidents_day": (2, 0, 3),
    "early_may": (5, 0, 1),
    "spanish_mothers_day": (5, 6, 1),
    "mothers_day": (5, 6, 2),
    "memorial_day": (5, 0, -1),
    "spring_bank": (5, 0, -1),
    "june_bank": (6, 0, 1),
    "fathers_day": (6, 6, 3),
    "irish_august_bank": (8, 0, 1),
    "summer_bank": (8, 0, -1),
    "american_labor_day": (9, 0, 1),
    "swiss_fast_sunday": (9, 6, 3),
    "columbus_day": (10, 0, 2),
    "october_bank": (10, 0, -1),
    "thanksgiving": (11, 3, 4),
}
"""Month, weekday and which one of it in the month; -1 is the last."""


ALIKE: Final[Mapping[str, tuple[str, ...]]] = {
    "bank_holiday": ("new_year", "easter_monday", "early_may", "spring_bank", "summer_bank", "boxing_day")
}
"""Feasts that share a name, in the order of the year: "the bank holiday" is the next of them."""


@lru_cache(maxsize=64)
def _easter(year: int) -> dt.date:
    """Gregorian Easter Sunday, by the anonymous (Meeus) rule."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return dt.date(year, month, day + 1)


def _weekday_of(year: int, month: int, weekday: int, nth: int) -> dt.date:
    first = dt.date(year, month, 1)
    if nth > 0:
        return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = (dt.date(year + month // 12, month % 12 + 1, 1)) - dt.timedelta(days=1)
    return last - dt.timedelta(days=(last.weekday() - weekday) % 7)


def _advent(year: int, nth: int) -> dt.date:
    fourth = dt.date(year, 12, 24)
    fourth -= dt.timedelta(days=(fourth.weekday() + 1) % 7)
    return fourth - dt.timedelta(days=7 * (4 - nth))


def feast(name: str, year: int) -> dt.date | None:
    """The (first) day of a feast in a year, or `None` for a name that is not known."""
    if name in _FIXED:
        return dt.date(year, *_FIXED[name])
    if name in _FROM_EASTER:
        return _easter(year) + dt.timedelta(days=_FROM_EASTER[name])
    if name in _WEEKDAYS:
        return _weekday_of(year, *_WEEKDAYS[name])
    if name == "swiss_fast":
        return _weekday_of(year, 9, 6, 3) + dt.timedelta(days=1)
    if name == "penance_day":  # the Wednesday before the last Sunday of the church's year
        return _advent(year, 1) - dt.timedelta(days=11)
    if name == "sunday_of_the_dead":
        return _advent(year, 1) - dt.timedelta(days=7)
    if name == "mourning_day":
        return _advent(year, 1) - dt.timedelta(days=14)
    if name == "st_brigid":
        first = dt.date(year, 2, 1)
        return first if first.weekday() == 4 else _weekday_of(year, 2, 0, 1)
    if name in ("advent_1", "advent_2", "advent_3", "advent_4"):
        return _advent(year, int(name[-1]))
    return None
