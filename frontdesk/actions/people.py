"""Hand over to people: put through when somebody is there, else take a message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, Final

from frontdesk.actions.context import ActionContext, Result
from fsm.effects import Run
from integrations.errors import NumberTaken
from integrations.records.port import StaffTask

__all__ = ["file_report", "reach_people", "save_message", "transfer"]

_REPORT_DIGITS: Final = 6
_SHORT_ONES: Final = 8
_LONG_DIGITS: Final = 9
_LONG_ONES: Final = 24
_DATE: Final = len("2026-06-23")


async def reach_people(run: Run, context: ActionContext) -> Result:
    """Outcomes: open, closed: whether somebody answers the handover number now."""
    del run
    return Result("open" if context.business.people_reachable(context.now) else "closed")


async def transfer(run: Run, context: ActionContext) -> Result:
    """Outcomes: answered, busy, no_answer, refused, failed; the last also where there is nobody to call."""
    del run
    number = context.business.handover.number
    if number is None:
        return Result("failed")
    outcome = await context.telephony.transfer(context.call_id, number)
    return Result(outcome.value)


async def save_message(run: Run, context: ActionContext) -> Result:
    """Stores a message for staff. Without a number of its own, the caller id is the one to call back. Outcome: ok.

    A time that was wished for in it stands before it as a date: "on Tuesday" is read on another day. Raises what the records raise.
    """
    text = f"{_wished_time(run)}{run.facts['message'].value}"
    await context.records.add_task(_task(run, context, f"message-{run.key}", None, text))
    return Result("ok")


def _wished_time(run: Run) -> str:
    """The day, and the hour if one was said: "[2026-06-23 14:00] "; nothing for a time that belongs to something said before.

    Nor for several: "I can't come on Thursday" leaves every day but one, and the words say it better.
    """
    wish = run.facts.get("when")
    if wish is None or wish.turn != run.facts["message"].turn:
        return ""
    times = {_shown(window) for window in wish.value}
    return f"[{times.pop()}] " if len(times) == 1 else ""


def _shown(window: Mapping[str, Any]) -> str:
    start = str(window["start"]).replace("T", " ").removesuffix(" 00:00")
    return start[:_DATE] if window["grain"] == "part_of_day" else start


async def file_report(run: Run, context: ActionContext) -> Result:
    """Stores a report for staff under a number that the caller is told (`report_number`). Outcome: ok. Raises what the records raise.

    No two reports have the same number, and the same report again has the number that it has. The text begins with it, and with
    the caller's reference where that is known.
    """
    reference = run.facts.get("reference")
    for number in _numbers(run.key):
        about = f"[{number}]" if reference is None else f"[{number}, {reference.value}]"
        task = _task(run, context, f"report-{run.key}", "report", f"{about} {run.facts['message'].value}", number)
        try:
            stored = await context.records.add_task(task)
        except NumberTaken:
            continue
        return Result("ok", values={"report_number": stored.number})
    raise NumberTaken("every number that this report could have is taken")


def _numbers(key: str) -> Iterator[str]:
    """The numbers that a report may have, the same ones in the same order for its idempotency key.

    Short ones, and longer ones where these are taken: with half a million reports, one in 250 has nine digits.
    """
    for digits in (*[_REPORT_DIGITS] * _SHORT_ONES, *[_LONG_DIGITS] * _LONG_ONES):
        yield f"{int.from_bytes(sha256(key.encode()).digest()[:8]) % 10**digits:0{digits}}"
        key += "+"


def _task(run: Run, context: ActionContext, key: str, kind: str | None, text: str, told: str | None = None) -> StaffTask:
    name, phone = run.facts.get("name"), run.facts.get("phone")
    number = str(phone.value) if phone is not None else run.args.get("caller")
    return StaffTask(
        key=key,
        kind=kind or ("callback" if number else "message"),
        text=text,
        created_at=context.now,
        call_id=context.call_id,
        name=str(name.value) if name is not None else None,
        phone=number,
        language=context.language,
        number=told,
    )
