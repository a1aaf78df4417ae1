"""How an action comes out in a call that is made again: by what was asked, or by what the business itself answers."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, Final, cast

from frontdesk.actions.context import ActionContext
from frontdesk.actions.runner import ACTIONS
from frontdesk.conversation.ports import Content
from fsm.effects import Run
from fsm.events import ActionFinished

__all__ = ["answer_of_content", "asked"]

_OF_CONTENT: Final = frozenset({"answer", "reach_people", "take_up"})
"""Actions that look into the business, and for some questions only into the calendar."""


def asked(run: Run, content: Content) -> str:
    """What an action is asked with: equal texts have equal outcomes at the same moment. Facts it does not read do not count."""
    reads = content.graph.catalogue[run.action].reads
    facts = {name: fact.value for name, fact in run.facts.items() if name in reads}
    return json.dumps([run.action, facts, dict(run.args), run.refused, run.refused_near], sort_keys=True)


class _OutsideWorld(Exception):
    """The action wants something that a replay does not have."""


class _Nothing:
    """Stands for calendar, records and the rest."""

    def __getattr__(self, name: str) -> Any:
        raise _OutsideWorld(name)


async def answer_of_content(run: Run, content: Content, at: str) -> ActionFinished | None:
    """What the business answers by itself at a moment (ISO 8601); None where the outside world would have to be asked."""
    if run.action not in _OF_CONTENT:
        return None
    nothing = cast("Any", _Nothing())
    now = dt.datetime.fromisoformat(at).astimezone(content.business.zone)
    context = ActionContext(
        call_id=run.id,
        language="",
        now=now,
        business=content.business,
        calendar=nothing,
        records=nothing,
        outbox=nothing,
        sms=nothing,
        telephony=nothing,
        writer=content.speaker,
    )
    try:
        result = await ACTIONS[run.action](run, context)
    except _OutsideWorld:
        return None
    return ActionFinished(at, run.id, result.outcome, result.facts, result.lists, result.values, result.line)
