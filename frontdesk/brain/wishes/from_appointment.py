"""A wish that is counted from the appointment which is to be moved: a bare hour is on its day, a bare weekday in its week."""

from __future__ import annotations

import datetime as dt
from typing import Final

from frontdesk.brain.utterance.turn import Turn
from frontdesk.brain.wishes.weekdays import monday_of, on_day
from frontdesk.brain.wishes.windows import Wish, day_of, windows_of
from spoken import Reading, Status
from spoken.wishes import settled

__all__ = ["bare_weekday", "counted_from_it"]

_FAR: Final = dt.timedelta(weeks=10)
"""An appointment so far off tells what is counted from it and what from today."""
_A_WEEK: Final = dt.timedelta(days=7)
_OF_A_DAY: Final = frozenset({"time", "part"})


def counted_from_it(turn: Turn, reading: Reading, text: str, cancelled: dt.datetime | None = None) -> Wish | None:
    """The windows, put in their place as soon as the appointment is known; None for what names its day by itself.

    `text`: the words that were read, at their places in the utterance. `cancelled`: when the appointment was in whose place this one is.
    """
    booked = turn.booked or cancelled
    if (
        reading.status not in {Status.COMPLETE, Status.PREFIX, Status.AMBIGUOUS}
        or turn.heard_phrase("values", "when", "nearest") is not None
    ):
        return None
    if reading.status is Status.AMBIGUOUS and reading.mentions <= _OF_A_DAY:  # seven, while today one of the two is over
        days = (turn.now.date() + dt.timedelta(days=after) for after in range(1, 8))
        reading = next((again for day in days if (again := turn.read("datetime", text, day=day)).complete), reading)
    if reading.mentions and reading.mentions <= _OF_A_DAY and reading.status is not Status.AMBIGUOUS:
        wish, of = windows_of(reading.value), "day"
        if any(window["end"] is not None and window["end"][:10] != window["start"][:10] for window in wish):
            return None
    elif (weeks := _weeks_from_it(turn, reading, text)) is not None:
        return settled([{**window, "of": "weeks", "weeks": weeks} for window in windows_of(reading.value)], booked)
    else:
        wish, of = bare_weekday(turn, reading, text), "week"
    if reading.status is Status.AMBIGUOUS and booked is not None and _of_this_week(booked, turn.now):
        return None
    return settled([{**window, "of": of} for window in wish], booked) if wish else None


def _weeks_from_it(turn: Turn, reading: Reading, text: str) -> int | None:
    """How many weeks after that of the appointment the one week is that is wished for: "the week after"; None for any other wish."""
    wish = windows_of(reading.value)
    if not reading.complete or turn.booked is not None or len(wish) != 1 or wish[0]["grain"] != "week":
        return None
    from_then = turn.read("datetime", text, same_as=turn.now + _FAR)
    moved = windows_of(from_then.value)
    if not from_then.complete or len(moved) != 1 or moved[0]["start"] == wish[0]["start"]:
        return None
    monday = monday_of((turn.now + _FAR).date())
    return (dt.date.fromisoformat(moved[0]["start"][:10]) - monday).days // 7


def _of_this_week(booked: dt.datetime, now: dt.datetime) -> bool:
    """Whether a weekday that may be today or a week later is in doubt: the appointment is in the week that has begun."""
    return booked.isocalendar()[:2] == now.isocalendar()[:2]


def bare_weekday(turn: Turn, reading: Reading, text: str, same_as: dt.datetime | None = None) -> Wish:
    """The window of a weekday that is named without a date, the later one where today is such a day; nothing for anything else."""
    several = (
        [windows_of(item.value) for item in reading.alternatives] if reading.status is Status.AMBIGUOUS else [windows_of(reading.value)]
    )
    days = [day_of(wish) if len(wish) == 1 else None for wish in several]
    last = days[-1] if days else None
    if last is None or "day" not in reading.mentions or any(day is None or (last - day) % _A_WEEK for day in days):
        return []
    return several[-1] if on_day(turn, last + _A_WEEK, text, same_as) is not None else []
