"""Dates of birth as they are said in figures."""

from __future__ import annotations

import datetime as dt

from spoken.context import Context
from spoken.reading import Reading, Status
from spoken.when.grammar import Parser
from spoken.when.language import Language
from spoken.when.tokens import Tokens

__all__ = ["birth_date_in_figures"]


def birth_date_in_figures(tokens: Tokens, language: Language, now: dt.datetime, context: Context) -> Reading | None:
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
