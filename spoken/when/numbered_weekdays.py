"""A figure behind a weekday: the day of the month, or an hour? "Dienstag 16", "Mittwoch 9 um 16 Uhr", "Wednesday 9 at four".

Where an hour is said behind it, and that weekday falls on that day within three weeks, the figure is the day. A figure over
twelve alone, on a weekday that falls on it, is asked about. A stretch that may as well be a move, "vom 14. auf den 15.", is too.

Of several such days the month may be said once: "jeudi 22 ou vendredi 23 octobre".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from spoken.when.grammar import Parser
from spoken.when.pieces import Piece
from spoken.when.tokens import DIGITS
from spoken.when.wish import Group, Spec, Wish

__all__ = ["figures_settled", "months_shared", "told_otherwise"]

_ASKING: Final = frozenset({"wish", "suits", "so", "fix", "no", "does", "busy"})
"""Marks that change nothing of the only day that is said: "lieber Freitag 19", "sagen wir Samstag 20"."""
_WEEKS: Final = 3
_HOURS: Final = 12
"""A figure up to this alone is an hour."""


def _falls_on(weekday: int, number: int, today: dt.date) -> bool:
    """Whether a weekday of the next three weeks, today included, is this day of its month."""
    ahead = dt.timedelta(days=(weekday - today.weekday()) % 7)
    return any((today + ahead + dt.timedelta(weeks=week)).day == number for week in range(_WEEKS))


def _figure(day: Piece, time: Piece, parser: Parser, today: dt.date) -> int | None:
    """The day of the month that a figure right behind a bare weekday may be."""
    alone = day.kind == "day" and day.value.keys() == {"k", "wd"} and day.value["k"] == "wd" and time.kind == "time"
    bare = alone and time.value["k"] == "clock" and time.value.get("bare")  # "Freitag 19 wäre gut"
    if not bare or time.start != day.end or parser.firsts[time.start] != DIGITS:
        return None
    number = parser.numbers[time.start]
    return number if number is not None and _falls_on(int(day.value["wd"]), number, today) else None


def _hour(piece: Piece) -> bool:
    """Whether a piece is an hour that says it is one: "um vier", "14:30", "at half two"."""
    return piece.kind == "time" and piece.value["k"] == "clock" and (piece.end - piece.start > 1 or not piece.value.get("bare"))


def figures_settled(pieces: Sequence[Piece], parser: Parser, today: dt.date) -> list[Piece]:
    """The pieces with a weekday, a figure and an hour as a day with its number and an hour."""
    kept: list[Piece] = []
    for index, piece in enumerate(pieces):
        after = pieces[index + 1] if index + 1 < len(pieces) else None
        number = None
        if kept and after is not None and after.start == piece.end and _hour(after):
            number = _figure(kept[-1], piece, parser, today)
        if number is None:
            kept.append(piece)
        else:
            kept[-1] = Piece("day", {"k": "date", "d": number, "wd": kept[-1].value["wd"]}, kept[-1].start, piece.end)
    return kept


def months_shared(pieces: Sequence[Piece], today: dt.date) -> list[Piece]:
    """The pieces with each weekday and its number in the month of the date that it is joined to, when it falls on that day there."""
    found = list(pieces)
    for row in _rows(pieces):
        dated = [at for at in row if "m" in pieces[at].value]
        for at in row:
            value = pieces[at].value
            if at > row[0] and _later(value, month := found[row[row.index(at) - 1]].value):
                found[at] = replace(pieces[at], value={**value, **_month_of(month)})  # "The 12th of December, or else the 19th"
            if not dated or not value.keys() >= {"wd", "d"} or value.keys() & {"m", "month_offset"}:
                continue
            month = pieces[min(dated, key=lambda one: abs(one - at))].value
            if _agrees(value, month, today):
                found[at] = replace(pieces[at], value={**value, **_month_of(month)})
    return _named_again(found)


def _named_again(pieces: list[Piece]) -> list[Piece]:
    """The pieces with each bare day of the month that was named before in the month it had: "the 19th of December, | the 19th only …"."""
    dated: dict[int, Spec] = {}
    for at, piece in enumerate(pieces):
        value = piece.value if piece.kind == "day" else {}
        for date in (value, value.get("b", {})) if value.get("k") in ("date", "two") else ():
            if date.get("k") == "date" and "m" in date and "part" not in date:
                dated[int(date["d"])] = date
        if value.get("k") == "date" and not value.keys() - {"k", "d", "bare"} and value["d"] in dated:
            pieces[at] = replace(piece, value={**value, **_month_of(dated[int(value["d"])])})
    return pieces


def _month_of(date: Spec) -> Spec:
    """In which month a date is."""
    return {key: date[key] for key in ("m", "y", "next_year") if key in date}


def _later(day: Spec, before: Spec) -> bool:
    """Whether a bare day of the month may be of the month of the date that it is joined to: "the 12th of December, or else | the 19th"."""
    dated = before.get("k") == "date" and "m" in before and "part" not in before
    return dated and not day.keys() - {"k", "d", "bare"} and int(day["d"]) >= int(before["d"])


def _rows(pieces: Sequence[Piece]) -> list[list[int]]:
    """The places of dates that stand side by side or are joined by "or", or by a condition: "or if that's full"."""
    rows: list[list[int]] = [[]]
    for at, piece in enumerate(pieces):
        if piece.kind == "day" and (piece.value.get("k") == "date" or (at and _month_behind(pieces[at - 1], piece))):
            rows[-1].append(at)
        elif piece.kind != "mark" or piece.value not in ("or", "perhaps"):
            rows.append([])
    return [row for row in rows if len(row) > 1]


def _month_behind(day: Piece, piece: Piece) -> bool:
    """Whether a month is that of the date right before it: "el martes 13 y el miércoles 14 | de octubre"."""
    dated = day.kind == "day" and day.value.get("k") == "date" and piece.start - day.end <= 1
    return dated and piece.value.get("k") == "month" and "m" in piece.value and "part" not in piece.value


def _agrees(day: Spec, month: Spec, today: dt.date) -> bool:
    """Whether a weekday is this day of that month, the next of its name or in the year that is said."""
    year = int(month.get("y", today.year + bool(month.get("next_year") or int(month["m"]) < today.month)))
    try:
        return dt.date(year, int(month["m"]), int(day["d"])).weekday() == int(day["wd"])
    except ValueError:
        return False


def told_otherwise(wish: Wish, pieces: Sequence[Piece], parser: Parser, today: dt.date) -> list[Wish]:
    """What else a wish may be that consists of a weekday and a figure, or of two days the first of which is moved."""
    said = [piece for piece in pieces if piece.kind != "mark" or piece.value not in _ASKING]
    if len(said) != 2 or wish.ruled_out:
        return []
    first, second = said
    other: Mapping[str, Any] | None = None
    number = _figure(first, second, parser, today)
    if number is not None and number > _HOURS:
        other = {"k": "date", "d": number, "wd": first.value["wd"]}
    elif first.kind == second.kind == "day" and first.value.get("onto") and first.end == second.start and not _moving(parser):
        other = {"k": "span", "a": _plain(first.value), "b": _plain(second.value)}
    return [Wish([Group([dict(other)])], [], wish.used)] if other is not None else []


def _moving(parser: Parser) -> bool:
    """Whether a word of moving is said, so that "vom elften auf den sechzehnten" is a move."""
    return any(parser.read("moving", at)[0] for at in range(parser.count))


def _plain(spec: Mapping[str, Any]) -> Spec:
    return {key: value for key, value in spec.items() if key not in ("old", "onto")}
