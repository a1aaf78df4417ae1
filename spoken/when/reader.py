"""Read days and times from what a caller said."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from spoken.context import Context
from spoken.reading import NOTHING, Alternative, Reading, Status
from spoken.when.apart import set_apart
from spoken.when.as_asked import for_kind, may_lie_ahead, only_what_differs, said_aloud, unlike_values, values_of
from spoken.when.awaited import without_days_awaited
from spoken.when.birth_dates import birth_date_in_figures
from spoken.when.clauses import Clauses, split_clauses
from spoken.when.coherence import at_night, overlap, pierced, refused_alone
from spoken.when.compose import compose
from spoken.when.counted_from_events import counted_from_events
from spoken.when.deciding import consequent, decisions
from spoken.when.doubt import Doubt, weigh
from spoken.when.events import bounded_by_events
from spoken.when.first_pass import first_pass
from spoken.when.gone_by import long_ago, without_days_gone_by
from spoken.when.language import Language, load_language
from spoken.when.moment import Moment
from spoken.when.moves import moved
from spoken.when.narrowed import narrowed
from spoken.when.not_once import recurring
from spoken.when.numbered_weekdays import figures_settled, months_shared, told_otherwise
from spoken.when.old_instants import without_old_instants
from spoken.when.or_else import or_else
from spoken.when.other_ways import other_ways_of, values_in_doubt
from spoken.when.parts_of_events import without_parts_of_events
from spoken.when.pieces import Scan
from spoken.when.reasons import reasons_told
from spoken.when.refused_weeks import weeks_after_refused
from spoken.when.resolve import readings_of
from spoken.when.settled_marks import at_end
from spoken.when.short_weeks import short_weeks_named
from spoken.when.timeless import names_none
from spoken.when.tokens import Tokens
from spoken.when.told_days import consequences
from spoken.when.why_refused import without_reasons_of_refusals
from spoken.when.window import Window, as_value
from spoken.when.wish import Wish

__all__ = ["read_when"]

_KINDS: Final = ("date", "time", "datetime", "birth_date")
_SEVERAL: Final = 2


def _mentions(wish: Wish) -> frozenset[str]:
    said: set[str] = set()
    for group in wish.groups or wish.ruled_out:
        if group.days:
            said.add("day")
        for time in group.times:
            said.add("part" if time["k"] == "part" else "time")
    return frozenset(said)


def _once(values: list[Any], wish: Wish, found: Scan, data: Language) -> list[Any]:
    """The ways there are, or none of what comes again: "every day at seven", in the morning or in the evening."""
    return [] if len(values) > 1 and recurring(wish.used, wish, found, data) else values


def read_when(text: str, expect: str, language: str, now: dt.datetime, context: Context, *, aloud: bool = True) -> Reading:
    """Find the day, time or window that `text` speaks of, as wall time of the business.

    `expect` is "date", "time", "datetime" or "birth_date" (a date with its year, not in the future); `now` is aware,
    in the zone of the business. Values have the form of `docs/conventions-time.md`. `aloud`: alternatives have their words.
    Raises :class:`ValueError` for another `expect` or a naive `now`, and :class:`spoken.errors.UnknownLanguage` for a
    language without data.
    """
    if expect not in _KINDS:
        raise ValueError(f"expect must be one of {', '.join(_KINDS)}, not {expect!r}.")
    if now.tzinfo is None:
        raise ValueError("now must carry the time zone of the business.")
    data = load_language(language)
    tokens, first = first_pass(text, data, as_time=expect == "time")
    if not tokens.words:
        return NOTHING
    if expect in ("date", "birth_date"):
        born = birth_date_in_figures(tokens, data, now, context)
        if born is not None:
            return born
    ahead = expect == "datetime" and not context.trusting
    found = None if first is None else _settled(first, text, tokens, data, now.date(), ahead=ahead)
    if found is None or names_none(found):
        return NOTHING
    found.pieces = set_apart(found.pieces, tokens, text, data)
    found.pieces = narrowed(found, tokens, text, data)
    found.pieces = without_parts_of_events(found, tokens, data)
    found.pieces = weeks_after_refused(without_reasons_of_refusals(found, tokens, data))
    tokens.turns = _turns(found, tokens, data)
    found.pieces = reasons_told(found, tokens, data, wishing=expect == "datetime" and not context.trusting)
    clauses = split_clauses(found.pieces, tokens, data, past=expect in ("date", "birth_date"))
    wish = compose(clauses.pieces, _said_until(found, data), found.pieces, found.apart)
    wall = now.replace(tzinfo=None, second=0, microsecond=0)
    conventions = {**data.conventions, "american": context.country == "US"}
    moment = Moment(wall, now, context, conventions, past=expect in ("date", "birth_date"))
    mentions = _mentions(wish)
    span = _span(wish, found.unfinished, tokens)
    wanted = for_kind(wish, expect)
    ways = [way for way in readings_of(wanted, moment) if expect != "datetime" or may_lie_ahead(way, wall)] if wish.used else []
    values = _once(unlike_values(values_of(ways, expect)), wish, found, data)
    goes_on = bool(wish.used) and (tokens.trailing_off or _may_go_on(wish, tokens, data, ways, wall))
    unfinished = goes_on or _unfinished(found, clauses, wish)
    if len(values) == 1 and expect != "birth_date" and not context.trusting:
        others = other_ways_of(wish, wanted, found.pieces, moment, expect)
        others.beside.extend(told_otherwise(wish, found.pieces, found.parser, now.date()) if expect == "datetime" else ())
        doubt = weigh(tokens, found, clauses, wish, data, whole=expect == "datetime")
        put_together = sum(piece.kind == "time" for piece in wish.used) > 1
        if expect == "datetime" and (
            (put_together and at_night(ways[0]))
            or pierced(ways[0])
            or refused_alone(wish, found.pieces)
            or long_ago(wish, ways, wall, found.pieces)
        ):
            values = []
        elif doubt is Doubt.NONE and expect == "datetime" and not others.beside and overlap(ways[0]):
            values = unlike_values([as_value([window]) for window in ways[0]])
        else:
            values = values_in_doubt(values, doubt, others, moment, expect)
        if not values and not unfinished:
            return Reading(Status.NOTHING, None, span, mentions=mentions)
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
    words = [said_aloud(apart, expect, language, now) for apart in only_what_differs(values)] if aloud else [""] * len(values)
    alternatives = tuple(Alternative(value, say) for value, say in zip(values, words, strict=True))
    return Reading(Status.AMBIGUOUS, None, span, alternatives, mentions)


def _settled(found: Scan, text: str, tokens: Tokens, language: Language, today: dt.date, *, ahead: bool) -> Scan:
    """The pieces of a text as they stand; with `ahead`, what is told of the past is of days gone by."""
    found.pieces = or_else(found, language)
    found.pieces = short_weeks_named(found, tokens, language)
    found.pieces = moved(found, language)
    found.pieces = without_old_instants(found, language)
    found.pieces = counted_from_events(found, tokens, language)
    found.pieces = bounded_by_events(found.pieces, found.skipped, tokens, language)
    found.pieces = months_shared(figures_settled(found.pieces, found.parser, today), today)
    if ahead:
        found.pieces = without_days_gone_by(found, tokens, text, language)
        found.pieces = without_days_awaited(found, language)
    return found


def _turns(found: Scan, tokens: Tokens, language: Language) -> list[int]:
    """Where the decision begins: at its words, and where one of several days is named again or concluded from another."""
    if sum(piece.kind == "day" for piece in found.pieces) < _SEVERAL:
        return sorted(set(tokens.turns))  # as in most sentences, which need not be gone through for it
    anew = {*tokens.turns, *decisions(found, language), *consequences(found, language)}
    return sorted(anew - consequent(found, tokens.turns, language))


def _said_until(found: Scan, language: Language) -> int:
    """Where a text ends but for words of politeness: "Monday no | thanks", "Friday no, | no rush"."""
    count = found.parser.count
    for piece in found.pieces:
        if piece.kind == "mark" and piece.value == "no" and (piece.end, count) in found.skipped:
            return piece.end
    last = found.pieces[-1].end if found.pieces else count
    ends = [*(piece.end for piece in found.pieces if piece.kind == "mark" and piece.value == "no"), last]
    return next((at for at in ends if at_end(at, found.parser, language)), count)


def _unfinished(found: Scan, clauses: Clauses, wish: Wish) -> bool:
    """Whether a day or time was begun at the end and may be part of the wish: not in a reason behind a day with its time."""
    if found.unfinished is None:
        return False
    told = any(begin <= found.unfinished < end for begin, end in clauses.asides)
    return not (told and any(group.days and group.times for group in wish.groups))


_SETTLED: Final = dt.timedelta(days=31)
"""A weekday that agrees with a day of the month within so long leaves no other number to follow."""


def _may_go_on(wish: Wish, tokens: Tokens, language: Language, ways: list[list[Window]], now: dt.datetime) -> bool:
    """ "Le vingt" may become "le vingt-trois": another number can follow a day of the month that ends the text."""
    last = wish.used[-1]
    if last.kind != "day" or last.end != len(tokens) or tokens.words[-1] not in language.more:
        return False
    value = last.value
    if "wd" in value and len(ways) == 1 and len(ways[0]) == 1:
        return ways[0][0].start > now + _SETTLED  # "Tuesday the thirtieth"
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
