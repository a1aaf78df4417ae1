"""Two descriptions of one day as one: "mardi" and "le seize", "Friday" and "next week"."""

from __future__ import annotations

from collections.abc import Mapping, MutableSequence
from typing import Any, Final

__all__ = [
    "MONTH",
    "SPANS",
    "counted_week",
    "enclose",
    "has_portion",
    "join_days",
    "of_each",
    "of_each_part",
    "portion_said",
    "said_as_one",
    "share_week",
]

Spec = Mapping[str, Any]

MONTH: Final = frozenset({"m", "month_offset"})
"""What says in which month a date is."""
SPANS: Final = frozenset({"week", "weekend", "month", "next_days", "until", "from", "workdays", "week_of", "weekend_of", "in_span", "clip"})
"""Kinds of days that are several, of which a weekday beside them names one."""
_STRETCHES: Final = frozenset({"week", "month", "weekend"})
_WEEKS: Final = frozenset({"week", "week_of", "cw"})
"""Kinds of whole weeks, which have a beginning, a middle and an end."""
_SINGLE: Final = frozenset({"date", "rel"})
_WHOLE: Final = frozenset({"month", "months", "next_days"})
"""Spans of which all the weekdays of a list are, in whatever order they are said."""
_BOUNDS: Final = frozenset({"holiday", "date", "weekend", "wd", "week", "month"})
_OPEN: Final = frozenset({"any", "asap"})
_PLACED: Final = frozenset({"date", "holiday", "nth", "in", "rel", "week", "week_of", "weekend_of", "month", "near", "cw"})
"""Kinds of days for which it does not matter when the holidays are."""
_WEEKS_AND_A_DAY: Final = (8, 15)
"""Days that are one and two weeks where the first day counts: "dans quinze jours"."""
_IN_A_YEAR: Final = frozenset({"date", "month", "nth", "holiday", "last_day"})


def join_days(one: Spec, other: Spec) -> Spec | None:
    """Two descriptions of one day as one ("mardi" and "le seize"), or `None` when they are two days."""
    if one == other:
        return one
    kinds = (one["k"], other["k"])
    if "unplaced" in kinds:
        # "After the holidays, on the eighth of September": the date says when; "…, on a Tuesday" does not.
        return next((day for day in (one, other) if day["k"] in _PLACED and (day["k"] != "date" or "m" in day)), {"k": "unplaced"})
    if kinds[0] in _OPEN:
        return other
    if kinds[1] in _OPEN:
        return one
    if one.get("vague") or other.get("vague"):
        return one if other.get("vague") else other  # "After the holidays, on Tuesday the fifth"
    if kinds[1] in ("until", "from") and other["a"] == one:
        return other  # "The twelfth it runs out, before the twelfth then"
    if kinds == ("from", "until"):
        first = {"k": "beside", "a": one["a"], "days": 1} if one.get("excl") else one["a"]
        before = other.get("excl") and other["a"].get("part") != "late"
        return {"k": "span", "a": first, "b": {"k": "beside", "a": other["a"], "days": -1} if before else other["a"]}
    counted = counted_week(one)
    if counted is not None and other.keys() == {"k", "wd"}:
        return {"k": "within", "wd": other["wd"], "in": counted}  # "In three weeks, the Thursday": of that week
    for this, that in ((one, other), (other, one)):
        joined = _join_ordered(this, that) or _join_span(this, that) or _join_hung(this, that) or _join_inside(this, that)
        if joined is not None:
            return joined
    return None


def enclose(first: Spec, last: Spec) -> bool:
    """Whether two bounds that are joined are those of one stretch: "from Monday and until Thursday"."""
    if (first["k"], last["k"]) != ("from", "until"):
        return False
    begins, ends = first["a"], last["a"]
    if begins["k"] == ends["k"] == "wd":
        return bool(begins["wd"] < ends["wd"])
    if begins["k"] == ends["k"] == "date":
        return (begins.get("m", 0), begins["d"]) < (ends.get("m", begins.get("m", 0)), ends["d"])
    return False


def _join_ordered(one: Spec, other: Spec) -> Spec | None:
    first, second = one["k"], other["k"]
    plain = first == "wd" and one.keys() == {"k", "wd"}
    if second == "months" and first in _IN_A_YEAR and not {"y", "n"} & one.keys() and other.keys() == {"k", "years", "count"}:
        return {**one, "next_year": True} if other["years"] else one  # "The fourth of January next year"
    if first in ("wd", "near", "either") and "wd" in one and second == "date" and "wd" not in other:
        return {**other, "wd": one["wd"]}
    if plain and second == "week" and "part" not in other:
        return {**one, "week": other.get("n", 0)}
    if plain and second == "in" and other["unit"] == "week":
        return {**one, "plus": 7 * int(other.get("n", 1))}
    if plain and second == "in" and other["unit"] == "day" and int(other.get("n", 1)) % 7 == 0:
        return {**one, "plus": int(other["n"]), "sure": True}  # "Dans quinze jours, le samedi", said on a Saturday
    if plain and second == "in" and other["unit"] == "day" and int(other.get("n", 1)) in _WEEKS_AND_A_DAY:
        return {**one, "plus": int(other["n"]) - 1}
    if first == "same_day" and second == "week" and "part" not in other:
        return {"k": "same_in_week", "n": other.get("n", 0)}
    if first == "rel" and second == "in":
        return {"k": "beside", "a": other, "days": one["days"]}
    if first == "wd" and second == "rel":
        return {"k": "agree", "a": other, "b": one}
    if first == "date" and second in ("rel", "holiday"):
        return {"k": "agree", "a": other, "b": one}
    if first == "wd" and second == "holiday":
        return {"k": "agree", "a": other, "b": one}
    if first == "date" and "m" not in one and second == "month" and "part" not in other:
        return {**one, "m": other["m"]} if "m" in other else {**one, "month_offset": other.get("n", 0)}
    if plain and second in ("until", "from") and other.get("excl") and other["a"]["k"] in ("holiday", "date"):
        return {"k": "near", "wd": one["wd"], "side": second, "a": other["a"]}
    return {"k": "within", "wd": one["wd"], "in": other} if first == "wd" and _holds(other, one) else None


def _holds(several: Spec, day: Spec) -> bool:
    """Whether a weekday beside several days is one of them: "Tuesday between the feasts", not "this week, Friday of the next"."""
    if several["k"] == "week" and day.get("week", several.get("n", 0)) != several.get("n", 0):
        return False
    dated = several["k"] == "span" and all(several[end]["k"] == "holiday" or MONTH & several[end].keys() for end in ("a", "b"))
    return several["k"] in SPANS or (dated and day.keys() == {"k", "wd"})


def _join_span(one: Spec, other: Spec) -> Spec | None:
    """A stretch of days beside the week or month that it lies in."""
    if one["k"] != "span" or "part" in other:
        return None
    ends = one["a"], one["b"]
    inside: dict[str, Any] = {}
    if other["k"] == "week" and _plain_weekdays(one):
        inside = {"week": other.get("n", 0)}
    elif other["k"] == "month" and _days_of_month(one):
        inside = {"m": other["m"]} if "m" in other else {"month_offset": other.get("n", 0)}  # "From the fourth to the tenth, next month"
    return {**one, "a": {**ends[0], **inside}, "b": {**ends[1], **inside}} if inside else None


def _join_hung(one: Spec, other: Spec) -> Spec | None:
    """A day beside another that hangs on a third one."""
    if one.keys() == {"k", "wd"} and other["k"] == "beside" and ("weeks" in other or int(other.get("days", 1)) % 7 == 0):
        # "Two weeks before, on the Saturday": in that week.
        return {"k": "within", "wd": one["wd"], "in": {"k": "week_of", "a": other}}
    if one["k"] == "week" and other["k"] in ("from", "until") and other["a"].keys() == {"k", "wd"} and int(one.get("n", 0)) > 0:
        inside = {"k": "within", "wd": other["a"]["wd"], "in": one}  # "Next week, from the Wednesday on"
        return {**other, "a": inside} if other["k"] == "from" else {"k": "span", "a": one, "b": inside}
    if one["k"] in _SINGLE and other["k"] == "until" and (other.get("excl") or one["k"] == "rel") and other["a"]["k"] in _BOUNDS:
        return one  # "Before Christmas … Tuesday the twenty-second": which of those days.
    if one["k"] in _STRETCHES and other["k"] in ("until", "from") and other["a"]["k"] in ("date", "wd", "holiday"):
        return {"k": "clip", "a": one, "by": other}  # "Late in the month, but before the twenty-eighth"
    feasts = other.get("excl") and other["a"]["k"] == "span" and other["a"]["a"]["k"] == "holiday"  # "Después de Semana Santa, el ocho"
    if one["k"] == "date" and other["k"] == "from" and other.get("excl") and (feasts or other["a"]["k"] in _BOUNDS):
        return one  # "After Epiphany, Friday the eighth"
    return None


def _join_inside(one: Spec, other: Spec) -> Spec | None:
    """A day or a portion beside the month or week that it is in."""
    if one["k"] == "date" and other["k"] == "month" and one.get("m") == other.get("m"):
        return one  # "Not before January, on the seventh of January"
    inside = other.get("of_said") and other["k"] in ("week", "month") and _of_a_kind(one, other) and "part" not in one
    return portion_said(other, other, one) if inside else None


def said_as_one(spec: Spec) -> list[Spec]:
    """Each of the days, or times, that one rule named together, in order; any other alone.

    "The 16th, 17th or 18th of June": the month is said once.
    """
    several = _in_order(spec)
    first, last = several[0], several[-1]
    found: list[Spec] = []
    for one in several:
        of_first = first["k"] == one["k"] == "date" and one["d"] > first["d"]
        month = MONTH & last.keys() or (MONTH & first.keys() if of_first else set())
        said = {key: (last if key in last else first)[key] for key in month}
        found.append(one if MONTH & one.keys() else {**one, **said})
    return found


def _in_order(spec: Spec) -> list[Spec]:
    if spec["k"] != "two":
        return [spec]
    return [one for key in ("a", "b", "c", "d") if key in spec for one in _in_order(spec[key])]


def counted_week(spec: Spec) -> Spec | None:
    """The week that so many weeks from now is: "in two weeks, at the end of the week"; None for any other day."""
    if spec["k"] != "in" or spec.keys() != {"k", "n", "unit"} or spec["unit"] == "month":
        return None
    days = int(spec["n"]) * (7 if spec["unit"] == "week" else 1)
    weeks, over = divmod(days - (days in _WEEKS_AND_A_DAY), 7)
    return {"k": "week", "n": weeks} if weeks and not over else None


def _of_a_kind(base: Spec, portion: Spec) -> bool:
    """Whether a portion of a week or month may be one of `base`."""
    if portion["k"] == "week":
        return base["k"] in ("week", "week_of") or counted_week(base) is not None
    return bool(base["k"] == "month")


def _days_of_month(span: Spec) -> bool:
    return all(span[end]["k"] == "date" and not span[end].keys() & {"m", "month_offset", "wd"} for end in ("a", "b"))


def _plain_weekdays(span: Spec) -> bool:
    return all(span[end]["k"] == "wd" and span[end].keys() == {"k", "wd"} for end in ("a", "b")) and span["a"]["wd"] <= span["b"]["wd"]


def share_week(days: MutableSequence[Spec], last: Spec | None, *, added: bool = False) -> None:
    """Give the weekdays of a list the week that was said with the last one: "Wednesday or Friday next week".

    `last` is to follow `days` when `added`, else it takes the place of the last of them. Days that do not come before it
    in a week keep their own.
    """
    if last is not None and last["k"] == "within" and last["in"]["k"] in _WHOLE:
        for index in range(len(days) - (1 if added else 2), -1, -1):
            if days[index].keys() != {"k", "wd"}:
                return
            days[index] = {**last, "wd": days[index]["wd"]}  # "A Tuesday or a Thursday in July"
        return
    hangs = last is not None and last["k"] == "near"  # "The Thursday or Friday after Easter"
    if last is None or not (hangs or (last["k"] == "wd" and "week" in last)):
        return
    for index in range(len(days) - (1 if added else 2), -1, -1):
        day = days[index]
        if not (day["k"] == "wd" and day.keys() == {"k", "wd"} and day["wd"] < last["wd"]):
            return
        days[index] = {**last, "wd": day["wd"]}


def portion_said(said: Spec, spec: Spec, base: Spec) -> Spec:
    """ "Next week, rather at the beginning of the week": of the week that was said before; else `spec`, as it was understood."""
    of_base = said.get("of_said") and _of_a_kind(base, said) and "part" not in base
    return {**(counted_week(base) or base), "part": said["part"]} if of_base else spec


def has_portion(base: Spec, spec: Spec) -> bool:
    """Whether a month or week has such a portion."""
    return base["k"] == "month" or (base["k"] in _WEEKS and spec["part"] in ("early", "mid", "late"))


def of_each(day: Spec, time: Spec) -> Spec:
    """A part of the day that bounds no day: "before the end of the month, and in the morning" is any of these mornings."""
    return {**time, "each": True} if time["k"] in ("part", "clock") and day["k"] in ("until", "from") else time


def of_each_part(day: Spec, times: list[Spec]) -> list[Spec]:
    """Times said before a bound: "an afternoon before Saturday", for only right behind it does a part of the day bound it."""
    return [of_each(day, time) if time["k"] == "part" else time for time in times]
