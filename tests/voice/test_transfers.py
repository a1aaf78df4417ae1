"""Each way in which putting through fails has its own edge in the graph."""

from __future__ import annotations

import pytest

from frontdesk.voice.transfers import failed_transfer
from integrations.telephony.port import TransferOutcome


@pytest.mark.parametrize(
    ("code", "reason", "outcome"),
    [
        (486, None, TransferOutcome.BUSY),
        (603, None, TransferOutcome.REFUSED),
        (480, None, TransferOutcome.NO_ANSWER),
        (None, "STR_RINGING_TIMEOUT", TransferOutcome.NO_ANSWER),
        (404, None, TransferOutcome.FAILED),
        (None, None, TransferOutcome.FAILED),
    ],
)
def test_outcomes(code: int | None, reason: str | None, outcome: TransferOutcome) -> None:
    """A code that says nothing about the person is a failure of the line."""
    assert failed_transfer(code, reason) is outcome
