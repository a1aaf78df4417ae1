"""Read days and times from what a caller said."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from spoken.context import Context
from spoken.reading import NOTHING, Alternative, Reading, Status
from spoken.when.clauses import split_clauses
from spoken.when.compose import Group, Wish, compose
from spoken.when.grammar import Parser
from spoken.when.language import Language, load_language
from spoken.when.moment import Moment
from spoken.when.pieces import scan
from spoken.when.resolve import MAX_WAYS, readings_of
from spoken.when.saying import say_date, say_time, say_window
from spoken.when.tokens import Tokens, tokenise
from spoken.when.window import Window, as_value

__all__ = ["read_when"]

_KINDS: Final = ("date", "time", "datetime", "birth_date")


def _mentions(wish: Wish) -> frozenset[str]:
    said: set[str] = set()
    for group in wish.groups or wish.ruled_out:
        if group.days:
            said.add("day")
        for time in group.times:
            said.add("part" if time["k"] == "part" else "time")
    return frozenset(said)


def _values(ways: list[list[Window]], expect: str) -> list[Any]:
    """What the ways to understand a wish come to in the form that was asked for."""
    if expect == "datetime":
        return [as_value(way) for way in ways]
    found: list[str] = []
    for way in ways:
        for window in way:
            if expect == "time":
                if not window.instant:
                    return []
                found.append(window.start.strftime("%H:%M"))
            else:
                longer = window.end is not None and window.end - window.start > dt.timedelta(days=1)
                if longer or (window.closes and window.grain == "day"):
                    return []
                found.append(window.start.strftime("%Y-%m-%d"))
    return list(dict.fromkeys(found))


def _say(value: Any, expect: str, language: str, now: dt.datetime) -> str:
    if expect in ("date", "birth_date"):
        return say_date(dt.date.fromisoformat(value), language, now)
    if expect == "time":
        return say_time(dt.time.fromisoformat(value), language)
    return say_window(value, language, now)


def _apart(wish: Wish) -> list[Wish]:
    """Each day of a wish as a wish of its own."""
    times = next((group.times for group in wish.groups if group.times), [])
    return [
        Wish([Group([day], list(group.times or times))], [Group(list(one.days), list(one.times)) for one in wish.ruled_out], wish.used)
        for group in wish.groups
        for day in group.days
    ]


def _unlike(values: list[Any]) -> list[Any]:
    kept: list[Any] = []
    for value in values:
        if value not in kept:
            kept.append(value)
    return kept[:MAX_WAYS]


def _for_kind(wish: Wish, expect: str) -> Wish:
    """Only the days for a date, only the times for a time."""
    if expect == "datetime":
        return wish
    groups: list[Group] = []
    for group in wish.groups:
        if expect == "birth_date":
            days = [day for day in group.days if day["k"] == "date" and "y" in day]
            groups += [Group(days)] if days else []
        elif expect == "date" and group.days:
            groups.append(Group(list(group.days)))
        elif expect == "time" and group.times:
            times = [{"k": "clock", "hour": 12, "exact": True} if t == {"k": "part", "part": "noon"} else t for t in group.times]
            groups.append(Group([], times))
    ruled_out = [g for g in wish.ruled_out if g.days and not g.times] if expect == "date" and groups else []
    return Wish(groups, ruled_out, wish.used)


def read_when(text: str, expect: str, language: str, now: dt.datetime, context: Context) -> Reading:
    """Find the day, time or window that `text` speaks of, as wall time of the business.

    `expect` is "date", "time", "datetime" or "birth_date" (a date with its year, not in the future); `now` is aware,
    in the zone of the business. Values have the form of `docs/conventions-time.md`.
    Raises :class:`ValueError` for another `expect` or a naive `now`, and :class:`spoken.errors.UnknownLanguage` for a
    language without data.
    """
    if expect not in _KINDS:
        raise ValueError(f"expect must be one of {', '.join(_KINDS)}, not {expect!r}.")
    if now.tzinfo is None:
        raise ValueError("now must carry the time zone of the business.")
    data = load_language(language)
    tokens = tokenise(
        text,
        data.fillers,
        data.numbers,
        turning=data.turning,
        softeners=data.softeners,
        known=data.known,
        spellings=data.spellings,
        telling=data.telling,
    )
    if not tokens.words:
        return NOTHING
    if expect in ("date", "birth_date"):
        born = _born(tokens, data, now, context)
        if born is not None:
            return born
    found = scan(tokens, data)
    if not found.pieces and found.unfinished is None:
        return NOTHING
    wish = compose(
        split_clauses(found.pieces, tokens, data, past=expect in ("date", "birth_date")),
        len(tokens),
        found.pieces,
    )
    wall = now.replace(tzinfo=None, second=0, microsecond=0)
    conventions = {**data.conventions, "american": context.country == "US"}
    moment = Moment(wall, now, context, conventions, past=expect in ("date", "birth_date"))
    mentions = _mentions(wish)
    span = _span(wish, found.unfinished, tokens)
    unfinished = found.unfinished is not None or (bool(wish.used) and (tokens.trailing_off or _may_go_on(wish, tokens, data)))
    apart = _apart(_for_kind(wish, expect)) if wish.unsure and expect != "time" else []
    values = _unlike(_values(readings_of(_for_kind(wish, expect), moment), expect)) if wish.used else []
    if len(apart) > 1 and len(values) == 1:
        # Which of the days is wished and which only hinders is not known: a question is better than a wrong day.
        values = _unlike([value for one in apart for value in _values(readings_of(one, moment), expect)]) or values
    if expect == "birth_date":
        values = [value for value in values if value <= wall.date().isoformat()]
        # Day and month are a good beginning: the year is to follow.
        unfinished = unfinished or (
            not values and any(day["k"] == "date" and "m" in day and "y" not in day for g in wish.groups for day in g.days)
        )
    if unfinished:
        return Reading(Status.PREFIX, values[0] if len(values) == 1 else None, span, mentions=mentions)
    if not values:
        return NOTHING
    if len(values) == 1:
        return Reading(Status.COMPLETE, values[0], span, mentions=mentions)
    alternatives = tuple(Alternative(value, _say(value, expect, language, now)) for value in values)
    return Reading(Status.AMBIGUOUS, None, span, alternatives, mentions)


def _born(tokens: Tokens, language: Language, now: dt.datetime, context: Context) -> Reading | None:
    """A whole date in figures, as dates of birth are said: "douze onze quatre-vingt-quatre", "3 4 1990".

    A year of two figures is of the last century unless it has been in this one. None when there is no such date, or more.
    """
    if "born" not in language.rules:
        return None
    parser = Parser(language.grammar, tokens)
    places: list[tuple[int, int, dict[str, int]]] = []
    at = 0
    while at < parser.count:
        ways = [
            (end, value)
            for end, value in parser.read("born", at)[0]
            if end >= parser.count or (parser.words[end] not in language.hour_words and parser.words[end] not in language.numbers)
        ]
        if ways:
            places.append((at, ways[0][0], ways[0][1]))
            at = ways[0][0]
        else:
            at += 1
    if len(places) != 1:
        return None
    start, end, value = places[0]
    day, month, year = value["d"], value["m"], value["y"]
    if value.get("figures") and context.country == "US":
        day, month = month, day
    if year < 100:
        year += 2000 if year <= now.year % 100 else 1900
    elif not 1900 <= year < 2200:
        return None
    try:
        date = dt.date(year, month, day)
    except ValueError:
        return None
    if date > now.date() and value["y"] < 100:
        return None
    return Reading(Status.COMPLETE, date.isoformat(), (tokens.starts[start], tokens.ends[end - 1]), mentions=frozenset({"day"}))


def _may_go_on(wish: Wish, tokens: Tokens, language: Language) -> bool:
    """ "Le vingt" may become "le vingt-trois": another number can follow a day of the month that ends the text."""
    last = wish.used[-1]
    if last.kind != "day" or last.end != len(tokens) or tokens.words[-1] not in language.more:
        return False
    value = last.value
    return value.get("k") == "date" and "m" not in value


def _span(wish: Wish, unfinished: int | None, tokens: Tokens) -> tuple[int, int] | None:
    begins = [piece.start for piece in wish.used]
    ends = [piece.end for piece in wish.used]
    if unfinished is not None:
        begins.append(unfinished)
        ends.append(len(tokens))
    if not begins:
        return None
    return tokens.starts[min(begins)], tokens.ends[max(ends) - 1]
