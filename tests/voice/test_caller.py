"""Who calls, from what LiveKit's SIP service tells."""

from __future__ import annotations

import pytest

from frontdesk.voice.caller import Caller, caller_of, is_answered


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ("+33612345678", "+33612345678"),
        ("+49 30 123456", "+4930123456"),
        ("anonymous", None),
        ("Anonymous", None),
        ("", None),
        ("0612345678", None),
        ("sip:alice@example.com", None),
        ("201", None),
        ("+0612345678", None),
    ],
)
def test_only_a_telephone_number_is_one(told: str, number: str | None) -> None:
    """National and internal numbers cannot be called back, and are not guessed at."""
    attributes = {"sip.phoneNumber": told, "sip.trunkPhoneNumber": "+33100000000"}
    assert caller_of(attributes) == Caller(number, "+33100000000")


def test_numbers_may_be_hidden() -> None:
    """A dispatch rule that hides numbers gives no attributes."""
    assert caller_of({}) == Caller(None, None)


@pytest.mark.parametrize(("status", "answered"), [("ringing", False), ("active", True), ("hangup", False)])
def test_a_caller_hears_us_once_the_call_is_active(status: str, answered: bool) -> None:
    """Before that, a greeting would be said to nobody."""
    assert is_answered({"sip.callStatus": status}) is answered
    assert is_answered({})
