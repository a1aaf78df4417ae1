"""The line of a call in text: nobody is rung, the outcome is the one it was told."""

from __future__ import annotations

from collections.abc import Sequence

from integrations.telephony.port import TransferOutcome

__all__ = ["TextTelephony"]


class TextTelephony:
    """A :class:`~integrations.telephony.port.Telephony` that answers at once: `outcomes` one after the other, then the last again."""

    def __init__(self, outcomes: Sequence[TransferOutcome] = (TransferOutcome.ANSWERED,)) -> None:
        self._outcomes = list(outcomes)
        self.transfers: list[tuple[str, str]] = []
        """Call and number of each transfer that was asked for."""

    async def transfer(self, call_id: str, number: str, *, timeout_s: float = 25.0) -> TransferOutcome:  # noqa: ARG002
        self.transfers.append((call_id, number))
        return self._outcomes.pop(0) if len(self._outcomes) > 1 else self._outcomes[0]
