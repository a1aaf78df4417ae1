"""Days and times of appointments: each must be on offer or in the calendar; "free" and "full" must have been looked up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from frontdesk.prompting.audit.said_times import Piece, SaidTimes
from frontdesk.prompting.audit.verdict import Reason
from spoken.when.clock import PARTS, times_of

__all__ = ["availability", "moments", "time_is_true"]


def _settled_only(said: SaidTimes) -> bool:
    """Whether the sentence speaks of what is in the calendar: "see you on", "your appointment is", "booked for"."""
    if said.words["see_you"].search(said.plain):
        return True
    full = [match.span() for match in said.words["full"].finditer(said.plain)]
    claims = [m for kind in ("booked", "moved") for m in said.words.claims[kind].finditer(said.plain)]
    return any(
        not any(first <= m.start() < last for first, last in full)
        and not said.sentence.asked(m.start())
        and not said.sentence.denied(*m.span())
        for m in claims
    )


def _allowed(said: SaidTimes, piece: Piece) -> list[dt.datetime]:
    if _settled_only(said):
        return said.appointments
    if said.lacking(piece):
        return said.taken
    if said.near("free", piece):
        return said.offers
    return [*said.offers, *said.appointments]


def moments(said: SaidTimes) -> Iterator[Reason]:
    """Reasons against days and times that are not on offer, in the calendar, or full."""
    pairs = said.paired()
    with_time = {id(day) for _, day in pairs if day is not None}
    for piece, day in pairs:
        if not time_is_true(said, piece, day):
            yield said.reason("time", piece.start, piece.end)
        elif said.appointments and _settled_only(said) and piece.value["k"] != "part":
            said.sentence.dated = True
        said.sentence.settle(piece.start, piece.end)
    for piece in said.pieces:
        if piece.kind == "day":
            if id(piece) not in with_time and not _day_is_true(said, piece):
                yield said.reason("date", piece.start, piece.end)
            said.sentence.settle(piece.start, piece.end, backed=_is_known_day(said, piece))


def time_is_true(said: SaidTimes, piece: Piece, day: Piece | None) -> bool:
    """Whether a time of day, with the day that was said with it, is that of a moment that may be spoken of."""
    ways = said.dates(day) if day is not None else None
    if ways is not None and not ways:
        return False
    kind = piece.value["k"]
    allowed = _allowed(said, piece)
    days = {date for way in ways for date in way} if ways is not None else None
    if kind == "part":
        return _part_is_true(said, piece, days, allowed)
    for moment in allowed:
        if days is not None and moment.date() not in days:
            continue
        for stretch in times_of(piece.value, said.moment, moment.date()):
            if stretch.start != moment.hour * 60 + moment.minute:
                continue
            if kind == "clock" or (
                kind == "range" and said.record.service and stretch.end == stretch.start + said.business.duration_min(said.record.service)
            ):
                return True
    return False


def _part_is_true(said: SaidTimes, piece: Piece, days: set[dt.date] | None, allowed: list[dt.datetime]) -> bool:
    low, high = PARTS[piece.value["part"]]
    if any((days is None or m.date() in days) and low <= m.hour * 60 + m.minute < high for m in allowed):
        return True
    if said.lacking(piece):
        return days is not None and bool(days) and days <= said.record.full_days
    if said.words["see_you"].search(said.plain) or said.near("free", piece):
        return False
    # "Plutôt le matin ou l'après-midi ?" asks, and states nothing.
    return said.sentence.asked(piece.start) and (days is None or all(said.business.hours_of(date) for date in days))


def _day_is_true(said: SaidTimes, piece: Piece) -> bool:
    ways = said.dates(piece)
    if not ways:
        return False
    dates = {date for way in ways for date in way}
    if _settled_only(said):
        # "Bis Freitag!" is said of the Friday, not of the days until then.
        return any(m.date() in {way[-1] for way in ways if way} for m in said.appointments)
    if said.lacking(piece):
        return dates <= said.record.full_days or all(len(way) == 1 and way[0] in said.record.full_days for way in ways)
    if said.near("free", piece) and not said.sentence.asked(piece.start):
        return any(m.date() in dates for m in said.offers) or said.sentence.supposed(piece.start)
    if piece.value.get("at") == "now" or dates == {said.today}:
        return True
    if any(m.date() in dates for m in (*said.offers, *said.appointments)) or dates & said.record.full_days or said.record.day in dates:
        return True
    return said.sentence.asked(piece.start) and all(any(said.business.hours_of(date) for date in way) for way in ways)


def _is_known_day(said: SaidTimes, piece: Piece) -> bool:
    """Whether a record speaks of a day; "today" and "now" may always be said, and prove nothing."""
    dates = {date for way in said.dates(piece) for date in way}
    return bool(dates & {*(m.date() for m in (*said.offers, *said.appointments, *said.taken)), *said.record.full_days, said.record.day})


def availability(said: SaidTimes) -> Iterator[Reason]:
    """ "We're free", "fully booked", without a day."""
    if any(piece.kind == "day" or piece.value["k"] in ("clock", "part") for piece in said.pieces):
        return
    for name in ("free", "full"):
        for match in said.words[name].finditer(said.plain):
            start, end = match.span()
            if said.sentence.is_settled(start, end) or said.sentence.asked(start) or said.sentence.supposed(start):
                continue
            clause = said.sentence.clause_of(start)
            if said.words["assures"].search(said.plain, *clause) and said.sentence.has_negation(*clause):
                continue  # "we can't promise you a place" says neither that there is one nor that there is none
            lack = name == "full" or said.sentence.denied(start, end)
            if name == "full" and said.sentence.denied(start, start):
                lack = False
            true = (said.record.day in said.record.full_days or bool(said.taken)) if lack else bool(said.offers)
            if not true:
                yield said.reason("availability", start, end)
            else:
                said.sentence.settle(start, end)
