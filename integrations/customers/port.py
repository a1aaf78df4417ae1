"""What the business wants from its customer records: to know one customer by what only that customer knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

__all__ = ["Customer", "Customers"]


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer. `details` is what they may be told about themselves, JSON-ready: text, a number, or a day as "2027-01-31"."""

    reference: str
    """The number of the contract or the file: capitals and digits, without spaces."""
    birth_date: str
    """The day of birth, "1978-03-12"."""
    details: Mapping[str, str | int | float]


class Customers(Protocol):
    """Finds customers. A provider never says which of two particulars was wrong: nobody must be able to try them out one by one."""

    async def find(self, reference: str, birth_date: str) -> Customer | None:
        """The customer with this reference who was born on this day, or None. Raises IntegrationError when it cannot tell."""
        ...
