"""The days that a question about opening is about: one, or a stretch such as August, the summer, the days after Christmas."""

from __future__ import annotations

import datetime as dt
from typing import Final

from frontdesk.brain.utterance.turn import Turn
from spoken import Status

__all__ = ["day_asked", "days_asked"]

_CLOSURES: Final = ("values", "question", "closures")
"""When the business is on holiday, whatever the day: "when are you on holiday?"."""
_AHEAD: Final = dt.timedelta(days=365)
_DECEMBER: Final = 12
_AFTER_CHRISTMAS: Final = range(25, 29)
_BEFORE_NEW_YEAR: Final = range(30, 32)
_SATURDAY: Final = 5
_WEEKEND: Final = 2
_WEEK: Final = 7


def day_asked(turn: Turn) -> dict[str, str]:
    """The day that a question is about. In "do you close on Mondays" the closing is no hindrance of the caller's."""
    for start in (0, *(token.start for token in turn.heard.tokens)):
        reading = turn.read("date", turn.heard.only((start, len(turn.heard.text))), trusting=True)
        if reading.status in {Status.COMPLETE, Status.PREFIX} and isinstance(reading.value, str):
            return {"day": reading.value}
    return {}


def days_asked(turn: Turn) -> dict[str, str]:
    """The day, or the stretch, from its first to its last day; a year from today where it is only asked when it is closed."""
    stretch, day = _stretch(turn), day_asked(turn)
    asked_closed = turn.heard_phrase(*_CLOSURES) is not None
    if stretch is not None and not (day and _in_a_month(day["day"], *stretch)):
        return _as_args(*_between_the_years(*stretch))
    if day and asked_closed:  # "do you close for Christmas": yes or no would answer another question
        asked = dt.date.fromisoformat(day["day"])
        return day | _as_args(asked, asked)
    if day or not asked_closed:
        return day
    today = turn.now.date()
    return _as_args(today, today + _AHEAD)


def _in_a_month(day: str, first: dt.date, last: dt.date) -> bool:
    """Of "in August, are you open on the 10th" the tenth is asked about; of "the first week of August" the week."""
    return (last - first).days > _WEEK and first <= dt.date.fromisoformat(day) <= last


def _between_the_years(first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """ "Between Christmas and New Year" asks about the feasts as well."""
    if first.month == last.month == _DECEMBER and first.day in _AFTER_CHRISTMAS and last.day in _BEFORE_NEW_YEAR:
        return first.replace(day=24), dt.date(last.year + 1, 1, 1)
    return first, last


def _as_args(first: dt.date, last: dt.date) -> dict[str, str]:
    return {"first_day": first.isoformat(), "last_day": last.isoformat()}


def _stretch(turn: Turn) -> tuple[dt.date, dt.date] | None:
    """Several days on end with both ends named, as the first words say that name one time; the weekend is two days of their own."""
    for start in (0, *(token.start for token in turn.heard.tokens)):
        value = turn.read("datetime", turn.heard.only((start, len(turn.heard.text))), trusting=True).value
        if isinstance(value, dict):
            return None if value.get("from") or value.get("until") else _whole_days(value.get("start"), value.get("end"))
    return None


def _whole_days(start: str | None, end: str | None) -> tuple[dt.date, dt.date] | None:
    if start is None or end is None:
        return None
    begin, behind = dt.datetime.fromisoformat(start), dt.datetime.fromisoformat(end)
    days = (behind.date() - begin.date()).days
    whole = begin.time() == behind.time() == dt.time()
    if not whole or days < _WEEKEND or (days == _WEEKEND and begin.weekday() == _SATURDAY):
        return None
    return begin.date(), behind.date() - dt.timedelta(days=1)
