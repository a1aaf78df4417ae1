"""What the business wants from a calendar: find, hold, book, move, cancel. No vendor's words.

All times are aware. `now` is the caller's clock; a provider never looks at its own. `key` is an idempotency key that
the caller of the port makes: the same key again returns the first result and changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from integrations.records.outbox import OutboxMessage

__all__ = ["Appointment", "AppointmentStatus", "Calendar", "Contact", "FreeSlot", "Hold", "Intervals", "Phase", "Resources", "ServiceTime"]

Intervals = tuple[tuple[dt.time, dt.time], ...]
"""Working intervals of one day in local wall time, in order, each half-open; an end of 00:00 means midnight."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of a service, `minutes` long. Not `busy`: the colour takes effect, the stylist is free for somebody else."""

    minutes: int
    busy: bool = True


@dataclass(frozen=True, slots=True)
class ServiceTime:
    """How long a service takes, phase by phase, and who can do it."""

    id: str
    phases: tuple[Phase, ...]
    staff: frozenset[str]

    @property
    def minutes(self) -> int:
        """From the customer's arrival to the end, gaps included."""
        return sum(phase.minutes for phase in self.phases)


@dataclass(frozen=True, slots=True)
class Resources:
    """The time a business has to give, handed in by the layer that reads business.yaml."""

    zone: ZoneInfo
    services: Mapping[str, ServiceTime]
    staff: tuple[str, ...]
    """In order of preference: the first of several who are free is offered first."""
    hours: Callable[[str, dt.date], Intervals]
    """Working intervals of a member of staff on a day, lunch taken out; empty when closed, on holidays and days off."""
    grid_min: int = 15
    """Starts are offered at multiples of this many minutes of wall time."""
    lead_min: int = 60
    """Nothing is offered sooner than this many minutes from now."""
    horizon_days: int = 90
    """Nothing is offered later than this many days from now."""


@dataclass(frozen=True, slots=True, order=True)
class FreeSlot:
    """A time that can be booked with somebody; half-open."""

    start: dt.datetime
    end: dt.datetime
    staff: str


@dataclass(frozen=True, slots=True)
class Hold:
    """A slot kept for one call until `expires`; nobody else is offered it before."""

    call_id: str
    service: str
    slot: FreeSlot
    expires: dt.datetime


@dataclass(frozen=True, slots=True)
class Contact:
    """Who comes, and how to reach them. Without a number nothing can be sent."""

    name: str
    phone: str | None = None
    """E.164."""
    email: str | None = None
    note: str = ""
    """For staff: "for her son Louis"."""
    language: str = ""
    """In which language messages to this person are written: fr, de, en, es."""


class AppointmentStatus(StrEnum):
    BOOKED = "booked"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Appointment:
    """A stored appointment. A move keeps the id; a cancelled one stays."""

    id: str
    service: str
    staff: str
    start: dt.datetime
    end: dt.datetime
    name: str
    phone: str | None = None
    email: str | None = None
    status: AppointmentStatus = AppointmentStatus.BOOKED
    note: str = ""
    language: str = ""


class Calendar(Protocol):
    """Every method raises `TimedOut` or `Unavailable` when the calendar cannot be used within its total deadline."""

    async def free(
        self,
        service: str,
        *,
        staff: str | None = None,
        after: dt.datetime,
        before: dt.datetime,
        now: dt.datetime,
        call_id: str,
        instead_of: str | None = None,
        limit: int | None = None,
    ) -> list[FreeSlot]:
        """The bookable slots that start in [after, before), by start and then by preference of staff.

        One per start and member of staff. The call's own hold does not block, nor does the appointment `instead_of`
        that is being moved, whose own time is not offered. `limit`: at most about so many different starts, the earliest.
        Raises `UnknownService`.
        """
        ...

    async def hold(
        self, slot: FreeSlot, service: str, *, call_id: str, now: dt.datetime, minutes: int = 10, instead_of: str | None = None
    ) -> Hold:
        """Keep the slot for this call; its earlier hold is given up, unless this one is refused.

        Raises `SlotTaken`, `Closed`, `UnknownService`.
        """
        ...

    async def release(self, call_id: str) -> None:
        """Give up the call's hold, if there is one."""
        ...

    async def book(
        self,
        slot: FreeSlot,
        service: str,
        who: Contact,
        *,
        key: str,
        call_id: str,
        now: dt.datetime,
        messages: Sequence[OutboxMessage] = (),
    ) -> Appointment:
        """Write the appointment if the time is still free, and the messages with it, or nothing at all.

        Raises `SlotTaken`, `Closed`, `UnknownService`, `KeyReused`.
        """
        ...

    async def move(
        self, appointment_id: str, slot: FreeSlot, *, key: str, call_id: str, now: dt.datetime, messages: Sequence[OutboxMessage] = ()
    ) -> Appointment:
        """Put a booked appointment at another time, or leave it untouched where it is. Its id stays.

        Raises `SlotTaken`, `Closed`, `UnknownAppointment`, `KeyReused`.
        """
        ...

    async def cancel(
        self, appointment_id: str, *, key: str, call_id: str, now: dt.datetime, messages: Sequence[OutboxMessage] = ()
    ) -> Appointment:
        """Cancel a booked appointment and free its time. Raises `UnknownAppointment`, `KeyReused`."""
        ...

    async def of_caller(self, *, phone: str, now: dt.datetime) -> list[Appointment]:
        """Booked appointments under this number (E.164) that have not begun, by start. Whether the caller may see them is decided above."""
        ...

    async def of_call(self, call_id: str) -> list[Appointment]:
        """The appointments that this call booked, moved or cancelled, as they are now, by start."""
        ...

    async def all(self) -> list[Appointment]:
        """Every appointment, whatever its status, by start."""
        ...
