"""What an action works with, and what it answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from frontdesk.business import Business
from fsm.facts import Fact
from integrations.calendar.port import Calendar
from integrations.customers.listed import ListedCustomers
from integrations.customers.port import Customers
from integrations.records.outbox import Outbox
from integrations.records.port import Records
from integrations.sms.port import Sms
from integrations.telephony.port import Telephony

__all__ = ["ActionContext", "Result", "Writer"]


class Writer(Protocol):
    """Knows what can be written and said; the sentences themselves are content."""

    def sms(self, kind: str, language: str, appointment: Mapping[str, Any], now: dt.datetime) -> str:
        """The text of "booked" or "moved". `appointment`: service, staff, start (local wall time), name."""
        ...

    def answer_line(self, topic: str, args: Mapping[str, Any]) -> tuple[str, dict[str, Any]] | None:
        """The line that answers a question, and the values it is said with; None when there is none."""
        ...


@dataclass(frozen=True, slots=True)
class ActionContext:
    """One call's access to the outside world. The business comes with the call, never from a global."""

    call_id: str
    language: str
    now: dt.datetime
    """The caller's clock, aware, in the zone of the business."""
    business: Business
    calendar: Calendar
    records: Records
    outbox: Outbox
    sms: Sms
    telephony: Telephony
    writer: Writer
    customers: Customers = field(default_factory=ListedCustomers)
    rehearse: Callable[[str], object] = field(default=lambda _: None)
    """Called before each attempt at an action; a rehearsed call makes it raise an IntegrationError."""

    def local(self, text: str) -> dt.datetime:
        """An aware moment from local wall time as facts hold it."""
        return dt.datetime.fromisoformat(text).replace(tzinfo=self.business.zone)

    def wall(self, moment: dt.datetime) -> str:
        """Local wall time as facts hold it, to the minute."""
        return moment.astimezone(self.business.zone).strftime("%Y-%m-%dT%H:%M")


@dataclass(frozen=True, slots=True)
class Result:
    """How an action came out; becomes an ActionFinished event."""

    outcome: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    lists: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    line: str | None = None
