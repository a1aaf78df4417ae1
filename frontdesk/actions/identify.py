"""Find out whether callers are who they say they are, from what only they know."""

from __future__ import annotations

from typing import Final

from frontdesk.actions.context import ActionContext, Result
from fsm.effects import Run
from fsm.facts import Fact, Origin

__all__ = ["verify_identity"]

CUSTOMER: Final = "customer"


async def verify_identity(run: Run, context: ActionContext) -> Result:
    """Outcomes: ok (and the record is known as the fact `customer`), wrong. Raises what the customer records raise.

    Which of the two particulars was wrong is told to nobody. How often a caller may try is the graph's business.
    """
    reference, birth_date = run.facts["reference"], run.facts["birth_date"]
    found = await context.customers.find(str(reference.value), str(birth_date.value))
    if found is None:
        return Result("wrong")
    return Result("ok", facts={CUSTOMER: Fact(found.reference, Origin.RECORD, 0, "", dict(found.details))})
