"""Hold, book, move and cancel: what others see. Each is done once, under the idempotency key that the engine made."""

from __future__ import annotations

from typing import Any

from frontdesk.actions.context import ActionContext, Result
from fsm.effects import Run
from integrations.calendar.port import Contact, FreeSlot
from integrations.errors import Closed, SlotTaken, UnknownAppointment
from integrations.records.outbox import OutboxMessage
from spoken.phone_plans import can_receive_sms

__all__ = ["book", "cancel", "hold", "move"]


async def hold(run: Run, context: ActionContext) -> Result:
    """Keeps the chosen time for this call while the rest is asked. Outcomes: ok, taken."""
    minutes = context.business.booking.hold_minutes
    try:
        await context.calendar.hold(
            _slot(run, context), _service(run), call_id=context.call_id, now=context.now, minutes=minutes, instead_of=_appointment_id(run)
        )
    except (SlotTaken, Closed):
        return Result("taken")
    return Result("ok")


async def book(run: Run, context: ActionContext) -> Result:
    """Writes the appointment and its message in one transaction. Outcomes: ok, taken."""
    slot, facts = _slot(run, context), run.facts
    email = facts.get("email")
    who = Contact(str(facts["name"].value), str(facts["phone"].value), str(email.value) if email else None, language=context.language)
    messages = _confirmation(run, context, "booked", slot, _service(run), who.name, who.phone)
    try:
        made = await context.calendar.book(
            slot, _service(run), who, key=run.key, call_id=context.call_id, now=context.now, messages=messages
        )
    except (SlotTaken, Closed):
        return Result("taken")
    return Result("ok", values={"appointment_id": made.id})


async def move(run: Run, context: ActionContext) -> Result:
    """Puts the caller's appointment at the new time. Outcomes: ok, taken, failed."""
    slot, detail = _slot(run, context), _detail(run)
    messages = _confirmation(run, context, "moved", slot, str(detail["service"]), str(detail["name"]), detail.get("phone"))
    try:
        made = await context.calendar.move(
            str(detail["id"]), slot, key=run.key, call_id=context.call_id, now=context.now, messages=messages
        )
    except (SlotTaken, Closed):
        return Result("taken")
    except UnknownAppointment:
        return Result("failed")
    return Result("ok", values={"appointment_id": made.id})


async def cancel(run: Run, context: ActionContext) -> Result:
    """Cancels the caller's appointment. Outcomes: ok, failed."""
    try:
        await context.calendar.cancel(str(_detail(run)["id"]), key=run.key, call_id=context.call_id, now=context.now)
    except UnknownAppointment:
        return Result("failed")
    return Result("ok")


def _slot(run: Run, context: ActionContext) -> FreeSlot:
    detail = run.facts["slot"].detail or {}
    return FreeSlot(context.local(str(detail["start"])), context.local(str(detail["end"])), str(detail["staff"]))


def _detail(run: Run) -> dict[str, Any]:
    return dict(run.facts["appointment"].detail or {})


def _appointment_id(run: Run) -> str | None:
    return str(_detail(run)["id"]) if "appointment" in run.facts else None


def _service(run: Run) -> str:
    """The service of the appointment that is moved, else the one asked for."""
    return str(_detail(run)["service"]) if "appointment" in run.facts else str(run.facts["service"].value)


def _confirmation(
    run: Run, context: ActionContext, kind: str, slot: FreeSlot, service: str, name: str, phone: str | None
) -> list[OutboxMessage]:
    """None for a number that cannot receive one; the caller is told so."""
    if not phone or not can_receive_sms(phone):
        return []
    values: dict[str, Any] = {"service": service, "staff": slot.staff, "start": context.wall(slot.start), "name": name}
    body = context.writer.sms(kind, context.language, values, context.now)
    return [OutboxMessage(key=f"sms-{run.key}", to=phone, body=body, call_id=context.call_id, language=context.language)]
