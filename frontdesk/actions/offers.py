"""Which of the free times to offer: few, apart from each other, and none that the caller has refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

from integrations.calendar.port import FreeSlot

__all__ = [
    "HALF_DAY",
    "ONE_HOUR",
    "REFUSED_RADIUS",
    "choose_closest",
    "choose_earliest",
    "choose_spread",
    "keep_time",
    "one_per_start",
    "without_refused",
]

REFUSED_RADIUS: Final = dt.timedelta(minutes=90)
"""A refused time takes its neighbours with it: who does not want ten o'clock does not want a quarter past."""

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
        if len(chosen) < min(count, len(slots)) and slot not in chosen:
            chosen.append(slot)
    return sorted(chosen)


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
        (slots, dt.timedelta(0), count),
    ):
        for slot in sorted(candidates, key=distance):
            others = [other for other in chosen if other.start.date() == slot.start.date()]
            if (
                len(chosen) < count
                and len(others) < a_day
                and slot not in chosen
                and all(abs(slot.start - other.start) >= apart for other in others)
            ):
                chosen.append(slot)
    return sorted(chosen)


def _on_the_day(slots: Sequence[FreeSlot], wanted: dt.datetime, count: int, *, exact: bool) -> list[FreeSlot]:
    nearest = sorted(slots, key=lambda slot: (abs(slot.start - wanted), slot.start))
    if exact and count > 1:
        around = [slot for slot in sorted(slots) if slot.start < wanted][-1:] + [slot for slot in sorted(slots) if slot.start >= wanted][:1]
        if len(around) == 2:
            return around
    chosen: list[FreeSlot] = []
    for slot in nearest:
        if len(chosen) < max(count - 1, 1) and all(abs(slot.start - other.start) >= ONE_HOUR for other in chosen):
            chosen.append(slot)
    return chosen


def choose_spread(slots: Sequence[FreeSlot], count: int) -> list[FreeSlot]:
    """Early, middle and late; round times before odd ones."""
    if len(slots) <= count:
        return list(slots)
    round_times = [slot for slot in slots if slot.start.minute in (0, 30)]
    pool = round_times if len(round_times) >= count else list(slots)
    if count == 1:
        return [pool[0]]
    places = [round(index * (len(pool) - 1) / (count - 1)) for index in range(count)]
    return [pool[place] for place in dict.fromkeys(places)]


def keep_time(chosen: Sequence[FreeSlot], slots: Sequence[FreeSlot], time: dt.time | None) -> list[FreeSlot]:
    """What was chosen, with a slot at this time of day instead of its nearest neighbour, where `slots` has one."""
    at_that_time = next((slot for slot in slots if slot.start.time() == time), None)
    if at_that_time is None or at_that_time in chosen or not chosen:
        return list(chosen)
    nearest = min(chosen, key=lambda slot: abs(slot.start - at_that_time.start))
    return sorted([at_that_time, *(slot for slot in chosen if slot != nearest)])
