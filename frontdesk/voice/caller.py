"""Who is calling, as LiveKit's SIP service tells it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from integrations.telephony.port import E164

__all__ = ["ACTIVE", "Caller", "caller_of", "is_answered"]

ACTIVE: Final = "active"


@dataclass(frozen=True, slots=True)
class Caller:
    """`number` is the caller's and `called` the one they dialled, both E.164, None when withheld or no telephone number."""

    number: str | None
    called: str | None


def caller_of(attributes: Mapping[str, str]) -> Caller:
    """From the attributes of a SIP participant; "anonymous", an extension or a name is no number."""
    return Caller(_number(attributes.get("sip.phoneNumber", "")), _number(attributes.get("sip.trunkPhoneNumber", "")))


def is_answered(attributes: Mapping[str, str]) -> bool:
    """Whether the caller hears us. Whoever did not come by telephone hears us at once."""
    return attributes.get("sip.callStatus", ACTIVE) == ACTIVE


def _number(text: str) -> str | None:
    text = re.sub(r"[\s().-]", "", text)
    return text if E164.fullmatch(text) else None
