"""Answer a question from the business's own facts; what is not in them is not made up."""

from __future__ import annotations

from typing import Any, Final

from frontdesk.actions.context import ActionContext, Result
from fsm.draft import SPOKEN_OF
from fsm.effects import Run

__all__ = ["answer"]

_UNKNOWN: Final = "answers.unknown"
_NOTHING_ASKED: Final = frozenset({"hears_you"})
"""Who only asks whether anybody is there has asked nothing of the business: the call is not answered by it."""


async def answer(run: Run, context: ActionContext) -> Result:
    """Outcomes: ok, unknown. The line is said from business.yaml and the live calendar."""
    args = {name: value for name, value in run.args.items() if name != "caller"}
    topic = str(args.get("topic", ""))
    if topic == "my_appointment":
        args |= await _next_appointment(run, context)
    known = context.writer.answer_line(topic, args)
    if known is None:
        return Result("unknown", line=_UNKNOWN)
    line, values = known
    if service := {name: args[name] for name in ("service", "services") if name in args}:
        values = {**values, SPOKEN_OF: service}  # stays until another one is asked about: a question about a deposit may come in between
    return Result("unknown" if topic in _NOTHING_ASKED else "ok", line=line, values=values)


async def _next_appointment(run: Run, context: ActionContext) -> dict[str, Any]:
    """The caller's next appointment, known by caller id alone; nothing is said of a number that is not shown."""
    caller = run.args.get("caller")
    if not isinstance(caller, str):
        return {}
    found = await context.calendar.of_caller(phone=caller, now=context.now)
    if not found:
        return {"found": False}
    return {"found": True, "start": context.wall(found[0].start), "service": found[0].service, "staff": found[0].staff}
