"""Who is who they say they are, and reports under a number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from frontdesk.actions.context import ActionContext
from frontdesk.actions.runner import run_action
from frontdesk.business import load_business
from fsm.facts import Origin
from integrations.customers.listed import ListedCustomers
from integrations.customers.port import Customer
from tests.actions.fakes import World
from tests.conftest import ROOT

CLAIRE = Customer("47219306", "1978-03-12", {"premium": 412.5})


@pytest.fixture
def world() -> World:
    return World(load_business(ROOT / "business.yaml"))


@pytest.fixture
def context(world: World) -> ActionContext:
    return replace(world.context(), customers=ListedCustomers([CLAIRE]))


async def test_both_particulars_open_the_record(world: World, context: ActionContext) -> None:
    """The record comes as the fact `customer`, with what may be told."""
    result = await run_action(world.run("verify_identity", reference="47219306", birth_date="1978-03-12"), context)
    assert result.outcome == "ok"
    assert result.facts["customer"].detail == {"premium": 412.5}
    assert result.facts["customer"].source is Origin.RECORD


@pytest.mark.parametrize(("reference", "born"), [("47219306", "1978-03-13"), ("47219307", "1978-03-12"), ("00000000", "1900-01-01")])
async def test_one_wrong_particular_is_as_wrong_as_two(world: World, context: ActionContext, reference: str, born: str) -> None:
    """Nothing in the result says which."""
    result = await run_action(world.run("verify_identity", reference=reference, birth_date=born), context)
    assert (result.outcome, dict(result.facts), dict(result.values), result.line) == ("wrong", {}, {}, None)


async def test_without_records_nobody_is_known(world: World) -> None:
    """A business that keeps no customers opens nothing to anybody."""
    result = await run_action(world.run("verify_identity", reference="47219306", birth_date="1978-03-12"), world.context())
    assert result.outcome == "wrong"


async def test_a_report_is_stored_under_the_number_that_the_caller_hears(world: World, context: ActionContext) -> None:
    """The same report again has the same number and is stored once; staff see it beside the contract."""
    run = world.run("file_report", caller="+33612345678", message="a burst pipe", reference="47219306")
    first, again = await run_action(run, context), await run_action(run, context)
    assert first.outcome == "ok"
    assert first.values == again.values
    [task] = world.records.tasks.values()
    number = first.values["report_number"]
    assert len(number) == 6
    assert (task.kind, task.text, task.phone) == ("report", f"[{number}, 47219306] a burst pipe", "+33612345678")


async def test_two_reports_have_two_numbers(world: World, context: ActionContext) -> None:
    """The number comes from the idempotency key."""
    run = world.run("file_report", message="a burst pipe")
    numbers = [(await run_action(one, context)).values["report_number"] for one in (run, replace(run, key="key_2"))]
    assert len(set(numbers)) == 2


async def test_a_number_that_is_taken_is_given_to_nobody_else(world: World, context: ActionContext) -> None:
    """The next one is taken, the same whenever the report is filed again; it is longer when all short ones are gone."""
    run = world.run("file_report", message="a burst pipe")
    first = (await run_action(run, context)).values["report_number"]
    [task] = world.records.tasks.values()
    seen = [first]
    while len(seen) < 9:
        # All numbers so far belong to others.
        world.records.tasks = {f"other-{number}": replace(task, key=f"other-{number}", number=str(number)) for number in seen}
        result, again = await run_action(run, context), await run_action(run, context)
        assert (result.outcome, result.values) == ("ok", again.values)
        assert world.records.tasks[f"report-{run.key}"].text.startswith(f"[{result.values['report_number']}]")
        seen.append(result.values["report_number"])
    assert len(set(seen)) == 9
    assert [len(str(number)) for number in seen] == [6] * 8 + [9]
