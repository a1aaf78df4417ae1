"""Send the confirmation of this call; when that fails, the booking stands and staff are told."""

from __future__ import annotations

from frontdesk.actions.context import ActionContext, Result
from fsm.effects import Run
from integrations.errors import IntegrationError
from integrations.records.outbox import OutboxMessage
from integrations.records.port import StaffTask
from integrations.sms.port import Receipt, Sms

__all__ = ["send_sms"]


async def send_sms(run: Run, context: ActionContext) -> Result:
    """Outcomes: sent, not_possible (no message was written for this number), failed."""
    rows = await context.outbox.claim(context.call_id, now=context.now, call_id=context.call_id, channel="sms")
    if not rows:
        return Result("not_possible")
    sent = True
    for row in rows:
        message = row.message
        try:
            receipt = await _send(context.sms, message)
        except IntegrationError as error:
            sent = False
            await context.outbox.mark_failed(message.key, worker=context.call_id, error=type(error).__name__)
            name = run.facts.get("name")
            await context.records.add_task(
                StaffTask(
                    key=f"sms-failed-{message.key}"[:128],
                    kind="sms_failed",
                    text=message.body,
                    created_at=context.now,
                    call_id=context.call_id,
                    name=str(name.value) if name else None,
                    phone=message.to,
                    language=context.language,
                )
            )
        else:
            await context.outbox.mark_sent(message.key, worker=context.call_id, now=context.now, reference=receipt.reference)
    return Result("sent" if sent else "failed")


async def _send(sms: Sms, message: OutboxMessage) -> Receipt:
    """Sends once more, under the same key, after a failure that may pass. Raises what the sender raises."""
    try:
        return await sms.send(message)
    except IntegrationError as error:
        if not error.retryable:
            raise
    return await sms.send(message)
