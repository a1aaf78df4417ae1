"""Success: that something was booked, moved, cancelled, written down or sent is true only once it is."""

from __future__ import annotations

from collections.abc import Iterator

from frontdesk.prompting.audit.record import Record
from frontdesk.prompting.audit.sentence import Sentence
from frontdesk.prompting.audit.verdict import Reason

__all__ = ["deeds", "promises"]


def deeds(sentence: Sentence, record: Record) -> Iterator[Reason]:
    """Claims that something has been done, and denials of what has been."""
    for kind, pattern in sentence.words.claims.items():
        # "I've dealt with it" may mean anything that was done; denying it denies nothing.
        # "It's done" is true of whatever was done.
        done = bool(record.done) if kind in ("any", "whatever") else kind in record.done
        if kind == "booked" and sentence.dated:
            done = True  # the day or time of an appointment in the calendar, which need not have been made in this call
        full = [match.span() for match in sentence.words["full"].finditer(sentence.plain)]
        for match in pattern.finditer(sentence.plain):
            start, end = match.span()
            if any(first <= start and end <= last for first, last in sentence.harmless):
                continue
            if any(first <= start and end <= last for first, last in full):
                continue  # "fully booked" is no booking
            if sentence.asked(start) or sentence.supposed(start) or sentence.possible(start):
                sentence.settle(start, end, backed=False)
                continue
            denied = sentence.denied(start, end)
            if kind == "any" and (done or denied):
                sentence.achieved = True  # its pattern fits any deed: which one is meant, the other words must say
                continue
            if denied is not done:
                sentence.settle(start, end)
                sentence.achieved = True
                continue
            yield Reason("success", (start, end), sentence.text[start:end])


def promises(sentence: Sentence, record: Record) -> Iterator[Reason]:
    """What only happens when something was done: a call back after a message, a text after a booking."""
    for kind, pattern in sentence.words.promises.items():
        follows = kind in record.done or (kind in ("sms", "email") and bool({"booked", "moved", "cancelled"} & record.done))
        for match in pattern.finditer(sentence.plain):
            start, end = match.span()
            if any(0 <= first - end <= 1 for first, _ in sentence.house):
                sentence.settle(start, end, house=True)
                continue  # "we keep your place for a quarter of an hour"
            conditional = sentence.words["conditions"].search(sentence.plain) or sentence.supposed(start)
            if follows or sentence.asked(start) or conditional or sentence.possible(start) or sentence.denied(start, end):
                sentence.settle(start, end, backed=follows)
                sentence.achieved = sentence.achieved or follows
                continue
            yield Reason("promise", (start, end), sentence.text[start:end])
