"""Customers from a list that is held in memory: a small business, a demonstration, a test."""

from __future__ import annotations

from collections.abc import Iterable

from integrations.customers.port import Customer

__all__ = ["ListedCustomers"]


class ListedCustomers:
    """A `Customers` over a list; without one it knows nobody."""

    def __init__(self, customers: Iterable[Customer] = ()) -> None:
        self._by_both = {(customer.reference, customer.birth_date): customer for customer in customers}

    async def find(self, reference: str, birth_date: str) -> Customer | None:
        return self._by_both.get((reference, birth_date))
