"""Days that are named by another day of the same sentence: "the Friday before that", "in der Woche danach".

The day they hang on need not be wished: "we fly on the twenty-ninth, so the Saturday before".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from spoken.when.pieces import Piece

__all__ = ["after_anchor", "anchor_of", "hour_of", "hung_day", "hung_on", "hung_time", "old_day", "old_hour", "other_than", "relengthened"]

Spec = Mapping[str, Any]

_IN_A_WEEK: Final = frozenset({"near", "within", "nth"})
"""Kinds of weekdays that hang on something: the weekdays said after them are of that week."""
_NO_ANCHORS: Final = frozenset({"past", "other", "any", "asap", "same_day", "around", "next_days", "workdays"})


def anchor_of(said: Sequence[Piece], at: int) -> Spec | None:
    """The day said last before token `at`, whatever was said about it."""
    falls: Spec | None = None
    for index in range(len(said) - 1, -1, -1):
        piece = said[index]
        if piece.kind != "day" or piece.start >= at or piece.value["k"] in _NO_ANCHORS:
            continue
        if piece.value.get("years") == 0:
            continue  # "Halloween's a Saturday this year"
        if piece.value["k"] == "hung" and said[index + 1 :] and _taken_back(said[index + 1 :], piece.end, at):
            continue  # "The Friday after, no, the Friday before"
        told = said[index - 1] if index else None
        if told is not None and told.kind == "mark" and told.end == piece.start and (told.value == "it_is" or _says_which(said, index)):
            # "Nikolaus fällt auf einen Sonntag" is about the same day; "a wedding, which is on the tenth" names it.
            falls = falls or ({**piece.value} if piece.value["k"] in ("date", "wd") else None)
            continue
        spec: Spec = {key: value for key, value in piece.value.items() if key not in ("with", "old")}
        if spec["k"] == "two":
            spec = spec["b"]
        if spec["k"] == "from" and spec.get("excl") and spec["a"]["k"] == "span":
            spec = {**spec["a"], "over": True}
        elif spec["k"] in ("until", "from"):
            spec = spec["a"]
        return hung_on(spec, anchor_of(said[:index], piece.start)) if spec["k"] == "hung" else spec
    return falls


def _says_which(said: Sequence[Piece], index: int) -> bool:
    """Whether a weekday only says on which one a date falls: "the first of May is a Friday"."""
    if index < 2 or said[index].value.keys() != {"k", "wd"} or said[index - 1].value != "does":
        return False
    date = next((piece for piece in reversed(said[: index - 1]) if piece.kind == "day"), None)
    return date is not None and date.value["k"] in ("date", "holiday")


def _taken_back(after: Sequence[Piece], end: int, at: int) -> bool:
    """Whether nothing stands between token `end` and `at` but words that take back what was said before them."""
    for piece in after:
        if piece.start >= at:
            return piece.start == end
        if piece.start != end or piece.kind != "mark" or piece.value not in ("fix", "no"):
            return False
        end = piece.end
    return end == at


def hour_of(said: Sequence[Piece], at: int) -> Spec | None:
    """The hour said last before token `at`: "at three or half past"."""
    for piece in reversed(said):
        if piece.kind == "time" and piece.start < at:
            inner = piece.value.get("b") if piece.value["k"] in ("range", "two") else piece.value.get("a", piece.value)
            if isinstance(inner, Mapping) and inner.get("k") == "clock":
                return {key: value for key, value in inner.items() if key != "bare"}
    return None


def relengthened(day: Spec | None, days: int) -> Spec | None:
    """A day so many weeks ahead with other weeks instead: "two weeks on Thursday, no, three weeks"."""
    if day is None:
        return None
    if day["k"] == "wd" and "plus" in day:
        return {**day, "plus": days}
    if day["k"] == "within" and day["in"].keys() == {"k", "n"} and day["in"]["k"] == "week":
        return {**day, "in": {"k": "week", "n": days // 7}}  # "In two weeks on the Friday, no, in three weeks"
    if day["k"] in ("moved", "beside"):
        return {**{key: value for key, value in day.items() if key != "weeks"}, "days": days}
    if day["k"] in ("in", "rel"):
        return {"k": "rel", "days": days + (int(day.get("days", 0)) % 7 if day["k"] == "rel" else 0)}
    return None


def old_day(said: Sequence[Piece]) -> Spec | None:
    """The day of the appointment there is, said as such: "my appointment's on Friday at ten, could I push it to the afternoon"."""
    inside = False
    for piece in said:
        if piece.kind == "mark" and piece.value in ("old", "wish", "so"):
            inside = piece.value == "old"
        elif piece.kind == "day" and (inside or piece.value.get("old")) and piece.value["k"] not in _NO_ANCHORS:
            return {key: value for key, value in piece.value.items() if key not in ("with", "old")}
    return None


def old_hour(said: Sequence[Piece]) -> Spec | None:
    """The hour of the appointment there is: "my appointment's on Thursday at two, can I make it an hour later"."""
    inside = False
    for piece in said:
        if piece.kind == "mark" and piece.value in ("old", "wish", "so", "fix"):
            inside = piece.value == "old"
        elif piece.kind == "time" and inside and piece.value["k"] == "clock":
            return {key: value for key, value in piece.value.items() if key != "bare"}
    return None


def hung_on(spec: Spec, anchor: Spec | None) -> Spec:
    """A description that refers back (`hung`) as a day of its own; without `anchor` it hangs on the day under discussion.

    `side` is before or after (until, from) for a weekday `wd`, `incl` when the anchor may be that day itself; `weeks`
    counts weeks from that of the anchor, of which the weekday, the week or the weekend (`unit`) is meant; `same` is the anchor itself.
    """
    on: dict[str, Any] = {"a": anchor if anchor is not None else {"k": "same_day"}}
    if spec.get("same"):
        return on["a"]  # type: ignore[no-any-return]
    if anchor is not None and anchor.get("over") and spec.get("weeks") == 0:
        on = {"a": {"k": "beside", "a": anchor["b"], "days": 1}}  # "After Holy Week, the Wednesday of that week"
    if "weeks" in spec:
        of_week = {"k": "weekend_of" if spec.get("unit") == "weekend" else "week_of", "n": spec["weeks"], **on}
        return {"k": "within", "wd": spec["wd"], "in": of_week} if "wd" in spec else of_week
    return {"k": "near", "wd": spec["wd"], "side": spec["side"], "incl": bool(spec.get("incl")), **(on if anchor is not None else {})}


def after_anchor(spec: Spec, base: Spec, *, told: bool = False) -> Spec:
    """What follows a day that was ruled out, or stands beside it with "or": "le pont de l'Ascension non, la semaine d'après".

    After a feast a weekday is the next one after it, or the coming one close before it (`or_coming`);
    after another date of a month, or a day that was only `told` and hung on another, it is that or the coming one.
    """
    if spec.get("after_same"):
        return spec if base["k"] in _NO_ANCHORS or base["k"] == "week" else hung_on({"unit": "week", "weeks": 1}, base)
    if spec["k"] == "until" and spec["a"].keys() == {"k", "wd"} and base["k"] in ("holiday", "bridge"):
        return {**spec, "a": hung_on({"wd": spec["a"]["wd"], "side": "until"}, base)}  # "We leave on Good Friday, so by Tuesday"
    if spec["k"] == base["k"] == "wd" and spec.get("which") == "next" and base["wd"] == spec["wd"] and base.get("which") == "this":
        return {"k": "wd", "wd": spec["wd"], "which": "coming", "plus": 7}  # "This Thursday or next Thursday"
    if spec.keys() != {"k", "wd"}:
        return spec
    if base.get("led") and int(spec["wd"]) > int(base["wd"]):
        return {**base, "wd": spec["wd"]}  # "Next week Tuesday or Thursday"
    near = hung_on({"wd": spec["wd"], "side": "from"}, base)
    if base["k"] in _IN_A_WEEK and int(spec["wd"]) > int(base.get("wd", 6)):
        of_week = hung_on({"wd": spec["wd"], "weeks": 0}, base)  # "The Tuesday after Easter, or the Wednesday"
        return {"k": "either", "wd": spec["wd"], "of": [of_week, spec]} if told else of_week
    if base["k"] in ("holiday", "bridge"):
        return {**near, "or_coming": True}
    return {"k": "either", "wd": spec["wd"], "of": [near, spec]} if base["k"] == "date" and "m" in base else spec


def hung_time(bound: Spec, side: str) -> Spec | None:
    """ "Till two, so after that" is from two on; the time that `side` of a bound leaves, or `None` when it is none."""
    if bound["k"] == "range":
        return {"k": side, "a": bound["b"] if side == "from" else bound["a"]}
    if bound["k"] in ("until", "from"):
        return {**bound, "k": side}
    return {"k": side, "a": bound} if bound["k"] == "clock" else None


def hung_day(day: Spec, side: str, *, included: bool = False) -> Spec:
    """ "We leave on the seventeenth, so before that"; `included` of "from then on", which begins with that day."""
    included = included and day["k"] != "span"
    if day["k"] == "span":
        day = day["b"] if side == "from" else day["a"]
    elif day["k"] in ("until", "from"):
        day = day["a"]
    return {"k": side, "a": day, "excl": not included}


def other_than(base: Spec) -> Spec:
    """ "Le suivant", "el otro": the next one of what was said before."""
    kind = base["k"]
    if kind in ("week", "weekend", "week_of", "weekend_of") or (kind == "month" and "m" not in base):
        return {**base, "n": int(base.get("n", 0)) + 1}
    if kind == "month":
        return {**base, "m": int(base["m"]) % 12 + 1}
    return {"k": "beside", "a": base, "days": 7 if "wd" in base else 1}
