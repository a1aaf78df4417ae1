"""Whose appointments a caller may hear of: ownership (docs/call-contract.md, conventions)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from frontdesk.actions.context import Result
from frontdesk.actions.find_appointments import find_appointments, same_name
from frontdesk.business import Business
from integrations.calendar.port import Appointment
from tests.actions.fakes import FakeCalendar, World, at, wish

OWN, OTHER = "+33612345678", "+33698765432"


def appointment(number: int, start: str, name: str, phone: str) -> Appointment:
    return Appointment(f"appt_{number}", "womens_cut", "lea", at(start), at(start) + dt.timedelta(minutes=45), name, phone)


@pytest.fixture
def world(salon: Business) -> World:
    calendar = FakeCalendar()
    calendar.appointments = {
        OWN: [appointment(1, "16T15:00", "Anna Sputer", OWN)],
        OTHER: [appointment(2, "17T10:00", "Marie Dupont", OTHER), appointment(3, "19T11:00", "Jean Dupont", OTHER)],
    }
    return World(salon, calendar)


async def find(world: World, **facts: Any) -> Result:
    return await find_appointments(world.run("find_appointments", **facts), world.context())


def ids(result: Result) -> list[str]:
    return [item["id"] for item in result.lists["appointments"]]


async def test_caller_id_is_enough(world: World) -> None:
    """Who calls from the number of an appointment owns it; the only one is chosen, from the record."""
    result = await find(world, caller=OWN)
    assert (result.outcome, ids(result)) == ("one", ["appt_1"])
    assert result.facts["appointment"].source.value == "record"


async def test_number_and_name_as_spoken(world: World) -> None:
    """A withheld number: number and name, both as spoken, open it."""
    assert ids(await find(world, name="Sputer", phone=OWN)) == ["appt_1"]


@pytest.mark.parametrize(("phone", "found"), [("+49612345678", ["appt_1"]), ("+34612345678", []), ("+49612345679", [])])
async def test_digits_taken_for_another_countrys_are_the_same_number_as_spoken(world: World, phone: str, found: list[str]) -> None:
    """ "Null sechs zwölf …" was taken for a German number, and the appointment under it was not found; Spanish ones have no zero."""
    assert ids(await find(world, name="Sputer", phone=phone)) == found
    assert ids(await find(world, name="Dupont", phone=phone)) == []


@pytest.mark.parametrize(
    "facts",
    [
        {"name": "Anna Sputer"},
        {"phone": OWN},
        {},
        {"caller": "+33600000000", "name": "Anna Sputer"},
        {"caller": "+33600000000"},
    ],
)
async def test_half_is_not_enough(world: World, facts: dict[str, Any]) -> None:
    """A name alone never opens anything, nor does a number that was merely spoken: both are asked for."""
    result = await find(world, **facts)
    assert (result.outcome, ids(result)) == ("unidentified", [])


@pytest.mark.parametrize(
    "facts", [{"name": "Marie Dupont", "phone": OWN}, {"name": "Sputer", "phone": OTHER}, {"name": "Sputer", "phone": "+33600000000"}]
)
async def test_another_callers_appointment_is_none(world: World, facts: dict[str, Any]) -> None:
    """The name of one and the number of another open nothing, and say nothing of either."""
    result = await find(world, **facts)
    assert (result.outcome, ids(result), dict(result.facts)) == ("none", [], {})


async def test_one_number_two_people(world: World) -> None:
    """A number that a family shares opens what is in the name that was said."""
    assert ids(await find(world, name="Jean Dupont", phone=OTHER)) == ["appt_3"]
    result = await find(world, name="Dupont", phone=OTHER)
    assert (result.outcome, ids(result)) == ("several", ["appt_2", "appt_3"])
    assert not result.facts


async def test_which_one_was_meant(world: World) -> None:
    """ "The one on Friday" chooses among several; words that fit none choose none."""
    assert ids(await find(world, caller=OTHER, which=[wish("19T00:00", "20T00:00", grain="day")])) == ["appt_3"]
    assert len(ids(await find(world, caller=OTHER, which=[wish("25T00:00", "26T00:00", grain="day")]))) == 2


async def test_of_somebody_who_shares_the_telephone(world: World) -> None:
    """Another name and another day than those of the one appointment there is: it is somebody else's, and the number is asked for."""
    thursday = [wish("18T00:00", "19T00:00", grain="day")]
    result = await find(world, caller=OWN, name="Marie Dupont", which=thursday)
    assert (result.outcome, ids(result), dict(result.facts)) == ("unidentified", [], {})
    assert ids(await find(world, caller=OWN, name="Marie Dupont", phone=OTHER, which=thursday)) == ["appt_2"]
    assert ids(await find(world, caller=OWN, name="Marie Dupont", phone="+33600000000", which=thursday)) == ["appt_1"]  # not found: theirs


@pytest.mark.parametrize("facts", [{"name": "Sputer"}, {}])
async def test_a_day_alone_may_be_misremembered(world: World, facts: dict[str, Any]) -> None:
    """The one appointment that there is under the caller's number is meant, whatever day they thought it was."""
    assert ids(await find(world, caller=OWN, which=[wish("18T00:00", "19T00:00", grain="day")], **facts)) == ["appt_1"]


async def test_caller_id_of_somebody_without_appointments(world: World) -> None:
    """Calling from elsewhere, number and name still open one's own."""
    assert ids(await find(world, caller="+33600000000", name="Sputer", phone=OWN)) == ["appt_1"]


@pytest.mark.parametrize(
    ("spoken", "stored", "same"),
    [
        ("Sputa", "Sputer", True),
        ("Sputer", "Anna Sputer", True),
        ("Anna Sputer", "Sputer", True),
        ("dupond", "Marie Dupont", True),
        ("Müller", "Mueller", True),
        ("Garcia Lopez", "Ana García López", True),
        ("De La Cruz", "Delacruz", True),
        ("Anna Sputer", "Berta Sputer", False),
        ("Moreau", "Marie", False),
        ("Martin", "Dupont", False),
        ("Weber", "Meier", False),
        ("", "Dupont", False),
        ("Dupont", "", False),
    ],
)
def test_same_name(spoken: str, stored: str, same: bool) -> None:
    """Names are compared as they sound; a surname alone is enough, another first name is another person."""
    assert same_name(spoken, stored) is same
