"""The outbox: each message stored once, claimed by one, settled by its owner."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest

from integrations.records.outbox import OutboxMessage, OutboxStatus
from integrations.records.sql_outbox import SqlOutbox


@pytest.fixture
def outbox(database):
    return SqlOutbox(database)


def _message(key: str, **changes: object) -> OutboxMessage:
    return OutboxMessage(**({"key": key, "to": "+33612345678", "body": "À mardi !", "call_id": "a"} | changes))  # type: ignore[arg-type]


async def test_a_key_is_stored_once(outbox, salon):
    """The same key again, alone or in one batch, changes nothing: the first text stays."""
    await outbox.add([_message("m1"), _message("m1", body="other")], now=salon.now)
    await outbox.add([_message("m1", body="later"), _message("m2")], now=salon.now)
    assert [(row.message.key, row.message.body) for row in await outbox.messages()] == [("m1", "À mardi !"), ("m2", "À mardi !")]


async def test_a_message_is_kept_as_it_was_handed_in(outbox, salon):
    """Every field comes back, with the state of a message that nobody has touched."""
    message = _message("m1", channel="mail", to="a@example.org", subject="Rappel", purpose="staff", language="fr")
    await outbox.add([message], now=salon.now)
    row = (await outbox.messages(call_id="a"))[0]
    assert row.message == message
    assert (row.status, row.attempts, row.created_at, row.error) == (OutboxStatus.PENDING, 0, salon.now, None)
    assert await outbox.messages(call_id="b") == []


async def test_many_workers_never_claim_the_same_message(outbox, salon):
    """Ten workers at once get each message once between them, oldest first."""
    await outbox.add([_message(f"m{number:02}") for number in range(20)], now=salon.now)
    claims = await asyncio.gather(*(outbox.claim(f"w{worker}", now=salon.now, limit=3) for worker in range(10)))
    keys = [row.message.key for claim in claims for row in claim]
    assert sorted(keys) == [f"m{number:02}" for number in range(20)]
    assert all([row.message.key for row in claim] == sorted(row.message.key for row in claim) for claim in claims)


async def test_claims_can_be_narrowed(outbox, salon):
    """By call and by channel: a call in text sends its own messages only."""
    await outbox.add([_message("m1"), _message("m2", call_id="b"), _message("m3", channel="mail")], now=salon.now)
    assert [row.message.key for row in await outbox.claim("w", now=salon.now, call_id="a", channel="sms")] == ["m1"]
    assert [row.message.key for row in await outbox.claim("w", now=salon.now, call_id="b")] == ["m2"]


async def test_a_sent_message_is_never_claimed_again(outbox, salon):
    """Sent is final, with when and under which reference."""
    await outbox.add([_message("m1")], now=salon.now)
    await outbox.claim("w", now=salon.now)
    assert await outbox.mark_sent("m1", worker="w", now=salon.now, reference="SM123")
    row = (await outbox.messages())[0]
    assert (row.status, row.sent_at, row.reference, row.attempts) == (OutboxStatus.SENT, salon.now, "SM123", 1)
    assert await outbox.claim("w", now=salon.now + dt.timedelta(days=1)) == []


async def test_a_failure_that_may_pass_is_tried_again_when_it_is_due(outbox, salon):
    """Pending again, not before its time, with the attempts counted and the reason kept."""
    await outbox.add([_message("m1")], now=salon.now)
    await outbox.claim("w", now=salon.now)
    soon = salon.now + dt.timedelta(minutes=1)
    assert await outbox.mark_failed("m1", worker="w", error="429", retry_at=soon)
    assert await outbox.claim("w", now=salon.now) == []
    again = await outbox.claim("w", now=soon)
    assert [(row.message.key, row.attempts, row.error) for row in again] == [("m1", 2, "429")]


async def test_a_failure_for_good_is_not_tried_again(outbox, salon):
    """Without a time to try again the message is given up."""
    await outbox.add([_message("m1")], now=salon.now)
    await outbox.claim("w", now=salon.now)
    assert await outbox.mark_failed("m1", worker="w", error="landline")
    row = (await outbox.messages(status=OutboxStatus.FAILED))[0]
    assert row.error == "landline"
    assert await outbox.claim("w", now=salon.now + dt.timedelta(days=1)) == []


async def test_the_messages_of_a_dead_worker_are_handed_on_after_its_lease(outbox, salon):
    """After the lease another worker gets them, and the first can no longer settle them."""
    await outbox.add([_message("m1")], now=salon.now)
    await outbox.claim("dead", now=salon.now, lease_s=60)
    assert await outbox.claim("w", now=salon.now + dt.timedelta(seconds=59)) == []
    later = salon.now + dt.timedelta(seconds=60)
    assert [row.attempts for row in await outbox.claim("w", now=later)] == [2]
    assert not await outbox.mark_sent("m1", worker="dead", now=later)
    assert not await outbox.mark_failed("m1", worker="dead", error="late")
    assert await outbox.mark_sent("m1", worker="w", now=later)
