"""An outside world in memory, for actions: a calendar with exactly these times, and ports that fail when told to."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from frontdesk.actions.context import ActionContext
from frontdesk.business import Business
from fsm import Fact, Origin
from fsm.effects import Run
from integrations.calendar.port import Appointment, Contact, FreeSlot, Hold
from integrations.errors import NumberTaken, UnknownService
from integrations.records.outbox import OutboxMessage, OutboxRow, OutboxStatus
from integrations.records.port import StaffTask
from integrations.sms.port import Receipt
from integrations.telephony.port import TransferOutcome

__all__ = ["NOW", "PARIS", "FakeCalendar", "World", "at", "fact", "wish"]

PARIS = ZoneInfo("Europe/Paris")
NOW = dt.datetime(2026, 6, 12, 9, 0, tzinfo=PARIS)
"""A Friday. The salon is closed on Sundays (14 June) and Mondays (15 June)."""


def at(text: str) -> dt.datetime:
    """Wall time in June 2026: "16T15:00"."""
    return dt.datetime.fromisoformat(f"2026-06-{text}").replace(tzinfo=PARIS)


def fact(value: Any, detail: Mapping[str, Any] | None = None, source: Origin = Origin.SPEECH) -> Fact:
    return Fact(value, source, 1, "words", detail)


def wish(start: str, end: str | None = None, *, grain: str = "minute", from_: bool = False, until: bool = False) -> dict[str, Any]:
    """One window of a wish, in June 2026."""
    last = f"2026-06-{end}" if end and len(end) < 10 else end
    return {"start": f"2026-06-{start}", "end": last, "grain": grain, "from": from_, "until": until}


class FakeCalendar:
    """Free times by person; whatever is in `fails` is raised first, one for each request. `log` holds what was asked for."""

    def __init__(self, free: Mapping[str, Sequence[str]] | Sequence[str] = (), *, can: Mapping[str, Sequence[str]] | None = None) -> None:
        by_person = free if isinstance(free, Mapping) else {"lea": free}
        self.times = sorted(
            FreeSlot(at(start), at(start) + dt.timedelta(minutes=45), person) for person, starts in by_person.items() for start in starts
        )
        self.can = can
        self.fails: list[BaseException] = []
        self.log: list[tuple[str, dict[str, Any]]] = []
        self.appointments: dict[str, list[Appointment]] = {}
        self.written: dict[str, Appointment] = {}

    async def _asked(self, name: str, **what: Any) -> None:
        self.log.append((name, what))
        if self.fails:
            raise self.fails.pop(0)

    async def free(
        self, service: str, *, staff: str | None = None, after: dt.datetime, before: dt.datetime, now: dt.datetime, call_id: str,
        instead_of: str | None = None, limit: int | None = None,
    ) -> list[FreeSlot]:  # fmt: skip
        await self._asked("free", service=service, staff=staff, instead_of=instead_of)
        if self.can is not None and staff is not None and staff not in self.can.get(service, ()):
            raise UnknownService(service)
        able = [slot for slot in self.times if self.can is None or slot.staff in self.can.get(service, ())]
        return [slot for slot in able if after <= slot.start < before and slot.start > now and staff in (None, slot.staff)]

    async def hold(self, slot: FreeSlot, service: str, **rest: Any) -> Hold:
        await self._asked("hold", slot=slot, service=service, **rest)
        return Hold(rest["call_id"], service, slot, rest["now"])

    async def release(self, call_id: str) -> None:
        await self._asked("release", call_id=call_id)

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
        self.written.setdefault(
            key, Appointment(f"appt_{len(self.written)}", service, slot.staff, slot.start, slot.end, who.name, who.phone, who.email)
        )
        await self._asked("book", slot=slot, service=service, who=who, key=key, messages=tuple(messages))
        return self.written[key]

    async def move(self, appointment_id: str, slot: FreeSlot, **rest: Any) -> Appointment:
        await self._asked("move", id=appointment_id, slot=slot, **rest)
        return Appointment(appointment_id, "womens_cut", slot.staff, slot.start, slot.end, "x")

    async def cancel(self, appointment_id: str, **rest: Any) -> Appointment:
        await self._asked("cancel", id=appointment_id, **rest)
        return Appointment(appointment_id, "womens_cut", "lea", NOW, NOW, "x")

    async def of_caller(self, *, phone: str, now: dt.datetime) -> list[Appointment]:
        await self._asked("of_caller", phone=phone)
        return list(self.appointments.get(phone, ()))

    async def of_call(self, call_id: str) -> list[Appointment]:
        return []

    async def all(self) -> list[Appointment]:
        return []


@dataclass
class _Outbox:
    rows: list[OutboxRow] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def put(self, *messages: OutboxMessage) -> None:
        self.rows += [OutboxRow(message, OutboxStatus.PENDING, 0, NOW, NOW) for message in messages]

    async def claim(
        self, worker: str, *, now: dt.datetime, call_id: str | None = None, channel: str | None = None, **_: Any
    ) -> list[OutboxRow]:
        return [row for row in self.rows if row.message.call_id == call_id and row.message.channel == channel]

    async def mark_sent(self, key: str, **_: Any) -> None:
        self.sent.append(key)

    async def mark_failed(self, key: str, **_: Any) -> None:
        self.failed.append(key)


@dataclass
class _Sms:
    fails: list[BaseException] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    async def send(self, message: OutboxMessage) -> Receipt:
        self.keys.append(message.key)
        if self.fails:
            raise self.fails.pop(0)
        return Receipt("ref", 1)


@dataclass
class _Records:
    tasks: dict[str, StaffTask] = field(default_factory=dict)
    fails: list[BaseException] = field(default_factory=list)

    async def add_task(self, task: StaffTask) -> StaffTask:
        if self.fails:
            raise self.fails.pop(0)
        if task.number is not None and any(one.number == task.number for one in self.tasks.values() if one.key != task.key):
            raise NumberTaken
        return self.tasks.setdefault(task.key, task)


@dataclass
class _Telephony:
    outcome: TransferOutcome = TransferOutcome.ANSWERED
    slow_s: float = 0.0

    async def transfer(self, call_id: str, number: str) -> TransferOutcome:
        await asyncio.sleep(self.slow_s)
        return self.outcome


class _Writer:
    def sms(self, kind: str, language: str, appointment: Mapping[str, Any], now: dt.datetime) -> str:
        return f"{kind} {appointment['service']} {appointment['start']} {appointment['name']}"

    def answer_line(self, topic: str, args: Mapping[str, Any]) -> tuple[str, dict[str, Any]] | None:
        return None if topic == "nonsense" else (f"answers.{topic}", dict(args))


class World:
    """The ports, and the context of a call that uses them."""

    def __init__(self, business: Business, calendar: FakeCalendar | None = None) -> None:
        self.business = business
        self.calendar = calendar or FakeCalendar()
        self.outbox, self.sms, self.records, self.telephony = _Outbox(), _Sms(), _Records(), _Telephony()

    def context(self, now: dt.datetime = NOW) -> ActionContext:
        return ActionContext(
            "call_1", "fr", now, self.business, self.calendar, self.records, self.outbox, self.sms, self.telephony, _Writer()  # type: ignore[arg-type]
        )  # fmt: skip

    def run(
        self, action: str, *, caller: str | None = None, refused: Sequence[str] = (), near: Sequence[str] | None = None, **facts: Any
    ) -> Run:
        """What the engine would ask for. Facts are facts, or plain values."""
        known = {name: value if isinstance(value, Fact) else fact(value) for name, value in facts.items()}
        starts = tuple(f"2026-06-{start}" for start in refused)
        args = {"caller": caller} if caller else {}
        run = Run("call_1.9", action, "key_1", 4.0, known, {}, args, starts)
        return replace(run, refused_near=starts if near is None else tuple(near))
