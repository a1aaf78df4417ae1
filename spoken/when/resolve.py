"""From a composed wish to windows of wall time, in every way that it can be meant."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from spoken.when.clock import join_times
from spoken.when.day_windows import midnight, still_to_come
from spoken.when.day_with_time import borrowed_halves, ways_of_one
from spoken.when.moment import Moment
from spoken.when.ruled_out import forbidden_windows, taken_out, weeks_to
from spoken.when.window import DAY, Window, subtract
from spoken.when.wish import MAX_WAYS, Group, Spec, Wish

__all__ = ["readings_of"]

_ONE_DAY: Final = frozenset({"wd", "date", "rel", "holiday", "in", "near", "moved", "beside", "around", "nth", "last_day", "workday"})
"""Kinds of days that are one day."""

_NOON: Final = 12
_EVENINGS: Final = frozenset({"evening", "late evening", "night"})

_TODAY: Final[Spec] = {"k": "rel", "days": 0}


def _unique(windows: Iterable[Window]) -> list[Window]:
    return list(dict.fromkeys(windows))


def _group_ways(group: Group, moment: Moment) -> list[list[Window]]:
    members: list[list[list[Window]]] = []
    if moment.same is None and any(t["k"] not in ("same", "shift") for t in group.times):
        # "The same time as usual, ten o'clock"
        group = Group(group.days, [t for t in group.times if t["k"] not in ("same", "shift")])
    hints = borrowed_halves(group.times)
    days: list[Spec | None] = [*group.days] or [None]
    times: list[tuple[Spec | None, str | None]] = [*zip(group.times, hints, strict=True)] or [(None, None)]
    for day in days:
        of_day: list[list[list[Window]]] = []
        for time, hint in times:
            ways = ways_of_one(day, time, hint, moment)
            if day is not None and time is not None and ways and all(w.instant and w.start <= moment.now for way in ways for w in way):
                # "Heute noch, sonst morgen um elf", said after eleven
                ways = ways_of_one(day, None, None, moment) if len(days) > 1 else _later_today(day, time, moment) or ways
            if not ways:
                return []
            of_day.append(ways[:MAX_WAYS])
        members.append(_on_one_day(of_day) if day is not None and len(of_day) > 1 else of_day[0])
        if day is None:
            members += of_day[1:]
    return [_unique(itertools.chain(*choice)) for choice in itertools.islice(itertools.product(*members), MAX_WAYS)]


def _later_today(day: Spec, time: Spec, moment: Moment) -> list[list[Window]]:
    """An hour of today in its other half, when that is still to come: "today at half past eight", said at ten in the morning.

    "Today at midnight" is when the day is over.
    """
    if day != _TODAY or time["k"] != "clock":
        return []
    if time.get("mer") in _EVENINGS or int(time.get("hour", _NOON)) == int(time.get("minute", 0)) == 0:
        ways = ways_of_one(day, time, None, moment)
        small = all(window.start.hour == 0 for way in ways for window in way)
        return [[replace(window, start=window.start + DAY) for window in way] for way in ways] if small else []
    if "mer" in time or time.get("exact") or not 0 < int(time.get("hour", 0)) < _NOON:
        return []
    ways = ways_of_one(day, {**time, "mer": "pm"}, None, moment)
    return [way for way in ways if all(still_to_come(window, moment) for window in way)]


def _on_one_day(times: list[list[list[Window]]]) -> list[list[Window]]:
    """The ways of several times of a day together: whichever day it is, it is the same for all of them."""
    choices = list(itertools.islice(itertools.product(*times), MAX_WAYS * MAX_WAYS))
    alike = [choice for choice in choices if len({tuple(window.start.date() for window in way) for way in choice}) == 1]
    return [list(itertools.chain(*choice)) for choice in alike or choices]


def _turned(wish: Wish) -> None:
    """ "Not before ten" asks for ten or later; "not after five" for five at the latest."""
    kept: list[Group] = []
    for group in wish.ruled_out:
        soon = [t for t in group.times if t["k"] == "later" and t.get("within")]
        if soon and not group.days and not wish.groups:
            wish.groups.append(Group([], [{**soon[0], "within": False, "opens": True}]))  # "Not in the next two hours"
            continue
        if not wish.groups and len(wish.ruled_out) == 1 and _bounded_by_hour(group):
            day = group.days[0]
            turned_day = {"k": "until" if day["k"] == "from" else "from", "a": day["a"]}
            wish.groups.append(Group([turned_day], group.times))  # "I can't before Thursday at three"
            continue
        bounds = [t for t in group.times if t["k"] in ("from", "until") and not t.get("within")]
        answered = any(t.get("soft") for t in bounds) and any(g.times for g in wish.groups)  # "Four is too late, so three"
        if not bounds or len(bounds) != len(group.times) or group.days or answered:
            kept.append(group)
            continue
        turned: list[Spec] = [{**t, "k": "until" if t["k"] == "from" else "from"} for t in bounds]
        last = wish.groups[-1].times if wish.groups else []
        joined = join_times(last[0], turned[0]) if len(last) == len(turned) == 1 and last[0]["k"] in ("part", "from", "until") else None
        if joined is not None:
            last[0] = joined  # "Tuesday afternoon, but not after four"
        elif wish.groups and not wish.groups[-1].times:
            wish.groups[-1].times += turned
        else:
            wish.groups.append(Group([], turned))
    wish.ruled_out = kept


def _bounded_by_hour(group: Group) -> bool:
    """Whether what cannot be ends, or begins, at an hour of a day: "busy until Thursday at three"."""
    return len(group.days) == len(group.times) == 1 and group.days[0]["k"] in ("from", "until") and group.times[0]["k"] == "clock"


def readings_of(wish: Wish, moment: Moment) -> list[list[Window]]:
    """The ways to understand `wish`, each a list of windows; empty when nothing of it lies ahead."""
    _turned(wish)
    groups = [g for g in wish.groups if g.days or g.times]
    if groups and not groups[0].days and len(groups) > 1:
        days = next((g.days for g in groups if g.days), [])
        groups[0].days = list(days)
    refused = next((g for g in wish.ruled_out if g.days and g.times), None)
    if groups and refused is not None and not any(g.days for g in groups):
        # "Tuesday morning I can't, but the afternoon is fine" is still about the Tuesday.
        for group in groups:
            group.days = list(refused.days)
    if refused is None and wish.ruled_out and moment.context.day is None and not any(g.days for g in wish.groups):
        for group in groups:
            # "Not on Monday, after six": after six on any of the other days.
            group.days = [{"k": "any", "grain": "day"}] if any(g.days for g in wish.ruled_out) else group.days
    for one, following in itertools.pairwise(groups):
        if not following.days:
            following.days = list(one.days)
    ways: list[list[Window]] = []
    if groups:
        each = [_group_ways(group, moment) for group in groups]
        if not all(each):
            return []
        ways = [_unique(itertools.chain(*choice)) for choice in itertools.islice(itertools.product(*each), MAX_WAYS)]
    if not wish.ruled_out:
        return [list(way) for way in dict.fromkeys(tuple(w) for w in ways)]
    bounded = bool(ways) and all(w.end is not None or w.instant for way in ways for w in way)
    weeks = weeks_to(max(w.end or w.start for way in ways for w in way), moment) if bounded else 2
    if not ways:
        if all(not g.days for g in wish.ruled_out):
            day = moment.context.day or moment.today
            ways = [[Window(midnight(day), midnight(day) + DAY, "part_of_day")]]
        else:
            ways = [[Window(moment.now, None, "day", opens=True)]]
    forbidden = taken_out(wish, ways, moment, weeks)
    if groups and all(day["k"] in _ONE_DAY for group in groups for day in group.days) and all(group.days for group in groups):
        # "I can't do Tuesday, but Friday from three" is about that Friday alone.
        dates = {w.start.date() for way in ways for w in way}
        forbidden = [w for w in forbidden if w.start.date() in dates]
    left = [subtract(way, forbidden) for way in ways]
    if ways and not any(left) and weeks > 1:
        # "This Friday not, the next one": only the first is out when nothing else would remain.
        nearest = [w for group in wish.ruled_out for w in forbidden_windows(group, moment, 1)]
        left = [subtract(way, nearest) for way in ways]
    return [way for way in left if way]
