"""Days, times and bounds that refer back to what was said: "that same day", "at the same time", "the week after", "before that"."""

from __future__ import annotations

from typing import Final

from spoken.when.anchors import hung_day, hung_on, hung_time, other_than, relengthened
from spoken.when.clock import carried
from spoken.when.composer import SINGLE_DAYS, Composer
from spoken.when.joined_days import SPANS
from spoken.when.wish import Group, Spec

__all__ = ["hang", "referring", "rule_out_both", "week_refused_too"]

_NAMED_BACK: Final = frozenset({"hung", "same_day"})
"""Kinds of days that a bound may name by a day said before."""
_SOON: Final = 7
"""Days after a date that was refused within which a bare day of the month is of the same month."""
_DATES: Final = frozenset({"date", "holiday", "span", "near", "beside", "nth"})


def referring(composer: Composer, spec: Spec, anchor: Spec | None, hour: Spec | None) -> Spec | None:
    """What a description that refers back stands for; `None` when there is nothing that it could refer to, or nothing to add."""
    last = composer.last_day()
    if spec.get("rest") and last is not None and last["k"] in SPANS:
        return None  # "Next week Tuesday I can't, the other days yes": they are what is left already.
    if spec["k"] == "nth_again":
        return {**anchor, "nth": spec["nth"]} if anchor is not None and anchor["k"] == "nth" else None
    if spec.get("incl") and anchor is not None and anchor.keys() == {"k", "wd"} and anchor["wd"] == spec["wd"]:
        spec = {"k": "hung", "same": True}  # "I'm out with work on Friday, so that same Friday at five"
    if spec["k"] == "hung" and (spec.get("same") or spec.get("weeks")):
        # "I've the wedding on the eighteenth, so my hair that same morning", "we're away over Easter, so the week before"
        composer.wish.ruled_out = [out for out in composer.wish.ruled_out if out.times or out.days != [anchor]]
    if spec["k"] == "from" and spec["a"].get("k") == "around" and anchor is not None:
        composer.fixing.update(() if composer.alternative else ("day",))  # "We're back on the third, any time from the day after"
        return {**spec, "a": {**spec["a"], "k": "beside", "a": anchor}}
    if anchor is not None and spec["k"] == anchor["k"] == "date" and _just_after(spec, anchor, composer):
        return {**anchor, "d": spec["d"]}
    if spec["k"] in ("from", "until") and spec["a"].get("after_same"):
        return _bounded_by_week_after(composer, spec)
    return _referred(composer, spec, anchor, hour)


def week_refused_too(composer: Composer, spec: Spec) -> Spec:
    """ "Ni cette semaine ni la prochaine": which week is refused as well."""
    base = composer.base
    return other_than(base) if spec["k"] == "other" and base is not None and base["k"] == "week" else spec


def rule_out_both(composer: Composer, *both: Spec) -> None:
    """ "Neither the morning nor the afternoon", "neither this week nor next": the last week is what "the week after" counts from."""
    composer.wish.ruled_out += [Group([], [one]) if one["k"] == "part" else Group([one]) for one in both]
    composer.base = both[-1] if both[-1]["k"] == "week" else composer.base


def _bounded_by_week_after(composer: Composer, spec: Spec) -> Spec:
    """ "Neither this week nor next, so the week after at the earliest": it is counted from the week, or the date, said last."""
    last = composer.last_day() or composer.base
    if last is None or (last["k"] != "week" and last["k"] not in _DATES):
        return spec
    composer.fixing.update(() if composer.alternative else ("day",))
    return {**spec, "a": other_than(last) if last["k"] == "week" else hung_on({"k": "hung", "unit": "week", "weeks": 1}, last)}


def _single(group: Group) -> bool:
    """Whether a group is of single days alone."""
    return all(day["k"] in SINGLE_DAYS for day in group.days)


def _just_after(spec: Spec, anchor: Spec, composer: Composer) -> bool:
    """Whether a day of the month is a few days after a date that was refused: "the 15th of August's a holiday, so the 17th"."""
    if anchor.keys() - {"y"} != {"k", "d", "m"} or spec.keys() - {"bare"} != {"k", "d"}:
        return False
    return 0 < int(spec["d"]) - int(anchor["d"]) <= _SOON and any(anchor in group.days for group in composer.refused)


def _referred(composer: Composer, spec: Spec, anchor: Spec | None, hour: Spec | None) -> Spec | None:
    bound = spec if spec["k"] in ("from", "until") else None
    if (spec["a"] if bound else spec).get("k") == "carry":
        made = None if hour is None else carried(spec["a"] if bound else spec, hour)
        return {**spec, "a": made} if bound and made else made
    if bound and spec["a"].get("k") in _NAMED_BACK:
        composer.fixing.update(() if composer.alternative or anchor is None else ("day",))
        same = spec["a"]["k"] == "same_day"  # "I'm back on the tenth, so from that day on"
        return {**spec, "a": hung_on({**spec["a"], "same": same}, anchor)}
    if spec["k"] == "same_day" and anchor is not None and composer.set_apart(anchor):
        return None
    if spec["k"] == "same_day" and anchor is not None and anchor["k"] in SINGLE_DAYS:
        composer.fixing.update(() if composer.alternative else ("day",))  # "I've a dinner on the eighteenth, so that same day"
        return anchor
    if spec["k"] in ("moved", "same_in_week") and anchor is not None and anchor["k"] in SINGLE_DAYS:
        # "I had it booked for the 23rd, push it back a week"; "I'm down for tomorrow, could I come the same day next week"
        composer.fixing.update(() if composer.alternative else ("day",))
        return {**spec, "k": "beside" if spec["k"] == "moved" else spec["k"], "a": anchor}
    if spec["k"] == "length":
        return relengthened(composer.last_day(), int(spec["days"]))
    if spec["k"] == "same" and hour is not None:
        return hour  # "I've Wednesday at ten, could we make it Thursday, same time"
    if anchor is None and composer.hour_told and (days := _after_hour(spec)):
        composer.wish.hanging = str((spec if spec["k"] == "hung" else spec["a"])["side"])
        return days
    if spec["k"] == "hung":
        return _hung(composer, spec, anchor, hour)
    if spec["k"] == "two" and spec["a"]["k"] == "hung":
        return _two_hung(composer, spec, anchor)
    if spec.get("after_same") and anchor is not None and (anchor["k"] in _DATES or composer.nothing_before()):
        composer.fixing.update(() if composer.alternative else ("day",))
        return hung_on({"k": "hung", "unit": "week", "weeks": 1}, anchor)
    if composer.nothing_before() and anchor is not None:
        if spec["k"] == "other":
            return other_than(anchor)
        if spec["k"] == "around":
            return {**spec, "k": "beside", "a": anchor}
    if spec["k"] == "other" and composer.nothing_before():
        composer.wish.idle = True  # "Not the coming one but the one after, Monday or Tuesday" of which week?
        return None
    return spec


def _after_hour(spec: Spec) -> Spec | None:
    """The days that hang on an hour told before: "bis vier hab ich Schicht, also Freitag danach", "so Tuesday or Thursday after"."""
    if spec["k"] == "hung" and spec.keys() >= {"wd", "side"}:
        return {"k": "wd", "wd": spec["wd"]}
    if spec["k"] == "two" and all(spec[end]["k"] == "hung" and "wd" in spec[end] for end in ("a", "b")):
        return {**spec, "a": {"k": "wd", "wd": spec["a"]["wd"]}, "b": {"k": "wd", "wd": spec["b"]["wd"]}}
    return None


def _two_hung(composer: Composer, spec: Spec, anchor: Spec | None) -> Spec:
    """ "We're back on the tenth, so Tuesday or Thursday after"; of "Friday or the Friday after", and with no
    day said before, only the second one hangs, on the first.
    """
    if anchor is None or spec["a"].get("wd") == spec["b"].get("wd"):
        first = {"k": "wd", "wd": spec["a"]["wd"]}
        return {**spec, "a": first, "b": hung_on(spec["b"], first)}
    composer.fixing.add("day")
    return {**spec, "a": hung_on(spec["a"], anchor), "b": hung_on(spec["b"], anchor)}


def _hung(composer: Composer, spec: Spec, anchor: Spec | None, hour: Spec | None) -> Spec:
    # "The parcel comes between eight and twelve on Tuesday, so Tuesday after": that day, or a week on?
    # "Friday at three or the Friday after" offers both.
    again = not composer.alternative and anchor is not None and "wd" in spec and anchor.get("wd") == spec["wd"] and hour is not None
    composer.wish.idle = composer.wish.idle or again
    if not composer.alternative and anchor is not None:
        composer.fixing.add("day")  # The day it refers to was not the wish.
    return hung_on(spec, anchor)


def hang(composer: Composer, side: str, at_end: bool, *, either: bool = False, included: bool = False) -> None:
    """ "… so after that", "… donc avant": the other side of what was said last; `either` when an "or" follows.

    `included`: that is of it too, "from then on"; but not of a stretch, at the end of which it begins, or of a day that was refused.
    """
    group = next((one for one in reversed(composer.wish.groups) if one.days or one.times), None)
    if group is not None and composer.hour_told and not group.times:
        composer.wish.hanging = side  # "I finish at five, so Wednesday after that"
        return
    if group is None:
        out = composer.refused[-1] if composer.refused else None
        before = [time for one in (*composer.told.groups, *composer.told.ruled_out) for time in one.times]
        hung = hung_time(before[-1], side) if before and (either or (out is not None and out not in composer.wish.ruled_out)) else None
        if hung is not None:  # "Tuesday I've the dentist at eleven, so either before or in the afternoon"
            composer.wish.groups.append(Group([], [hung]))
        elif out is None or out not in composer.wish.ruled_out:
            composer.wish.hanging = side
        elif out.days and not out.times:
            composer.wish.groups.append(Group([hung_day(out.days[-1], side)]))
            # "Monday and Tuesday I can't, but after that yes": these days, and not those of their names after them.
            composer.wish.ruled_out = [one for one in composer.wish.ruled_out if one.times or not _single(one)]
        return
    if composer.base is not None and not group.times and group.days[-1]["k"] in ("any", "asap"):
        group.days[-1] = hung_day(composer.base, side, included=included)  # "We sail on the tenth, so whenever you can before we go"
        return
    if composer.wish.ruled_out and composer.wish.ruled_out[-1].times and not composer.wish.ruled_out[-1].days:
        return  # "Tomorrow I work until noon, so after that": the refusal says it already.
    if group.times:
        hung = hung_time(group.times[-1], side) if at_end or group.times[-1]["k"] == "until" else None
        composer.loose = hung is None
        group.times[-1] = hung if hung is not None else group.times[-1]
    elif at_end or group.days[-1]["k"] == ("until" if side == "from" else "from") or (side == "from" and group.days[-1].get("back")):
        composer.wish.idle = at_end and composer.base is not None  # "We fly on the ninth, so the Saturday before that"
        group.days[-1] = hung_day(group.days[-1], side, included=included)
    else:
        composer.loose = side == "until" or composer.base is None
