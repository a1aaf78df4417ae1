"""`frontdesk appointments`: the appointments that stand in our own calendar."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any, TextIO

from frontdesk.bootstrap.clock import machine_clock
from frontdesk.business import Business
from frontdesk.cli.left_by_calls import INDENT, LeftOptions, Stored, answer_lines, of_business, summary, tell, who, with_stored
from frontdesk.conversation.ports import Clock
from integrations.calendar.port import Appointment, AppointmentStatus
from integrations.calendar.written import written_appointments

__all__ = ["print_appointments"]


def print_appointments(options: LeftOptions, stdout: TextIO, stderr: TextIO, clock: Clock = machine_clock) -> int:
    """Prints the appointments to come, the next one first; with `everything` also those that are over or cancelled.

    Returns the exit code 0. Raises ContentProblems, SettingsProblem and StorageError.
    """

    async def work(stored: Stored) -> None:
        since = None if options.everything else clock()
        written = await written_appointments(stored.database, stored.business.zone, since=since)
        shown = [one for one in written if options.everything or one.appointment.status is AppointmentStatus.BOOKED]
        ours, others = await of_business([(one, one.writes[0][0] if one.writes else None) for one in shown], stored)
        found = []
        for one in ours:
            said: dict[str, Any] = {}
            for call_id, key in one.writes:
                said |= await stored.answers.for_key(call_id, key)
            found.append((one.appointment, said))
        if options.as_json:
            print(json.dumps([_appointment_as_json(one, said) for one, said in found]), file=stdout)
            return
        for appointment, said in found:
            tell(stdout, _appointment_lines(appointment, said, stored.business))
        nothing = "No appointments are stored." if options.everything else "No appointments are to come."
        tell(stdout, [summary(len(found), "appointment", nothing, others)])

    return asyncio.run(with_stored(options, work, stderr))


def _appointment_lines(one: Appointment, said: Mapping[str, Any], business: Business) -> list[str]:
    what = business.service_name(one.service, business.default_language) if one.service in business.services else one.service
    with_whom = business.staff_name(one.staff) if one.staff in business.staff else one.staff
    cancelled = ": cancelled" if one.status is AppointmentStatus.CANCELLED else ""
    note = [f"{INDENT}{one.note}"] if one.note else []
    return [
        f"{one.start:%Y-%m-%d %H:%M} to {one.end:%H:%M}, {what}, {with_whom}{cancelled}",
        *who(one.name, one.phone, one.email, one.language),
        *note,
        *answer_lines(said),
        "",
    ]


def _appointment_as_json(one: Appointment, said: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": one.id,
        "service": one.service,
        "staff": one.staff,
        "start": one.start.isoformat(timespec="minutes"),
        "end": one.end.isoformat(timespec="minutes"),
        "name": one.name,
        "phone": one.phone,
        "email": one.email,
        "status": one.status.value,
        "note": one.note,
        "language": one.language,
        "answers": dict(said),
    }
