"""Days and times: each must be on offer, in the calendar, or the opening hours; "free" and "full" must have been looked up."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from frontdesk.business.model import Hours
from frontdesk.prompting.audit.knowledge import Knowledge
from frontdesk.prompting.audit.record import Record
from frontdesk.prompting.audit.sentence import Sentence
from frontdesk.prompting.audit.verdict import Reason
from spoken.context import Context
from spoken.when.calendar_days import days_of
from spoken.when.clock import PARTS, times_of
from spoken.when.joined_days import said_as_one
from spoken.when.language import load_language
from spoken.when.moment import Moment
from spoken.when.scanning import scan
from spoken.when.tokens import tokenise

__all__ = ["times"]

_MANY_DAYS: Final = 62


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: str
    value: Mapping[str, Any]
    start: int
    end: int


class _Audit:
    """One sentence's days and times against one record."""

    def __init__(self, sentence: Sentence, knowledge: Knowledge, record: Record) -> None:
        self.sentence, self.words, self.record = sentence, sentence.words, record
        self.business = knowledge.business
        self.plain = sentence.plain
        zone = self.business.zone
        now = record.now.astimezone(zone)
        self.now = now.replace(tzinfo=None, second=0, microsecond=0)
        self.today = self.now.date()
        self.offers = self._wall(record.offers)
        self.appointments = self._wall(record.appointments)
        self.taken = self._wall(record.taken)
        context = Context(business_country=self.business.country, hours=self.business.hours_of, holidays=self.business.holidays)
        language = load_language(sentence.words.language)
        conventions = {**language.conventions, "american": False}
        self.moment = Moment(self.now, now, context, conventions)
        free = sentence.free
        tokens = tokenise(free, language.wording)
        found = scan(tokens, language).pieces if tokens.words else []
        self.pieces = [
            _Piece(p.kind, value, tokens.starts[p.start], tokens.ends[p.end - 1])
            for p in found
            if p.kind in ("day", "time")
            for value in said_as_one(p.value)  # each of them must be true
            if value["k"] != "any" and not sentence.is_settled(tokens.starts[p.start], tokens.ends[p.end - 1])
        ]  # fmt: skip
        self.pieces = [p for p in self.pieces if p.kind == "day" or not self.words["articles"].fullmatch(self._last_and_next(p))]
        for piece in [p for p in self.pieces if p.kind == "day" and isinstance(p.value.get("with"), dict)]:
            # "Freitagnachmittag": a day and a time in one word.
            self.pieces.insert(self.pieces.index(piece) + 1, _Piece("time", piece.value["with"], piece.start, piece.end))
        people = knowledge.staff_in(self.plain)
        self.person = people[0].id if len({mention.id for mention in people}) == 1 else None

    def _last_and_next(self, piece: _Piece) -> str:
        """The last word of a piece and, after a dot, the one behind it: an article before a noun is no one o'clock."""
        behind = self.plain[piece.end :]
        following = behind.lstrip().split(" ", 1)[0] if behind[:1] == " " else ""
        return f"{self.plain[piece.start : piece.end].split()[-1]} {following}"

    def _wall(self, moments: tuple[dt.datetime, ...]) -> list[dt.datetime]:
        return [moment.astimezone(self.business.zone).replace(tzinfo=None) for moment in moments]

    # --- what is meant ----------------------------------------------------------------------------------------------

    def dates(self, piece: _Piece) -> list[list[dt.date]]:
        """The days of a piece, in every way it can be meant; empty when it has no end."""
        ways: list[list[dt.date]] = []
        for option in days_of(piece.value, self.moment):
            days: list[dt.date] = []
            for part in option:
                if part.end is None or (part.end - part.start).days > _MANY_DAYS:
                    return []
                days += [part.start + dt.timedelta(days=n) for n in range((part.end - part.start).days)]
            ways.append(days)
        return ways

    def paired(self) -> list[tuple[_Piece, _Piece | None]]:
        """Each time with its day: the one before it, or behind it in sentences that begin with a time."""
        behind = bool(self.pieces) and self.pieces[0].kind == "time"
        pairs: list[tuple[_Piece, _Piece | None]] = []
        for index, piece in enumerate(self.pieces):
            if piece.kind != "time":
                continue
            before = next((p for p in reversed(self.pieces[:index]) if p.kind == "day"), None)
            after = next((p for p in self.pieces[index + 1 :] if p.kind == "day"), None)
            pairs.append((piece, (after or before) if behind else (before or after)))
        return pairs

    # --- the checks ------------------------------------------------------------------------------------------------

    def run(self) -> Iterator[Reason]:
        opening = [m for name in ("open", "opens", "closed", "closes") for m in self.words[name].finditer(self.plain)]
        nouns = self.words["hours_nouns"].search(self.plain)
        works = list(self.words["works"].finditer(self.plain)) if self.person else []
        if works and self.pieces:
            yield from self._hours(works, self._staff_hours, "open")
        elif opening or (nouns and any(piece.kind == "time" for piece in self.pieces)):
            yield from self._hours(opening, self.business.hours_of, None)
        else:
            yield from self._moments()
        yield from self._availability()

    def _reason(self, code: str, start: int, end: int) -> Reason:
        return Reason(code, (start, end), self.sentence.text[start:end])

    def _staff_hours(self, day: dt.date) -> Hours:
        person = self.business.staff[self.person or ""]
        if not self.business.staff_hours(self.person or "", day):
            return ()
        return person.hours.of(day)

    # --- availability and appointments -----------------------------------------------------------------------------

    def _near(self, name: str, piece: _Piece) -> bool:
        """Whether words of a list stand in the clause of a piece, or nowhere else but in the sentence."""
        start, end = self.sentence.clause_of(piece.start)
        if self.words[name].search(self.plain, start, end):
            return True
        other = "full" if name == "free" else "free"
        return self.words[other].search(self.plain, start, end) is None and self.words[name].search(self.plain) is not None

    def _lack(self, piece: _Piece) -> bool:
        """Whether this day or time is said not to be free."""
        if self._near("full", piece):
            return True
        free = self.words["free"].search(self.plain, *self.sentence.clause_of(piece.start))
        free = free or (self.words["free"].search(self.plain) if self._near("free", piece) else None)
        return free is not None and self.sentence.denied(*free.span())

    def settled_only(self) -> bool:
        """Whether the sentence speaks of what is in the calendar: "see you on", "your appointment is", "booked for"."""
        if self.words["see_you"].search(self.plain):
            return True
        full = [match.span() for match in self.words["full"].finditer(self.plain)]
        said = [m for kind in ("booked", "moved") for m in self.words.claims[kind].finditer(self.plain)]
        return any(
            not any(first <= m.start() < last for first, last in full)
            and not self.sentence.asked(m.start())
            and not self.sentence.denied(*m.span())
            for m in said
        )

    def _allowed(self, piece: _Piece) -> list[dt.datetime]:
        if self.settled_only():
            return self.appointments
        if self._lack(piece):
            return self.taken
        if self._near("free", piece):
            return self.offers
        return [*self.offers, *self.appointments]

    def _moments(self) -> Iterator[Reason]:
        pairs = self.paired()
        with_time = {id(day) for _, day in pairs if day is not None}
        for piece, day in pairs:
            if not self._time_is_true(piece, day):
                yield self._reason("time", piece.start, piece.end)
            elif self.appointments and self.settled_only() and piece.value["k"] != "part":
                self.sentence.dated = True
            self.sentence.settle(piece.start, piece.end)
        for piece in self.pieces:
            if piece.kind == "day":
                if id(piece) not in with_time and not self._day_is_true(piece):
                    yield self._reason("date", piece.start, piece.end)
                self.sentence.settle(piece.start, piece.end, backed=self._is_known_day(piece))

    def _time_is_true(self, piece: _Piece, day: _Piece | None) -> bool:
        ways = self.dates(day) if day is not None else None
        if ways is not None and not ways:
            return False
        kind = piece.value["k"]
        allowed = self._allowed(piece)
        days = {date for way in ways for date in way} if ways is not None else None
        if kind == "part":
            return self._part_is_true(piece, days, allowed)
        for moment in allowed:
            if days is not None and moment.date() not in days:
                continue
            for stretch in times_of(piece.value, self.moment, moment.date()):
                if stretch.start != moment.hour * 60 + moment.minute:
                    continue
                if kind == "clock" or (
                    kind == "range"
                    and self.record.service
                    and stretch.end == stretch.start + self.business.duration_min(self.record.service)
                ):
                    return True
        return False

    def _part_is_true(self, piece: _Piece, days: set[dt.date] | None, allowed: list[dt.datetime]) -> bool:
        low, high = PARTS[piece.value["part"]]
        if any((days is None or m.date() in days) and low <= m.hour * 60 + m.minute < high for m in allowed):
            return True
        if self._lack(piece):
            return days is not None and bool(days) and days <= self.record.full_days
        if self.words["see_you"].search(self.plain) or self._near("free", piece):
            return False
        # "Plutôt le matin ou l'après-midi ?" asks, and states nothing.
        return self.sentence.asked(piece.start) and (days is None or all(self.business.hours_of(date) for date in days))

    def _day_is_true(self, piece: _Piece) -> bool:
        ways = self.dates(piece)
        if not ways:
            return False
        dates = {date for way in ways for date in way}
        if self.settled_only():
            # "Bis Freitag!" is said of the Friday, not of the days until then.
            return any(m.date() in {way[-1] for way in ways if way} for m in self.appointments)
        if self._lack(piece):
            return dates <= self.record.full_days or all(len(way) == 1 and way[0] in self.record.full_days for way in ways)
        if self._near("free", piece) and not self.sentence.asked(piece.start):
            return any(m.date() in dates for m in self.offers) or self.sentence.supposed(piece.start)
        if piece.value.get("at") == "now" or dates == {self.today}:
            return True
        if any(m.date() in dates for m in (*self.offers, *self.appointments)) or dates & self.record.full_days or self.record.day in dates:
            return True
        return self.sentence.asked(piece.start) and all(any(self.business.hours_of(date) for date in way) for way in ways)

    def _is_known_day(self, piece: _Piece) -> bool:
        """Whether a record speaks of a day; "today" and "now" may always be said, and prove nothing."""
        dates = {date for way in self.dates(piece) for date in way}
        return bool(dates & {*(m.date() for m in (*self.offers, *self.appointments, *self.taken)), *self.record.full_days, self.record.day})

    def _availability(self) -> Iterator[Reason]:
        """ "We're free", "fully booked", without a day."""
        if any(piece.kind == "day" or piece.value["k"] in ("clock", "part") for piece in self.pieces):
            return
        for name in ("free", "full"):
            for match in self.words[name].finditer(self.plain):
                start, end = match.span()
                if self.sentence.is_settled(start, end) or self.sentence.asked(start) or self.sentence.supposed(start):
                    continue
                clause = self.sentence.clause_of(start)
                if self.words["assures"].search(self.plain, *clause) and self.sentence.has_negation(*clause):
                    continue  # "we can't promise you a place" says neither that there is one nor that there is none
                lack = name == "full" or self.sentence.denied(start, end)
                if name == "full" and self.sentence.denied(start, start):
                    lack = False
                true = (self.record.day in self.record.full_days or bool(self.taken)) if lack else bool(self.offers)
                if not true:
                    yield self._reason("availability", start, end)
                else:
                    self.sentence.settle(start, end)

    # --- opening hours ----------------------------------------------------------------------------------------------

    def _word_for(self, piece: _Piece, opening: list[re.Match[str]]) -> re.Match[str] | None:
        """The word of opening or closing that goes with a piece: in its clause, the nearest, rather before it than behind."""
        start, end = self.sentence.clause_of(piece.start)
        inside = [m for m in opening if start <= m.start() < end]
        before = [m for m in opening if m.end() <= piece.start]
        if inside:
            return min(inside, key=lambda m: (piece.start - m.end()) if m.end() <= piece.start else (m.start() - piece.end) * 1.5 + 4)
        if before:
            return max(before, key=lambda m: m.start())
        return opening[0] if opening else None

    def _kind(self, match: re.Match[str] | None) -> str:
        """ "open", "opens", "closed" or "closes"; a negation turns open into closed and back."""
        if match is None:
            return "open"
        names = [n for n in ("opens", "closes", "closed", "open") if self.words[n].fullmatch(match.group())]
        kind = names[0] if names else "open"
        if self.sentence.denied(*match.span()):
            kind = {"open": "closed", "opens": "closed", "closed": "open", "closes": "open"}[kind]
        return kind

    def _hours(self, opening: list[re.Match[str]], hours: Callable[[dt.date], Hours], fixed: str | None) -> Iterator[Reason]:
        pairs = self.paired()
        with_time = {id(day) for _, day in pairs if day is not None}
        if not self.pieces:
            yield from self._bare(opening)
            return
        for match in self.words["every_day"].finditer(self.plain):
            yield self._reason("hours", *match.span())
        for piece, day in pairs:
            if not self._hour_is_true(piece, day, opening, hours):
                yield self._reason("hours", piece.start, piece.end)
            self.sentence.settle(piece.start, piece.end, house=True)
        for piece in self.pieces:
            if piece.kind != "day":
                continue
            self.sentence.settle(piece.start, piece.end, house=True)
            if id(piece) in with_time or self.sentence.asked(piece.start):
                continue
            ways = self.dates(piece)
            word = self._word_for(piece, opening)
            kind = self._kind(word)
            if word is not None and fixed:
                kind = "closed" if self.sentence.denied(*word.span()) else "open"
            closed = kind in ("closed", "closes")
            near = [way for way in ways if way]
            if not near or not all(bool(hours(date)) is not closed for way in near[:1] for date in way):
                yield self._reason("hours", piece.start, piece.end)

    def _hour_is_true(self, piece: _Piece, day: _Piece | None, opening: list[re.Match[str]], hours: Callable[[dt.date], Hours]) -> bool:
        if day is not None:
            ways = self.dates(day)
            dates = ways[0] if ways else []
            if not dates:
                return False
        elif self.record.day is not None:
            dates = [self.record.day]
        else:
            week = [self.today + dt.timedelta(days=n) for n in range(7)]
            dates = [date for date in week if hours(date)]
        match = self._word_for(piece, opening)
        kind = self._kind(match) if match is not None else "open"
        if self.person and match is not None and self.words["works"].fullmatch(match.group()):
            kind = "closed" if self.sentence.denied(*match.span()) else "open"
        if self.words["free"].search(self.plain) or (not opening and self.words["see_you"].search(self.plain)):
            return self._time_is_true(piece, day)
        return bool(dates) and all(self._fits(piece.value, kind, hours(date), date) for date in dates)

    def _fits(self, value: Mapping[str, Any], kind: str, spans: Hours, date: dt.date) -> bool:
        edges = [(start.hour * 60 + start.minute, end.hour * 60 + end.minute) for start, end in spans]
        starts, ends = {edge[0] for edge in edges}, {edge[1] for edge in edges}
        spec = value["k"]
        if spec == "range":
            wanted = {(s.start, s.end) for s in times_of(value, self.moment, date)}
            return kind != "closed" and bool(wanted & ({(min(starts), max(ends))} | set(edges) if edges else set()))
        if spec in ("from", "until"):
            limits = {s.start for s in times_of(value["a"], self.moment, date)}
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
        minutes = {stretch.start for each in both for stretch in times_of(each, self.moment, date)}
        if kind == "opens":
            return bool(minutes & starts)
        if kind == "closes":
            return bool(minutes & ends)
        inside = any(start <= minute < end for start, end in edges for minute in {min(minutes)} if minutes)
        return inside if kind == "open" else not inside

    def _bare(self, opening: list[re.Match[str]]) -> Iterator[Reason]:
        """ "We're open", of the day under discussion or of this moment."""
        for match in opening:
            start, end = match.span()
            if self.sentence.asked(start) or self.sentence.supposed(start):
                continue
            every = self.words["every_day"].search(self.plain)
            if every:
                yield self._reason("hours", *every.span())
                continue
            kind = self._kind(match)
            closed = kind in ("closed", "closes")
            now = any(s <= self.now.time() < e for s, e in self.business.hours_of(self.today))
            true = (bool(self.business.hours_of(self.record.day)) if self.record.day is not None else now) is not closed
            if not true:
                yield self._reason("hours", start, end)
            else:
                self.sentence.settle(start, end)


def times(sentence: Sentence, knowledge: Knowledge, record: Record) -> Iterator[Reason]:
    """Reasons against the days, times, opening hours and availability in a sentence."""
    yield from _Audit(sentence, knowledge, record).run()
