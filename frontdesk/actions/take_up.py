"""What was put off for later in the call: of two wishes the second one, once the first is booked."""

from __future__ import annotations

from typing import Final

from frontdesk.actions.context import ActionContext, Result
from fsm.effects import Run

__all__ = ["ANOTHER", "take_up"]

ANOTHER: Final = "another"
"""The fact that keeps the service of the other wish."""


async def take_up(run: Run, context: ActionContext) -> Result:
    """Outcome: ok. What was wished for as well is the `service` now, as the caller said it; none where it was not named."""
    del context
    other = run.facts.get(ANOTHER)
    return Result("ok", facts={"service": other} if other is not None else {})
