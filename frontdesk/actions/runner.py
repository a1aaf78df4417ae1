"""Runs the action that the engine asked for, and turns every failure into an outcome."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from frontdesk.actions.answer import answer
from frontdesk.actions.appointments import book, cancel, hold, move
from frontdesk.actions.context import ActionContext, Result
from frontdesk.actions.find_appointments import find_appointments
from frontdesk.actions.find_slots import find_slots
from frontdesk.actions.identify import verify_identity
from frontdesk.actions.notify import send_sms
from frontdesk.actions.people import file_report, reach_people, save_message, transfer
from frontdesk.actions.take_up import take_up
from fsm.effects import Run
from integrations.errors import IntegrationError

__all__ = ["ACTIONS", "ATTEMPTS", "run_action"]

_log = logging.getLogger(__name__)

Action = Callable[[Run, ActionContext], Awaitable[Result]]

ACTIONS: Final[Mapping[str, Action]] = {
    "answer": answer,
    "find_slots": find_slots,
    "hold": hold,
    "book": book,
    "move": move,
    "cancel": cancel,
    "send_sms": send_sms,
    "find_appointments": find_appointments,
    "save_message": save_message,
    "verify_identity": verify_identity,
    "file_report": file_report,
    "reach_people": reach_people,
    "transfer": transfer,
    "take_up": take_up,
}

_WHEN_BROKEN: Final[Mapping[str, str]] = {"answer": "unknown", "reach_people": "closed", "take_up": "ok"}
"""The outcome that stands for a failure where the catalogue has no "failed"."""

ATTEMPTS: Final = 2
"""A retryable failure is tried once more, under the same idempotency key, within the same deadline."""


async def run_action(run: Run, context: ActionContext) -> Result:
    """The result of an action; "failed" for every failure, and when its deadline has passed. Never raises for one."""
    try:
        async with asyncio.timeout(run.timeout_s):
            return await _patiently(run, context)
    except TimeoutError:
        _log.warning("action %s of call %s missed its deadline of %.1f s", run.action, run.id, run.timeout_s)
    except IntegrationError as error:
        # The type alone: messages of the outside world may carry names and numbers.
        _log.warning("action %s of call %s failed: %s", run.action, run.id, type(error).__name__)
    except Exception as error:  # noqa: BLE001 - the last line of defence: a fault of ours must not leave the caller without an answer
        _log.error("action %s of call %s is faulty: %s", run.action, run.id, type(error).__name__)
    return Result(_WHEN_BROKEN.get(run.action, "failed"))


async def _patiently(run: Run, context: ActionContext) -> Result:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            context.rehearse(run.action)
            return await ACTIONS[run.action](run, context)
        except IntegrationError as error:
            if not error.retryable or attempt == ATTEMPTS:
                raise
    raise AssertionError("unreachable")  # the last attempt returns or raises
