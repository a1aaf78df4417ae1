"""Text messages: sent once, counted as they are paid, failing as planned."""

from __future__ import annotations

import json

import pytest

from integrations.errors import TimedOut, Unavailable
from integrations.records.outbox import OutboxMessage
from integrations.sms.failing import FailingSms
from integrations.sms.outbox_file import OutboxFileSms
from integrations.sms.segments import alphabet, segments

MESSAGE = OutboxMessage("m1", "+33612345678", "À mardi, 15 h. Salon Léa", call_id="a")


@pytest.fixture(params=["memory", "file", "wrapped"])
def sms(request, tmp_path):
    if request.param == "wrapped":
        return FailingSms(OutboxFileSms(), [])
    return OutboxFileSms(tmp_path / "var" / "sms.jsonl" if request.param == "file" else None)


async def test_a_message_is_accepted_with_a_receipt(sms):
    """The receipt names the message and how many SMS it is."""
    receipt = await sms.send(MESSAGE)
    assert receipt.reference
    assert receipt.segments == 1


async def test_the_same_key_is_sent_once(sms):
    """A repetition gets the first receipt."""
    assert await sms.send(MESSAGE) == await sms.send(MESSAGE)
    carrier = sms._sms if isinstance(sms, FailingSms) else sms
    assert carrier.sent == [MESSAGE]


async def test_the_file_holds_a_json_line_a_message(tmp_path):
    """Readable by anybody, in order, in UTF-8."""
    sms = OutboxFileSms(tmp_path / "sms.jsonl")
    await sms.send(MESSAGE)
    await sms.send(OutboxMessage("m2", "+33700000000", "Zeile\nzwei"))
    lines = [json.loads(line) for line in (tmp_path / "sms.jsonl").read_text("utf-8").splitlines()]
    assert [(line["to"], line["body"]) for line in lines] == [(MESSAGE.to, MESSAGE.body), ("+33700000000", "Zeile\nzwei")]


async def test_a_file_that_cannot_be_written_is_unavailable(tmp_path):
    """It may work later, and nothing counts as sent."""
    (tmp_path / "file").write_text("x")
    sms = OutboxFileSms(tmp_path / "file" / "sms.jsonl")
    with pytest.raises(Unavailable):
        await sms.send(MESSAGE)
    assert sms.sent == []


async def test_failures_come_as_planned():
    """A list is used attempt by attempt, a single word fails every time."""
    carrier = OutboxFileSms()
    sms = FailingSms(carrier, ["error", "timeout"])
    with pytest.raises(Unavailable):
        await sms.send(MESSAGE)
    with pytest.raises(TimedOut):
        await sms.send(MESSAGE)
    await sms.send(MESSAGE)
    assert carrier.sent == [MESSAGE]
    always = FailingSms(carrier, "error")
    for _ in range(3):
        with pytest.raises(Unavailable):
            await always.send(MESSAGE)


@pytest.mark.parametrize(
    ("text", "kind", "count"),
    [
        ("", "gsm7", 1),
        ("a" * 160, "gsm7", 1),
        ("a" * 161, "gsm7", 2),
        ("a" * 306, "gsm7", 2),
        ("a" * 307, "gsm7", 3),
        ("à é è ù ì ò ä ö ü ñ Ç ß £ ¿ ¡ Ö", "gsm7", 1),
        ("€" * 80, "gsm7", 1),  # an escape and a letter each
        ("€" * 81, "gsm7", 2),
        ("a" * 152 + "€" + "a" * 10, "gsm7", 2),  # the euro is not cut in two: it opens the second part
        ("a" * 152 + "€" + "a" * 151, "gsm7", 2),
        ("a" * 152 + "€" + "a" * 152, "gsm7", 3),
        ("à bientôt", "ucs2", 1),  # ô is not in the alphabet
        ("ç", "ucs2", 1),  # only the capital is
        ("ê" * 70, "ucs2", 1),
        ("ê" * 71, "ucs2", 2),
        ("ê" * 134, "ucs2", 2),
        ("ê" * 135, "ucs2", 3),
        ("😀" * 35, "ucs2", 1),  # two units each
        ("😀" * 36, "ucs2", 2),
        ("😀" * 66, "ucs2", 2),  # thirty-three to a part, one unit left over
        ("😀" * 67, "ucs2", 3),
        ("’", "ucs2", 1),
    ],
)
def test_texts_are_counted_as_they_are_paid(text, kind, count):
    """160 and 153 in the GSM alphabet, 70 and 67 outside it, escapes and surrogate pairs count two and stay whole."""
    assert (alphabet(text), segments(text)) == (kind, count)
