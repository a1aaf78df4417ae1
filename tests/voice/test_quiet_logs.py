"""What a library logs about a call holds no number and no word of the caller."""

from __future__ import annotations

import logging

from frontdesk.voice.quiet_logs import NoNumbers


def test_records_lose_numbers_and_private_fields():
    """The names that LiveKit's SIP service gives: room call_<number>_<random>, identity sip_<number>."""
    record = logging.makeLogRecord(
        {
            "msg": "room call_+33612345678_x7 closed",
            "room": "call_+33612345678_x7Yz",
            "lk.pii.participant_identity": "sip_+33612345678",
            "lk.pii.user_input": "Anna Dupont",
            "lk.participant_identity": "sip_+33612345678",
            "job_id": "AJ_1",
            "id": "20261128184332",
        }
    )
    assert NoNumbers().filter(record)
    assert "612345678" not in str(record.__dict__)
    assert "Dupont" not in str(record.__dict__)
    assert record.__dict__["job_id"] == "AJ_1"
    assert record.__dict__["id"] == "20261128184332"
    assert record.__dict__["room"] == "call_[number]_x7Yz"
