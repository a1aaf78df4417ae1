"""What each value allows and all of them together rule out: times that nobody can have, people who are never there, a call to itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from frontdesk.business.model import Business, Hours
from frontdesk.business.values import WEEKDAYS
from fsm.counted import counted
from fsm.problems import Problem
from fsm.yaml_source import Source

__all__ = ["check_in_vain"]

_DAY_MIN: Final = 24 * 60


def check_in_vain(business: Business, source: Source) -> Iterator[Problem]:
    """handover-to-itself, no-time-to-book, never-in, all-lunch, too-long-to-book; never-open and no-number of the handover."""
    yield from _handover(business, source)
    yield from _notice(business, source)
    yield from _people(business, source)
    yield from _lengths(business, source)


def _handover(business: Business, source: Source) -> Iterator[Problem]:
    handover = business.handover
    open_at_all = any(getattr(handover.hours, weekday) for weekday in WEEKDAYS)
    if handover.number is not None and not open_at_all:
        message = "Callers who want a person have a number here that nobody ever answers."
        hint = "Give at least one day its hours, or leave out the number: then a message is always taken."
        yield source.problem("never-open", ("handover", "hours"), message, hint)
    written = source.data.get("handover") if isinstance(source.data, dict) else None
    if handover.number is None and open_at_all and "number" not in (written or ()):  # one that cannot be read is there all the same
        message = "Somebody answers callers who want a person, but there is no number to put them through to."
        yield source.problem("no-number", ("handover", "hours"), message, "Add the number, or write “closed” for every day.")
    if handover.number == business.phone:
        message = "Callers who want a person would be put through to the number that they have called."
        yield source.problem("handover-to-itself", ("handover", "number"), message, "Write the number of another telephone.")


def _notice(business: Business, source: Source) -> Iterator[Problem]:
    booking = business.booking
    if booking.lead_min >= booking.horizon_days * _DAY_MIN:
        message = (
            f"Nothing can ever be booked: the latest appointment, {counted(booking.horizon_days, 'day')} ahead, comes before the earliest."
        )
        hint = f"Make lead_min less than {booking.horizon_days * _DAY_MIN} minutes, or horizon_days more."
        yield source.problem("no-time-to-book", ("booking", "lead_min"), message, hint)


def _people(business: Business, source: Source) -> Iterator[Problem]:
    for key, person in business.staff.items():
        there = [weekday for weekday in WEEKDAYS if getattr(person.hours, weekday)]
        if not there:
            message = f"{person.name} is never in, so nobody can have an appointment with this person."
            yield source.problem("never-in", ("staff", key, "hours"), message, "Give at least one day its hours, or remove the person.")
        left = [weekday for weekday in there if person.lunch and _only_lunch(getattr(person.hours, weekday), person.lunch)]
        if left:
            message = f"The lunch of {person.name} leaves nothing of {', '.join(left)}."
            hint = "Shorten it; or write “closed” for a day on which this person serves nobody."
            yield source.problem("all-lunch", ("staff", key, "lunch"), message, hint)


def _only_lunch(hours: Hours, lunch: tuple[dt.time, dt.time]) -> bool:
    return all(lunch[0] <= start and end <= lunch[1] for start, end in hours)


def _lengths(business: Business, source: Source) -> Iterator[Problem]:
    """Nothing is said while somebody of the staff cannot be read: their hours may be the longest."""
    if not isinstance(source.data, dict) or set(business.staff) != set(source.data.get("staff") or ()):
        return
    for key, service in business.services.items():
        length = sum(phase.minutes for phase in service.phases) or service.minutes or 0
        room = max((_room(business, staff) for staff in business.staff_for(key)), default=0)
        if 0 < room < length:
            message = f"“{key}” takes {length} minutes, and nobody who does it is ever there for more than {room} without a break."
            hint = "Shorten it, or give somebody who does it longer hours or another lunch."
            place = "phases" if service.phases else "minutes"
            yield source.problem("too-long-to-book", ("services", key, place), message, hint)


def _room(business: Business, staff: str) -> int:
    """The minutes of the longest appointment that this person can have, begun at a time that is offered."""
    step = business.booking.step_min
    spans = (span for weekday in WEEKDAYS for span in business.usual_staff_hours(staff, weekday))
    return max((_minute(end) - -(-_minute(start) // step) * step for start, end in spans), default=0)


def _minute(clock: dt.time) -> int:
    """Of the day; the end of the day is the last of its microseconds."""
    return _DAY_MIN if clock == dt.time.max else clock.hour * 60 + clock.minute
