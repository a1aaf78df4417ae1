"""What else may be meant by a wish that was not understood as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from spoken.when.as_asked import unlike_values, values_of
from spoken.when.coherence import in_other_weeks
from spoken.when.doubt import Doubt
from spoken.when.moment import Moment
from spoken.when.pieces import Piece
from spoken.when.resolve import readings_of
from spoken.when.wish import Group, Spec, Wish

__all__ = ["other_ways_of", "values_in_doubt"]


def _each(wish: Wish, *, time: bool) -> list[Wish]:
    """Each day of a wish as a wish of its own, or, with `time`, each day at each of its times."""
    shared = next((group.times for group in wish.groups if group.times), [])
    days: list[Spec] = []
    found: list[Wish] = []
    for group in wish.groups:
        days = group.days or days
        times = list(group.times or shared)
        for each in [[day] for day in days] or ([[]] if time else []):
            for at in [[one] for one in times] if time and times else [times]:
                refused = [Group(list(one.days), list(one.times)) for one in wish.ruled_out]
                found.append(Wish([Group(list(each), list(at))], refused, wish.used))
    return found


@dataclass(frozen=True, slots=True)
class OtherWays:
    """What a wish comes to when it was not understood as a whole."""

    each: list[Wish]
    """Each of its days, or times, alone."""
    beside: list[Wish]
    """The whole wish, in the weeks of a date that was said before."""


def other_ways_of(wish: Wish, wanted: Wish, pieces: list[Piece], moment: Moment, expect: str) -> OtherWays:
    """Each day or time of a wish alone, and the whole of it in the weeks of a date said before."""
    one_day = sum(len(group.days) for group in wanted.groups) <= 1
    each = _each(wanted, time=one_day or (wish.unsure_times and not wish.unsure))
    return OtherWays(each, in_other_weeks(wanted, pieces, moment) if expect in ("datetime", "date") else [])


def values_in_doubt(values: list[Any], doubt: Doubt, others: OtherWays, moment: Moment, expect: str) -> list[Any]:
    """What may be meant: a question is better than a wrong day, and no answer better than a wrong question."""
    if doubt is Doubt.LOST:
        return []
    if doubt is Doubt.WHICH:
        each = [values_of(readings_of(one, moment), expect) for one in others.each]
        found = unlike_values([value for one in each for value in one])
        return found if len(others.each) > 1 and (len(found) > 1 or all(each)) else []
    return unlike_values([*values, *(value for one in others.beside for value in values_of(readings_of(one, moment), expect))])
