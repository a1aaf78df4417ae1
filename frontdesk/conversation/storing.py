"""What is kept of a turn, and what is left of a call."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from frontdesk.conversation.outputs import Ending
from frontdesk.conversation.ports import Ports
from fsm.call import Call
from fsm.outcome import outcome
from integrations.calendar.port import Appointment
from integrations.records.outbox import OutboxStatus
from integrations.records.port import FactRecord

__all__ = ["end_of", "facts_learnt"]


def facts_learnt(before: Call, after: Call) -> list[FactRecord]:
    """The facts that were learnt, corrected or dropped between two moments of a call, by name."""
    changes = []
    for name in sorted({*before.facts, *after.facts}):
        fact = after.facts.get(name)
        if fact == before.facts.get(name):
            continue
        if fact is None:
            changes.append(FactRecord(name, None, before.facts[name].source.value))
        else:
            changes.append(FactRecord(name, fact.value, fact.source.value, fact.words))
    return changes


async def end_of(call: Call, ports: Ports, zone: ZoneInfo) -> Ending:
    """How a call ended. Messages are those to the caller that went out. Raises what calendar and records raise."""
    appointments = [_row(appointment, zone) for appointment in await ports.calendar.of_call(call.id)]
    sent = [row.message for row in await ports.outbox.messages(call_id=call.id) if row.status is not OutboxStatus.FAILED]
    messages = tuple(
        {"channel": message.channel, "to": message.to, "body": message.body} for message in sent if message.purpose == "confirmation"
    )
    return Ending(outcome(call), call.language, call.path, tuple(appointments), messages)


def _row(appointment: Appointment, zone: ZoneInfo) -> dict[str, str | None]:
    return {
        "id": appointment.id,
        "service": appointment.service,
        "staff": appointment.staff,
        "start": appointment.start.astimezone(zone).strftime("%Y-%m-%dT%H:%M"),
        "end": appointment.end.astimezone(zone).strftime("%Y-%m-%dT%H:%M"),
        "name": appointment.name,
        "phone": appointment.phone,
        "email": appointment.email,
        "status": appointment.status.value,
    }
