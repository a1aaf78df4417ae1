"""Which one is meant by a weekday that was named without a date, where days of that name are being talked about."""

from __future__ import annotations

import datetime as dt

from frontdesk.brain.utterance.turn import Turn
from frontdesk.brain.wishes.windows import Wish, covers, day_of, windows_of
from spoken import Reading, Status

__all__ = ["monday_of", "on_day", "weekday_in_talk"]

_DAY = dt.timedelta(days=1)
_WEEK = dt.timedelta(weeks=1)


def weekday_in_talk(turn: Turn, reading: Reading) -> Reading:
    """The reading, or one of the same words for the day that is on offer, chosen or wished for and has that name.

    "Then Tuesday afternoon", said to times on Tuesday the twenty-third, is about the twenty-third; "this Tuesday" is not.
    """
    reading = _in_their_order(turn, reading)
    said = day_of(windows_of(reading.value)) if reading.complete else _in_a_week(reading)
    if said is None or "day" not in reading.mentions or turn.heard_phrase("values", "when", "nearest") is not None:
        return reading
    days = _in_talk(turn)
    if said in days:
        return reading
    same = [day for day in days if reading.complete and day.weekday() == said.weekday()]
    again = next((found for day in same if (found := on_day(turn, day)) is not None), None)
    again = again or _of_their_week(turn, said, days, reading.complete)
    return reading if again is None or _by_date(turn, said) else again


def _by_date(turn: Turn, said: dt.date) -> bool:
    """Whether the day was told by its date: the words mean the same one when they are said a week before."""
    before = turn.read("datetime", now=turn.now - _WEEK)
    return before.complete and day_of(windows_of(before.value)) == said


def _in_a_week(reading: Reading) -> dt.date | None:
    """The later of both, where a weekday was named on such a day and may mean today; None for anything else that is in doubt."""
    days = [day_of(windows_of(item.value)) for item in reading.alternatives]
    either = len(days) == 2 and days[0] is not None and days[1] == days[0] + _WEEK
    return days[1] if either else None


def _in_their_order(turn: Turn, reading: Reading) -> Reading:
    """ "Thursday or Friday", said on a Friday: the days follow each other as they were said, and the Friday is not today.

    Only where one meaning alone has them so, and it does not speak of today: "Friday or Saturday" is still asked about.
    """
    fitting: list[Wish] = []
    for item in reading.alternatives:
        starts = [str(window["start"]) for window in windows_of(item.value)]
        if len(starts) > 1 and starts == sorted(starts):
            fitting.append(windows_of(item.value))
    today = turn.now.date().isoformat()
    if len(fitting) != 1 or len(reading.alternatives) < 2 or any(str(window["start"]).startswith(today) for window in fitting[0]):
        return reading
    return Reading(Status.COMPLETE, fitting[0], reading.span, (), reading.mentions)


def _of_their_week(turn: Turn, said: dt.date, days: list[dt.date], nearest: bool) -> Reading | None:
    """ "Saturday, then", where Friday the nineteenth was wished for, is the Saturday of that week and no nearer one.

    So it is the first Thursday of the days that were wished for, where they are several: "rather on Thursday", of the first week of July.
    On a Friday, "and Friday?" to times on Tuesday is the Friday of their week, and not today (`nearest` is false: it might be).
    Only where the nearest is none of the days that were wished for: who wished for "as soon as possible" is open to it.
    """
    wish = windows_of(turn.known("when"))
    if not wish or any(covers(window, said) for window in wish):
        return None
    within = _first_within(wish, said)
    if within is not None:
        return on_day(turn, within)
    weeks = {monday_of(day) for day in days} or _weeks_of(wish)
    if len(weeks) != 1:
        return None
    theirs = weeks.pop() + _DAY * said.weekday()
    return on_day(turn, theirs) if theirs > said or (theirs == said and not nearest and min(days, default=said) < said) else None


def _first_within(wish: Wish, said: dt.date) -> dt.date | None:
    """The first day of this name among several that were wished for, where they all lie ahead of the nearest one and have an end."""
    if day_of(wish) is not None:
        return None  # it was said again to a day that had nothing free: that week is not gone on from week by week
    if any(window["end"] is None or dt.date.fromisoformat(window["start"][:10]) <= said for window in wish):
        return None
    last = max(dt.datetime.fromisoformat(window["end"]).date() for window in wish)
    ahead = (said + _WEEK * count for count in range(1, (last - said).days // _WEEK.days + 1))
    return next((day for day in ahead if any(covers(window, day) for window in wish)), None)


def _weeks_of(wish: Wish) -> set[dt.date]:
    """The Monday of the one week that was wished for; nothing where it was several, or no end was said."""
    ends = [dt.datetime.fromisoformat(window["end"]) for window in wish if window["end"] is not None]
    firsts = {monday_of(dt.date.fromisoformat(window["start"][:10])) for window in wish}
    lasts = {monday_of((end - dt.timedelta(minutes=1)).date()) for end in ends}
    return firsts if len(ends) == len(wish) and len(firsts | lasts) == 1 else set()


def monday_of(day: dt.date) -> dt.date:
    """The day on which the week of a day begins."""
    return day - _DAY * day.weekday()


def on_day(turn: Turn, day: dt.date, text: str | None = None, same_as: dt.datetime | None = None) -> Reading | None:
    """What was heard (or `text`, the same places), as a wish for this day; None where the words mean another: "the thirteenth", "tomorrow".

    The name of a day means this one when it is said a day before it, and two days before it: tomorrow is one of them only.
    """
    again: Reading | None = None
    for before in (_DAY, 2 * _DAY):
        eve = dt.datetime.combine(day - before, dt.time(), turn.now.tzinfo)
        again = turn.read("datetime", turn.heard.text if text is None else text, now=eve, same_as=same_as)
        if not again.complete or day_of(windows_of(again.value)) != day:
            return None
    return again


def _in_talk(turn: Turn) -> list[dt.date]:
    """The days on offer where times are on offer, else the one chosen, else the one wished for."""
    if turn.view.asks == "slot" and turn.view.offers:
        return list(dict.fromkeys(dt.date.fromisoformat(str(offer["start"])[:10]) for offer in turn.view.offers))
    slot = turn.known("slot")
    if isinstance(slot, str):
        return [dt.date.fromisoformat(slot[:10])]
    wished = day_of(windows_of(turn.known("when")))
    return [wished] if wished is not None else []
