"""The calendar of a test does what its fixture says, and no more."""

from __future__ import annotations

import datetime as dt

import pytest

from integrations.calendar.fixture import FixtureCalendar, SeedAppointment
from integrations.calendar.port import AppointmentStatus, Contact
from integrations.errors import SlotTaken, TimedOut, Unavailable

WHO = Contact("Marie Dupont", "+33612345678")


@pytest.fixture
def listed(database, salon):
    """Build a fixture of listed times of the 16th."""

    def build(*times: str, **options: object) -> FixtureCalendar:
        return FixtureCalendar(database, salon.resources, free_slots=[salon.at(time) for time in times], **options)  # type: ignore[arg-type]

    return build


async def test_listed_times_are_exactly_the_bookable_ones(listed, salon):
    """Whatever hours, lunch, notice and grid say, for any service and stylist; the end comes from the service."""
    calendar = listed("16 12:10", "16 20:00", "15 10:05", closed=lambda _day: False)
    day = {"after": salon.at("15 00:00"), "before": salon.at("17 00:00")}
    assert await salon.starts(calendar, **day) == ["15 10:05 lea", "16 12:10 lea", "16 20:00 lea"]
    assert await salon.starts(calendar, "beard", **day) == ["15 10:05 tom", "16 12:10 tom", "16 20:00 tom"]
    assert await salon.starts(calendar, staff="mia", **day) == ["15 10:05 mia", "16 12:10 mia", "16 20:00 mia"]
    made = await calendar.book(salon.slot("16 20:00", service="colour"), "colour", WHO, key="k", call_id="a", now=salon.now)
    assert made.end == salon.at("16 21:45")


async def test_no_listed_time_is_free_on_a_closed_day_or_in_the_past(listed, salon):
    """Closed days are still those of the business."""
    calendar = listed("21 10:00", "14 10:00", "15 09:00", "16 10:00")
    assert await salon.starts(calendar, after=salon.at("01 00:00"), before=salon.at("30 00:00")) == ["16 10:00 lea"]
    closed = listed("16 10:00", closed=lambda day: day == dt.date(2026, 6, 16))
    assert await salon.starts(closed) == []


async def test_a_listed_time_is_bookable_once_and_comes_back_when_it_is_left(listed, salon):
    """Taken for every service and stylist by a booking; free again after a move or a cancellation."""
    calendar = listed("16 09:00", "16 09:15")
    made = await calendar.book(salon.slot("16 09:00"), "cut", WHO, key="k", call_id="a", now=salon.now)
    assert await salon.starts(calendar, "beard") == ["16 09:15 tom"]
    await calendar.move(made.id, salon.slot("16 09:15"), key="k2", call_id="a", now=salon.now)
    assert await salon.starts(calendar) == ["16 09:00 lea"]
    await calendar.cancel(made.id, key="k3", call_id="a", now=salon.now)
    assert await salon.starts(calendar) == ["16 09:00 lea", "16 09:15 lea"]


async def test_an_empty_list_means_fully_booked(listed, salon):
    """`free_slots: []` is not the same as none given."""
    assert await salon.starts(listed()) == []


async def test_seeded_appointments_are_booked_rows_with_the_first_who_can(listed, salon):
    """They exist before the call, do not block listed times, and belong to the rows of every call."""
    calendar = listed("16 15:00")
    seeds = [
        SeedAppointment("beard", salon.at("16 15:00"), "Jean Petit", "+33611111111"),
        SeedAppointment("cut", salon.at("14 15:00"), "X"),
    ]
    made = await calendar.seed(seeds, now=salon.now)
    assert [(row.staff, row.status, row.phone) for row in made] == [
        ("tom", AppointmentStatus.BOOKED, "+33611111111"),
        ("lea", AppointmentStatus.BOOKED, None),
    ]
    assert made[0].end - made[0].start == dt.timedelta(minutes=20)
    assert await calendar.of_caller(phone="+33611111111", now=salon.now) == [made[0]]
    assert await salon.starts(calendar, "beard") == ["16 15:00 tom"]
    booked = await calendar.book(salon.slot("16 15:00"), "cut", WHO, key="k", call_id="a", now=salon.now)
    assert await calendar.of_call("a") == sorted([*made, booked], key=lambda row: (row.start, row.staff))
    assert await calendar.of_call("b") == sorted(made, key=lambda row: row.start)


async def test_seeding_again_puts_the_same_rows_back(listed, salon):
    """A second run on the same database finds the fixture as it was written, not as the first run left it."""
    seeds = [SeedAppointment("cut", salon.at("16 15:00"), "Jean Petit", "+33611111111")]
    made = await listed().seed(seeds, now=salon.now)
    await listed().cancel(made[0].id, key="k", call_id="a", now=salon.now)
    assert await listed().seed(seeds, now=salon.now) == made
    assert await listed().all() == made


async def test_seeded_appointments_take_time_in_working_hours(database, salon):
    """Without listed times the fixture is the ordinary calendar: two at once are with two stylists."""
    calendar = FixtureCalendar(database, salon.resources)
    seeds = [SeedAppointment("cut", salon.at("16 09:00"), name, None) for name in "ABCD"]
    made = await calendar.seed(seeds, now=salon.now)
    assert [row.staff for row in made] == ["lea", "tom", "mia", "lea"]
    assert not [start for start in await salon.starts(calendar) if start.startswith("16 09:00")]


async def test_a_list_of_failures_is_used_attempt_by_attempt(database, salon):
    """timeout, error, then all is well, without waiting."""
    calendar = FixtureCalendar(database, salon.resources, fail={"find_slots": ["timeout", "error"]})
    with pytest.raises(TimedOut):
        await salon.starts(calendar)
    with pytest.raises(Unavailable):
        await salon.starts(calendar)
    assert await salon.starts(calendar)


async def test_a_single_failure_stays(database, salon):
    """One word fails every time, and nothing is written."""
    calendar = FixtureCalendar(database, salon.resources, fail={"commit": "error"})
    for attempt in ("k", "k", "k2"):
        with pytest.raises(Unavailable):
            await calendar.book(salon.slot("16 09:00"), "cut", WHO, key=attempt, call_id="a", now=salon.now)
    assert await calendar.all() == []


@pytest.mark.parametrize("with_list", [True, False])
async def test_taken_means_that_somebody_else_has_the_time_now(database, salon, with_list):
    """The commit is refused although the call held the time; it is offered to nobody again, the next time books."""
    listed = [salon.at("16 09:00"), salon.at("16 10:00")] if with_list else None
    calendar = FixtureCalendar(database, salon.resources, free_slots=listed, fail={"commit": ["taken", "ok"]})
    await calendar.hold(salon.slot("16 09:00"), "cut", call_id="a", now=salon.now)
    with pytest.raises(SlotTaken):
        await calendar.book(salon.slot("16 09:00"), "cut", WHO, key="k", call_id="a", now=salon.now)
    for call_id in ("a", "b"):
        assert not [start for start in await salon.starts(calendar, call_id=call_id) if start.startswith("16 09:00")]
    with pytest.raises(SlotTaken):
        await calendar.hold(salon.slot("16 09:00"), "cut", call_id="a", now=salon.now)
    made = await calendar.book(salon.slot("16 10:00"), "cut", WHO, key="k2", call_id="a", now=salon.now)
    assert await calendar.all() == [made]


async def test_taken_while_moving_leaves_the_appointment(database, salon):
    """The old time stays booked; the time that was wanted is gone."""
    calendar = FixtureCalendar(database, salon.resources, fail={"commit": ["ok", "taken"]})
    made = await calendar.book(salon.slot("16 09:00"), "cut", WHO, key="k", call_id="a", now=salon.now)
    with pytest.raises(SlotTaken):
        await calendar.move(made.id, salon.slot("16 10:30"), key="k2", call_id="a", now=salon.now)
    assert await calendar.all() == [made]
