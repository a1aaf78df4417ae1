"""What is kept of a turn, and what is left of a call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from frontdesk.conversation.outputs import Ending, Turn
from frontdesk.conversation.ports import Content, Ports
from fsm.call import Call
from fsm.facts import Fact, Origin
from fsm.outcome import outcome
from integrations.calendar.port import Appointment
from integrations.records.outbox import OutboxStatus
from integrations.records.port import CallRecord, FactRecord, Records, TurnRecord

__all__ = ["end_of", "facts_learnt", "known_at_start", "remember_caller", "start_record", "turn_record"]


def known_at_start(content: Content) -> dict[str, Fact]:
    """What is known before the first word: the switches that the business sets; those that moves turn on are off."""
    own = content.graph.spec.own_switches
    return {
        name: Fact(name not in own and bool(getattr(content.business.booking, name.replace("asks_", "ask_"), False)), Origin.RECORD, 0)
        for name, spec in content.graph.facts.items()
        if spec.type == "switch"
    }


def start_record(call: Call, content: Content, caller: str | None, at: dt.datetime) -> CallRecord:
    """A call that begins, as it is kept."""
    return CallRecord(
        id=call.id, started_at=at, language=call.language, caller=caller, business=content.business.name, graph=content.digest
    )


def turn_record(turn: Turn, at: dt.datetime, heard: Mapping[str, Any] | None, digest: str) -> TurnRecord:
    """A turn as it is kept; `digest` is the fingerprint of the call after it and of the effects in it."""
    return TurnRecord(
        number=turn.turn,
        at=at,
        state=turn.state,
        language=turn.language,
        heard=heard,
        said=turn.said,
        asks=turn.asks,
        fingerprint=digest,
    )


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


async def remember_caller(call: Call, records: Records, at: dt.datetime) -> None:
    """Counts a call under the number that it came from, or else under the one that was confirmed; no number, nothing kept.

    A name and an address are kept only where the caller gave them for this very number. Raises what the records raise.
    """
    phone, name, email = (call.facts.get(key) for key in ("phone", "name", "email"))
    number = call.caller or (str(phone.value) if phone is not None else None)
    if number is None:
        return
    own = phone is not None and phone.value == number
    await records.remember_caller(
        number,
        at=at,
        name=str(name.value) if name is not None and own else None,
        email=str(email.value) if email is not None and own else None,
        language=call.language,
    )


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
