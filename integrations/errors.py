"""What can go wrong with the outside world, as types: each kind has its own sentence for the caller.

IntegrationError
├── SlotTaken               somebody else has the time now: offer another
├── Closed                  the business or the stylist does not work then: say so, then offer another
├── Refused                 the request can never be done as it stands: do not repeat it
│   ├── UnknownService      no such service, or nobody who can do it
│   ├── UnknownAppointment  no such appointment, or it is not booked any more
│   ├── KeyReused           an idempotency key came back with another request behind it
│   └── NumberTaken         another task has the number: take another one
├── Unavailable             the service did not do it now; later it may (retryable)
│   └── TimedOut            it did not answer within the total deadline; whether it was done is not known
└── StorageError            the database cannot be used; the sentence says what to do
    ├── StorageBusy         others kept it busy for too long (retryable)
    └── CorruptJournal      the stored events of a call are damaged; that call cannot be replayed
"""

from __future__ import annotations

from typing import ClassVar

__all__ = [
    "Closed",
    "CorruptJournal",
    "IntegrationError",
    "KeyReused",
    "NumberTaken",
    "Refused",
    "SlotTaken",
    "StorageBusy",
    "StorageError",
    "TimedOut",
    "Unavailable",
    "UnknownAppointment",
    "UnknownService",
]


class IntegrationError(Exception):
    """An outside service did not do what we asked."""

    retryable: ClassVar[bool] = False
    """Whether the same request, with the same idempotency key, may succeed later."""


class SlotTaken(IntegrationError):
    """Somebody else has this time now; offer another."""


class Closed(IntegrationError):
    """Nobody works at this time; say so and offer another."""


class Refused(IntegrationError):
    """The request can never be done as it stands; do not repeat it."""


class UnknownService(Refused):
    """There is no such service, or the person asked for does not do it."""


class UnknownAppointment(Refused):
    """There is no such appointment, or it is not booked any more."""


class KeyReused(Refused):
    """An idempotency key was used for two different requests."""


class NumberTaken(Refused):
    """Another task is stored under this number."""


class Unavailable(IntegrationError):
    """The service cannot be used at the moment."""

    retryable = True


class TimedOut(Unavailable):
    """No answer within the total deadline; repeat with the same key to learn whether it was done."""


class StorageError(IntegrationError):
    """The database cannot be used; the sentence says what to do."""


class StorageBusy(StorageError):
    """Other writers kept the database busy for too long."""

    retryable = True


class CorruptJournal(StorageError):
    """The stored events of a call are damaged, so that it cannot be resumed or replayed."""
