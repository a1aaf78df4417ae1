"""Opening hours, and those of a member of staff: each that a sentence says must be one of them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from frontdesk.business.model import Hours
from frontdesk.prompting.audit.offered_times import time_is_true
from frontdesk.prompting.audit.said_times import Piece, SaidTimes
from frontdesk.prompting.audit.verdict import Reason
from spoken.when.clock import PARTS, times_of

__all__ = ["opening_hours", "staff_hours"]


def staff_hours(said: SaidTimes, day: dt.date) -> Hours:
    """The hours of the one member of staff that the sentence speaks of; none on a day off."""
    person = said.business.staff[said.person or ""]
    if not said.business.staff_hours(said.person or "", day):
        return ()
    return person.hours.of(day)


def _word_for(said: SaidTimes, piece: Piece, opening: list[re.Match[str]]) -> re.Match[str] | None:
    """The word of opening or closing that goes with a piece: in its clause, the nearest, rather before it than behind."""
    start, end = said.sentence.clause_of(piece.start)
    inside = [m for m in opening if start <= m.start() < end]
    before = [m for m in opening if m.end() <= piece.start]
    if inside:
        return min(inside, key=lambda m: (piece.start - m.end()) if m.end() <= piece.start else (m.start() - piece.end) * 1.5 + 4)
    if before:
        return max(before, key=lambda m: m.start())
    return opening[0] if opening else None


def _kind(said: SaidTimes, match: re.Match[str] | None) -> str:
    """ "open", "opens", "closed" or "closes"; a negation turns open into closed and back."""
    if match is None:
        return "open"
    names = [n for n in ("opens", "closes", "closed", "open") if said.words[n].fullmatch(match.group())]
    kind = names[0] if names else "open"
    if said.sentence.denied(*match.span()):
        kind = {"open": "closed", "opens": "closed", "closed": "open", "closes": "open"}[kind]
    return kind


def opening_hours(said: SaidTimes, opening: list[re.Match[str]], hours: Callable[[dt.date], Hours], fixed: str | None) -> Iterator[Reason]:
    """Reasons against times and days that `hours` does not have, as the words `opening` (with `fixed`: of being at work) say them."""
    pairs = said.paired()
    with_time = {id(day) for _, day in pairs if day is not None}
    if not said.pieces:
        yield from _bare(said, opening)
        return
    for match in said.words["every_day"].finditer(said.plain):
        yield said.reason("hours", *match.span())
    for piece, day in pairs:
        if not _hour_is_true(said, piece, day, opening, hours):
            yield said.reason("hours", piece.start, piece.end)
        said.sentence.settle(piece.start, piece.end, house=True)
    for piece in said.pieces:
        if piece.kind != "day":
            continue
        said.sentence.settle(piece.start, piece.end, house=True)
        if id(piece) in with_time or said.sentence.asked(piece.start):
            continue
        ways = said.dates(piece)
        word = _word_for(said, piece, opening)
        kind = _kind(said, word)
        if word is not None and fixed:
            kind = "closed" if said.sentence.denied(*word.span()) else "open"
        closed = kind in ("closed", "closes")
        near = [way for way in ways if way]
        if not near or not all(bool(hours(date)) is not closed for way in near[:1] for date in way):
            yield said.reason("hours", piece.start, piece.end)


def _hour_is_true(
    said: SaidTimes, piece: Piece, day: Piece | None, opening: list[re.Match[str]], hours: Callable[[dt.date], Hours]
) -> bool:
    if day is not None:
        ways = said.dates(day)
        dates = ways[0] if ways else []
        if not dates:
            return False
    elif said.record.day is not None:
        dates = [said.record.day]
    else:
        week = [said.today + dt.timedelta(days=n) for n in range(7)]
        dates = [date for date in week if hours(date)]
    match = _word_for(said, piece, opening)
    kind = _kind(said, match) if match is not None else "open"
    if said.person and match is not None and said.words["works"].fullmatch(match.group()):
        kind = "closed" if said.sentence.denied(*match.span()) else "open"
    if said.words["free"].search(said.plain) or (not opening and said.words["see_you"].search(said.plain)):
        return time_is_true(said, piece, day)
    return bool(dates) and all(_fits(said, piece.value, kind, hours(date), date) for date in dates)


def _fits(said: SaidTimes, value: Mapping[str, Any], kind: str, spans: Hours, date: dt.date) -> bool:
    edges = [(start.hour * 60 + start.minute, end.hour * 60 + end.minute) for start, end in spans]
    starts, ends = {edge[0] for edge in edges}, {edge[1] for edge in edges}
    spec = value["k"]
    if spec == "range":
        wanted = {(s.start, s.end) for s in times_of(value, said.moment, date)}
        return kind != "closed" and bool(wanted & ({(min(starts), max(ends))} | set(edges) if edges else set()))
    if spec in ("from", "until"):
        limits = {s.start for s in times_of(value["a"], said.moment, date)}
        if spec == "from":
            return bool(limits & (ends if kind in ("closed", "closes") else starts))
        return bool(limits & (starts if kind == "closed" else ends))
    if spec == "part":
        low, high = PARTS[value["part"]]
        inside = any(low < end and start < high for start, end in edges)
        return inside is (kind not in ("closed", "closes"))
    if spec != "clock":
        return False
    # "We close at eight": of the two that it may mean, the one that is an edge of the day.
    both = (value, {**value, "mer": "pm"})
    minutes = {stretch.start for each in both for stretch in times_of(each, said.moment, date)}
    if kind == "opens":
        return bool(minutes & starts)
    if kind == "closes":
        return bool(minutes & ends)
    inside = any(start <= minute < end for start, end in edges for minute in {min(minutes)} if minutes)
    return inside if kind == "open" else not inside


def _bare(said: SaidTimes, opening: list[re.Match[str]]) -> Iterator[Reason]:
    """ "We're open", of the day under discussion or of this moment."""
    for match in opening:
        start, end = match.span()
        if said.sentence.asked(start) or said.sentence.supposed(start):
            continue
        every = said.words["every_day"].search(said.plain)
        if every:
            yield said.reason("hours", *every.span())
            continue
        kind = _kind(said, match)
        closed = kind in ("closed", "closes")
        now = any(s <= said.now.time() < e for s, e in said.business.hours_of(said.today))
        true = (bool(said.business.hours_of(said.record.day)) if said.record.day is not None else now) is not closed
        if not true:
            yield said.reason("hours", start, end)
        else:
            said.sentence.settle(start, end)
