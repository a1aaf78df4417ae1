"""What the business wants from the telephone line of a call: put the caller through to a person."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final, Protocol

__all__ = ["E164", "Telephony", "TransferOutcome"]

E164: Final = re.compile(r"\+[1-9]\d{6,14}")
"""The form of a telephone number with its country code (ITU-T E.164); whether it exists is another question."""


class TransferOutcome(StrEnum):
    """How putting through ended; each has an edge in the graph."""

    ANSWERED = "answered"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    REFUSED = "refused"
    """The other side declined the call."""
    FAILED = "failed"
    """The number cannot be reached, or the line cannot transfer."""


class Telephony(Protocol):
    async def transfer(self, call_id: str, number: str, *, timeout_s: float = 25.0) -> TransferOutcome:
        """Ring `number` (E.164) for at most `timeout_s` and put the caller of this call through.

        An outcome, never an exception: a caller is waiting.
        """
        ...
