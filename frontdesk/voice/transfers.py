"""What an attempt to put a caller through came to, from the answers of the telephone network (SIP, RFC 3261)."""

from __future__ import annotations

from typing import Final

from integrations.telephony.port import TransferOutcome

__all__ = ["failed_transfer"]

_BY_CODE: Final = {
    408: TransferOutcome.NO_ANSWER,  # Request Timeout
    480: TransferOutcome.NO_ANSWER,  # Temporarily Unavailable
    487: TransferOutcome.NO_ANSWER,  # Request Terminated: rung, and given up
    486: TransferOutcome.BUSY,  # Busy Here
    600: TransferOutcome.BUSY,  # Busy Everywhere
    403: TransferOutcome.REFUSED,  # Forbidden
    603: TransferOutcome.REFUSED,  # Decline
}


def failed_transfer(sip_status_code: int | None, reason: str | None) -> TransferOutcome:
    """`reason` is LiveKit's own, such as STR_RINGING_TIMEOUT, where no SIP answer came."""
    if sip_status_code in _BY_CODE:
        return _BY_CODE[sip_status_code]
    return TransferOutcome.NO_ANSWER if reason is not None and "TIMEOUT" in reason else TransferOutcome.FAILED
