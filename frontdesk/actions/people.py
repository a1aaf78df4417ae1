"""Hand over to people: put through when somebody is there, else take a message."""

from __future__ import annotations

from frontdesk.actions.context import ActionContext, Result
from fsm.effects import Run
from integrations.records.port import StaffTask

__all__ = ["reach_people", "save_message", "transfer"]


async def reach_people(run: Run, context: ActionContext) -> Result:
    """Outcomes: open, closed: whether somebody answers the handover number now."""
    del run
    return Result("open" if context.business.people_reachable(context.now) else "closed")


async def transfer(run: Run, context: ActionContext) -> Result:
    """Outcomes: answered, busy, no_answer, refused, failed."""
    del run
    outcome = await context.telephony.transfer(context.call_id, context.business.handover.number)
    return Result(outcome.value)


async def save_message(run: Run, context: ActionContext) -> Result:
    """Stores a message for staff. Without a number of its own, the caller id is the one to call back. Outcome: ok.

    Raises what the records raise.
    """
    name, phone = run.facts.get("name"), run.facts.get("phone")
    number = str(phone.value) if phone is not None else run.args.get("caller")
    await context.records.add_task(
        StaffTask(
            key=f"message-{run.key}",
            kind="callback" if number else "message",
            text=str(run.facts["message"].value),
            created_at=context.now,
            call_id=context.call_id,
            name=str(name.value) if name is not None else None,
            phone=number,
            language=context.language,
        )
    )
    return Result("ok")
