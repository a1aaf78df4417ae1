"""One installation: its content, its database and its providers, and the calls it opens."""

from __future__ import annotations

import datetime as dt
import gc
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self
from zoneinfo import ZoneInfo

from frontdesk.bootstrap.clock import machine_clock
from frontdesk.bootstrap.content import Folders, load_content, load_version
from frontdesk.bootstrap.errors import ContentProblems, FixtureProblem, NoSuchCall
from frontdesk.bootstrap.fixture import Fixture
from frontdesk.bootstrap.reading import customers_of
from frontdesk.business import Business
from frontdesk.conversation.conversation import Conversation
from frontdesk.conversation.ports import Clock, Content, Ports
from fsm.call import Call
from fsm.problems import Problem
from integrations.calendar.fixture import FixtureCalendar, SeedAppointment
from integrations.calendar.local import LocalCalendar
from integrations.calendar.port import Calendar, Phase, Resources, ServiceTime
from integrations.customers.listed import ListedCustomers
from integrations.customers.port import Customer, Customers
from integrations.failures import FailurePlan
from integrations.models.port import Model
from integrations.records.database import Database
from integrations.records.opening import open_database
from integrations.records.sql_outbox import SqlOutbox
from integrations.records.sql_records import SqlRecords
from integrations.sms.failing import FailingSms
from integrations.sms.outbox_file import OutboxFileSms
from integrations.sms.port import Sms
from integrations.telephony.port import Telephony
from integrations.telephony.text import TextTelephony

__all__ = ["App", "open_app", "resources_of"]


@dataclass(slots=True)
class App:
    """Open until :meth:`close`; an async context manager."""

    content: Content
    ports: Ports
    clock: Clock
    database: Database
    folders: Folders
    calendar_of: Callable[[Business], Calendar]
    """The calendar with the services, the staff and the hours of one version of the business."""
    customers_of: Callable[[Business], Customers]
    """The customers of the business, with what one version of it tells of them."""
    model: Model | None = None

    def conversation(
        self, *, language: str | None = None, caller: str | None = None, call_id: str | None = None, telephony: Telephony | None = None
    ) -> Conversation:
        """A new call. `caller` is E.164, or None when withheld; `language` None starts in that of the business.

        `telephony` is the line of this call, where it has one of its own.
        """
        made_id = call_id or f"call_{secrets.token_hex(8)}"
        ports = self.ports if telephony is None else replace(self.ports, telephony=telephony)
        return Conversation(self.content, ports, call_id=made_id, clock=self.clock, language=language, caller=caller)

    async def resume(self, call_id: str, *, telephony: Telephony | None = None) -> Conversation:
        """A call that another process began and did not end, with the version of the content that it was begun with.

        Raises NoSuchCall, ContentProblems when this program cannot use that version any more, and what the records raise.
        """
        records = self.ports.records
        stored, snapshot = await records.call(call_id), await records.snapshot_of(call_id)
        if stored is None or snapshot is None:
            raise NoSuchCall(f"No call {call_id} is stored.")
        content = self.content
        if stored.graph != content.digest:
            version = await records.version(stored.graph)
            if version is None:
                raise NoSuchCall(f"The content that the call {call_id} was begun with ({stored.graph}) has not been kept.")
            content = load_version(version, self.clock, self.model)
        ports = replace(self.ports, calendar=self.calendar_of(content.business), telephony=telephony or self.ports.telephony)
        events = len(await records.journal_of(call_id))
        return Conversation.resumed(content, ports, call=Call.from_json(snapshot), stored_events=events, clock=self.clock)

    def reload(self) -> tuple[Problem, ...]:
        """Takes up what product owners have edited since. New calls use it; calls under way keep what they began with.

        With problems nothing changes, and the version that serves goes on serving.
        """
        try:
            self.serve(load_content(self.folders, self.clock, self.model))
        except ContentProblems as error:
            return error.problems
        return ()

    def serve(self, content: Content) -> None:
        """From here on new calls are held with this content, and with its services, staff and hours."""
        calendar, customers = self.calendar_of(content.business), self.customers_of(content.business)
        self.content, self.ports = content, replace(self.ports, calendar=calendar, customers=customers)

    def warm_up(self, *languages: str) -> None:
        """Loads what the first caller would wait for: holidays, language data, number plans. May run in a thread.

        `languages`: only these; all of the business when none is named.
        """
        self.content.warm_up(languages or self.content.business.languages)
        gc.freeze()  # what was loaded stays: to look through it for garbage takes 50 ms, in the middle of somebody's call

    async def close(self) -> None:
        await self.database.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.close()


async def open_app(
    *,
    folders: Folders,
    db: str,
    clock: Clock = machine_clock,
    outbox: Path | None = None,
    fixture: Fixture | None = None,
    content: Content | None = None,
    model: Model | None = None,
) -> App:
    """Opens an installation. `outbox` is the file that SMS are written to; None keeps them in the database only.
    `model` is asked what the rules are not sure of.

    Raises ContentProblems, FixtureProblem and StorageError.
    """
    content = content or load_content(folders, clock, model)
    business = content.business
    database = await open_database(db)
    try:
        calendar_of, sms, rehearse = await _providers(database, business, clock, outbox, fixture)
    except BaseException:
        await database.close()
        raise
    known = _customers_of(folders, fixture)
    ports = Ports(calendar_of(business), SqlRecords(database), SqlOutbox(database), sms, TextTelephony(), rehearse, known(business))
    return App(content, ports, clock, database, folders, calendar_of, known, model)


def _customers_of(folders: Folders, fixture: Fixture | None) -> Callable[[Business], Customers]:
    if fixture is None or fixture.customers is None:
        return lambda version: ListedCustomers(customers_of(folders, version.record)[0])
    known = ListedCustomers(Customer(one.reference, one.birth_date, one.details) for one in fixture.customers)
    return lambda _: known


async def _providers(
    database: Database, business: Business, clock: Clock, outbox: Path | None, fixture: Fixture | None
) -> tuple[Callable[[Business], Calendar], Sms, Callable[[str], object]]:
    sms: Sms = OutboxFileSms(outbox)
    if fixture is None:
        return lambda version: LocalCalendar(database, resources_of(version)), sms, _nothing
    zone = business.zone
    fail = {name: list(plan) if isinstance(plan, tuple) else plan for name, plan in fixture.fail.model_dump(exclude_none=True).items()}
    if "sms" in fail:
        sms = FailingSms(sms, fail.pop("sms"))
    # A search asks the calendar several times; what a rehearsal lets fail is the search.
    searches = FailurePlan({"find_slots": fail.pop("find_slots")}) if "find_slots" in fail else None
    calendar = FixtureCalendar(
        database,
        resources_of(business),
        free_slots=None if fixture.free_slots is None else [_local(start, zone) for start in fixture.free_slots],
        fail=fail,
        closed=_closed_days(business),
    )
    for appointment in fixture.appointments:
        if appointment.service not in business.services:
            raise FixtureProblem(f"The fixture names the service “{appointment.service}”, which business.yaml does not have.")
    seeds = [SeedAppointment(item.service, _local(item.start, zone), item.name, item.phone) for item in fixture.appointments]
    await calendar.seed(seeds, now=clock())

    def calendar_of(version: Business) -> Calendar:
        return calendar if version is business else calendar.with_resources(resources_of(version), _closed_days(version))

    return calendar_of, sms, _nothing if searches is None else searches.check


def _closed_days(business: Business) -> Callable[[dt.date], bool]:
    return lambda day: business.closed_reason(day) is not None


def _nothing(action: str) -> None:
    """Nothing is rehearsed: every action is done in earnest."""


def _local(text: str, zone: ZoneInfo) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(text).replace(tzinfo=zone)
    except ValueError as error:
        raise FixtureProblem(f"“{text}” is no date and time; write it as 2026-06-16T15:00.") from error


def resources_of(business: Business) -> Resources:
    """The time that a business has to give, as calendars need it."""
    services = {
        service_id: ServiceTime(
            service_id,
            tuple(Phase(phase.minutes, phase.stylist == "busy") for phase in business.phases(service_id)),
            frozenset(business.staff_for(service_id)),
        )
        for service_id in business.services
    }
    return Resources(
        zone=business.zone,
        services=services,
        staff=tuple(business.staff),
        hours=business.staff_hours,
        grid_min=business.booking.step_min,
        lead_min=business.booking.lead_min,
        horizon_days=business.booking.horizon_days,
    )
