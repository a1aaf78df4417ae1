"""What the catalogue says of outcomes is so: which fact one brings, which it presumes, and that it says of what is missing that it is."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.actions.context import Result
from frontdesk.actions.runner import run_action
from frontdesk.business import Business
from integrations.calendar.port import Appointment
from integrations.customers.listed import ListedCustomers
from integrations.customers.port import Customer
from tests.actions.fakes import FakeCalendar, World, at, wish

NUMBER = "+33612345678"
_VALUES: dict[str, tuple[Any, ...]] = {
    "name": (None, "Anna Sputer", "Marie Dupont"),
    "phone": (None, NUMBER, "+33600000000"),
    "caller": (None, NUMBER, "+33600000000"),
    "which": (None, [wish("16T00:00", "17T00:00", grain="day")]),
    "service": ("womens_cut",),
    "staff": (None, "any", "lea", "karim"),
    "when": tuple([one] for one in (wish("16T15:00"), wish("17T10:00"), wish("16T00:00", "17T00:00", grain="day"), wish("14T10:00"))),
    "reference": ("47219306", "1"),
    "birth_date": ("1978-03-12", "1978-03-13"),
}
_WORLDS = {
    "find_appointments": ("name", "phone", "caller", "which"),
    "find_slots": ("service", "staff", "when"),
    "verify_identity": ("reference", "birth_date"),
}


async def outcomes(salon: Business, action: str) -> list[tuple[dict[str, Any], Result]]:
    """What an action comes to, with everything that may be known."""
    calendar = FakeCalendar({"lea": ["16T15:00", "16T16:00"], "karim": ["17T10:00", "17T15:00"]})
    calendar.appointments = {
        NUMBER: [
            Appointment(f"a{day}", "womens_cut", "lea", at(f"{day}T15:00"), at(f"{day}T15:45"), "Anna Sputer", NUMBER) for day in (16, 17)
        ]
    }
    world = World(salon, calendar)
    context = replace(world.context(), customers=ListedCustomers([Customer("47219306", "1978-03-12", {})]))
    found = []
    for values in product(*(_VALUES[name] for name in _WORLDS[action])):
        facts = {name: value for name, value in zip(_WORLDS[action], values, strict=True) if value is not None}
        found.append((facts, await run_action(world.run(action, **facts), context)))
    return found


@pytest.mark.parametrize("action", _WORLDS)
async def test_outcomes_keep_to_it(salon: Business, action: str) -> None:
    """Each outcome that something is said of comes up, and what is said holds every time."""
    spec, came = CATALOGUE[action], set()
    for facts, result in await outcomes(salon, action):
        came.add(result.outcome)
        assert all(name in result.facts for outcome, name in spec.brings if outcome == result.outcome), (facts, result)
        assert all(name in facts for outcome, name in spec.presumes if outcome == result.outcome), (facts, result)
        missed = {name for outcome, name in spec.misses if outcome == result.outcome}
        assert not missed or not missed <= facts.keys(), (facts, result)
    assert {outcome for outcome, _ in spec.brings | spec.presumes | spec.misses} <= came


def test_nothing_is_said_of_others() -> None:
    """An action of which something is said is among those that are tried."""
    assert {name for name, spec in CATALOGUE.items() if spec.brings or spec.presumes or spec.misses} == _WORLDS.keys()
