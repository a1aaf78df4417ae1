"""Working hours, phases and clock changes: what the local calendar offers."""

from __future__ import annotations

import datetime as dt
import os
import time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrations.calendar.local import LocalCalendar
from integrations.calendar.port import Contact, Phase, Resources, ServiceTime
from integrations.calendar.timetable import CELL_MIN, WorkingHours
from integrations.errors import Closed, SlotTaken, UnknownService
from tests.examples import examples

WHO = Contact("Marie Dupont", "+33612345678")


async def test_nothing_reaches_into_lunch_or_past_closing(local, salon):
    """A visit lies within one working interval from its beginning to its end."""
    starts = await salon.starts(local, staff="lea")
    assert starts[0] == "16 09:00 lea"
    assert "16 11:15 lea" in starts
    assert "16 11:30 lea" not in starts
    assert "16 13:00 lea" in starts
    assert starts[-1] == "16 18:15 lea"


async def test_closed_days_and_holidays_have_no_free_times(local, salon):
    """Sunday, Monday and the 14th of July are empty."""
    for day in ("2026-06-21", "2026-06-22", "2026-07-14"):
        after = salon.at(f"{day} 00:00")
        assert await salon.starts(local, after=after, before=after + dt.timedelta(days=1)) == []


async def test_everybody_works_their_own_hours(local, salon):
    """Mia works mornings only, until one."""
    starts = await salon.starts(local, staff="mia")
    assert (starts[0], starts[-1]) == ("16 09:00 mia", "16 12:15 mia")


async def test_staff_come_in_the_order_of_preference(local, salon):
    """Where several are free at one time, the preferred one is offered first."""
    assert (await salon.starts(local))[:3] == ["16 09:00 lea", "16 09:00 tom", "16 09:00 mia"]


async def test_only_those_who_can_do_a_service_are_offered(local, salon):
    """Beards are Tom's; with Lea they are refused, to offer, to hold and to book."""
    assert {start.split()[-1] for start in await salon.starts(local, "beard")} == {"tom"}
    with pytest.raises(UnknownService):
        await salon.starts(local, "beard", staff="lea")
    with pytest.raises(UnknownService):
        await local.hold(salon.slot("16 09:00", "lea", "beard"), "beard", call_id="a", now=salon.now)
    assert await salon.starts(local, "nobody") == []


async def test_nothing_is_offered_sooner_than_the_lead_or_later_than_the_horizon(local, salon):
    """An hour's notice, ninety days ahead."""
    now = salon.at("16 09:10")
    assert (await salon.starts(local, staff="lea", now=now))[0] == "16 10:15 lea"
    far = now + dt.timedelta(days=90)
    assert await salon.starts(local, after=far, before=far + dt.timedelta(days=7), now=now) == []


async def test_a_time_that_was_held_in_time_can_still_be_booked_after_the_lead_has_passed(local, salon):
    """The notice counts when a time is offered; talking for a few minutes does not lose it."""
    now = salon.at("16 09:14")
    await local.hold(salon.slot("16 10:15"), "cut", call_id="a", now=now)
    await local.book(salon.slot("16 10:15"), "cut", WHO, key="k", call_id="a", now=now + dt.timedelta(minutes=6))


async def test_the_last_free_time_is_found_however_far_it_is(local, salon):
    """With a limit the search goes on until the horizon, and stops there."""
    far = salon.now + dt.timedelta(days=400)
    holidays = salon.with_resources(hours=lambda staff, day: salon.resources.hours(staff, day) if day >= dt.date(2026, 9, 1) else ())
    calendar = LocalCalendar(local._database, holidays)
    starts = await salon.starts(calendar, limit=1, before=far)
    assert starts == ["01 09:00 lea", "01 09:00 tom", "01 09:00 mia"]
    nothing = LocalCalendar(local._database, salon.with_resources(hours=lambda _staff, _day: ()))
    assert await salon.starts(nothing, limit=1, before=far) == []


async def test_two_customers_interleave_in_the_gap_of_a_colour(local, salon):
    """While the colour takes effect the stylist is free: a cut fits exactly into the gap, before and after it nothing does."""
    await local.book(salon.slot("16 13:00", service="colour"), "colour", WHO, key="k", call_id="a", now=salon.now)
    starts = await salon.starts(local, staff="lea", after=salon.at("16 12:00"), before=salon.at("16 15:00"))
    assert starts == ["16 13:30 lea", "16 14:45 lea"]
    await local.book(salon.slot("16 13:30"), "cut", WHO, key="k2", call_id="b", now=salon.now)
    assert len(await local.all()) == 2


@pytest.mark.parametrize("start", ["12:45", "13:00", "13:15", "13:45", "14:00", "14:30"])
async def test_colliding_phases_are_refused_when_written_too(local, salon, start):
    """What is not offered cannot be held or booked either: the same code decides at check and at write."""
    early = salon.with_resources(hours=lambda _staff, _day: ((dt.time(9), dt.time(19)),))
    calendar = LocalCalendar(local._database, early)
    await calendar.book(salon.slot("16 13:00", service="colour"), "colour", WHO, key="k", call_id="a", now=salon.now)
    assert f"16 {start} lea" not in await salon.starts(calendar, staff="lea")
    with pytest.raises(SlotTaken):
        await calendar.hold(salon.slot(f"16 {start}"), "cut", call_id="b", now=salon.now)
    with pytest.raises(SlotTaken):
        await calendar.book(salon.slot(f"16 {start}"), "cut", WHO, key="k2", call_id="b", now=salon.now)


async def test_two_colours_interleave_only_where_their_phases_fit(local, salon):
    """Two colours alternate: the hands-on work of each lies in the gap of the other, or after it."""
    await local.book(salon.slot("16 13:00", service="colour"), "colour", WHO, key="k", call_id="a", now=salon.now)
    starts = await salon.starts(local, "colour", after=salon.at("16 13:00"), before=salon.at("16 15:00"))
    assert starts == ["16 13:30 lea", "16 13:45 lea", "16 14:45 lea"]
    for slot in await local.free("colour", after=salon.at("16 13:00"), before=salon.at("16 19:00"), now=salon.now, call_id="b"):
        await local.hold(slot, "colour", call_id="b", now=salon.now)


async def test_a_move_may_overlap_the_time_it_leaves(local, salon):
    """Half an hour later, with the same stylist: the appointment is not in its own way, at hold and at move."""
    made = await local.book(salon.slot("16 09:00"), "cut", WHO, key="k", call_id="a", now=salon.now)
    await local.hold(salon.slot("16 09:30"), "cut", call_id="b", now=salon.now, instead_of=made.id)
    with pytest.raises(SlotTaken):
        await local.hold(salon.slot("16 10:00"), "cut", call_id="c", now=salon.now)
    moved = await local.move(made.id, salon.slot("16 09:30"), key="k2", call_id="b", now=salon.now)
    assert moved.start == salon.at("16 09:30")
    assert "16 10:15 lea" in await salon.starts(local, staff="lea")
    assert "16 10:00 lea" not in await salon.starts(local, staff="lea")


async def test_another_stylist_at_the_same_time_is_a_move(local, salon):
    """Who asks for Tom instead, at the same time, is offered that."""
    made = await local.book(salon.slot("16 09:00"), "cut", WHO, key="k", call_id="a", now=salon.now)
    assert "16 09:00 tom" in await salon.starts(local, staff="tom", instead_of=made.id)
    assert "16 09:00 lea" not in await salon.starts(local, staff="lea", instead_of=made.id)


async def test_services_of_odd_length_never_overlap(local, salon):
    """Seven minutes take the ten they touch: rounded so that nobody waits, never so that two meet."""
    await local.book(salon.slot("16 09:00", "tom", "odd"), "odd", WHO, key="k", call_id="a", now=salon.now)
    with pytest.raises(SlotTaken):
        await local.book(salon.slot("16 09:05", "tom", "odd"), "odd", WHO, key="k2", call_id="b", now=salon.now)
    await local.book(salon.slot("16 09:10", "tom", "odd"), "odd", WHO, key="k3", call_id="b", now=salon.now)


def _round_the_clock(zone: str) -> Resources:
    return Resources(
        zone=ZoneInfo(zone),
        services={"cut": ServiceTime("cut", (Phase(60),), frozenset({"lea"}))},
        staff=("lea",),
        hours=lambda _staff, _day: ((dt.time(0), dt.time(0)),),
        grid_min=30,
        lead_min=0,
    )


def test_an_hour_that_the_clocks_skip_is_not_offered():
    """On 29 March 2026 in Paris two o'clock is three o'clock; a visit over the change lasts its sixty minutes."""
    resources = _round_the_clock("Europe/Paris")
    day = dt.datetime(2026, 3, 29, tzinfo=resources.zone)
    slots = list(WorkingHours(resources).slots("cut", None, day, day + dt.timedelta(hours=6), day - dt.timedelta(days=1)))
    walls = [slot.start.astimezone(resources.zone).strftime("%H:%M") for slot in slots]
    assert walls == ["00:00", "00:30", "01:00", "01:30", "03:00", "03:30", "04:00", "04:30", "05:00", "05:30"]
    assert all(slot.end.astimezone(dt.UTC) - slot.start.astimezone(dt.UTC) == dt.timedelta(hours=1) for slot in slots)


def test_of_an_hour_that_comes_twice_the_first_is_offered():
    """On 25 October 2026 in Paris half past two comes twice; saying it means the first, once."""
    resources = _round_the_clock("Europe/Paris")
    day = dt.datetime(2026, 10, 25, tzinfo=resources.zone)
    slots = list(WorkingHours(resources).slots("cut", None, day, day + dt.timedelta(hours=5), day - dt.timedelta(days=1)))
    walls = [(slot.start.astimezone(resources.zone).strftime("%H:%M"), slot.start.astimezone(dt.UTC).hour) for slot in slots]
    assert [wall for wall, _ in walls] == sorted({wall for wall, _ in walls})
    assert ("02:30", 0) in walls


def test_a_shift_past_midnight_is_one_interval():
    """A bar open from 22:00 to 02:00 takes somebody at half past midnight, found also when the search begins after midnight."""
    resources = Resources(
        zone=ZoneInfo("Europe/Madrid"),
        services={"cut": ServiceTime("cut", (Phase(60),), frozenset({"lea"}))},
        staff=("lea",),
        hours=lambda _staff, day: ((dt.time(22), dt.time(2)),) if day == dt.date(2026, 6, 19) else (),
    )
    table = WorkingHours(resources)
    now = dt.datetime(2026, 6, 19, 12, tzinfo=resources.zone)
    after = dt.datetime(2026, 6, 20, tzinfo=resources.zone)
    slots = list(table.slots("cut", None, after, after + dt.timedelta(hours=5), now))
    assert [slot.start.astimezone(resources.zone).strftime("%H:%M") for slot in slots] == ["00:00", "00:15", "00:30", "00:45", "01:00"]
    assert table.slot("cut", "lea", slots[-1].start, now) == slots[-1]
    with pytest.raises(Closed):
        table.slot("cut", "lea", slots[-1].start + dt.timedelta(minutes=15), now)


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Tokyo", "Pacific/Auckland", "Europe/Paris"])
async def test_the_zone_of_the_machine_changes_nothing(database, salon, zone, monkeypatch):
    """The same question has the same answer, and a booking the same row, whatever TZ says."""
    before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        calendar = LocalCalendar(database, salon.resources)
        starts = await salon.starts(calendar, staff="lea")
        made = await calendar.book(salon.slot("16 09:00"), "cut", WHO, key="k", call_id="a", now=salon.now)
        stored = await calendar.all()
    finally:
        monkeypatch.setenv("TZ", before) if before is not None else monkeypatch.delenv("TZ")
        time.tzset()
    assert (starts[0], starts[-1]) == ("16 09:00 lea", "16 18:15 lea")
    assert stored == [made]
    assert made.start.isoformat() == "2026-06-16T09:00:00+02:00"


@settings(max_examples=examples(60), deadline=None)
@given(
    phases=st.lists(st.builds(Phase, st.integers(1, 90), st.booleans()), min_size=1, max_size=5).map(tuple),
    first=st.integers(0, 300),
    second=st.integers(0, 300),
)
def test_disjoint_cells_mean_disjoint_minutes(phases, first, second):
    """Whenever two visits share no cell, no minute of busy work is shared."""
    service = ServiceTime("any", phases, frozenset({"lea"}))
    table = WorkingHours(
        Resources(zone=ZoneInfo("UTC"), services={"any": service}, staff=("lea",), hours=lambda _staff, _day: ((dt.time(0), dt.time(0)),))
    )

    def busy(start: int) -> set[int]:
        minutes, minute = set(), start
        for phase in phases:
            if phase.busy:
                minutes.update(range(minute, minute + phase.minutes))
            minute += phase.minutes
        return minutes

    epoch = dt.datetime(2026, 6, 16, tzinfo=dt.UTC)
    one, two = (set(table.occupies("any", "lea", epoch + dt.timedelta(minutes=start))) for start in (first, second))
    assert not (busy(first) & busy(second)) or one & two
    assert {cell - int(epoch.timestamp()) // 60 // CELL_MIN for _, cell in one} == {minute // CELL_MIN for minute in busy(first)}
