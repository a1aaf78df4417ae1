"""Which of the free times to offer: few, apart from each other, and none that the caller has refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

from integrations.calendar.port import FreeSlot

__all__ = [
    "APART",
    "HALF_DAY",
    "ONE_HOUR",
    "REFUSED_RADIUS",
    "choose_closest",
    "choose_earliest",
    "choose_on_days",
    "choose_spread",
    "keep_time",
    "one_per_start",
    "without_refused",
]

REFUSED_RADIUS: Final = dt.timedelta(minutes=90)
"""A refused time takes its neighbours with it: who does not want ten o'clock does not want a quarter past."""

APART: Final = dt.timedelta(minutes=30)
"""What is offered lies at least so far apart: who can come at five can come at a quarter past, and learns nothing from hearing both."""

ONE_HOUR: Final = dt.timedelta(hours=1)
HALF_DAY: Final = dt.timedelta(hours=3)
"""Two times so far apart suit different people: late morning and mid-afternoon."""


def one_per_start(slots: Iterable[FreeSlot], preferred: str | None = None) -> list[FreeSlot]:
    """One slot per start: with the preferred member of staff where free, else with the first in order."""
    chosen: dict[dt.datetime, FreeSlot] = {}
    for slot in slots:
        if slot.start not in chosen or (slot.staff == preferred and chosen[slot.start].staff != preferred):
            chosen[slot.start] = slot
    return sorted(chosen.values())


def without_refused(slots: Sequence[FreeSlot], refused: Sequence[dt.datetime], near: Sequence[dt.datetime] = ()) -> list[FreeSlot]:
    """The slots that are not refused, and not within the radius of one in `near`."""
    return [slot for slot in slots if slot.start not in refused and all(abs(slot.start - time) >= REFUSED_RADIUS for time in near)]


def choose_earliest(slots: Sequence[FreeSlot], count: int, apart: dt.timedelta = ONE_HOUR) -> list[FreeSlot]:
    """The first, then those that follow at some distance: for "as soon as possible"."""
    chosen: list[FreeSlot] = []
    for slot in slots:
        if len(chosen) < count and (not chosen or slot.start - chosen[-1].start >= apart):
            chosen.append(slot)
    for slot in slots:
        if len(chosen) < count and _apart(slot, chosen):
            chosen.append(slot)
    return sorted(chosen)


def choose_on_days(slots: Sequence[FreeSlot], count: int) -> list[FreeSlot]:
    """One on each of the next days: early on the first, late on the last. For "another day"; where one day is left, several on it."""
    days: dict[dt.date, list[FreeSlot]] = {}
    for slot in slots:
        days.setdefault(slot.start.date(), []).append(slot)
    if len(days) < 2 or count == 1:
        return choose_spread(slots, count)
    pools = [_round_times(on_day, 1) for on_day in list(days.values())[:count]]
    return [pool[round(index * (len(pool) - 1) / (len(pools) - 1))] for index, pool in enumerate(pools)]


def choose_closest(
    slots: Sequence[FreeSlot], fitting: Sequence[FreeSlot], wanted: dt.datetime, count: int, *, exact: bool
) -> list[FreeSlot]:
    """What comes closest to a wish that cannot be met, in order of time.

    On the day itself: for an exact time the last one before and the first one after, else what is nearest to the part of
    the day. Then times of day that fit the wish (`fitting`, some of `slots`) on the nearest days, at most two a day and
    far apart; then whatever is near. Later days come before earlier ones.
    """
    chosen = _on_the_day([slot for slot in slots if slot.start.date() == wanted.date()], wanted, count, exact=exact)

    def distance(slot: FreeSlot) -> tuple[bool, int, dt.timedelta]:
        on_that_day = dt.datetime.combine(slot.start.date(), wanted.timetz())
        return slot.start < wanted, abs((slot.start.date() - wanted.date()).days), abs(slot.start - on_that_day)

    for candidates, apart, a_day in (
        (fitting, HALF_DAY, 2),
        (fitting, ONE_HOUR, count),
        (slots, ONE_HOUR, count),
        (slots, APART, count),
    ):
        for slot in sorted(candidates, key=distance):
            others = [other for other in chosen if other.start.date() == slot.start.date()]
            if len(chosen) < count and len(others) < a_day and _apart(slot, others, apart):
                chosen.append(slot)
    return sorted(chosen)


def _on_the_day(slots: Sequence[FreeSlot], wanted: dt.datetime, count: int, *, exact: bool) -> list[FreeSlot]:
    nearest = sorted(slots, key=lambda slot: (abs(slot.start - wanted), slot.start))
    if exact and count > 1:
        around = [slot for slot in sorted(slots) if slot.start < wanted][-1:]
        around += [slot for slot in sorted(slots) if slot.start >= wanted and _apart(slot, around)][:1]
        if len(around) == 2:
            return around
    chosen: list[FreeSlot] = []
    for slot in nearest:
        if len(chosen) < max(count - 1, 1) and _apart(slot, chosen, ONE_HOUR):
            chosen.append(slot)
    return chosen


def choose_spread(slots: Sequence[FreeSlot], count: int) -> list[FreeSlot]:
    """Early, middle and late; round times before odd ones. Fewer than `count` where they would lie too close to each other."""
    pool = _round_times(slots, count)
    if count == 1:
        return pool[:1]
    places = range(len(pool)) if len(pool) <= count else (round(index * (len(pool) - 1) / (count - 1)) for index in range(count))
    chosen: list[FreeSlot] = []
    for place in places:
        if _apart(pool[place], chosen):
            chosen.append(pool[place])
    return chosen


def _round_times(slots: Sequence[FreeSlot], least: int) -> list[FreeSlot]:
    """Those at the full or the half hour where there are enough of them, else all."""
    found = [slot for slot in slots if slot.start.minute in (0, 30)]
    return found if len(found) >= least else list(slots)


def _apart(slot: FreeSlot, chosen: Sequence[FreeSlot], least: dt.timedelta = APART) -> bool:
    return all(abs(slot.start - other.start) >= least for other in chosen)


def keep_time(chosen: Sequence[FreeSlot], slots: Sequence[FreeSlot], time: dt.time | None) -> list[FreeSlot]:
    """What was chosen, with a slot at this time of day instead of its nearest neighbour, where `slots` has one."""
    at_that_time = next((slot for slot in slots if slot.start.time() == time), None)
    if at_that_time is None or at_that_time in chosen or not chosen:
        return list(chosen)
    nearest = min(chosen, key=lambda slot: abs(slot.start - at_that_time.start))
    return sorted([at_that_time, *(slot for slot in chosen if slot != nearest)])
