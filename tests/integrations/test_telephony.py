"""The line of a call in text."""

from __future__ import annotations

from integrations.telephony.port import TransferOutcome
from integrations.telephony.text import TextTelephony


async def test_a_transfer_in_text_is_answered_and_remembered():
    """Unless told otherwise somebody answers; what was asked for can be looked at."""
    line = TextTelephony()
    assert await line.transfer("a", "+33140000000") is TransferOutcome.ANSWERED
    assert line.transfers == [("a", "+33140000000")]


async def test_outcomes_come_in_order_and_the_last_stays():
    """Busy first, then nobody answers any more."""
    line = TextTelephony([TransferOutcome.BUSY, TransferOutcome.NO_ANSWER])
    assert [await line.transfer("a", "+33140000000") for _ in range(3)] == ["busy", "no_answer", "no_answer"]
