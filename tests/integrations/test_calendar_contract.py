"""The rules that every calendar provider keeps."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest

from integrations.calendar.port import AppointmentStatus, Contact
from integrations.errors import Closed, KeyReused, SlotTaken, UnknownAppointment, UnknownService
from integrations.records.outbox import OutboxMessage
from integrations.records.sql_outbox import SqlOutbox

MARIE = Contact("Marie Dupont", "+33612345678", language="fr")


async def test_free_times_are_sorted_and_have_the_length_of_the_service(calendar, salon):
    """Free slots come by start, one per start and member of staff, aware, and as long as the service."""
    found = await calendar.free("cut", after=salon.at("16 09:00"), before=salon.at("16 12:00"), now=salon.now, call_id="a")
    assert found
    assert [slot.start for slot in found] == sorted(slot.start for slot in found)
    assert len({(slot.start, slot.staff) for slot in found}) == len(found)
    assert all(slot.end - slot.start == dt.timedelta(minutes=45) and slot.start.tzinfo is not None for slot in found)


async def test_the_window_is_half_open(calendar, salon):
    """A slot that starts at `after` is offered, one that starts at `before` is not."""
    window = {"after": salon.at("16 09:45"), "before": salon.at("16 10:30")}
    starts = await salon.starts(calendar, staff="lea", **window)
    assert starts[0] == "16 09:45 lea"
    assert "16 10:30 lea" not in starts


async def test_only_the_staff_asked_for_is_offered(calendar, salon):
    """With a member of staff named, nobody else is offered."""
    assert {start.split()[-1] for start in await salon.starts(calendar, staff="tom")} == {"tom"}


async def test_limit_counts_different_starts(calendar, salon):
    """A limit of two gives the two earliest starts."""
    starts = await salon.starts(calendar, limit=2, before=salon.at("30 00:00"))
    assert len({start[:8] for start in starts}) == 2
    assert starts == [start for start in await salon.starts(calendar) if start[:8] in {other[:8] for other in starts}]


async def test_an_unknown_service_is_refused(calendar, salon):
    """A service that does not exist, or that nobody does, is a refusal and not an empty list."""
    with pytest.raises(UnknownService):
        await salon.starts(calendar, "tattoo")


async def test_a_hold_keeps_others_away_but_not_its_own_call(calendar, salon):
    """A held time is gone for other calls and still offered to the call that holds it."""
    held = await calendar.hold(salon.slot("16 09:00"), "cut", call_id="mine", now=salon.now)
    assert held.expires == salon.now + dt.timedelta(minutes=10)
    assert "16 09:00 lea" not in await salon.starts(calendar, staff="lea", call_id="other")
    assert "16 09:00 lea" in await salon.starts(calendar, staff="lea", call_id="mine")
    with pytest.raises(SlotTaken):
        await calendar.hold(salon.slot("16 09:00"), "cut", call_id="other", now=salon.now)
    with pytest.raises(SlotTaken):
        await calendar.book(salon.slot("16 09:00"), "cut", MARIE, key="k", call_id="other", now=salon.now)


async def test_a_hold_runs_out(calendar, salon):
    """After its minutes a hold blocks nobody, without anybody having to sweep it."""
    await calendar.hold(salon.slot("16 09:00"), "cut", call_id="mine", now=salon.now, minutes=10)
    later = salon.now + dt.timedelta(minutes=10)
    assert "16 09:00 lea" in await salon.starts(calendar, staff="lea", call_id="other", now=later)
    await calendar.hold(salon.slot("16 09:00"), "cut", call_id="other", now=later)
    with pytest.raises(SlotTaken):
        await calendar.book(salon.slot("16 09:00"), "cut", MARIE, key="k", call_id="mine", now=later)


async def test_a_new_hold_replaces_the_old_one(calendar, salon):
    """A call holds one time: choosing another frees the first; a refused choice leaves the first held."""
    await calendar.hold(salon.slot("16 09:00"), "cut", call_id="mine", now=salon.now)
    await calendar.hold(salon.slot("16 10:30"), "cut", call_id="mine", now=salon.now)
    assert "16 09:00 lea" in await salon.starts(calendar, staff="lea", call_id="other")
    await calendar.hold(salon.slot("16 09:00"), "cut", call_id="other", now=salon.now)
    with pytest.raises(SlotTaken):
        await calendar.hold(salon.slot("16 09:00"), "cut", call_id="mine", now=salon.now)
    assert "16 10:30 lea" not in await salon.starts(calendar, staff="lea", call_id="other")


async def test_release_frees_the_time_and_may_be_repeated(calendar, salon):
    """A caller who hangs up before confirming leaves nothing blocked."""
    before = await salon.starts(calendar, staff="lea")
    await calendar.hold(salon.slot("16 09:00"), "cut", call_id="mine", now=salon.now)
    await calendar.release("mine")
    await calendar.release("mine")
    assert await salon.starts(calendar, staff="lea") == before
    assert await calendar.all() == []


async def test_booking_writes_one_row_with_everything_known(calendar, salon):
    """A booking is stored with the contact, frees the hold and takes the time."""
    who = Contact("Marie Dupont", "+33612345678", "marie@example.org", "for her son Louis", "fr")
    await calendar.hold(salon.slot("16 09:00"), "cut", call_id="mine", now=salon.now)
    made = await calendar.book(salon.slot("16 09:00"), "cut", who, key="k", call_id="mine", now=salon.now)
    assert await calendar.all() == [made]
    assert (made.service, made.staff, made.start, made.end) == ("cut", "lea", salon.at("16 09:00"), salon.at("16 09:45"))
    assert (made.name, made.phone, made.email, made.note, made.language) == (who.name, who.phone, who.email, who.note, who.language)
    assert made.status is AppointmentStatus.BOOKED
    for call_id in ("mine", "other"):
        assert "16 09:00 lea" not in await salon.starts(calendar, staff="lea", call_id=call_id)


async def test_booking_works_without_a_hold_and_without_a_number(calendar, salon):
    """The commit compares and sets by itself; a caller without a number is booked like any other."""
    made = await calendar.book(salon.slot("16 09:00"), "cut", Contact("Dupont"), key="k", call_id="a", now=salon.now)
    assert made.phone is None
    with pytest.raises(SlotTaken):
        await calendar.book(salon.slot("16 09:00"), "cut", MARIE, key="other", call_id="b", now=salon.now)
    assert await calendar.all() == [made]


async def test_the_length_comes_from_the_service_not_from_the_slot(calendar, salon):
    """A slot handed in with a wrong end is booked with the service's own length."""
    made = await calendar.book(salon.slot("16 09:00", service="fringe"), "cut", MARIE, key="k", call_id="a", now=salon.now)
    assert made.end - made.start == dt.timedelta(minutes=45)


async def test_the_same_key_books_once(calendar, salon):
    """A repeated commit gets the first answer, also later, and writes nothing more."""
    booking = {"key": "k", "call_id": "a"}
    first = await calendar.book(salon.slot("16 09:00"), "cut", MARIE, now=salon.now, **booking)
    again = await calendar.book(salon.slot("16 09:00"), "cut", MARIE, now=salon.now + dt.timedelta(days=3), **booking)
    assert again == first
    assert await calendar.all() == [first]


async def test_the_same_key_at_the_same_moment_books_once(calendar, salon):
    """Ten commits with one key, at once, all get the same appointment."""
    answers = await asyncio.gather(
        *(calendar.book(salon.slot("16 09:00"), "cut", MARIE, key="k", call_id="a", now=salon.now) for _ in range(10))
    )
    assert answers == [answers[0]] * 10
    assert len(await calendar.all()) == 1


async def test_a_key_cannot_stand_for_two_requests(calendar, salon):
    """A key that comes back with another time is refused, not silently answered with the first."""
    made = await calendar.book(salon.slot("16 09:00"), "cut", MARIE, key="k", call_id="a", now=salon.now)
    with pytest.raises(KeyReused):
        await calendar.book(salon.slot("16 10:30"), "cut", MARIE, key="k", call_id="a", now=salon.now)
    with pytest.raises(KeyReused):
        await calendar.cancel(made.id, key="k", call_id="a", now=salon.now)
    assert await calendar.all() == [made]


async def test_only_one_of_many_callers_gets_a_time(calendar, salon):
    """Twenty callers commit to the same time at once: one books, nineteen are told that it is taken."""
    answers = await asyncio.gather(
        *(calendar.book(salon.slot("16 09:00"), "cut", MARIE, key=f"k{n}", call_id=f"c{n}", now=salon.now) for n in range(20)),
        return_exceptions=True,
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Appointment"] + ["SlotTaken"] * 19
    assert len(await calendar.all()) == 1


async def test_messages_are_stored_with_the_booking_or_not_at_all(calendar, salon, database):
    """The confirmation is in the outbox when the booking is, and is not when the time was taken; a repetition adds none."""
    outbox = SqlOutbox(database)
    booking = {"key": "k", "call_id": "a", "now": salon.now, "messages": [OutboxMessage("m1", "+33612345678", "À mardi !")]}
    await calendar.book(salon.slot("16 09:00"), "cut", MARIE, **booking)
    await calendar.book(salon.slot("16 09:00"), "cut", MARIE, **booking)
    refused = [OutboxMessage("m2", "+33600000000", "À mardi !")]
    with pytest.raises(SlotTaken):
        await calendar.book(salon.slot("16 09:00"), "cut", MARIE, key="k2", call_id="b", now=salon.now, messages=refused)
    assert [row.message.key for row in await outbox.messages()] == ["m1"]


async def test_a_move_keeps_one_row(calendar, salon):
    """A moved appointment keeps its id, frees the old time and takes the new one, with the same person's details."""
    made = await calendar.book(salon.slot("16 09:00"), "cut", MARIE, key="k", call_id="a", now=salon.now)
    await calendar.hold(salon.slot("16 10:30", "tom"), "cut", call_id="b", now=salon.now, instead_of=made.id)
    moved = await calendar.move(made.id, salon.slot("16 10:30", "tom"), key="k2", call_id="b", now=salon.now)
    assert await calendar.all() == [moved]
    assert (moved.id, moved.name, moved.phone, moved.service) == (made.id, made.name, made.phone, made.service)
    assert (moved.start, moved.staff, moved.status) == (salon.at("16 10:30"), "tom", AppointmentStatus.BOOKED)
    assert "16 09:00 lea" in await salon.starts(calendar, staff="lea")
    assert "16 10:30 tom" not in await salon.starts(calendar, staff="tom")


async def test_a_move_is_made_once(calendar, salon):
    """A repeated move with its key gets the first answer, although the appointment has moved on since."""
    made = await calendar.book(salon.slot("16 09:00"), "cut", MARIE, key="k", call_id="a", now=salon.now)
    first = await calendar.move(made.id, salon.slot("16 09:45"), key="k2", call_id="a", now=salon.now)
    second = await calendar.move(made.id, salon.slot("16 10:30"), key="k3", call_id="a", now=salon.now)
    assert await calendar.move(made.id, salon.slot("16 09:45"), key="k2", call_id="a", now=salon.now) == first
    assert await calendar.all() == [second]


async def test_a_refused_move_leaves_the_appointment_where_it_was(calendar, salon):
    """When the new time is taken, the old one is still booked and nothing else has changed."""
    made = await calendar.book(salon.slot("16 09:00"), "cut", MARIE, key="k", call_id="a", now=salon.now)
    other = await calendar.book(salon.slot("16 10:30"), "cut", Contact("Autre"), key="k2", call_id="b", now=salon.now)
    with pytest.raises(SlotTaken):
        await calendar.move(made.id, salon.slot("16 10:30"), key="k3", call_id="a", now=salon.now)
    assert await calendar.all() == [made, other]
    assert "16 09:00 lea" not in await salon.starts(calendar, staff="lea")


async def test_the_appointment_being_moved_does_not_block_and_is_not_offered(calendar, salon):
    """Moving: the time the caller has already is not offered as news, and does not stand in the way."""
    made = await calendar.book(salon.slot("16 09:45"), "cut", MARIE, key="k", call_id="a", now=salon.now)
    starts = await salon.starts(calendar, instead_of=made.id)
    assert "16 09:00 lea" in starts
    assert not [start for start in starts if start.startswith("16 09:45")]


async def test_a_cancelled_appointment_stays_as_a_row_and_frees_its_time(calendar, salon):
    """Cancelling changes the status once; the same key gets the same answer; a second cancellation finds nothing booked."""
    made = await calendar.book(salon.slot("16 09:00"), "cut", MARIE, key="k", call_id="a", now=salon.now)
    cancelled = await calendar.cancel(made.id, key="k2", call_id="a", now=salon.now)
    assert cancelled.status is AppointmentStatus.CANCELLED
    assert await calendar.cancel(made.id, key="k2", call_id="a", now=salon.now) == cancelled
    assert await calendar.all() == [cancelled]
    assert "16 09:00 lea" in await salon.starts(calendar, staff="lea")
    with pytest.raises(UnknownAppointment):
        await calendar.cancel(made.id, key="k3", call_id="a", now=salon.now)
    with pytest.raises(UnknownAppointment):
        await calendar.move(made.id, salon.slot("16 10:30"), key="k4", call_id="a", now=salon.now)


async def test_unknown_appointments_are_refused(calendar, salon):
    """An id that does not exist cannot be moved or cancelled."""
    with pytest.raises(UnknownAppointment):
        await calendar.cancel("apt_none", key="k", call_id="a", now=salon.now)
    with pytest.raises(UnknownAppointment):
        await calendar.move("apt_none", salon.slot("16 09:00"), key="k", call_id="a", now=salon.now)


async def test_a_caller_has_the_booked_appointments_to_come_under_their_number(calendar, salon):
    """Found by number: not those of others, not cancelled ones, not those that have begun."""
    mine = [
        await calendar.book(salon.slot(f"16 {time}"), "cut", MARIE, key=time, call_id="a", now=salon.now)
        for time in ("15:00", "09:00", "10:30")
    ]
    await calendar.book(salon.slot("16 11:15"), "cut", Contact("Marie Dupont", "+33700000000"), key="k", call_id="b", now=salon.now)
    await calendar.cancel(mine[2].id, key="k2", call_id="a", now=salon.now)
    found = await calendar.of_caller(phone="+33612345678", now=salon.now)
    assert found == [mine[1], mine[0]]
    assert await calendar.of_caller(phone="+33612345678", now=salon.at("16 09:00")) == [mine[0]]


async def test_the_appointments_of_a_call_are_those_it_wrote(calendar, salon):
    """The end of a call lists what this call booked, moved or cancelled, once each."""
    made = await calendar.book(salon.slot("16 09:00"), "cut", MARIE, key="k", call_id="a", now=salon.now)
    await calendar.book(salon.slot("16 10:30"), "cut", MARIE, key="k2", call_id="b", now=salon.now)
    moved = await calendar.move(made.id, salon.slot("16 11:15"), key="k3", call_id="a", now=salon.now)
    assert await calendar.of_call("a") == [moved]


async def test_a_time_outside_the_business_is_closed_not_taken(calendar, salon):
    """Sundays and times that have passed are closed: another thing to hear than taken."""
    for text in ("21 10:00", "13 10:00"):
        with pytest.raises(Closed):
            await calendar.hold(salon.slot(text), "cut", call_id="a", now=salon.now)
        with pytest.raises(Closed):
            await calendar.book(salon.slot(text), "cut", MARIE, key=text, call_id="a", now=salon.now)
    assert await calendar.all() == []
