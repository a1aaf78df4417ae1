"""Hold, book, move, cancel, notify, message, transfer: outcomes, keys and what is written."""

from __future__ import annotations

import asyncio

import pytest

from frontdesk.actions.appointments import book, cancel, hold, move
from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.actions.context import ActionContext, Result
from frontdesk.actions.notify import send_sms
from frontdesk.actions.runner import ACTIONS, run_action
from frontdesk.business import Business
from fsm.effects import Run
from fsm.facts import Fact, Origin
from integrations.errors import (
    Closed,
    CorruptJournal,
    IntegrationError,
    KeyReused,
    Refused,
    SlotTaken,
    StorageBusy,
    StorageError,
    TimedOut,
    Unavailable,
    UnknownAppointment,
    UnknownService,
)
from integrations.records.outbox import OutboxMessage
from integrations.telephony.port import TransferOutcome
from tests.actions.fakes import FakeCalendar, World, at, fact, wish

OFFER = {"start": "2026-06-16T15:00", "end": "2026-06-16T15:45", "staff": "lea"}
MOVED = {
    "id": "appt_1",
    "service": "colour",
    "staff": "paul",
    "start": "2026-06-18T10:00",
    "end": "2026-06-18T12:00",
    "name": "Sputer",
    "phone": "+33612345678",
}
MOBILE, LANDLINE = "+33612345678", "+33142345678"


@pytest.fixture
def world(salon: Business) -> World:
    return World(salon, FakeCalendar(["16T15:00"]))


def _booking(world: World, phone: str = MOBILE, **more: object) -> Run:
    return world.run(
        "book",
        intent="book",
        service="womens_cut",
        slot=fact("2026-06-16T15:00", OFFER),
        name="Marie Dupont",
        phone=phone,
        agreed=True,
        **more,
    )


def test_every_action_of_the_catalogue_exists() -> None:
    """What a graph may name can be run, and nothing else."""
    assert set(ACTIONS) == set(CATALOGUE)


async def test_hold(world: World) -> None:
    """The chosen time is kept for this call, for as long as the business says."""
    result = await hold(world.run("hold", service="womens_cut", slot=fact("2026-06-16T15:00", OFFER)), world.context())
    assert result.outcome == "ok"
    asked = world.calendar.log[0][1]
    assert (asked["slot"].start, asked["slot"].staff, asked["service"]) == (at("16T15:00"), "lea", "womens_cut")
    assert (asked["call_id"], asked["minutes"]) == ("call_1", world.business.booking.hold_minutes)


async def test_hold_of_a_move_is_for_the_service_of_the_appointment(world: World) -> None:
    """A move keeps the service of the appointment, whatever word the caller used for it."""
    run = world.run("hold", service="womens_cut", appointment=fact("appt_1", MOVED), slot=fact("2026-06-16T15:00", OFFER))
    await hold(run, world.context())
    asked = world.calendar.log[0][1]
    assert (asked["service"], asked["instead_of"]) == ("colour", "appt_1")


async def test_booking_writes_appointment_and_message_together(world: World) -> None:
    """One request holds both: the appointment, and the message that announces it, under a key of its own."""
    assert (await book(_booking(world), world.context())).outcome == "ok"
    asked = world.calendar.log[0][1]
    assert (asked["who"].name, asked["who"].phone, asked["who"].email, asked["key"]) == ("Marie Dupont", MOBILE, None, "key_1")
    assert [(message.to, message.key, message.call_id) for message in asked["messages"]] == [(MOBILE, "sms-key_1", "call_1")]


async def test_landline_gets_no_message(world: World) -> None:
    """A number that cannot receive a message gets none, and that has its own outcome."""
    await book(_booking(world, LANDLINE), world.context())
    assert world.calendar.log[0][1]["messages"] == ()
    assert (await send_sms(world.run("send_sms"), world.context())).outcome == "not_possible"


async def test_retry_is_the_same_booking(world: World) -> None:
    """When it is not known whether the booking was done, it is asked for once more under the same key: one appointment."""
    world.calendar.fails = [TimedOut("?")]
    assert (await run_action(_booking(world), world.context())).outcome == "ok"
    assert [what["key"] for name, what in world.calendar.log if name == "book"] == ["key_1", "key_1"]
    assert len(world.calendar.written) == 1


async def test_two_failures_are_one_failure(world: World) -> None:
    """It is tried twice, not for ever."""
    world.calendar.fails = [Unavailable("?")] * 5
    assert (await run_action(_booking(world), world.context())).outcome == "failed"
    assert len(world.calendar.log) == 2


_ERRORS: list[type[IntegrationError]] = [
    IntegrationError, SlotTaken, Closed, Refused, UnknownService, UnknownAppointment, KeyReused, Unavailable, TimedOut,
    StorageError, StorageBusy, CorruptJournal,
]  # fmt: skip


def _run_of(world: World, action: str) -> Run:
    return world.run(
        action,
        caller=MOBILE,
        intent="book",
        service="womens_cut",
        when=[wish("16T15:00")],
        slot=fact("2026-06-16T15:00", OFFER),
        appointment=fact("appt_1", MOVED),
        name="Marie",
        phone=MOBILE,
        message="rappelez-moi",
        agreed=True,
    )


@pytest.mark.parametrize("error", [*_ERRORS, ValueError, KeyError, RuntimeError], ids=lambda error: error.__name__)
@pytest.mark.parametrize("action", sorted(ACTIONS))
async def test_every_failure_is_an_outcome(world: World, action: str, error: type[Exception]) -> None:
    """Whatever goes wrong outside, or inside, comes out as an outcome that the catalogue declares."""
    world.calendar.fails = [error("?") for _ in range(9)]
    world.records.fails = [error("?") for _ in range(9)]
    world.sms.fails = [error("?") for _ in range(9)]
    world.outbox.put(OutboxMessage("sms-1", MOBILE, "…", call_id="call_1"))
    result = await run_action(_run_of(world, action), world.context())
    assert result.outcome in CATALOGUE[action].outcomes


@pytest.mark.parametrize("error", [SlotTaken, Closed])
@pytest.mark.parametrize("action", ["hold", "book", "move"])
async def test_taken_meanwhile(world: World, action: str, error: type[IntegrationError]) -> None:
    """A time that is gone, or in which nobody works any more, is taken: that is no failure, and not tried again."""
    world.calendar.fails = [error("?")]
    assert (await run_action(_run_of(world, action), world.context())).outcome == "taken"
    assert len(world.calendar.log) == 1


@pytest.mark.parametrize("action", [move, cancel])
async def test_appointment_is_gone(world: World, action: object) -> None:
    """An appointment that is not booked any more is neither moved nor cancelled."""
    world.calendar.fails = [UnknownAppointment("?")]
    result: Result = await action(_run_of(world, "move"), world.context())  # type: ignore[operator]
    assert result.outcome == "failed"


async def test_move_and_cancel_name_the_appointment_found(world: World) -> None:
    """The id comes from the record that was found for this caller."""
    await move(_run_of(world, "move"), world.context())
    await cancel(_run_of(world, "cancel"), world.context())
    assert [(name, what["id"], what["key"]) for name, what in world.calendar.log] == [
        ("move", "appt_1", "key_1"),
        ("cancel", "appt_1", "key_1"),
    ]
    assert [message.to for message in world.calendar.log[0][1]["messages"]] == [MOVED["phone"]]


async def test_deadline(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """An action that does not answer within its deadline has failed; the caller does not wait for it."""

    async def never(run: Run, context: ActionContext) -> Result:
        await asyncio.Event().wait()
        raise AssertionError("unreachable")

    monkeypatch.setitem(ACTIONS, "find_slots", never)  # type: ignore[arg-type]
    run = world.run("find_slots")
    quick = Run(run.id, run.action, run.key, 0.0, run.facts)
    assert (await run_action(quick, world.context())).outcome == "failed"


# -- messages -------------------------------------------------------------------------------------------------------


async def test_message_is_sent(world: World) -> None:
    """What was written with the booking is sent, once."""
    world.outbox.put(OutboxMessage("sms-1", MOBILE, "…", call_id="call_1"))
    assert (await send_sms(world.run("send_sms"), world.context())).outcome == "sent"
    assert (world.sms.keys, world.outbox.sent) == (["sms-1"], ["sms-1"])


async def test_message_is_tried_again(world: World) -> None:
    """A failure that may pass is tried once more under the same key."""
    world.outbox.put(OutboxMessage("sms-1", MOBILE, "…", call_id="call_1"))
    world.sms.fails = [TimedOut("?")]
    assert (await send_sms(world.run("send_sms"), world.context())).outcome == "sent"
    assert world.sms.keys == ["sms-1", "sms-1"]
    assert not world.records.tasks


@pytest.mark.parametrize(("error", "attempts"), [(Refused, 1), (Unavailable, 2)])
async def test_message_failed(world: World, error: type[IntegrationError], attempts: int) -> None:
    """A message that cannot be sent is an outcome of its own, and work for staff, who are told once."""
    world.outbox.put(OutboxMessage("sms-1", MOBILE, "Votre rendez-vous", call_id="call_1"))
    world.sms.fails = [error("?")] * 4
    run = world.run("send_sms", name="Marie Dupont")
    assert (await send_sms(run, world.context())).outcome == "failed"
    assert len(world.sms.keys) == attempts
    assert world.outbox.failed == ["sms-1"]
    [task] = world.records.tasks.values()
    assert (task.kind, task.phone, task.name, task.text) == ("sms_failed", MOBILE, "Marie Dupont", "Votre rendez-vous")
    await send_sms(run, world.context())
    assert len(world.records.tasks) == 1


async def test_messages_of_other_calls_are_left_alone(world: World) -> None:
    """A call sends its own messages only."""
    world.outbox.put(OutboxMessage("sms-2", MOBILE, "…", call_id="call_2"))
    assert (await send_sms(world.run("send_sms"), world.context())).outcome == "not_possible"
    assert world.sms.keys == []


# -- people ---------------------------------------------------------------------------------------------------------


async def test_message_for_staff(world: World) -> None:
    """A message is kept with name and number; without a number of its own the caller id is the one to call back."""
    await run_action(world.run("save_message", message="rappelez-moi", name="Marie", phone=MOBILE, caller=LANDLINE), world.context())
    await run_action(world.run("save_message", message="rappelez-moi", name="Marie", phone=MOBILE, caller=LANDLINE), world.context())
    [task] = world.records.tasks.values()
    assert (task.kind, task.text, task.name, task.phone, task.language) == ("callback", "rappelez-moi", "Marie", MOBILE, "fr")
    bare = World(world.business)
    await run_action(bare.run("save_message", message="x", caller=LANDLINE), bare.context())
    await run_action(bare.run("save_message", message="x"), bare.context())
    assert {task.phone for task in bare.records.tasks.values()} == {LANDLINE}


async def test_message_with_a_wished_time(world: World) -> None:
    """The day that was said in a message stands before it as a date; one that was said for something else does not."""
    wish = [{"start": "2026-06-16T14:00", "end": None, "grain": "minute", "from": False, "until": False}]
    day = [{"start": "2026-06-16T00:00", "end": "2026-06-17T00:00", "grain": "day", "from": False, "until": False}]
    texts = []
    part = [{"start": "2026-06-16T06:00", "end": "2026-06-16T12:00", "grain": "part_of_day", "from": False, "until": False}]
    for said, turn in ((wish, 1), (day, 1), (day, 2), (part, 1), (wish + day, 1)):
        other = World(world.business)
        when = Fact(said, Origin.SPEECH, turn, "mardi")
        await run_action(other.run("save_message", message=Fact("rappelez-moi mardi", Origin.SPEECH, 1, "…"), when=when), other.context())
        texts += [task.text for task in other.records.tasks.values()]
    before = [text.removesuffix("rappelez-moi mardi").strip() for text in texts]
    assert before == ["[2026-06-16 14:00]", "[2026-06-16]", "", "[2026-06-16]", ""]


@pytest.mark.parametrize(("time", "outcome"), [("16T10:00", "open"), ("14T10:00", "closed"), ("16T23:00", "closed")])
async def test_whether_somebody_is_there(world: World, time: str, outcome: str) -> None:
    """Callers are put through only while somebody answers."""
    assert (await run_action(world.run("reach_people"), world.context(at(time)))).outcome == outcome


@pytest.mark.parametrize("how", list(TransferOutcome))
async def test_every_end_of_a_transfer(world: World, how: TransferOutcome) -> None:
    """Each way in which a transfer can end is an outcome of its own."""
    world.telephony.outcome = how
    assert (await run_action(world.run("transfer"), world.context())).outcome == how.value
    assert how.value in CATALOGUE["transfer"].outcomes


async def test_own_appointment_is_told_to_the_caller_id_only(world: World) -> None:
    """ "When is my appointment?" is answered for the number that calls, and for no number that was merely named."""
    asked = world.run("answer")
    for caller, calls in ((None, 0), (MOBILE, 1)):
        run = Run(
            asked.id,
            "answer",
            asked.key,
            4.0,
            {"phone": fact(MOBILE)},
            {},
            {"topic": "my_appointment"} | ({"caller": caller} if caller else {}),
        )
        assert (await run_action(run, world.context())).line == "answers.my_appointment"
        assert len(world.calendar.log) == calls


async def test_unknown_question(world: World) -> None:
    """What the business has no answer to is not made up."""
    asked = world.run("answer")
    result = await run_action(Run(asked.id, "answer", asked.key, 4.0, {}, {}, {"topic": "nonsense"}), world.context())
    assert (result.outcome, result.line) == ("unknown", "answers.unknown")
