"""`frontdesk messages`: the messages, call-backs and reports that calls have left to the staff."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections.abc import Mapping
from typing import Any, Final, TextIO

from frontdesk.bootstrap.clock import machine_clock
from frontdesk.cli.left_by_calls import INDENT, LeftOptions, Stored, answer_lines, of_business, summary, tell, who, with_stored
from frontdesk.cli.options import BadOption
from frontdesk.cli.own_answers import OwnAnswers
from frontdesk.conversation.ports import Clock
from integrations.records.port import StaffTask

__all__ = ["print_messages"]

_KINDS: Final = {
    "callback": "message or call-back",
    "message": "message, without a number to ring back",
    "report": "report",
    "sms_failed": "this text message did not go out",
}


def print_messages(options: LeftOptions, stdout: TextIO, stderr: TextIO, clock: Clock = machine_clock, *, done: int | None = None) -> int:
    """Prints the messages, call-backs and reports that are still to be done, newest last. Returns the exit code 0.

    `done`: only notes that the one with this number is done, and prints it.

    Raises BadOption, ContentProblems, SettingsProblem and StorageError.
    """

    async def work(stored: Stored) -> None:
        if done is not None:
            await _finish(done, stored, stdout, clock())
            return
        tasks = await stored.records.tasks(open_only=not options.everything)
        ours, others = await of_business([(task, task.call_id) for task in tasks], stored)
        if options.as_json:
            print(json.dumps([await _task_as_json(task, stored) for task in ours]), file=stdout)
            return
        for task in ours:
            tell(stdout, await _task_lines(task, stored))
        nothing = "Nothing is stored." if options.everything else "Nothing is left to do."
        tell(stdout, [summary(len(ours), "message", nothing, others)])

    return asyncio.run(with_stored(options, work, stderr))


async def _finish(number: int, stored: Stored, stdout: TextIO, now: dt.datetime) -> None:
    """Of a message of another business it is told as little as of one that is not there."""
    found = [(task, task.call_id) for task in await stored.records.tasks() if task.id == number]
    ours, _ = await of_business(found, stored)
    task = await stored.records.finish_task(number, now) if ours else None
    if task is None:
        raise BadOption(f"There is no message {number}; frontdesk messages shows their numbers.")
    tell(stdout, await _task_lines(task, stored))


async def _task_lines(task: StaffTask, stored: Stored) -> list[str]:
    state = "to do" if task.done_at is None else f"done {stored.wall(task.done_at)}"
    kind = _KINDS.get(task.kind, task.kind)
    return [
        f"{task.id}  {stored.wall(task.created_at)}, {kind}: {state}",
        *who(task.name, task.phone, None, task.language),
        f"{INDENT}{task.text}",
        *answer_lines(await _answers(task, stored.answers)),
        "",
    ]


async def _answers(task: StaffTask, answers: OwnAnswers) -> Mapping[str, Any]:
    """The key of a task ends with that of the action that left it."""
    return await answers.for_key(task.call_id, task.key.rpartition("-")[2])


async def _task_as_json(task: StaffTask, stored: Stored) -> dict[str, Any]:
    return {
        "id": task.id,
        "kind": task.kind,
        "name": task.name,
        "phone": task.phone,
        "text": task.text,
        "since": task.created_at.astimezone(stored.business.zone).isoformat(timespec="minutes"),
        "done": task.done_at.astimezone(stored.business.zone).isoformat(timespec="minutes") if task.done_at is not None else None,
        "language": task.language,
        "number": task.number,
        "call": task.call_id,
        "answers": dict(await _answers(task, stored.answers)),
    }
