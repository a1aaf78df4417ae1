"""What is offered for a wish, and what is said when it cannot be met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from frontdesk.actions.context import Result
from frontdesk.actions.find_slots import find_slots
from frontdesk.business import Business
from tests.actions.fakes import NOW, FakeCalendar, World, at, fact, wish

DAY = ["09:00", "09:30", "10:00", "11:00", "11:30", "14:00", "14:30", "15:00", "15:15", "16:30", "17:00", "18:00"]
TUESDAY = [f"16T{time}" for time in DAY]
WEEK = [f"{day}T{time}" for day in (16, 17, 18, 19, 20) for time in DAY]

Free = Mapping[str, Sequence[str]] | Sequence[str]


async def search(salon: Business, free: Free, *windows: dict[str, Any], calendar: FakeCalendar | None = None, **more: Any) -> Result:
    world = World(salon, calendar or FakeCalendar(free))
    facts = {"service": "womens_cut", "when": list(windows), **more}
    refused = facts.pop("refused", ())
    near = facts.pop("near", None)
    now = facts.pop("now", NOW)
    return await find_slots(world.run("find_slots", refused=refused, near=near, **facts), world.context(now))


def starts(result: Result) -> list[str]:
    return [str(offer["start"])[8:] for offer in result.lists.get("offers", ())]


async def test_exact_and_free(salon: Business) -> None:
    """One time was wished for and is free: it is chosen, with the caller's own words as its source."""
    result = await search(salon, TUESDAY, wish("16T15:00"))
    assert result.outcome == "exact"
    assert result.facts["slot"].value == "2026-06-16T15:00"
    assert result.facts["slot"].words == "words"
    assert result.facts["slot"].detail == result.lists["offers"][0]


async def test_day_is_spread(salon: Business) -> None:
    """For a whole day: early, middle and late, and round times."""
    result = await search(salon, TUESDAY, wish("16T00:00", "17T00:00", grain="day"))
    assert (result.outcome, starts(result)) == ("offered", ["16T09:00", "16T14:00", "16T18:00"])


async def test_what_is_offered_lies_apart(salon: Business) -> None:
    """In an hour with four free times two are offered: who hears a quarter past five after five has learnt nothing."""
    last_hour = [f"13T17:{minute:02}" for minute in (0, 15, 30, 45)]
    result = await search(salon, last_hour, wish("13T17:00", "13T22:00", grain="part_of_day"))
    assert (result.outcome, starts(result)) == ("offered", ["13T17:00", "13T17:30"])


async def test_another_day_is_several_days(salon: Business) -> None:
    """Whoever rules out a day thinks in days: one time on each of the next, early, in the middle, and late."""
    result = await search(salon, WEEK, wish("12T09:00", "16T00:00", grain="day"), wish("17T00:00", grain="day", from_=True))
    assert (result.outcome, starts(result)) == ("offered", ["17T09:00", "18T14:00", "19T18:00"])


async def test_afternoon_stays_afternoon(salon: Business) -> None:
    """For a part of the day nothing outside it is offered."""
    result = await search(salon, WEEK, wish("17T12:00", "17T18:00", grain="part_of_day"))
    assert all("17T12:00" <= start < "17T18:00" for start in starts(result))
    assert len(starts(result)) == 3


async def test_week_is_spread_over_its_days(salon: Business) -> None:
    """For a whole week, different days."""
    result = await search(salon, WEEK, wish("15T00:00", "22T00:00", grain="week"))
    assert len({start[:2] for start in starts(result)}) == 3


async def test_as_soon_as_possible(salon: Business) -> None:
    """The first free time comes first, the others follow it."""
    result = await search(salon, WEEK, wish("12T09:00", from_=True))
    assert starts(result) == ["16T09:00", "16T10:00", "16T11:00"]


async def test_as_soon_as_possible_after_a_refusal(salon: Business) -> None:
    """Who has refused the first times is offered the next ones, not some in three months."""
    result = await search(salon, [*WEEK, "30T09:00"], wish("12T09:00", from_=True), refused=["16T09:00", "16T10:00", "16T11:00"])
    assert starts(result) == ["16T14:00", "16T17:00", "17T09:00"]


async def test_several_wishes(salon: Business) -> None:
    """ "Tuesday or Thursday" is offered both."""
    result = await search(salon, WEEK, wish("16T00:00", "17T00:00", grain="day"), wish("18T00:00", "19T00:00", grain="day"))
    assert {start[:2] for start in starts(result)} == {"16", "18"}


async def test_several_exact_times(salon: Business) -> None:
    """Of several times named, those that are free are offered, and no others."""
    result = await search(salon, ["16T15:00", "16T16:30"], wish("16T15:00"), wish("17T15:00"))
    assert (result.outcome, starts(result)) == ("offered", ["16T15:00"])


# -- why not --------------------------------------------------------------------------------------------------------


async def test_time_is_full(salon: Business) -> None:
    """An exact time that is gone: the last before, the first after, and the same time on another day."""
    free = [start for start in WEEK if start != "16T15:00"]
    result = await search(salon, free, wish("16T15:00"))
    assert (result.outcome, starts(result)) == ("full", ["16T14:30", "16T15:15", "17T15:00"])


async def test_afternoon_is_full(salon: Business) -> None:
    """A full afternoon: what is nearest on that day, then other afternoons; never three in a row."""
    free = [start for start in WEEK if not "16T12:00" <= start < "16T18:30"]
    result = await search(salon, free, wish("16T12:00", "16T18:00", grain="part_of_day"))
    assert (result.outcome, starts(result)) == ("full", ["16T10:00", "16T11:30", "17T14:00"])


async def test_closed_day(salon: Business) -> None:
    """A closed day is said to be closed, and why, before other days are offered, at the wished time of day."""
    result = await search(salon, WEEK, wish("14T12:00", "14T18:00", grain="part_of_day"))
    assert result.outcome == "closed"
    assert result.values == {"day": "2026-06-14", "closed": "weekday"}
    assert starts(result) == ["16T14:00", "16T17:00", "17T14:00"]


async def test_closed_on_some_of_the_days(salon: Business) -> None:
    """ "Monday or Tuesday" is not closed: Tuesday is open, though full."""
    result = await search(salon, ["18T09:00"], wish("15T00:00", "16T00:00", grain="day"), wish("16T00:00", "17T00:00", grain="day"))
    assert result.outcome == "full"


async def test_public_holiday(salon: Business) -> None:
    """A public holiday has its own reason."""
    result = await search(
        salon, WEEK, {"start": "2026-07-14T00:00", "end": "2026-07-15T00:00", "grain": "day", "from": False, "until": False}
    )
    assert (result.outcome, result.values["closed"]) == ("closed", "holiday")


async def test_too_soon(salon: Business) -> None:
    """Within the notice that the business needs, and in the past, it is too soon; the next times are offered."""
    for time in ("12T09:30", "12T08:00"):
        result = await search(salon, ["12T10:30", "16T09:00"], wish(time))
        assert (result.outcome, starts(result)[0]) == ("too_soon", "12T10:30")


async def test_too_far(salon: Business) -> None:
    """Beyond the horizon it is too far."""
    result = await search(salon, WEEK, {"start": "2027-06-16T15:00", "end": None, "grain": "minute", "from": False, "until": False})
    assert result.outcome == "too_far"


async def test_not_with_that_person(salon: Business) -> None:
    """The person asked for is not free then, but somebody else is: that is said, and the other person's time offered."""
    result = await search(salon, {"lea": ["17T15:00"], "paul": ["16T15:00"]}, wish("16T15:00"), staff="lea")
    assert result.outcome == "not_with"
    assert [(offer["start"], offer["staff"]) for offer in result.lists["offers"]] == [("2026-06-16T15:00", "paul")]


async def test_person_who_does_not_do_it(salon: Business) -> None:
    """Asked for somebody who does not do this, it is offered with those who do; it is no failure of the calendar."""
    calendar = FakeCalendar({"lea": TUESDAY, "paul": TUESDAY}, can={"womens_cut": ["paul"]})
    result = await search(salon, {}, wish("16T15:00"), staff="lea", calendar=calendar)
    assert (result.outcome, result.lists["offers"][0]["staff"]) == ("not_with", "paul")


async def test_any_person(salon: Business) -> None:
    """No preference is no person."""
    result = await search(salon, {"paul": ["16T15:00"]}, wish("16T15:00"), staff="any")
    assert result.outcome == "exact"


async def test_nothing_at_all(salon: Business) -> None:
    """No free time up to the horizon: none."""
    assert (await search(salon, [], wish("16T15:00"))).outcome == "none"


# -- refusals -------------------------------------------------------------------------------------------------------


async def test_neighbours_of_a_refused_time(salon: Business) -> None:
    """Who does not want 15:00 does not want 14:00 or 16:15 either; ninety minutes away is another time."""
    free = ["16T14:00", "16T14:30", "16T15:00", "16T16:15", "16T16:30"]
    result = await search(salon, free, wish("16T00:00", "17T00:00", grain="day"), refused=["16T15:00"])
    assert starts(result) == ["16T16:30"]


async def test_exhausted(salon: Business) -> None:
    """Everything that fits was refused: that is asked about, not offered again."""
    result = await search(salon, TUESDAY[:3], wish("16T00:00", "17T00:00", grain="day"), refused=TUESDAY[:3])
    assert (result.outcome, starts(result)) == ("exhausted", [])


async def test_refused_time_wished_for_again(salon: Business) -> None:
    """Who comes back to a time by name gets it."""
    assert (await search(salon, TUESDAY, wish("16T15:00"), refused=["16T15:00"])).outcome == "exact"


@pytest.mark.parametrize("count", range(4))
async def test_refused_times_never_come_back(salon: Business, count: int) -> None:
    """Search after search, no time is offered twice."""
    refused: list[str] = []
    for _ in range(count + 1):
        result = await search(salon, WEEK, wish("15T00:00", "22T00:00", grain="week"), refused=refused)
        assert not set(starts(result)) & set(refused)
        refused += starts(result)


# -- moving ---------------------------------------------------------------------------------------------------------

MOVED = {"id": "appt_1", "service": "colour", "staff": "paul", "start": "2026-06-18T10:00", "end": "2026-06-18T12:00", "name": "Sputer"}


async def test_moved_appointment_keeps_its_service_and_person(salon: Business) -> None:
    """What is moved stays what it is: its service, whatever it is called now, and with the same person where possible."""
    calendar = FakeCalendar({"lea": ["16T15:00"], "paul": ["16T15:00"]})
    result = await search(salon, {}, wish("16T15:00"), appointment=fact("appt_1", MOVED), intent="reschedule", calendar=calendar)
    assert calendar.log[0][1] == {"service": "colour", "staff": None, "instead_of": "appt_1"}
    assert result.facts["slot"].detail is not None
    assert result.facts["slot"].detail["staff"] == "paul"


async def test_without_a_service_nothing_is_searched(salon: Business) -> None:
    """Neither a service nor an appointment: a failure, not a crash."""
    world = World(salon)
    assert (await find_slots(world.run("find_slots", when=[wish("16T15:00")]), world.context())).outcome == "failed"


async def test_offers_are_in_order_and_complete(salon: Business) -> None:
    """Offers come in the order of time, with start, end and person, and never more than the business wants."""
    for window in (wish("16T00:00", "17T00:00", grain="day"), wish("14T00:00", "15T00:00", grain="day"), wish("12T09:00", from_=True)):
        result = await search(salon, WEEK, window)
        offers = list(result.lists["offers"])
        assert starts(result) == sorted(starts(result))
        assert 0 < len(offers) <= salon.booking.offers
        assert all(set(offer) == {"start", "end", "staff"} for offer in offers)


def test_friday_is_friday() -> None:
    """The days of these tests are what they are said to be."""
    assert (NOW.weekday(), at("16T15:00").weekday()) == (4, 1)
