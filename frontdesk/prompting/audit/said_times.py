"""The days and times that a sentence says, and what is known of when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from frontdesk.prompting.audit.knowledge import Knowledge
from frontdesk.prompting.audit.record import Record
from frontdesk.prompting.audit.sentence import Sentence
from frontdesk.prompting.audit.verdict import Reason
from spoken.context import Context
from spoken.when.calendar_days import days_of
from spoken.when.joined_days import said_as_one
from spoken.when.language import load_language
from spoken.when.moment import Moment
from spoken.when.scanning import scan
from spoken.when.tokens import tokenise

__all__ = ["Piece", "SaidTimes"]

_MANY_DAYS: Final = 62


@dataclass(frozen=True, slots=True)
class Piece:
    """A day or a time, and which characters of the sentence say it."""

    kind: str
    value: Mapping[str, Any]
    start: int
    end: int


class SaidTimes:
    """One sentence's days and times, and the record that they are held against."""

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
            Piece(p.kind, value, tokens.starts[p.start], tokens.ends[p.end - 1])
            for p in found
            if p.kind in ("day", "time")
            for value in said_as_one(p.value)  # each of them must be true
            if value["k"] != "any" and not sentence.is_settled(tokens.starts[p.start], tokens.ends[p.end - 1])
        ]  # fmt: skip
        self.pieces = [p for p in self.pieces if p.kind == "day" or not self.words["articles"].fullmatch(self._last_and_next(p))]
        for piece in [p for p in self.pieces if p.kind == "day" and isinstance(p.value.get("with"), dict)]:
            # "Freitagnachmittag": a day and a time in one word.
            self.pieces.insert(self.pieces.index(piece) + 1, Piece("time", piece.value["with"], piece.start, piece.end))
        people = knowledge.staff_in(self.plain)
        self.person = people[0].id if len({mention.id for mention in people}) == 1 else None

    def _last_and_next(self, piece: Piece) -> str:
        """The last word of a piece and, after a dot, the one behind it: an article before a noun is no one o'clock."""
        behind = self.plain[piece.end :]
        following = behind.lstrip().split(" ", 1)[0] if behind[:1] == " " else ""
        return f"{self.plain[piece.start : piece.end].split()[-1]} {following}"

    def _wall(self, moments: tuple[dt.datetime, ...]) -> list[dt.datetime]:
        return [moment.astimezone(self.business.zone).replace(tzinfo=None) for moment in moments]

    def dates(self, piece: Piece) -> list[list[dt.date]]:
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

    def paired(self) -> list[tuple[Piece, Piece | None]]:
        """Each time with its day: the one before it, or behind it in sentences that begin with a time."""
        behind = bool(self.pieces) and self.pieces[0].kind == "time"
        pairs: list[tuple[Piece, Piece | None]] = []
        for index, piece in enumerate(self.pieces):
            if piece.kind != "time":
                continue
            before = next((p for p in reversed(self.pieces[:index]) if p.kind == "day"), None)
            after = next((p for p in self.pieces[index + 1 :] if p.kind == "day"), None)
            pairs.append((piece, (after or before) if behind else (before or after)))
        return pairs

    def reason(self, code: str, start: int, end: int) -> Reason:
        """A reason against what stands at some characters of the sentence."""
        return Reason(code, (start, end), self.sentence.text[start:end])

    def near(self, name: str, piece: Piece) -> bool:
        """Whether words of a list stand in the clause of a piece, or nowhere else but in the sentence."""
        start, end = self.sentence.clause_of(piece.start)
        if self.words[name].search(self.plain, start, end):
            return True
        other = "full" if name == "free" else "free"
        return self.words[other].search(self.plain, start, end) is None and self.words[name].search(self.plain) is not None

    def lacking(self, piece: Piece) -> bool:
        """Whether this day or time is said not to be free."""
        if self.near("full", piece):
            return True
        free = self.words["free"].search(self.plain, *self.sentence.clause_of(piece.start))
        free = free or (self.words["free"].search(self.plain) if self.near("free", piece) else None)
        return free is not None and self.sentence.denied(*free.span())
