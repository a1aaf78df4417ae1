"""Which of the free times to offer: few, apart from each other, and none that the caller has refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

from integrations.calendar.port import FreeSlot

__all__ = ["REFUSED_RADIUS", "choose_earliest", "choose_near", "choose_spread", "one_per_start", "without_refused"]

REFUSED_RADIUS: Final = dt.timedelta(minutes=90)
"""A refused time takes its neighbours with it: who does not want ten o'clock does not want a quarter past."""


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


def choose_earliest(slots: Sequence[FreeSlot], count: int, apart: dt.timedelta = dt.timedelta(minutes=60)) -> list[FreeSlot]:
    """The first, then those that follow at some distance: for "as soon as possible"."""
    chosen: list[FreeSlot] = []
    for slot in slots:
        if len(chosen) < count and (not chosen or slot.start - chosen[-1].start >= apart):
            chosen.append(slot)
    for slot in slots:
        if len(chosen) < min(count, len(slots)) and slot not in chosen:
            chosen.append(slot)
    return sorted(chosen)


def choose_near(slots: Sequence[FreeSlot], wanted: dt.datetime, count: int) -> list[FreeSlot]:
    """The nearest to a time, in order of time."""
    return sorted(sorted(slots, key=lambda slot: (abs(slot.start - wanted), slot.start))[:count])


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
