"""One installation: its content, its database and its providers, and the calls it opens."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self
from zoneinfo import ZoneInfo

from frontdesk.bootstrap.clock import machine_clock
from frontdesk.bootstrap.content import Folders, load_content
from frontdesk.bootstrap.errors import ContentProblems, FixtureProblem
from frontdesk.bootstrap.fixture import Fixture
from frontdesk.business import Business
from frontdesk.conversation.conversation import Conversation
from frontdesk.conversation.ports import Clock, Content, Ports
from fsm.problems import Problem
from integrations.calendar.fixture import FixtureCalendar, SeedAppointment
from integrations.calendar.local import LocalCalendar
from integrations.calendar.port import Calendar, Phase, Resources, ServiceTime
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

    def reload(self) -> tuple[Problem, ...]:
        """Takes up what product owners have edited since. New calls use it; calls under way keep what they began with.

        With problems nothing changes, and the version that serves goes on serving. Services, staff and hours that the
        calendar works with are those of the start until the next one.
        """
        try:
            self.content = load_content(self.folders, self.clock, self.model)
        except ContentProblems as error:
            return error.problems
        return ()

    def warm_up(self, *languages: str) -> None:
        """Loads what the first caller would wait for: holidays, language data, number plans. May run in a thread.

        `languages`: only these; all of the business when none is named.
        """
        business = self.content.business
        business.warm_up(self.clock().astimezone(business.zone).date())
        self.content.warm_up(languages or business.languages)

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
        calendar, sms, rehearse = await _providers(database, business, clock, outbox, fixture)
    except BaseException:
        await database.close()
        raise
    ports = Ports(calendar, SqlRecords(database), SqlOutbox(database), sms, TextTelephony(), rehearse)
    return App(content, ports, clock, database, folders, model)


async def _providers(
    database: Database, business: Business, clock: Clock, outbox: Path | None, fixture: Fixture | None
) -> tuple[Calendar, Sms, Callable[[str], object]]:
    resources = resources_of(business)
    sms: Sms = OutboxFileSms(outbox)
    if fixture is None:
        return LocalCalendar(database, resources), sms, _nothing
    zone = business.zone
    fail = {name: list(plan) if isinstance(plan, tuple) else plan for name, plan in fixture.fail.model_dump(exclude_none=True).items()}
    if "sms" in fail:
        sms = FailingSms(sms, fail.pop("sms"))
    # A search asks the calendar several times; what a rehearsal lets fail is the search.
    searches = FailurePlan({"find_slots": fail.pop("find_slots")}) if "find_slots" in fail else None
    calendar = FixtureCalendar(
        database,
        resources,
        free_slots=None if fixture.free_slots is None else [_local(start, zone) for start in fixture.free_slots],
        fail=fail,
        closed=lambda day: business.closed_reason(day) is not None,
    )
    for appointment in fixture.appointments:
        if appointment.service not in business.services:
            raise FixtureProblem(f"The fixture names the service “{appointment.service}”, which business.yaml does not have.")
    seeds = [SeedAppointment(item.service, _local(item.start, zone), item.name, item.phone) for item in fixture.appointments]
    await calendar.seed(seeds, now=clock())
    return calendar, sms, _nothing if searches is None else searches.check


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
